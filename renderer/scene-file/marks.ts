import { BufferGeometry, Group, Line, LineBasicMaterial, Mesh, MeshBasicMaterial, SphereGeometry, Vector3 } from 'three'
import type { SceneData } from '#shared/report/scene-data.ts'
import type { Stage } from './stage.ts'

type Finding = SceneData['findings'][number]

export const metresOf = ([x = 0, y = 0, z = 0]: readonly number[]): Vector3 => new Vector3(x / 100, y / 100, z / 100)

/** Nearer to each other than this in the picture, marks cover each other: the heavier one stands for both. */
const REACH_PX = 20
const MOST_MARKS = 200

/** Where the findings are, as small shapes over the picture that open them, and the gap of the open one with its figure. */
export class Marks {
  readonly #stage: Stage
  readonly #findings: readonly Finding[]
  readonly #places: readonly Vector3[]
  readonly #buttons: readonly HTMLButtonElement[]
  readonly #figure: HTMLElement
  readonly #gap = new Group()
  #open: Finding | null = null

  constructor(stage: Stage, data: SceneData, over: HTMLElement, onOpen: (finding: Finding) => void) {
    this.#stage = stage
    this.#findings = data.findings.slice(0, MOST_MARKS)
    this.#places = this.#findings.map(finding => metresOf(finding.at))
    this.#buttons = this.#findings.map(finding => Object.assign(document.createElement('button'), {
      type: 'button' as const, className: `mark ${finding.isMandatory ? 'mark--mandatory' : ''}`, title: finding.title, tabIndex: -1, onclick: () => onOpen(finding),
    }))
    this.#figure = Object.assign(document.createElement('div'), { className: 'figure', hidden: true })
    over.append(...this.#buttons, this.#figure)
    this.#gap.visible = false
    this.#gap.add(new Line(new BufferGeometry(), new LineBasicMaterial({ color: '#d01f2e', depthTest: false })), endMark(), endMark())
    stage.add(this.#gap)
  }

  /** Draws the gap of a finding; null for all marks and no gap. */
  open(finding: Finding | null): void {
    this.#open = finding
    this.#gap.visible = finding !== null
    if (!finding) return
    const [a, b] = [metresOf(finding.a), metresOf(finding.b)]
    const [line, ...ends] = this.#gap.children as [Line, Mesh, Mesh]
    line.geometry.dispose()
    line.geometry = new BufferGeometry().setFromPoints([a, b])
    ends[0].position.copy(a)
    ends[1].position.copy(b)
    this.#figure.textContent = finding.gap
  }

  /** After each frame. */
  place(): void {
    const taken: { x: number; y: number }[] = []
    this.#findings.forEach((_, i) => {
      const button = this.#buttons[i]!
      const at = this.#open || this.#stage.isCut(this.#places[i]!) ? null : this.#stage.place(this.#places[i]!)
      const isShown = at !== null && !taken.some(other => Math.hypot(other.x - at.x, other.y - at.y) < REACH_PX)
      button.hidden = !isShown
      if (!isShown) return
      taken.push(at)
      button.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`
    })
    const at = this.#open && this.#stage.place(metresOf(this.#open.at))
    this.#figure.hidden = at === null
    if (at) this.#figure.style.transform = `translate(${Math.round(at.x + 18)}px, ${Math.round(at.y - 34)}px)`
  }
}

const endMark = (): Mesh => new Mesh(new SphereGeometry(0.035, 12, 8), new MeshBasicMaterial({ color: '#d01f2e', depthTest: false }))
