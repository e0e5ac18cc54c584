import { chainagesOf } from '../../geometry/section-line.ts'
import type { Finding } from '../../clearance/findings/finding.ts'
import type { PreparedClearance } from '../../clearance/prepare.ts'
import type { LineSite } from '../../clearance/line-rules/line-tester.ts'
import { PlaceBook } from '../../clearance/worlds/world.ts'
import type { JobControl } from '../../core/job.ts'
import type { Proposal } from '../../scenario/document.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { Displacement } from './displace.ts'
import { distance, minus, spaceOff, withoutIdleVertices, withVerticesAt } from '../lines/axis.ts'
import { lineRefusals } from '../lines/line-refusals.ts'
import { minSlopeRatio } from '../search/route-costs.ts'
import { halfSpent, isFarSpent, SIDE_RULES, smallestMove, type BrokenStretch, type ClosedWay, type Effort, type FixBounds, type FixKind } from './smallest-move.ts'
import type { StreetSpace } from '../search/street-space.ts'
import { AROUND_RULES, createTrial, type ShortRow, type Trial } from './trial.ts'

export interface FixLineRequest {
  /** Axis in the project CRS. */
  readonly proposal: Proposal
  readonly origin: Vec3
  /** The network with the proposal in it, and its place there. */
  readonly prepared: PreparedClearance
  readonly column: number
  /** Findings the line is to answer for. */
  readonly findings: readonly Finding[]
  readonly space: StreetSpace
  /** What stands around; null where no rule asks. */
  readonly site: LineSite | null
  readonly bounds: FixBounds
  /** Told how much of the line is done, 0 … 1. */
  onProgress?(share: number): void
}

/** A line and the limits it breaks there. Local frame. */
export interface LineState {
  readonly axis: readonly Vec3[]
  readonly rows: readonly ShortRow[]
}

/** One move. The axis after it holds every step so far; the rows after it are those of its own place. */
export interface FixStep extends Displacement {
  readonly findings: readonly string[]
  readonly kind: FixKind
  readonly before: LineState
  readonly after: LineState
}

export interface FixedLine {
  readonly steps: readonly FixStep[]
  /** What closes each way, by finding that stayed. */
  readonly closed: ReadonlyMap<string, readonly ClosedWay[]>
}

/** Rules that moves are searched for: not the order of levels, angles, falls and bends. */
const MOVED_FOR: ReadonlySet<string> = new Set(['hard', 'touching', 'vertical', 'horizontal', 'stacked', 'either', 'distance', 'cover', 'cover_max', ...AROUND_RULES])
const movedFor = (finding: Finding): readonly Pick<Finding, 'rule' | 'shortfall'>[] => [finding, ...finding.others].filter(({ rule }) => MOVED_FOR.has(rule))

export const isMovedFor = (finding: Finding): boolean => movedFor(finding).length > 0

/** Broken as drawn, of what a move can help against; else only possible within the uncertainty. */
export const isShort = (finding: Finding): boolean => movedFor(finding).some(({ shortfall }) => shortfall > 1e-6)

/**
 * Moves one line clear, in the way that leaves the fewest findings, then moves the least far, then the least in all:
 * stretch by stretch; all broken stretches as one; or aside first and then, where that leaves something, up or down at
 * the place alone, so that a crossing does not take a whole street down with it.
 * @throws CancelledError
 */
export function fixLine(request: FixLineRequest, job: JobControl): FixedLine {
  const isAroundAsked = request.findings.some(isOfAround)
  const whole = clearedLine(request, isAroundAsked, job)
  if (!isAroundAsked || whole.closed.size === 0) return whole
  // A house that stays too near must not keep a clash from being cleared: then what stands around is only not to come nearer.
  const { proposal, origin } = request
  const without = moveStretches(request, 'apart', false, Infinity, halfSpent(), () => undefined, job)!
  const axis = without.steps.at(-1)?.after.axis ?? proposal.axis.map(point => minus(point, origin))
  const left = trialOf(request).aroundRows(axis)
  const closed = new Map(without.closed)
  for (const finding of request.findings) if (isOf(finding, left, { id: proposal.id, axis, origin })) closed.set(finding.id, whole.closed.get(finding.id) ?? closed.get(finding.id) ?? [])
  const other = { ...without, closed }
  return isBetter(other, whole) ? other : whole
}

