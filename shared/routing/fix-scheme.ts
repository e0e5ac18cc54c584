import { checkNetwork } from '../clearance/check.ts'
import { effectiveNetwork } from '../clearance/effective-network.ts'
import type { Finding, PairRow } from '../clearance/finding.ts'
import { prepareClearance, type PreparedClearance } from '../clearance/prepare.ts'
import { PlaceBook } from '../clearance/world.ts'
import { unattendedJob, type JobControl } from '../core/job.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { Proposal } from '../scenario/document.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { NodeRecord, Vec3 } from '../twin/asset.ts'
import type { GroundSurface } from '../twin/ground.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import { chainagesOf, minus, plus, withoutIdleVertices, withVerticesAt } from './axis.ts'
import { lineRefusals } from './line-refusals.ts'
import { minSlopeRatio } from './route-costs.ts'
import { DEFAULT_FIX_BOUNDS, smallestMove, type BrokenStretch, type ClosedWay, type FixBounds, type FixKind } from './smallest-move.ts'
import { streetSpace } from './street-space.ts'
import { createTrial, type ShortRow } from './trial.ts'

export interface FixInput {
  readonly baseline: AssetColumns
  /** The only ones that may move. Axes in the project CRS. */
  readonly proposals: readonly Proposal[]
  readonly pack: RulePack
  /** Local frame. */
  readonly ground: GroundSurface | null
  /** Project CRS. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  /** Project CRS. */
  readonly nodes?: readonly NodeRecord[]
  /** Only this finding is asked about; null for every one of the proposals. */
  readonly finding: string | null
  readonly bounds?: FixBounds
}

/** One stretch of one proposal moved. Axes in the project CRS; `after` holds every fix of the proposal so far. */
export interface Fix {
  readonly asset: string
  readonly findings: readonly string[]
  readonly kind: FixKind
  readonly displacementM: number
  readonly before: { readonly axis: readonly Vec3[]; readonly pairs: readonly BrokenLimit[] }
  readonly after: { readonly axis: readonly Vec3[]; readonly pairs: readonly BrokenLimit[] }
}

/** A limit broken by a proposal; points in the project CRS. */
export type BrokenLimit = Pick<ShortRow, 'rule' | 'required' | 'found' | 'other'> & { readonly at: Vec3 }

export interface Unresolved {
  readonly finding: string
  /** Each way tried and what closes it; empty where nothing of the finding may move. */
  readonly ways: readonly ClosedWay[]
  readonly asset: string | null
}

export interface FixOutcome {
  readonly fixes: readonly Fix[]
  readonly unresolved: readonly Unresolved[]
  /** The named finding does not exist. */
  readonly isUnknownFinding: boolean
}

/** The smallest moves that bring a scheme's proposals clear of every rule; the engine has the last word. @throws CancelledError */
export function fixScheme(input: FixInput, job: JobControl = unattendedJob): FixOutcome {
  const { baseline, pack, ground, surfaceFeatures, nodes = [], bounds = DEFAULT_FIX_BOUNDS } = input
  const { origin } = baseline
  const prepare = (proposals: readonly Proposal[]): PreparedClearance => prepareClearance({ assets: effectiveNetwork(baseline, proposals), pack, ground, surfaceFeatures, nodes }, job)
  let proposals = [...input.proposals].sort((p, q) => (p.id < q.id ? -1 : 1))
  let prepared = prepare(proposals)
  const proposed = new Uint8Array(prepared.columns.count).fill(1, baseline.count)
  let known = checkNetwork(prepared, { involving: proposed }, job)
  const asked = known.findings.filter(finding => (input.finding === null ? isShort(finding) : finding.id === input.finding))
  if (input.finding !== null && asked.length === 0) return { fixes: [], unresolved: [], isUnknownFinding: true }
  const space = streetSpace(ground, surfaceFeatures, origin)
  const fixes: Fix[] = []
  const closedWays = new Map<string, ClosedWay[]>()
  const proposalIds = new Set(proposals.map(({ id }) => id))

  proposals.forEach((_, k) => {
    const proposal = proposals[k]!
    const mine = asked.filter(finding => isShort(finding) && yielder(finding, proposalIds) === proposal.id)
    if (mine.length === 0) return
    const trial = createTrial(prepared, proposal, proposal.id)
    const pins = pinsOf(prepared, baseline.count + k)
    let axis: readonly Vec3[] = proposal.axis.map(point => minus(point, origin))
    const refuses = lineRefusals(proposal.kind, axis, space, minSlopeRatio(proposal.section))
    const made: Fix[] = []
    const skipped: BrokenStretch[] = []
    for (let round = 0; round < 200; round++) {
      job.throwIfCancelled()
      const { stretches } = brokenStretches(trial, axis)
      const next = stretches.find(stretch => !skipped.some(other => overlap(stretch, other)) && mine.some(finding => isOf(finding, stretch, proposal.id)))
      if (!next) break
      const elsewhere = stretches.filter(stretch => stretch !== next).flatMap(({ rows }) => rows)
      const outcome = smallestMove({ axis, stretch: next, elsewhere, pins: pinsOn(axis, pins), trial, refuses, bounds })
      const ids = mine.filter(finding => isOf(finding, next, proposal.id)).map(({ id }) => id)
      if ('closed' in outcome) {
        skipped.push(next)
        for (const id of ids) closedWays.set(id, [...outcome.closed])
        continue
      }
      const moved = withoutIdleVertices(outcome.found.axis)
      const inProject = (points: readonly Vec3[]) => points.map(point => plus(point, origin))
      made.push({
        asset: proposal.id, findings: ids, kind: outcome.found.kind, displacementM: outcome.found.displacementM,
        before: { axis: inProject(axis), pairs: limitsOf(next.rows, origin) },
        after: { axis: inProject(moved), pairs: limitsOf(trial.shortRows(moved), origin) },
      })
      axis = moved
    }
    if (made.length === 0) return
    const changed = proposals.with(k, { ...proposal, axis: made.at(-1)!.after.axis })
    const next = prepare(changed)
    const outcome = checkNetwork(next, { involving: proposed }, job)
    // Another proposal's limits must not pay for this one's.
    const isWorse = outcome.pairs.some(row => !known.pairs.some(old => sameLimit(old, row) && row.required - row.found <= old.required - old.found + 1e-6))
    if (isWorse) return
    proposals = changed
    prepared = next
    known = outcome
    fixes.push(...made)
  })

  const left = known.findings.filter(isShort)
  const fixed = new Set(fixes.flatMap(({ findings }) => findings))
  const unresolved = asked.filter(finding => isShort(finding) && (!fixed.has(finding.id) || left.some(other => sharesLimit(other, finding))))
  return {
    fixes, isUnknownFinding: false,
    unresolved: unresolved.map(finding => ({ finding: finding.id, ways: closedWays.get(finding.id) ?? [], asset: yielder(finding, proposalIds) })),
  }
}

