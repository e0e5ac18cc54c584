import { Vector3 } from 'three'
import type { SceneData } from '#shared/report/scene-data.ts'
import { Marks, metresOf } from './marks.ts'
import { buildPanel } from './panel.ts'
import { sectionAt, sectionLine, soilWall } from './section.ts'
import { Stage } from './stage.ts'

/** The one-file scene: reads the data beside it in the page, draws it, steps through findings and views. Nothing is fetched. */

/** Presses that moved less than this are clicks. */
const CLICK_PX = 4
/** Where a finding is looked at from: aside of the line and above, neither along it nor straight down. */
const FINDING_VIEW = { asideM: 5.5, upM: 3.6 } as const

function start(data: SceneData): void {
  const canvas = document.querySelector('canvas')!
  let stage: Stage
  try {
    stage = new Stage(canvas, data)
  } catch {
    document.body.append(Object.assign(document.createElement('p'), { className: 'failed', textContent: data.texts['noWebgl'] ?? '' }))
    return
  }
  const over = Object.assign(document.createElement('div'), { className: 'over' })
  canvas.after(over)
  const axis = sectionLine(data)
  const free = () => {
    marks.open(null)
    stage.single([])
    stage.cut(null)
  }
  const panel = buildPanel(data, {
    whole: () => {
      free()
      const { halfX, halfY } = data.focus
      const reach = Math.max(30, Math.hypot(halfX, halfY))
      // The longer side lies across the picture.
      const from = halfX >= halfY ? new Vector3(-0.25, -1, 0.75) : new Vector3(-1, -0.25, 0.75)
      stage.look({ at: new Vector3(), from: from.multiplyScalar(reach * 0.95) })
    },
    showFinding: finding => {
      stage.cut(null)
      marks.open(finding)
      stage.single(finding.ids)
      const at = metresOf(finding.at)
      const [dx = 1, dy = 0] = finding.along
      const length = Math.hypot(dx, dy) || 1
      const aside = new Vector3(dy / length, -dx / length, 0).multiplyScalar((dx < 0 ? -1 : 1) * FINDING_VIEW.asideM)
      stage.look({ at, from: at.clone().add(aside).add(new Vector3((dx / length) * 1.5, (dy / length) * 1.5, FINDING_VIEW.upM)) })
    },
    showView: view => {
      free()
      stage.look({ from: metresOf(view.position), at: metresOf(view.target) })
    },
    toggle: (name, isShown) => stage.show(name, isShown),
    section: axis.length < 2 ? null : share => {
      marks.open(null)
      stage.single([])
      const cut = share === null ? null : sectionAt(axis, share)
      stage.cut(cut?.plane ?? null, cut && soilWall(data, cut))
      if (cut) stage.look(cut.look)
      return cut?.chainageM ?? null
    },
  })
  const marks = new Marks(stage, data, over, finding => panel.openFinding(finding))
  stage.onFrame = () => marks.place()
  followClicks(canvas, (x, y) => panel.tell(stage.lineAt(x, y)?.name ?? null))
  panel.start()
}

function followClicks(canvas: HTMLCanvasElement, onClick: (x: number, y: number) => void): void {
  let pressed: { x: number; y: number } | null = null
  canvas.addEventListener('pointerdown', event => {
    pressed = { x: event.clientX, y: event.clientY }
  })
  canvas.addEventListener('pointerup', event => {
    if (pressed && event.button === 0 && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < CLICK_PX) onClick(event.clientX, event.clientY)
    pressed = null
  })
}

start(JSON.parse(document.getElementById('scene-data')!.textContent ?? '{}') as SceneData)
