import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { ruleFigure } from '#shared/report/rule-figure.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { openFinding } from '#renderer/actions/check/finding-actions.ts'
import { PicturePlaces } from '#renderer/scene/camera/picture-places.ts'
import { MarkClusters } from '#renderer/scene/overlay/mark-clusters.ts'
import { BUTTONS, INSET_PX as LABEL_INSET_PX } from '#renderer/scene/overlay/label-placement.ts'
import { WordRoom, wordsWidthPx } from '#renderer/scene/overlay/word-room.ts'
import { useScene } from '#renderer/scene/scene-context.ts'
import type { SwipeSide } from '#renderer/scene/swipe-side.ts'
import { crsToView } from '#renderer/scene/scene-frame.ts'
import { analysisStore, shownAnalysis } from '#renderer/state/findings/analysis-store.ts'
import { findingsStore, resultOf } from '#renderer/state/findings/findings-store.ts'
import { planningStore } from '#renderer/state/scheme/planning-store.ts'
import { registerStore } from '#renderer/state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { markedFindings } from '#renderer/state/findings/marked-findings.ts'
import { IN_PICTURE } from '#renderer/ui/paint-overlay.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'

const MOST_MARKS = 160
/** So many of the heaviest carry their words, as long as they stand for few. */
const MOST_WORDS = 4
const REACH_PX = 30
const MARK_PX = 18
/** Words stand at the right of their mark, and at the left where they would run under the view's buttons. */
const WORDS_PX = 150
/** Width of a figure of small words. */
const FIGURE_PX = 6.6
/** Marks under the view's own bars could not be pressed. */
const INSET_PX = { top: 44, bottom: 8, left: 8 } as const
const rightInsetPx = (y: number): number => (y < BUTTONS.bottomPx ? LABEL_INSET_PX.right : BUTTONS.belowPx)
const SHAPE = { mandatory: 'M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5Z', advisory: 'M8 1.8 15 14H1Z' } as const

interface Mark {
  readonly finding: Finding
  /** View frame. */
  readonly at: Vec3
  /** Of which scheme, where two are swiped. */
  readonly side: SwipeSide
}

/** Where the open findings of the list are, in the picture: the shapes of the table, gathered where they would overlap. A press opens one. */
export function FindingMarks() {
  const { t } = useTranslation('findings')
  const { rig, frames } = useScene()
  const marks = useMarks()
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = root.current
    if (!box) return
    const places = new PicturePlaces(Float64Array.from(marks.flatMap(({ at }) => at)))
    const clusters = new MarkClusters(marks.length)
    const room = new WordRoom(MOST_MARKS)
    const pool: MarkButton[] = []
    /** What a mark says, put into words when it first speaks for others. */
    const titles: (Words | undefined)[] = []
    const titleOf = (mark: number): Words => {
      const { finding } = marks[mark]!
      return (titles[mark] ??= wordsOf([t(`rule.${finding.rule}`), ruleFigure(finding.rule, finding.found)].filter(part => part !== '').join(' ')))
    }
    const update = () => {
      const { widthPx, heightPx } = rig
      const { swipe } = planningStore.getState()
      const splitPx = swipe === null ? NaN : swipe.at * widthPx
      places.look(rig.pose, rig.lens, rig.heightScale, widthPx, heightPx)
      const { x, y } = places
      for (let i = 0; i < x.length; i++) {
        const isInside = x[i]! > INSET_PX.left && y[i]! > INSET_PX.top && x[i]! < widthPx - rightInsetPx(y[i]!) && y[i]! < heightPx - INSET_PX.bottom
        // Of two schemes that are swiped each marks its own side.
        if (!isInside || (x[i]! <= splitPx && marks[i]!.side === 'other') || (x[i]! > splitPx && marks[i]!.side === 'active')) x[i] = NaN
      }
      clusters.gather(x, y, widthPx, heightPx, REACH_PX)
      room.clear()
      const shown = Math.min(clusters.count, MOST_MARKS)
      for (let i = 0; i < shown; i++) {
        const mark = clusters.lead[i]!
        const [atX, atY, more] = [x[mark]!, y[mark]!, clusters.size[i]! - 1]
        const isAtRight = atX > widthPx - rightInsetPx(atY) - WORDS_PX
        const left = (wide: number) => (isAtRight ? atX - MARK_PX / 2 - wide : atX + MARK_PX / 2)
        const moreWidthPx = more > 0 ? FIGURE_PX * (2 + Math.floor(Math.log10(more))) + 10 : 0
        // Words that would cover a heavier mark's are left to its tip.
        const said = titleOf(mark)
        const allWidthPx = said.widthPx + moreWidthPx
        const saying = i < MOST_WORDS && room.take(left(allWidthPx), atY - MARK_PX / 2, allWidthPx, MARK_PX) ? 'all'
          : more > 0 && room.take(left(moreWidthPx), atY - MARK_PX / 2, moreWidthPx, MARK_PX) ? 'more' : 'nothing'
        const button = (pool[i] ??= markButton(box))
        button.place(Math.round(atX), Math.round(atY), shown - i, isAtRight)
        button.say(marks[mark]!, said.text, more, saying)
      }
      for (let i = shown; i < pool.length; i++) pool[i]!.hide()
    }
    update()
    const stops = [frames.subscribe(update), planningStore.subscribe(update)]
    return () => {
      for (const stop of stops) stop()
      box.replaceChildren()
    }
  }, [marks, rig, frames, t])
  // The table of findings is the same list for keyboards and screen readers.
  return <div ref={root} className="scene-marks" {...IN_PICTURE} aria-hidden="true" />
}

