import { unattendedJob, type JobControl } from '../core/job.ts'
import { assetSignatures, type Signatures } from '../rules/asset-classes.ts'
import { LimitLookup } from '../rules/limit-lookup.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { NodeRecord } from '../twin/asset.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { GroundSurface } from '../twin/ground.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import { findManholes, type Manholes } from './manholes.ts'
import { buildNetwork, type ClearanceNetwork } from './network.ts'
import { buildPlaces } from './build-places.ts'
import type { Places } from './places.ts'
import { buildRuns, type Runs } from './runs.ts'
import { buildSegmentGrid, GridReader, tileOrder, type SegmentGrid } from './segment-grid.ts'
import { packSurfaces, type SurfaceAreas } from './surface-areas.ts'

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
  /** Assets in the order in which they are best gone through (`tileOrder`). */
  readonly order: Uint32Array
  readonly places: Places
  readonly manholes: Manholes
  readonly runs: Runs
  readonly ground: GroundSurface | null
  readonly surfaces: SurfaceAreas
}

/** Builds the index, the joints and the runs of a network. @throws CancelledError */
export function prepareClearance({ assets, pack, ground, surfaceFeatures, nodes = [] }: ClearanceInput, job: JobControl = unattendedJob): PreparedClearance {
  job.progress(0, 'cli-check:stage.index')
  const signatures = assetSignatures(assets, pack)
  const network = buildNetwork(assets, signatures.ofAsset)
  const grid = buildSegmentGrid(network, entryInflation(network, signatures, pack))
  job.throwIfCancelled()
  job.progress(null, 'cli-check:stage.joints')
  const manholes = findManholes(nodes, network, assets.origin, pack.snapToleranceM)
  const places = buildPlaces(network, new GridReader(network, grid), pack.snapToleranceM, () => job.throwIfCancelled(), endsByManhole(manholes))
  const runs = buildRuns(network, places)
  return { columns: assets, pack, network, signatures, grid, order: tileOrder(network, grid), places, manholes, runs, ground, surfaces: packSurfaces(surfaceFeatures, assets.origin) }
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

function entryInflation(network: ClearanceNetwork, signatures: Signatures, pack: RulePack): Float64Array {
  const limits = new LimitLookup(pack, signatures.classes)
  const half = halfReaches(limits, pack, signatures.classes.length)
  return new Float64Array(network.assetCount).map((_, a) => ownReachM(network, a) + half[signatures.ofAsset[a]!]!)
}

/** What an asset adds to every reach: its half-width and its uncertainty (an unknown one lists nothing further off). */
export function ownReachM(network: ClearanceNetwork, a: number): number {
  return network.halfWidthM[a]! + Math.max(network.accuracyPlanM[a]! || 0, network.accuracyLevelM[a]! || 0)
}
