import type { Finding } from '../clearance/findings/finding.ts'
import { boxesMeet, pointsBox } from '../geometry/plan-box.ts'
import { lengthCost, vertexCost } from '../routing/search/route-cost.ts'
import { routeBounds, type RouteCosts } from '../routing/search/route-costs.ts'
import { streetSpace, type StreetFeature } from '../routing/search/street-space.ts'
import { schemeDigs } from '../excavation/scheme-digs.ts'
import type { ScenarioDocument } from '../scenario/document.ts'
import { buildAssetColumns } from '../twin/asset-columns.ts'
import type { Vec3 } from '../twin/asset.ts'
import { GRAVITY_KINDS } from '../twin/kinds.ts'
import { coverRange } from '../twin/cover-range.ts'
import { groundSampler, type GroundSurface } from '../twin/ground.ts'

/** What a scheme comes to, in figures to set beside another's. */
export interface SchemeFigures {
  readonly lines: number
  readonly excavations: number
  readonly removals: number
  readonly lengthM: number
  /** Over all its lines; null where there is no ground. */
  readonly cover: { readonly minM: number; readonly maxM: number } | null
  /** Trenches of its lines: vertical sides, working space beside the pipe and bedding under it. */
  readonly trenchM3: number
  /** Dug by its pits and trenches, in the ground, and to be taken away, loose. */
  readonly cutM3: number
  readonly haulM3: number
  /** Metres of plain trench at the least cover that it is worth, by the project's route costs: length by surface and depth, bends, manholes of gravity lines. */
  readonly costIndex: number
}

/** Working space at each side and bedding below a pipe in its trench, metres: figures for comparing, not for tender. */
const WORKING_SPACE_M = 0.3
const BEDDING_M = 0.15

/** What a scheme's cost index goes by. */
export interface SchemeCosting {
  readonly costs: RouteCosts
  /** Project CRS; those near the scheme's lines at least. */
  readonly surfaceFeatures: readonly StreetFeature[]
}

/** @param origin Of the local frame the ground is in. */
export function schemeFigures(document: Pick<ScenarioDocument, 'proposals' | 'excavations' | 'removals'>, surface: GroundSurface | null, origin: Vec3, { costs, surfaceFeatures }: SchemeCosting): SchemeFigures {
  const ground = surface ? groundSampler(surface) : () => null
  let [lengthM, trenchM3, costIndex] = [0, 0, 0]
  let [minM, maxM] = [Infinity, -Infinity]
  const proposals = Object.values(document.proposals)
  const box = pointsBox(proposals.flatMap(({ axis }) => axis.map(([x, y]) => [x, y] as const)))
  const space = streetSpace(null, surfaceFeatures.filter(({ points }) => boxesMeet(pointsBox(points), box)), origin)
  for (const { axis, section, kind } of proposals) {
    const local = axis.map(([x, y, z]): Vec3 => [x - origin[0], y - origin[1], z - origin[2]])
    const [widthM, heightM] = section.shape === 'circle' ? [section.diameterM, section.diameterM] : [section.widthM, section.heightM]
    for (let i = 1; i < local.length; i++) {
      const part = local.slice(i - 1, i + 1)
      const partM = Math.hypot(part[1]![0] - part[0]![0], part[1]![1] - part[0]![1], part[1]![2] - part[0]![2])
      const cover = coverRange(part, heightM / 2, ground)
      const meanM = cover ? (cover.minM + cover.maxM) / 2 : routeBounds.leastCoverM
      lengthM += partM
      trenchM3 += partM * (widthM + 2 * WORKING_SPACE_M) * Math.max(0, meanM + heightM + BEDDING_M)
      costIndex += lengthCost(part[0]!, part[1]!, { costs, space, halfHeightM: heightM / 2, leastCoverM: routeBounds.leastCoverM, groundAt: ground, besideAt: () => 0 }).trench
      if (cover) [minM, maxM] = [Math.min(minM, cover.minM), Math.max(maxM, cover.maxM)]
    }
    costIndex += vertexCost(costs, local, 0, local.length - 1, GRAVITY_KINDS.has(kind))
  }
  return {
    lines: proposals.length, excavations: Object.keys(document.excavations).length, removals: new Set([...Object.keys(document.removals), ...proposals.flatMap(proposal => proposal.replaces ?? [])]).size,
    lengthM, trenchM3, costIndex, ...dugVolumes(document, surface, origin), cover: minM === Infinity ? null : { minM, maxM },
  }
}

/** One that cannot be built digs nothing. */
function dugVolumes({ excavations }: Pick<ScenarioDocument, 'excavations'>, surface: GroundSurface | null, origin: Vec3): Pick<SchemeFigures, 'cutM3' | 'haulM3'> {
  const cuts = schemeDigs(buildAssetColumns([], origin), surface, Object.values(excavations), []).flatMap(({ cut }) => (cut?.ok ? [cut.value.volumes] : []))
  return { cutM3: cuts.reduce((sum, { cutM3 }) => sum + cutM3, 0), haulM3: cuts.reduce((sum, { haulM3 }) => sum + haulM3, 0) }
}

export type ConflictChange = 'new' | 'gone' | 'worse' | 'better' | 'same'

/** One conflict of either of two schemes. `base` and `other` hold its shortfall there, metres; null where it is not. */
export interface ChangedConflict {
  readonly id: string
  readonly finding: Finding
  readonly change: ConflictChange
  readonly base: number | null
  readonly other: number | null
}

/** Shortfalls nearer than this are the same. */
const SAME_M = 1e-3
const ORDER: readonly ConflictChange[] = ['new', 'worse', 'better', 'gone', 'same']

/** What becomes of each conflict from one scheme to another, by the finding's identity; the worst news first. */
export function changedConflicts(base: readonly Finding[], other: readonly Finding[]): ChangedConflict[] {
  const before = new Map(base.map(finding => [finding.id, finding]))
  const after = new Map(other.map(finding => [finding.id, finding]))
  return [...new Set([...before.keys(), ...after.keys()])].map((id): ChangedConflict => {
    const [was, is] = [before.get(id), after.get(id)]
    const by = was && is ? is.shortfall - was.shortfall : 0
    const change: ConflictChange = !was ? 'new' : !is ? 'gone' : by > SAME_M ? 'worse' : by < -SAME_M ? 'better' : 'same'
    return { id, finding: (is ?? was)!, change, base: was?.shortfall ?? null, other: is?.shortfall ?? null }
  }).sort((m, n) => ORDER.indexOf(m.change) - ORDER.indexOf(n.change) || (n.other ?? n.base ?? 0) - (m.other ?? m.base ?? 0) || (m.id < n.id ? -1 : 1))
}
