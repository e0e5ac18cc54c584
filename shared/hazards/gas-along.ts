import { unattendedJob, type JobControl } from '../core/job.ts'
import { buildTopology } from '../network/build-topology.ts'
import { PlaceHeap } from '../network/place-heap.ts'
import { edgeLengthM, nodesOf, otherPlace } from '../network/topology.ts'
import { assetRecord, buildAssetColumns, type AssetColumns } from '../twin/asset-columns.ts'
import type { NodeRecord, Vec3 } from '../twin/asset.ts'
import { reachesInto } from '../twin/assets-in-box.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import { boxOf, isHollow, SPACE_NODES, type AdjacentSpace } from './adjacent-spaces.ts'
import type { PlanBox } from '../geometry/plan-box.ts'
import { ASSET_STATUSES } from '../twin/kinds.ts'
import { isInRing, planBoxOf } from './plan-points.ts'

/** No source gives a length: a choice to begin with, to be set by who is responsible. */
export const DEFAULT_ALONG_M = 50
export const MOST_ALONG_M = 1000

/** A space that gas may come to inside the hollow lines which lie near a leaking pipe. */
export interface SpaceAlong {
  readonly sort: 'node' | 'building'
  /** Of a node or a building. */
  readonly id: string
  readonly type: string
  /** Plan and level of a node, project CRS; the end of the line that leads into a building. */
  readonly at: Vec3
  /** Along the axes, from the point of the hollow line that is nearest to the leaking pipe. */
  readonly alongM: number
  /** The hollow line where the gas would come in. */
  readonly entry: number
}

export interface AlongInput {
  readonly columns: AssetColumns
  /** Project CRS, like the features. */
  readonly nodes: readonly NodeRecord[]
  readonly surfaceFeatures: readonly SurfaceFeature[]
  /** Assets from this index on are a scheme's; all are the twin's where absent. */
  readonly proposalsFrom?: number
}

/**
 * Manholes, chambers and buildings that hollow lines (drains, ducts, channels, tunnels) near a leaking pipe lead to within a
 * length: by their topology alone, the shortest way first. It says where to measure, not how much comes there: no source gives
 * figures for that.
 * Lines out of use are followed too: they are as hollow as before.
 * @param near Spaces around the leaking pipe. @param reachM How far along is looked.
 * @throws CancelledError
 */
export function spacesAlong(input: AlongInput, pipe: number, near: readonly AdjacentSpace[], reachM: number, job: JobControl = unattendedJob): SpaceAlong[] {
  const { columns, surfaceFeatures } = input
  const radiusM = near.reduce((most, { distanceM }) => Math.max(most, distanceM), 0)
  const around = boxOf(columns, pipe, reachM + radiusM + MARGIN_M)
  // All networks as far as they can be walked to, whatever their lines' status: what is there is asked at every edge. Only
  // they are joined: a graph of the city would cost seconds at a million segments for the few metres asked about.
  const lines = Array.from({ length: columns.count }, (_, asset) => asset).filter(asset => reachesInto(columns, asset, around))
  const localOf = new Map(lines.map((asset, local) => [asset, local]))
  const nodes = input.nodes.filter(({ at }) => isInBox(at[0] - columns.origin[0], at[1] - columns.origin[1], around))
  const topology = buildTopology({ columns: buildAssetColumns(lines.map(asset => assetRecord(columns, asset)), columns.origin), nodes, proposalsFrom: 0 }, job)
  const best = new Float64Array(topology.placeCount).fill(Infinity)
  const entryOf = new Int32Array(topology.placeCount).fill(-1)
  const heap = new PlaceHeap()
  const offer = (place: number, alongM: number, entry: number): void => {
    if (alongM > reachM || alongM >= best[place]!) return
    best[place] = alongM
    entryOf[place] = entry
    heap.push(place, alongM)
  }
  for (const { sort, index, at } of near) {
    if (sort !== 'line') continue
    const entersM = distanceAlong(columns, index, at.space)
    const local = localOf.get(index)
    if (local === undefined) continue
    for (let e = topology.assetEdges[2 * local]!; e < topology.assetEdges[2 * local + 1]!; e++) {
      const [fromM, toM] = [topology.edgeStartM[e]!, topology.edgeEndM[e]!]
      if (entersM < fromM - ROUNDING_M || entersM > toM + ROUNDING_M) continue
      offer(topology.edgeFrom[e]!, Math.max(0, entersM - fromM), index)
      offer(topology.edgeTo[e]!, Math.max(0, toM - entersM), index)
    }
  }
  const isWay = (edge: number): boolean => {
    const asset = lines[topology.edgeAsset[edge]!]
    return asset !== undefined && isThere(input, asset) && isHollow(columns, asset)
  }
  const found: SpaceAlong[] = []
  const enter = buildingAt(columns, surfaceFeatures, around)
  const seen = new Set<string>(near.flatMap(({ sort, index }) => (sort === 'building' ? [`building ${surfaceFeatures[index]!.id}`] : sort === 'node' && input.nodes[index] ? [`node ${input.nodes[index].id}`] : [])))
  const add = (space: SpaceAlong, key = space.id): void => {
    if (seen.has(`${space.sort} ${key}`)) return
    seen.add(`${space.sort} ${key}`)
    found.push(space)
  }
  while (heap.size > 0) {
    const alongM = heap.leastKey
    const place = heap.take()
    if (alongM > best[place]!) continue
    const entry = entryOf[place]!
    const [x, y, z] = [0, 1, 2].map(k => topology.placeXyz[3 * place + k]!) as [number, number, number]
    for (const node of nodesOf(topology, place)) if (isSpace(node)) add({ sort: 'node', id: node.id, type: node.nodeType, at: node.at, alongM, entry })
    const building = enter(x, y)
    if (building) add({ sort: 'building', id: building.name || building.id, type: 'building', at: [x + columns.origin[0], y + columns.origin[1], z + columns.origin[2]], alongM, entry }, building.id)
    for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
      const edge = topology.incident[k]!
      if (isWay(edge)) offer(otherPlace(topology, edge, place), alongM + edgeLengthM(topology, edge), entry)
    }
  }
  return found
}