const isOfAround = (finding: Finding): boolean => [finding, ...finding.others].some(({ rule }) => AROUND_RULES.has(rule))

const trialOf = ({ prepared, proposal, site }: FixLineRequest): Trial => createTrial(prepared, proposal, { replaces: proposal.id, site })

/** @param clearsAround Whether distances to what stands around are to be cleared too, where they are asked about; else they are only not to become worse. */
function clearedLine(request: FixLineRequest, clearsAround: boolean, job: JobControl): FixedLine {
  const { isMixed, stretches } = whatIsBroken(request, clearsAround)
  const parted = isMixed ? ['apart', 'layered'] as const : ['apart'] as const
  // Of a line broken all along, one move of the whole is found sooner than fifty, and is what the others have to beat.
  const hows = stretches > MANY_STRETCHES ? ['together', ...parted] as const : [...parted, 'together'] as const
  let best: FixedLine | null = null
  for (const [i, how] of hows.entries()) {
    // One clear already, only a line that moves no farther is better: the search ends there, or a little beyond, as a way near the least is turned to it.
    const beatM: number = best?.closed.size === 0 ? NEAR_LEAST * greatest(best) + SAME_MOVE_M : Infinity
    const next = moveStretches(request, how, clearsAround, beatM, { tries: 0 }, share => request.onProgress?.((i + share) / hows.length), job)
    if (next && (best === null || isBetter(next, best))) best = next
    if (how === 'apart' && best!.closed.size === 0 && best!.steps.length <= 1 && !isMixed) break
  }
  return best!
}

const MANY_STRETCHES = 12

/** How many stretches, and whether limits in plan and in level at once: parted, they may take less. */
function whatIsBroken(request: FixLineRequest, clearsAround: boolean): { readonly isMixed: boolean; readonly stretches: number } {
  const axis = request.proposal.axis.map(point => minus(point, request.origin))
  const { broken } = brokenStretches(trialOf(request), axis, clearsAround ? row => isAsked(request, row, axis) : () => false)
  const rules = broken.flatMap(({ rows }) => rows.map(({ rule }) => rule))
  return { isMixed: rules.some(rule => SIDE_RULES.has(rule)) && rules.some(rule => !SIDE_RULES.has(rule)), stretches: broken.length }
}

function isBetter(one: FixedLine, other: FixedLine): boolean {
  if (one.closed.size !== other.closed.size) return one.closed.size < other.closed.size
  const further = greatest(one) - greatest(other)
  return further < -SAME_MOVE_M || (further < SAME_MOVE_M && movedArea(one) < 0.9 * movedArea(other))
}

/** Moves that differ by less are as far as each other: what tells is how much of the line moves. */
const SAME_MOVE_M = 1e-3

/** A way that is longer than the least by this is still turned to it. */
const NEAR_LEAST = 1.1

const greatest = ({ steps }: FixedLine): number => Math.max(0, ...steps.map(({ displacementM }) => displacementM))

/** How far the line moves times how much of it does, square metres. */
function movedArea({ steps }: FixedLine): number {
  const [first, last] = [steps[0]?.before.axis, steps.at(-1)?.after.axis]
  if (!first || !last) return 0
  const length = chainagesOf(first).at(-1)!
  const count = Math.min(400, Math.max(2, Math.ceil(length)))
  const dense = withVerticesAt(first, Array.from({ length: count }, (_, i) => (i / count) * length))
  return dense.reduce((sum, point) => sum + spaceOff(last, point), 0) * (length / count)
}

/** More moves than any line needs: a stop for moves that chase each other. */
const MOST_STEPS = 200

