import { FLAW_CODES, FLAW_SEVERITY, type FlawSeverity, type QualityReport } from '#shared/quality/quality-report.ts'
import { listedFlaws, type QualityState } from '#renderer/state/twin/quality-store.ts'
import type { SceneColours } from '#renderer/scene/scene-colours.ts'
import type { Overlay } from './map-overlay.ts'
import { toPixels } from './map-pose.ts'

/** What is marked: the flaws of the open list, and the one somebody looks at. */
export interface MarkedFlaws {
  readonly report: QualityReport
  readonly listed: readonly number[]
  readonly open: number | null
}

/** The flaws to be marked, or null: the list is closed, or of a twin that is no longer there. */
export function markedFlaws({ result, filter, isListOpen, openFlaw }: QualityState, columns: object): MarkedFlaws | null {
  return isListOpen && result && result.columns === columns ? { report: result.report, listed: listedFlaws(result.report, filter), open: openFlaw } : null
}

/** Below this scale a mark is a dot. */
const SIGN_PX_PER_M = 0.6
const DOT_PX = 3
const SIGN_PX = 7
const OPEN_PX = 10
const REACH_PX = 9

const COLOUR: Readonly<Record<FlawSeverity, keyof SceneColours>> = { error: 'mandatory', warning: 'advisory', info: 'accent' }

const severityOf = ({ flaws }: QualityReport, flaw: number): FlawSeverity => FLAW_SEVERITY[FLAW_CODES[flaws.code[flaw]!]!]

function placeOf({ pose, size }: Pick<Overlay, 'pose' | 'size'>, { flaws }: QualityReport, flaw: number): readonly [number, number] {
  return toPixels(pose, size, flaws.xyz[3 * flaw]!, flaws.xyz[3 * flaw + 1]!)
}

/** A round mark with a sign for each flaw: a cross for an error, a bar for what is doubtful, a point for a note. The gravest lie on top. */
export function drawFlaws(over: Overlay, { report, listed, open }: MarkedFlaws): void {
  const isDots = over.pose.pxPerM < SIGN_PX_PER_M
  for (let i = listed.length - 1; i >= 0; i--) if (listed[i] !== open) drawFlaw(over, report, listed[i]!, isDots ? DOT_PX : SIGN_PX)
  if (open !== null && open < report.flaws.count) drawFlaw(over, report, open, OPEN_PX)
}

function drawFlaw(over: Overlay, report: QualityReport, flaw: number, r: number): void {
  const { context, size, colours } = over
  const [x, y] = placeOf(over, report, flaw)
  if (x < -r || y < -r || x > size.width + r || y > size.height + r) return
  const severity = severityOf(report, flaw)
  context.beginPath()
  context.arc(x, y, r, 0, 2 * Math.PI)
  context.fillStyle = colours[COLOUR[severity]] as string
  context.fill()
  context.lineWidth = r === OPEN_PX ? 2.5 : 1
  context.strokeStyle = r === OPEN_PX ? colours.outline : colours.soil
  context.stroke()
  if (r === DOT_PX) return
  const k = 0.42 * r
  context.beginPath()
  context.lineWidth = 0.24 * r
  context.lineCap = 'round'
  context.strokeStyle = colours.soil
  if (severity === 'error') {
    context.moveTo(x - k, y - k)
    context.lineTo(x + k, y + k)
    context.moveTo(x + k, y - k)
    context.lineTo(x - k, y + k)
  } else if (severity === 'warning') {
    context.moveTo(x - 1.2 * k, y)
    context.lineTo(x + 1.2 * k, y)
  } else context.arc(x, y, 0.12 * r, 0, 2 * Math.PI)
  context.stroke()
}

/** The mark under a place of the picture, the gravest of several as near; null where there is none. */
export function flawAt(view: Pick<Overlay, 'pose' | 'size'>, { report, listed }: MarkedFlaws, pxX: number, pxY: number): number | null {
  let best: { flaw: number; px: number } | null = null
  for (const flaw of listed) {
    const [x, y] = placeOf(view, report, flaw)
    const px = Math.hypot(x - pxX, y - pxY)
    if (px <= REACH_PX && px < (best?.px ?? Infinity) - 0.5) best = { flaw, px }
  }
  return best?.flaw ?? null
}