/** Half-sections of pipes and of what stands beside them. */
const MARGIN_M = 10
const ROUNDING_M = 1e-6
const [REMOVED, PLANNED] = [ASSET_STATUSES.indexOf('removed'), ASSET_STATUSES.indexOf('planned')]

const isThere = ({ columns: { status }, proposalsFrom = Infinity }: AlongInput, asset: number): boolean => asset >= proposalsFrom || (status[asset] !== REMOVED && status[asset] !== PLANNED)

const isSpace = ({ nodeType }: NodeRecord): boolean => SPACE_NODES.has(nodeType)

const isInBox = (x: number, y: number, { minX, minY, maxX, maxY }: PlanBox): boolean => x >= minX && x <= maxX && y >= minY && y <= maxY

/** Where on an axis a point of it lies, from its start, in space. */
function distanceAlong({ vertexStart, xyz }: AssetColumns, asset: number, [x, y, z]: Vec3): number {
  let [walkedM, best] = [0, { offM: Infinity, atM: 0 }]
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
    const [ax, ay, az] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
    const [dx, dy, dz] = [xyz[3 * v + 3]! - ax, xyz[3 * v + 4]! - ay, xyz[3 * v + 5]! - az]
    const lengthM = Math.hypot(dx, dy, dz)
    const share = lengthM === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy + (z - az) * dz) / lengthM ** 2))
    const offM = Math.hypot(ax + share * dx - x, ay + share * dy - y, az + share * dz - z)
    if (offM < best.offM) best = { offM, atM: walkedM + share * lengthM }
    walkedM += lengthM
  }
  return best.atM
}

/** The building of those that reach into a box in which a place in the local frame lies, if any. */
function buildingAt({ origin }: AssetColumns, features: readonly SurfaceFeature[], around: PlanBox): (x: number, y: number) => SurfaceFeature | null {
  const buildings = features.flatMap(feature => {
    if (feature.type !== 'building' || feature.points.length < 3) return []
    const ring = feature.points.map(([x, y]) => [x - origin[0], y - origin[1]] as const)
    const box = planBoxOf(ring)
    return box[0] <= around.maxX && box[2] >= around.minX && box[1] <= around.maxY && box[3] >= around.minY ? [{ feature, ring, box }] : []
  })
  return (x, y) => buildings.find(({ ring, box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && isInRing(ring, x, y))?.feature ?? null
}