/** @param beatM Null as soon as a move would have to be as large, or none is found: of no use then. Infinity: every stretch is tried. */
function moveStretches(request: FixLineRequest, how: 'apart' | 'together' | 'layered', clearsAround: boolean, beatM: number, effort: Effort, onProgress: (share: number) => void, job: JobControl): FixedLine | null {
  const { proposal, origin, prepared, column, findings, space, bounds } = request
  const trial = trialOf(request)
  const pins = pinsOf(prepared, column)
  let axis: readonly Vec3[] = proposal.axis.map(point => minus(point, origin))
  const refuses = lineRefusals(proposal, axis, space, minSlopeRatio(proposal.section))
  const steps: FixStep[] = []
  const skipped: BrokenStretch[] = []
  const closed = new Map<string, readonly ClosedWay[]>()
  const ofRows = (rows: readonly ShortRow[], on: readonly Vec3[]): Finding[] => findings.filter(finding => isOf(finding, rows, { id: proposal.id, axis: on, origin }))
  for (let round = 0; round < MOST_STEPS; round++) {
    job.throwIfCancelled()
    const { broken: all, kept } = brokenStretches(trial, axis, clearsAround ? row => isAsked(request, row, axis) : () => false)
    onProgress(1 - ofRows(all.flatMap(({ rows }) => rows), axis).filter(({ id }) => !closed.has(id)).length / Math.max(1, findings.length))
    const aside = how === 'layered' ? brokenStretches(trial, axis, clearsAround ? row => isAsked(request, row, axis) : () => false, SIDE_RULES).broken.filter(stretch => !skipped.some(other => overlap(stretch, other))) : []
    const broken = aside.length > 0 ? aside : all
    const open = broken.filter(stretch => ofRows(stretch.rows, axis).length > 0 && !skipped.some(other => overlap(stretch, other)))
    const next = how === 'together' && open.length > 1 ? { from: open[0]!.from, to: open.at(-1)!.to, rows: open.flatMap(({ rows }) => rows) } : open[0]
    if (!next) break
    const elsewhere = all.filter(stretch => !overlap(stretch, next)).flatMap(({ rows }) => rows)
    const later = [...kept, ...(aside.length > 0 ? all.flatMap(({ rows }) => rows).filter(({ rule }) => !SIDE_RULES.has(rule)) : [])]
    const outcome = smallestMove({ axis, stretch: next, elsewhere, later, pins: chainagesNear(axis, pins), trial, refuses, bounds, radiusM: proposal.bendRadiusM, levelCutM: prepared.pack.alongsideMaxVerticalGapM ?? Infinity, effort, beatM })
    // There is a clear answer, and this one takes far longer.
    if (beatM < Infinity && isFarSpent(effort)) return null
    if ('closed' in outcome) {
      if (beatM < Infinity) return null
      skipped.push(next)
      for (const { id } of ofRows(next.rows, axis)) closed.set(id, outcome.closed)
      continue
    }
    const moved = withoutIdleVertices(outcome.found.axis)
    const after = [...trial.shortRows(moved), ...trial.aroundRows(moved)]
    const isElsewhere = (row: ShortRow): boolean => elsewhere.some(known => known.other === row.other && known.rule === row.rule && distance(known.at.route, row.at.route) < PLACE_M)
    // A move may clear more than the stretch it was made for.
    const still = new Set(ofRows(after, moved))
    const cleared = ofRows(all.flatMap(({ rows }) => rows), axis).filter(finding => !still.has(finding))
    const { kind, displacementM, asideM, upM } = outcome.found
    steps.push({
      findings: namedOnce(cleared.length > 0 ? cleared : ofRows(next.rows, axis), steps), kind, displacementM, asideM, upM,
      before: { axis, rows: next.rows }, after: { axis: moved, rows: after.filter(row => !isElsewhere(row)) },
    })
    for (const { id } of cleared) closed.delete(id)
    axis = moved
  }
  return { steps, closed }
}

/** Ids of findings that no step before named. */
function namedOnce(findings: readonly Finding[], steps: readonly FixStep[]): string[] {
  const named = new Set(steps.flatMap(step => step.findings))
  return findings.map(({ id }) => id).filter(id => !named.has(id))
}

