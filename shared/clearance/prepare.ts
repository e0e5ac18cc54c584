import { unattendedJob, type JobControl } from '../core/job.ts'
import { ownMemory, type Allocate } from '../core/shared-arrays.ts'
import { assetSignatures, type Signatures } from '../rules/asset-classes.ts'
import { LimitLookup } from '../rules/limit-lookup.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { NodeRecord } from '../twin/asset.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { GroundSurface } from '../twin/ground.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import { findManholes, type Manholes } from './network/manholes.ts'
import { buildNetwork, type ClearanceNetwork } from './network/network.ts'
import { placesOfTouches } from './joints/build-places.ts'
import { TouchFinder, type Touches } from './joints/find-touches.ts'
import type { Places } from './joints/places.ts'
import { buildRuns, type Runs } from './network/runs.ts'
import { buildSegmentGrid, type SegmentGrid } from './grid/segment-grid.ts'
import { packSurfaces, type SurfaceAreas } from './cover/surface-areas.ts'

export interface ClearanceInput {
  /** The effective network: baseline and proposals (`effectiveNetwork`). */
  readonly assets: AssetColumns
  readonly pack: RulePack
  /** Local frame; null where there is none: then cover is not tested. */
  readonly ground: GroundSurface | null
  /** Project CRS. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  /** Project CRS; none where the source has none. */
  readonly nodes?: readonly NodeRecord[]
}

/**
 * Everything derived from a network and a pack that checks and previews read: plain objects and typed arrays, so that
 * a worker can build it and hand it over (`transferablesOf`). Never changed afterwards.
 */
export interface PreparedClearance {
  readonly columns: AssetColumns
  readonly pack: RulePack
  readonly network: ClearanceNetwork
  readonly signatures: Signatures
  readonly grid: SegmentGrid
  /** Assets in the order in which they are best gone through (`GridPlan`). */
  readonly order: Uint32Array
  readonly places: Places
  readonly manholes: Manholes
  readonly runs: Runs
  readonly ground: GroundSurface | null
  readonly surfaces: SurfaceAreas
}

/** What is there before the joints are. */
export type PreparedIndex = Omit<PreparedClearance, 'places' | 'runs'>

/** Builds the index, the joints and the runs of a network. @throws CancelledError */
export function prepareClearance(input: ClearanceInput, job: JobControl = unattendedJob): PreparedClearance {
  const index = prepareIndex(input, job)
  let block = 0
  return withJoints(index, [touchesIn(index, () => block++, job)])
}

/** What an index is made of. */
export interface IndexPlan {
  readonly network: ClearanceNetwork
  readonly signatures: Signatures
  readonly inflationM: Float64Array
}

/** The index alone. @throws CancelledError */
function prepareIndex(input: ClearanceInput, job: JobControl): PreparedIndex {
  const plan = planIndex(input, ownMemory, job)
  const { grid, order } = buildSegmentGrid(plan.network, plan.inflationM)
  job.throwIfCancelled()
  return withGrid(input, plan, grid, order, job)
}

/** Classes and the network's own columns. */
export function planIndex({ assets, pack }: ClearanceInput, allocate: Allocate, job: JobControl): IndexPlan {
  job.progress(0, 'cli-check:stage.index')
  const signatures = assetSignatures(assets, pack)
  const network = buildNetwork(assets, signatures.ofAsset, allocate)
  return { network, signatures, inflationM: entryInflation(network, signatures, pack, allocate) }
}

/** An index with its grid. */
export function withGrid({ assets, pack, ground, surfaceFeatures, nodes = [] }: ClearanceInput, { network, signatures }: IndexPlan, grid: SegmentGrid, order: Uint32Array, job: JobControl): PreparedIndex {
  job.progress(null, 'cli-check:stage.joints')
  const manholes = findManholes(nodes, network, assets.origin, pack.snapToleranceM)
  return { columns: assets, pack, network, signatures, grid, order, manholes, ground, surfaces: packSurfaces(surfaceFeatures, assets.origin) }
}

/** What an index needs of itself for its touches to be found, by as many threads as share the blocks. */
export type TouchSource = Pick<PreparedIndex, 'network' | 'grid' | 'pack'>

export const touchesIn = ({ network, grid, pack }: TouchSource, next: () => number, job: JobControl = unattendedJob): Touches =>
  new TouchFinder(network, grid, pack.snapToleranceM).find(next, () => job.throwIfCancelled())

/** An index with the joints and runs that its touches come to. */
export function withJoints(index: PreparedIndex, touches: readonly Touches[], allocate: Allocate = ownMemory): PreparedClearance {
  const places = placesOfTouches(index.network, touches, index.pack.snapToleranceM, endsByManhole(index.manholes), allocate)
  return { ...index, places, runs: buildRuns(index.network, places, allocate) }
}

function* endsByManhole({ ends, endStart }: Manholes): Generator<Uint32Array> {
  for (let k = 0; k + 1 < endStart.length; k++) yield ends.subarray(endStart[k]!, endStart[k + 1]!)
}

/** Buffers to hand over with a prepared index, so that it crosses threads without being copied. The columns' own stay. */
export function transferablesOf({ network, grid, places, manholes, runs, signatures, columns }: PreparedClearance): ArrayBufferLike[] {
  const shared = new Set<ArrayBufferLike>(Object.values(columns).flatMap(value => (ArrayBuffer.isView(value) ? [value.buffer] : [])))
  const buffers = [network, grid, places, manholes, runs, signatures].flatMap(part =>
    Object.values(part).flatMap((value: unknown) => (ArrayBuffer.isView(value) && !shared.has(value.buffer) ? [value.buffer] : [])))
  return [...new Set(buffers)]
}

/** How far apart in plan the outer faces of two signatures can be and still matter to a rule. */
export function planReachM(limits: LimitLookup, pack: RulePack, a: number, b: number): number {
  const { horizontal, distance } = limits.pair(a, b)
  return Math.max(horizontal?.minM ?? 0, distance?.minM ?? 0) + Math.max(pack.touchBandM, pack.snapToleranceM) + 1e-3
}

/** Half of the largest reach of each signature: both sides carry half, so a wide tunnel does not widen every box. */
export function halfReaches(limits: LimitLookup, pack: RulePack, count: number): Float64Array {
  return new Float64Array(count).map((_, a) => {
    let reach = 0
    for (let b = 0; b < count; b++) reach = Math.max(reach, planReachM(limits, pack, a, b))
    return reach / 2
  })
}

function entryInflation(network: ClearanceNetwork, signatures: Signatures, pack: RulePack, allocate: Allocate): Float64Array {
  const limits = new LimitLookup(pack, signatures.classes)
  const half = halfReaches(limits, pack, signatures.classes.length)
  // Whoever looks for what touches an end looks in its cell alone.
  const leastM = pack.snapToleranceM + 1e-3
  const inflationM = new Float64Array(allocate(8 * network.assetCount))
  for (let a = 0; a < inflationM.length; a++) inflationM[a] = ownReachM(network, a) + Math.max(half[signatures.ofAsset[a]!]!, leastM)
  return inflationM
}

/** What an asset adds to every reach: its half-width and its uncertainty (an unknown one lists nothing further off). */
export function ownReachM(network: ClearanceNetwork, a: number): number {
  return network.halfWidthM[a]! + Math.max(network.accuracyPlanM[a]! || 0, network.accuracyLevelM[a]! || 0)
}
