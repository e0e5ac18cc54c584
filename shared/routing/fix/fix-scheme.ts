import { checkNetwork } from '../../clearance/check.ts'
import { effectiveNetwork } from '../../clearance/network/effective-network.ts'
import type { Finding, PairRow } from '../../clearance/findings/finding.ts'
import { lineSite, type LineSite } from '../../clearance/line-rules/line-tester.ts'
import { prepareClearance, type PreparedClearance } from '../../clearance/prepare.ts'
import { unattendedJob, type JobControl } from '../../core/job.ts'
import { boxesMeet, pointsBox, widened } from '../../geometry/plan-box.ts'
import type { RulePack } from '../../rules/rule-pack.ts'
import type { Proposal } from '../../scenario/document.ts'
import type { AssetColumns } from '../../twin/asset-columns.ts'
import type { NodeRecord, Vec3 } from '../../twin/asset.ts'
import type { GroundSurface } from '../../twin/ground.ts'
import type { SurfaceFeature } from '../../twin/surface-feature.ts'
import type { Displacement } from './displace.ts'
import { distance, plus } from '../lines/axis.ts'
import { fixLine, isMovedFor, isShort, type LineState } from './fix-line.ts'
import { DEFAULT_FIX_BOUNDS, type ClosedWay, type FixBounds, type FixKind } from './smallest-move.ts'
import { streetSpace } from '../search/street-space.ts'
import type { ShortRow } from './trial.ts'

export interface FixInput {
  readonly baseline: AssetColumns
  /** The only ones that may move. Axes in the project CRS. */
  readonly proposals: readonly Proposal[]
  /** Assets the scheme takes out of the ground. */
  readonly removedIds?: readonly string[]
  readonly pack: RulePack
  /** Local frame. */
  readonly ground: GroundSurface | null
  /** Project CRS. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  /** Project CRS. */
  readonly nodes?: readonly NodeRecord[]
  /** Only this finding is asked about; null for every one of the proposals. */
  readonly finding: string | null
  /** Only findings that this proposal answers for. */
  readonly line?: string
  readonly bounds?: FixBounds
}

/** One stretch of one proposal moved. Axes in the project CRS; `after` holds every fix of the proposal so far. */
export interface Fix extends Displacement {
  readonly asset: string
  readonly findings: readonly string[]
  readonly kind: FixKind
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
  const prepare = (proposals: readonly Proposal[]): PreparedClearance => prepareClearance({ assets: effectiveNetwork(baseline, proposals, input.removedIds), pack, ground, surfaceFeatures, nodes }, job)
  const site = siteOf(input)
  let proposals = [...input.proposals].sort((p, q) => (p.id < q.id ? -1 : 1))
  let prepared = prepare(proposals)
  const proposed = new Uint8Array(prepared.columns.count).fill(1, baseline.count)
  let known = checkNetwork(prepared, { involving: proposed }, job, site)
  const before = known.findings.filter(isMovedFor)
  const proposalIds = new Set(proposals.map(({ id }) => id))
  const asked = before.filter(finding => (input.finding === null ? isShort(finding) : finding.id === input.finding) && (input.line === undefined || yielder(finding, proposalIds) === input.line))
  if (input.finding !== null && asked.length === 0) return { fixes: [], unresolved: [], isUnknownFinding: true }
  const space = streetSpace(ground, surfaceFeatures, origin)
  const fixes: Fix[] = []
  const closedWays = new Map<string, readonly ClosedWay[]>()