interface Words {
  readonly text: string
  readonly widthPx: number
}

const wordsOf = (text: string): Words => ({ text, widthPx: wordsWidthPx(text) })

interface MarkButton {
  place(x: number, y: number, rank: number, isAtRight: boolean): void
  /** @param more Further findings it stands for. */
  say(mark: Mark, title: string, more: number, saying: 'all' | 'more' | 'nothing'): void
  hide(): void
}

/** One mark of the pool. A frame that changes nothing of it writes nothing. */
function markButton(box: HTMLElement): MarkButton {
  const button = document.createElement('button')
  const words = document.createElement('span')
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  button.type = 'button'
  button.tabIndex = -1
  button.className = 'scene-mark'
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.append(path)
  button.append(svg, words)
  let opened: Finding | null = null
  button.addEventListener('click', () => opened && openFinding(opened.id))
  // The wheel still moves the camera when it turns over a mark.
  button.addEventListener('wheel', event => {
    event.preventDefault()
    box.parentElement?.querySelector('canvas')?.dispatchEvent(new WheelEvent('wheel', event))
  }, { passive: false })
  box.append(button)
  const at = { x: NaN, y: NaN, rank: NaN, isAtRight: false, isShown: true }
  const said: { mark: Mark | null; more: number; saying: string } = { mark: null, more: 0, saying: '' }
  return {
    place(x, y, rank, isAtRight) {
      if (x !== at.x || y !== at.y) button.style.transform = `translate(${x}px, ${y}px)`
      if (isAtRight !== at.isAtRight) button.classList.toggle('scene-mark--left', isAtRight)
      if (rank !== at.rank) button.style.zIndex = String(rank)
      if (!at.isShown) button.style.display = ''
      at.x = x
      at.y = y
      at.rank = rank
      at.isAtRight = isAtRight
      at.isShown = true
    },
    say(mark, title, more, saying) {
      if (said.mark === mark && said.more === more && said.saying === saying) return
      said.mark = mark
      said.more = more
      said.saying = saying
      const { finding, side } = mark
      const others = more > 0 ? `+${more}` : ''
      // Of the other scheme of a swipe nothing is open in the list.
      opened = side === 'other' ? null : finding
      path.setAttribute('d', finding.mandatory ? SHAPE.mandatory : SHAPE.advisory)
      button.dataset.tone = finding.mandatory ? 'mandatory' : 'advisory'
      button.dataset.verdict = finding.verdict
      button.title = [title, others].filter(part => part !== '').join(' ')
      words.textContent = saying === 'all' ? button.title : saying === 'more' ? others : ''
    },
    hide() {
      if (at.isShown) button.style.display = 'none'
      at.isShown = false
    },
  }
}

const NONE: readonly Mark[] = []

/** What is to be marked, the heaviest first: open findings of the shown list, unless one is open or an analysis has the picture. */
function useMarks(): readonly Mark[] {
  const { model } = useScene()
  const isOn = useStore(viewStore, view => view.showFindings)
  const scope = useStore(sessionStore, session => session.findingsScope)
  // Where a line or a cut is laid out, its own figures have the picture.
  const isAside = useStore(sessionStore, session => session.findingId !== null || !['idle', 'measuring'].includes(session.interaction.type))
  const hasAnalysis = useStore(analysisStore, state => shownAnalysis(state) !== null)
  const scenarios = useStore(scenarioStore)
  const results = useStore(findingsStore)
  const records = useStore(registerStore, state => state.findingStates)
  const document = activeScenario(scenarios)?.document ?? null
  const result = resultOf(results, scenarios.activeId, scope)
  const otherId = useStore(planningStore, state => state.swipe?.otherId ?? null)
  const other = otherId === null ? null : resultOf(results, otherId, 'proposals')
  return useMemo(() => {
    if (!isOn || isAside || hasAnalysis || !result) return NONE
    const otherDocument = otherId === null ? null : (scenarios.byId[otherId]?.document ?? null)
    const marksOf = (findings: readonly Finding[], scheme: ScenarioDocument | null, side: SwipeSide): Mark[] =>
      markedFindings(findings, { document: scheme, records }).map(finding => ({ finding, at: crsToView(model.frame, middle(finding.at.a, finding.at.b)), side }))
    return [...marksOf(result.findings, document, 'active'), ...marksOf(other?.findings ?? [], otherDocument, 'other')]
  }, [isOn, isAside, hasAnalysis, result, other, otherId, scenarios.byId, records, document, model])
}

const middle = (a: Vec3, b: Vec3): Vec3 => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]
