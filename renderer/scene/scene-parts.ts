import { ownMemory, type Allocate } from '#shared/core/shared-arrays.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { PackedNodes } from '#shared/twin/twin-context.ts'
import { nodeBodies, type NodeBodies } from './geometry/node-bodies.ts'
import { packSegments, type SegmentWords } from './tiles/segment-words.ts'
import { planTiles, type Tile } from './tiles/tile-plan.ts'

/** What takes long to derive from a large twin: plain data, so that a worker can make it. */
export interface SceneParts {
  readonly bodies: NodeBodies
  readonly tiles: readonly Tile[]
  readonly segments: SegmentWords
}

/** @param viewOrigin View zero in the local frame. @param allocate Memory of bodies and tiles, which several threads read. */
export function sceneParts(columns: AssetColumns, nodes: PackedNodes, viewOrigin: Vec3, allocate: Allocate = ownMemory): SceneParts {
  const bodies = nodeBodies(nodes, columns.origin, allocate)
  const tiles = planTiles(columns, localPlaces(nodes.at, columns.origin), allocate)
  return { bodies, tiles, segments: packSegments(columns, bodies, tiles, viewOrigin) }
}

function localPlaces(at: Float64Array, origin: Vec3): Float64Array {
  const local = new Float64Array(at.length)
  for (let i = 0; i < at.length; i += 3) for (let c = 0; c < 3; c++) local[i + c] = at[i + c]! - origin[c]!
  return local
}
