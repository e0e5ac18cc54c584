import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Finding } from '#shared/clearance/finding.ts'
import { severityRank } from '#shared/report/finding-words.ts'
import { ruleFigure } from '#shared/report/rule-figure.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { openFinding } from '#renderer/actions/finding-actions.ts'
import { clusterMarks, type MarkCluster } from '#renderer/scene/overlay/mark-clusters.ts'
import { WordRoom, wordsWidthPx } from '#renderer/scene/overlay/word-room.ts'
import { useScene } from '#renderer/scene/scene-context.ts'
import type { SwipeSide } from '#renderer/scene/swipe-side.ts'
import { crsToView } from '#renderer/scene/scene-frame.ts'
import { analysisStore, shownAnalysis } from '#renderer/state/analysis-store.ts'
import { findingsStore, resultOf } from '#renderer/state/findings-store.ts'
import { planningStore } from '#renderer/state/planning-store.ts'
import { registerStore } from '#renderer/state/register-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scenario-store.ts'
import { sessionStore } from '#renderer/state/session-store.ts'
import { recordIn } from '#renderer/state/standings.ts'
import { viewStore } from '#renderer/state/view-store.ts'

/** The heaviest are marked; more would say no more at any scale at which they can be told apart. */
const MOST_FINDINGS = 5000
const MOST_MARKS = 160
/** So many of the heaviest carry their words, as long as they stand for few. */
const MOST_WORDS = 4
const REACH_PX = 30
const MARK_PX = 18
/** Words stand at the right of their mark, and at the left where they would run under the view's buttons. */
const WORDS_PX = 190
/** Marks under the view's own bars could not be pressed. */
const INSET_PX = { top: 44, right: 48, bottom: 8, left: 8 } as const
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
    const names = (finding: Finding) => ({ rule: t(`rule.${finding.rule}`), figure: ruleFigure(finding.rule, finding.found) })
    const pool: MarkButton[] = []
    const update = () => {
      const [width, height] = [box.clientWidth, box.clientHeight]
      const { swipe } = planningStore.getState()
      const isOnSide = (x: number, side: SwipeSide): boolean => swipe === null || (side === 'active') === x <= swipe.at * width
      const clusters = clusterMarks(marks.map(({ at, side }) => {
        const place = rig.project(at)
        const [x, y] = place ? [((place.x + 1) / 2) * width, ((1 - place.y) / 2) * height] : [-1, -1]
        return x > INSET_PX.left && y > INSET_PX.top && isOnSide(x, side) && x < width - INSET_PX.right && y < height - INSET_PX.bottom ? { x, y } : null
      }), REACH_PX).slice(0, MOST_MARKS)
      const room = new WordRoom()
      clusters.forEach((cluster, i) => {
        const button = (pool[i] ??= markButton(box))
        const { finding, side } = marks[cluster.lead]!
        const { rule, figure } = names(finding)
        const more = cluster.count > 1 ? `+${cluster.count - 1}` : ''
        const title = [rule, figure, more].filter(part => part !== '').join(' ')
        const isAtRight = cluster.x > width - WORDS_PX
        // Words that would cover a heavier mark's are left to its tip.
        const words = [i < MOST_WORDS && finding.mandatory ? title : '', more].find(text => {
          const widthPx = wordsWidthPx(text)
          return text !== '' && room.take(isAtRight ? cluster.x - MARK_PX / 2 - widthPx : cluster.x + MARK_PX / 2, cluster.y - MARK_PX / 2, widthPx, MARK_PX)
        }) ?? ''
        button.show(cluster, finding, { isOther: side === 'other', rank: clusters.length - i, isAtRight, words, title })
      })
      for (let i = clusters.length; i < pool.length; i++) pool[i]!.hide()
    }
    update()
    const stops = [frames.subscribe(update), planningStore.subscribe(update)]
    return () => {
      for (const stop of stops) stop()
      box.replaceChildren()
    }
  }, [marks, rig, frames, t])
  // The table of findings is the same list for keyboards and screen readers.
  return <div ref={root} className="scene-marks" aria-hidden="true" />
}

interface MarkButton {
  show(cluster: MarkCluster, finding: Finding, look: { readonly isOther: boolean; readonly rank: number; readonly isAtRight: boolean; readonly words: string; readonly title: string }): void
  hide(): void
}

/** One mark of the pool: its shape and words change only when it stands for another finding. */
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
  let shown: Finding | null = null
  button.addEventListener('click', () => shown && openFinding(shown.id))
  // The wheel still moves the camera when it turns over a mark.
  button.addEventListener('wheel', event => {
    event.preventDefault()
    box.parentElement?.querySelector('canvas')?.dispatchEvent(new WheelEvent('wheel', event))
  }, { passive: false })
  box.append(button)
  let said = ''
  return {
    show(cluster, finding, { isOther, rank, isAtRight, words: text, title }) {
      button.classList.toggle('scene-mark--left', isAtRight)
      button.style.transform = `translate(${Math.round(cluster.x)}px, ${Math.round(cluster.y)}px)`
      button.style.display = ''
      button.style.zIndex = String(rank)
      const key = `${isOther} ${finding.id} ${title} ${text}`
      if (key === said) return
      said = key
      // Of the other scheme of a swipe nothing is open in the list.
      shown = isOther ? null : finding
      path.setAttribute('d', finding.mandatory ? SHAPE.mandatory : SHAPE.advisory)
      button.dataset.tone = finding.mandatory ? 'mandatory' : 'advisory'
      button.dataset.verdict = finding.verdict
      button.title = title
      words.textContent = text
    },
    hide() {
      button.style.display = 'none'
      said = ''
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
    const isOpen = (finding: Finding, document: ScenarioDocument | null) => finding.rule !== 'touching' && !['accepted', 'resolved'].includes(recordIn(finding, { document, records })?.status ?? '')
    const marksOf = (findings: readonly Finding[], scheme: ScenarioDocument | null, side: SwipeSide): Mark[] => [...findings]
      .sort((p, q) => severityRank(p) - severityRank(q) || q.shortfall - p.shortfall)
      .slice(0, MOST_FINDINGS)
      .filter(finding => isOpen(finding, scheme))
      .map((finding): Mark => ({ finding, at: crsToView(model.frame, middle(finding.at.a, finding.at.b)), side }))
    return [...marksOf(result.findings, document, 'active'), ...marksOf(other?.findings ?? [], otherDocument, 'other')]
  }, [isOn, isAside, hasAnalysis, result, other, otherId, scenarios.byId, records, document, model])
}

const middle = (a: Vec3, b: Vec3): Vec3 => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]
