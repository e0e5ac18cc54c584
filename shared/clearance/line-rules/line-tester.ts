import { LineLimitLookup, type LineLimits } from '../../rules/line-limits.ts'
import type { RulePack } from '../../rules/rule-pack.ts'
import type { NodeRecord } from '../../twin/asset.ts'
import { groundSampler } from '../../twin/ground.ts'
import { ASSET_STATUSES } from '../../twin/kinds.ts'
import type { SurfaceFeature } from '../../twin/surface-feature.ts'
import { widestM } from '../worlds/base-world.ts'
import type { Asks } from '../check-selection.ts'
import { subjectNumber, type HitSubject } from '../findings/finding-builder.ts'
import type { Hit } from '../pairs/hit.ts'
import type { PreparedClearance } from '../prepare.ts'
import type { World } from '../worlds/world.ts'
import { CrossingOrderTester } from './order.ts'
import { shallowPieces } from './shallow-pieces.ts'
import { isServiceEnd, serviceEnds } from './site-crossings.ts'
import { buildSiteIndex, wantedWords, type SiteIndex } from './site-index.ts'
import { SiteZones } from './site-zones.ts'
import { StructureTester, structuresOf, type Structure } from './structures.ts'
import { greatestLimitM, SurroundingsTester } from './surroundings.ts'

/** What stands around the lines. Project CRS. */
export interface Site {
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly nodes: readonly NodeRecord[]
}

/** What rule 8 reads of it, once per check: plain objects and typed arrays, so that it crosses threads. */
export interface LineSite {
  readonly index: SiteIndex
  readonly structures: readonly Structure[]
  /** Nodes at which services end. */
  readonly serviceNodes: readonly NodeRecord[]
}

/** The first subjects of hits are a line by itself in two respects; then come the features, then the structures. */
export const OWN_SUBJECTS = 2

/** What the number of a hit's subject stands for; null for the line itself. */
export function siteSubject({ index, structures }: LineSite, subject: number): HitSubject | null {
  const k = subjectNumber(subject) - OWN_SUBJECTS
  if (k < 0) return null
  const id = index.ids[k]
  if (id !== undefined) return { id, against: { sort: 'feature', type: index.words[k]![0]! } }
  const node = structures[k - index.ids.length]?.node
  return node ? { id: node.id, against: { sort: 'node', type: node.nodeType } } : null
}
const PLANNED = ASSET_STATUSES.indexOf('planned')

/** @returns null where rule 8 asks nothing of this network. */
export function lineSite({ columns, pack }: Pick<PreparedClearance, 'columns' | 'pack'>, { surfaceFeatures, nodes }: Site): LineSite | null {
  const structures = structuresOf(nodes, columns.origin)
  if (structures.length === 0 && !asksLines(pack)) return null
  const index = buildSiteIndex(surfaceFeatures, wantedWords([pack.surroundings, pack.crossingAngle]), columns.origin)
  return { index, structures, serviceNodes: nodes.filter(isServiceEnd) }
}

/** Whether a pack has any cell of rule 8. */
function asksLines({ surroundings, structures, crossingAngle, levelOrder, slope, levelJump, velocity, bend, turn }: RulePack): boolean {
  return levelOrder !== null || [surroundings, structures, crossingAngle, slope, levelJump, velocity, bend, turn].some(cells => cells.length > 0)
}

/** Rule 8 where it looks at one asset at a time: each thread of a check has a tester of its own. */
export class LineTester {
  readonly #asks: Asks
  readonly #order: CrossingOrderTester
  readonly #testers: ((asset: number) => readonly Hit[])[] = []

  /** @param isBefore The fixed order of two assets. */
  constructor(prepared: PreparedClearance, { index, structures, serviceNodes }: LineSite, world: World, asks: Asks, isBefore: (a: number, b: number) => boolean) {
    const { pack, signatures, network, columns, ground } = prepared
    const lookup = new LineLimitLookup(pack, signatures.classes)
    const limitsOf = (asset: number): LineLimits => lookup.of(network.signature[asset]!)
    this.#asks = asks
    const isPlanned = (asset: number): boolean => columns.status[asset] === PLANNED
    const everyPlannedAsks = columns.status.every((status, asset) => status !== PLANNED || !world.takesPart(asset) || asks.isDriver(asset))
    this.#order = new CrossingOrderTester(world, lookup, isPlanned, asks, isBefore, everyPlannedAsks)
    if (index.ids.length > 0) {
      const greatestM = Math.max(0, ...signatures.classes.map((_, signature) => greatestLimitM(lookup.of(signature).surroundings)))
      const zones = new SiteZones(world, index, serviceEnds(serviceNodes, columns.origin, pack.snapToleranceM), limitsOf, greatestM, widestM(network))
      const tester = new SurroundingsTester(world, index, zones, limitsOf, ground ? groundSampler(ground) : () => null, shallowPieces(network, ground), feature => subjectNumber(OWN_SUBJECTS + feature))
      this.#testers.push(asset => tester.testAsset(asset))
    }
    if (structures.length > 0) {
      const tester = new StructureTester(world, structures, limitsOf, k => subjectNumber(OWN_SUBJECTS + index.ids.length + k))
      this.#testers.push(asset => tester.testAsset(asset))
    }
  }

  /** Hits of an asset with what stands around it, and with those others whose crossing with it is its own. */
  test(asset: number): readonly Hit[] {
    const crossed = this.#asks.isDriver(asset) ? this.#order.testAsset(asset) : []
    return this.#asks.isCoverAsked(asset) && this.#testers.length > 0 ? [...crossed, ...this.#testers.flatMap(test => test(asset))] : crossed
  }
}