  /** Lines that something is asked of. */
  const lines = new Set(asked.filter(isShort).map(finding => yielder(finding, proposalIds)))
  proposals.forEach((_, k) => {
    const proposal = proposals[k]!
    const mine = asked.filter(finding => isShort(finding) && yielder(finding, proposalIds) === proposal.id)
    if (mine.length === 0) return
    const done = proposals.slice(0, k).filter(one => lines.has(one.id)).length
    const onProgress = (share: number): void => job.progress((done + share) / lines.size, 'planning:job.fix')
    const { steps, closed } = fixLine({ proposal, origin, prepared, column: baseline.count + k, findings: mine, space, site, bounds, onProgress }, job)
    for (const [id, ways] of closed) closedWays.set(id, ways)
    if (steps.length === 0) return
    const changed = proposals.with(k, { ...proposal, axis: steps.at(-1)!.after.axis.map(point => plus(point, origin)) })
    const next = prepare(changed)
    const outcome = checkNetwork(next, { involving: proposed }, job, site)
    // Another proposal's limits must not pay for this one's.
    const isWorse = outcome.pairs.some(row => !known.pairs.some(old => sameLimit(old, row) && row.required - row.found <= old.required - old.found + 1e-6))
    if (isWorse) return
    proposals = changed
    prepared = next
    known = outcome
    fixes.push(...steps.map(step => ({ ...step, asset: proposal.id, before: inProject(step.before, origin), after: inProject(step.after, origin) })))
  })

  const staying = stayingFindings(before, known.findings.filter(isShort))
  const stay = asked.filter(finding => isShort(finding) && staying.has(finding))
  return {
    fixes, isUnknownFinding: false,
    unresolved: stay.map(finding => ({ finding: finding.id, ways: closedWays.get(finding.id) ?? [], asset: yielder(finding, proposalIds) })),
  }
}

/** What stands so near to the proposals that a move within the bounds may come upon it. */
function siteOf({ baseline, proposals, pack, surfaceFeatures, nodes = [], bounds = DEFAULT_FIX_BOUNDS }: FixInput): LineSite | null {
  const box = widened(pointsBox(proposals.flatMap(({ axis }) => axis)), bounds.planM + SITE_MARGIN_M)
  return lineSite({ columns: baseline, pack }, {
    surfaceFeatures: surfaceFeatures.filter(({ points }) => boxesMeet(pointsBox(points), box)), nodes: nodes.filter(({ at }) => boxesMeet(pointsBox([at]), box)),
  })
}

/** Farther than any rule asks of what stands around. */
const SITE_MARGIN_M = 50

/** Whose proposal moves: that which gives way by the pack where both are proposals, else the one that is. */
function yielder({ a, b, yields }: Finding, proposals: ReadonlySet<string>): string | null {
  const [own, other] = [a.find(id => proposals.has(id)), b.find(id => proposals.has(id))]
  if (own !== undefined && other !== undefined) return yields?.side === 'b' ? other : own
  return own ?? other ?? null
}

const sameLimit = (a: PairRow, b: PairRow): boolean => a.a === b.a && a.b === b.b && a.rule === b.rule

/** Which findings are left: ordinals shift where another conflict of the pair is gone, so the nearest of its pair is meant. */
function stayingFindings(before: readonly Finding[], left: readonly Finding[]): Set<Finding> {
  const shares = (p: readonly string[], q: readonly string[]): boolean => (p.length === 0 ? q.length === 0 : p.some(id => q.includes(id)))
  return new Set(left.flatMap(one => before
    .filter(({ a, b, rule }) => shares(a, one.a) && shares(b, one.b) && (one.b.length > 0 || rule === one.rule))
    .sort((m, n) => distance(m.at.a, one.at.a) - distance(n.at.a, one.at.a)).slice(0, 1)))
}

function inProject({ axis, rows }: LineState, origin: Vec3): Fix['before'] {
  const worst = new Map<string, ShortRow>()
  for (const row of rows) {
    const key = `${row.other ?? ''} ${row.rule}`
    if (row.shortfall > (worst.get(key)?.shortfall ?? 0)) worst.set(key, row)
  }
  return {
    axis: axis.map(point => plus(point, origin)),
    pairs: [...worst.values()].map(({ rule, required, found, other, at }) => ({ rule, required, found, other, at: plus(at.route, origin) })),
  }
}