/** Whether rows of the line belong to a finding: its other side, its rules, its place. */
function isOf(finding: Finding, rows: readonly ShortRow[], line: { readonly id: string; readonly axis: readonly Vec3[]; readonly origin: Vec3 }): boolean {
  const far = finding.a.includes(line.id) ? finding.b : finding.a
  const rules = new Set([finding.rule, ...finding.others.map(other => other.rule)])
  const alike = rows.filter(row => rules.has(row.rule) && (row.other === null ? far.length === 0 : far.includes(row.other)))
  if (alike.length === 0) return false
  const { at, stretch } = finding
  const places = chainagesNear(line.axis, [at.a, at.b, stretch.from, stretch.to].map(point => minus(point, line.origin)))
  const [from, to] = [Math.min(...places) - PLACE_M, Math.max(...places) + PLACE_M]
  return alike.some(({ chainageM }) => chainageM >= from && chainageM <= to)
}

/** Stretches nearer than half a metre are one finding; the line itself may have been moved a little along. */
const PLACE_M = 1

const overlap = (a: BrokenStretch, b: BrokenStretch): boolean => a.from < b.to + 0.5 && b.from < a.to + 0.5

/** Pieces that broken stretches are found in: short enough to begin and end near where the limit does. */
const PIECE_M = 0.25
const PIECES = 1500

const isAsked = ({ findings, proposal, origin }: FixLineRequest, row: ShortRow, axis: readonly Vec3[]): boolean =>
  findings.some(finding => isOf(finding, [row], { id: proposal.id, axis, origin }))

/**
 * Where limits are broken, and what of the distances to what stands around is not to be cleared, only kept.
 * @param isCleared Whether such a distance is to be cleared. @param rules Only these; all where absent.
 */
function brokenStretches(trial: Trial, axis: readonly Vec3[], isCleared: (row: ShortRow) => boolean, rules?: ReadonlySet<string>): { readonly broken: BrokenStretch[]; readonly kept: ShortRow[] } {
  const length = chainagesOf(axis).at(-1)!
  const count = Math.min(PIECES, Math.ceil(length / PIECE_M))
  const dense = withVerticesAt(axis, Array.from({ length: count }, (_, i) => (i / count) * length))
  const chainages = chainagesOf(dense)
  const stretches: { from: number; to: number; rows: ShortRow[] }[] = []
  const around = trial.aroundRows(dense)
  const cleared = around.filter(isCleared)
  const rowsInOrder = [...trial.shortRows(dense), ...cleared].sort((m, n) => m.segment - n.segment)
  for (const row of rowsInOrder) {
    if (rules && !rules.has(row.rule)) continue
    const [from, to] = [chainages[row.segment]!, chainages[row.segment + 1]!]
    const last = stretches.at(-1)
    if (last && from <= last.to + 1e-9) {
      last.to = Math.max(last.to, to)
      last.rows.push(row)
    } else stretches.push({ from, to, rows: [row] })
  }
  return { broken: stretches, kept: around.filter(row => !cleared.includes(row)) }
}

/** Points where an asset is joined to others, local frame. */
function pinsOf(prepared: PreparedClearance, asset: number): Vec3[] {
  return new PlaceBook(prepared.places).of(asset).filter(({ members }) => members.some(member => member.asset !== asset)).map(({ at }) => at)
}

/** Plan chainages on an axis nearest to points. */
function chainagesNear(axis: readonly Vec3[], points: readonly Vec3[]): number[] {
  const chainages = chainagesOf(axis)
  return points.map(([x, y]) => {
    let [best, at] = [Infinity, 0]
    for (let i = 1; i < axis.length; i++) {
      const [p, q] = [axis[i - 1]!, axis[i]!]
      const [dx, dy] = [q[0] - p[0], q[1] - p[1]]
      const square = dx * dx + dy * dy
      const share = square > 0 ? Math.min(1, Math.max(0, ((x - p[0]) * dx + (y - p[1]) * dy) / square)) : 0
      const off = Math.hypot(x - p[0] - share * dx, y - p[1] - share * dy)
      if (off < best - 1e-9) [best, at] = [off, chainages[i - 1]! + share * Math.sqrt(square)]
    }
    return at
  })
}