/** Broken as drawn; else only possible within the uncertainty. */
function isShort(finding: Finding): boolean {
  return [finding, ...finding.others].some(({ shortfall }) => shortfall > 1e-6)
}

/** Whose proposal moves: that which gives way by the pack where both are proposals, else the one that is. */
function yielder({ a, b, yields }: Finding, proposals: ReadonlySet<string>): string | null {
  const [own, other] = [a.find(id => proposals.has(id)), b.find(id => proposals.has(id))]
  if (own !== undefined && other !== undefined) return yields?.side === 'b' ? other : own
  return own ?? other ?? null
}

function isOf({ a, b, rule, others }: Finding, { rows }: BrokenStretch, proposal: string): boolean {
  const far = a.includes(proposal) ? b : a
  const rules = new Set([rule, ...others.map(other => other.rule)])
  return rows.some(row => rules.has(row.rule) && (row.other === null ? far.length === 0 : far.includes(row.other)))
}

const overlap = (a: BrokenStretch, b: BrokenStretch): boolean => a.from < b.to + 0.5 && b.from < a.to + 0.5

const sameLimit = (a: PairRow, b: PairRow): boolean => a.a === b.a && a.b === b.b && a.rule === b.rule

const sharesLimit = (left: Finding, asked: Finding): boolean =>
  left.id === asked.id && left.rule === asked.rule && left.a.some(id => asked.a.includes(id))

function limitsOf(rows: readonly ShortRow[], origin: Vec3): BrokenLimit[] {
  const worst = new Map<string, ShortRow>()
  for (const row of rows) {
    const key = `${row.other ?? ''} ${row.rule}`
    if (row.shortfall > (worst.get(key)?.shortfall ?? 0)) worst.set(key, row)
  }
  return [...worst.values()].map(({ rule, required, found, other, at }) => ({ rule, required, found, other, at: plus(at.route, origin) }))
}

/** Pieces that broken stretches are found in: short enough to begin and end near where the limit does. */
const PIECE_M = 0.25
const PIECES = 1500

function brokenStretches(trial: ReturnType<typeof createTrial>, axis: readonly Vec3[]): { readonly stretches: BrokenStretch[] } {
  const length = chainagesOf(axis).at(-1)!
  const count = Math.min(PIECES, Math.ceil(length / PIECE_M))
  const dense = withVerticesAt(axis, Array.from({ length: count }, (_, i) => (i / count) * length))
  const chainages = chainagesOf(dense)
  const stretches: { from: number; to: number; rows: ShortRow[] }[] = []
  for (const row of trial.shortRows(dense)) {
    const [from, to] = [chainages[row.segment]!, chainages[row.segment + 1]!]
    const last = stretches.at(-1)
    if (last && from <= last.to + 1e-9) {
      last.to = Math.max(last.to, to)
      last.rows.push(row)
    } else stretches.push({ from, to, rows: [row] })
  }
  return { stretches }
}

/** Points where an asset is joined to others, local frame. */
function pinsOf(prepared: PreparedClearance, asset: number): Vec3[] {
  return new PlaceBook(prepared.places).of(asset).filter(({ members }) => members.some(member => member.asset !== asset)).map(({ at }) => at)
}

/** Chainages of the joints on an axis. */
function pinsOn(axis: readonly Vec3[], pins: readonly Vec3[]): number[] {
  const chainages = chainagesOf(axis)
  return pins.map(([x, y]) => {
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
