import { buildBoxGrid, queryBoxGrid, type BoxGrid } from '../geometry/box-grid.ts'
import { leastClearDistance, type SectionSums } from '../geometry/clear-distance.ts'
import { newSegmentPair, newWitness, planBoxGap, type SegmentPair } from '../geometry/segment-pair.ts'
import { planDistance } from '../geometry/plan-distance.ts'
import { assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import type { NodeRecord, Vec3 } from '../twin/asset.ts'
import { ASSET_STATUSES, LAYINGS, type NodeType } from '../twin/kinds.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import { isInRing, planBoxOf } from './plan-points.ts'

/** Chinese practice lists manholes, ducts, culverts and vaults within this of a gas pipe. */
export const DEFAULT_RADIUS_M = 5

/** An enclosed space near a gas pipe, where gas can gather. */
export interface AdjacentSpace {
  readonly sort: 'line' | 'node' | 'building'
  /** Index into the assets, nodes or surface features. */
  readonly index: number
  /** Between outer surfaces, in space; to buildings in plan, since their depth is not known. 0 where they touch. */
  readonly distanceM: number
  /** Inside volume of a round manhole or chamber whose floor is known, its wall not taken off; else null. */
  readonly volumeM3: number | null
  /** Where they are nearest: on the axis of the pipe, and on that of the space or the wall of the building. Local frame. */
  readonly at: { readonly pipe: Vec3; readonly space: Vec3 }
}

export interface SpacesInput {
  readonly columns: AssetColumns
  /** Project CRS, like the features. */
  readonly nodes: readonly NodeRecord[]
  readonly surfaceFeatures: readonly SurfaceFeature[]
}

export const SPACE_NODES: ReadonlySet<NodeType> = new Set(['manhole', 'chamber', 'gully', 'pump'])
/** A manhole without a diameter or floor: a point of this depth. */
const SHAFT_DEPTH_M = 2
const REMOVED = ASSET_STATUSES.indexOf('removed')

/** Plan boxes of everything gas could gather in, for many pipes in one network. */
export interface SpaceIndex {
  readonly lines: Boxed
  readonly nodes: Boxed
  readonly buildings: Boxed
}

interface Boxed {
  readonly grid: BoxGrid
  readonly items: readonly number[]
}

/** @param linesFrom Only lines from this index on. */
export function spaceIndex({ columns, nodes, surfaceFeatures }: SpacesInput, linesFrom = 0): SpaceIndex {
  const [ox, oy] = columns.origin
  const lines = Array.from({ length: columns.count - linesFrom }, (_, k) => linesFrom + k).filter(a => columns.status[a] !== REMOVED && isHollow(columns, a))
  const shafts = [...nodes.keys()].filter(n => SPACE_NODES.has(nodes[n]!.nodeType))
  const buildings = [...surfaceFeatures.keys()].filter(f => surfaceFeatures[f]!.type === 'building' && surfaceFeatures[f]!.points.length >= 3)
  const lineBox = (a: number) => {
    const { minX, minY, maxX, maxY } = boxOf(columns, a, columns.halfWidthM[a]!)
    return [minX, minY, maxX, maxY]
  }
  const shaftBox = (n: number) => {
    const [[x, y], radius] = [nodes[n]!.at, (nodes[n]!.diameterM ?? 0) / 2]
    return [x - ox - radius, y - oy - radius, x - ox + radius, y - oy + radius]
  }
  const buildingBox = (f: number) => planBoxOf(surfaceFeatures[f]!.points.map(([x, y]) => [x - ox, y - oy]))
  const boxed = (items: readonly number[], boxes: (item: number) => number[]): Boxed => ({ items, grid: buildBoxGrid(Float64Array.from(items.flatMap(boxes))) })
  return { lines: boxed(lines, lineBox), nodes: boxed(shafts, shaftBox), buildings: boxed(buildings, buildingBox) }
}

/** Enclosed spaces within a radius of a gas pipe, the nearest first. */
export function adjacentSpaces(input: SpacesInput, pipe: number, radiusM: number, index: SpaceIndex = spaceIndex(input)): AdjacentSpace[] {
  const { columns } = input
  const { xyz, vertexStart, origin } = columns
  const found: AdjacentSpace[] = []
  const [pair, witness] = [newSegmentPair(), newWitness()]
  const box = boxOf(columns, pipe, radiusM + columns.halfWidthM[pipe]!)
  const isFar = (minX: number, minY: number, maxX: number, maxY: number): boolean => maxX < box.minX || minX > box.maxX || maxY < box.minY || minY > box.maxY

  let nearest = newNearest()
  /** Offers a piece of a space, which comes second in the pair, against every segment of the pipe that can be within the radius of it. */
  const offer = (reachM: number, distance: (pair: SegmentPair) => number): void => {
    for (let v = vertexStart[pipe]!; v < vertexStart[pipe + 1]! - 1; v++) {
      for (let k = 0; k < 6; k++) pair[k] = xyz[3 * v + k]!
      if (planBoxGap(pair) > reachM) continue
      const clearM = distance(pair)
      if (clearM < nearest.clearM) nearest = { clearM, pipe: along(pair, 0, witness[1]!), space: along(pair, 6, witness[2]!) }
    }
  }
  const add = (sort: AdjacentSpace['sort'], index: number, volumeM3: number | null): void => {
    const { clearM, pipe: on, space } = nearest
    if (clearM <= radiusM) found.push({ sort, index, distanceM: Math.max(0, clearM), volumeM3, at: { pipe: on, space } })
    nearest = newNearest()
  }

  const near = ({ grid, items }: Boxed): number[] => queryBoxGrid(grid, box.minX, box.minY, box.maxX, box.maxY).map(k => items[k]!)
  for (const a of near(index.lines)) {
    if (a === pipe) continue
    const sums = sumsOf(columns, pipe, columns.shape[a] === 1, columns.halfWidthM[a]!, columns.halfHeightM[a]!)
    const half = columns.halfWidthM[a]!
    for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
      const [x0, y0, x1, y1] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
      if (isFar(Math.min(x0, x1) - half, Math.min(y0, y1) - half, Math.max(x0, x1) + half, Math.max(y0, y1) + half)) continue
      for (let k = 0; k < 6; k++) pair[6 + k] = xyz[3 * v + k]!
      offer(radiusM + sums.w, g => leastClearDistance(g, sums, witness))
    }
    add('line', a, null)
  }

  for (const n of near(index.nodes)) {
    const node = input.nodes[n]!
    const radius = (node.diameterM ?? 0) / 2
    const [x, y, top] = [node.at[0] - origin[0], node.at[1] - origin[1], node.at[2] - origin[2]]
    const bottom = node.bottomZ === undefined ? top - SHAFT_DEPTH_M : Math.min(top, node.bottomZ - origin[2])
    pair.set([x, y, bottom, x, y, top], 6)
    const sums = sumsOf(columns, pipe, false, radius, radius)
    offer(radiusM + sums.w, g => leastClearDistance(g, sums, witness))
    add('node', n, node.bottomZ !== undefined && radius > 0 && top > bottom ? Math.PI * radius ** 2 * (top - bottom) : null)
  }

  const halfM = columns.halfWidthM[pipe]!
  for (const f of near(index.buildings)) {
    const ring = input.surfaceFeatures[f]!.points.map(([x, y]) => [x - origin[0], y - origin[1]] as const)
    const [x, y, z] = xyz.subarray(3 * vertexStart[pipe]!, 3 * vertexStart[pipe]! + 3) as unknown as [number, number, number]
    if (isInRing(ring, x, y)) nearest = { clearM: 0, pipe: [x, y, z], space: [x, y, z] }
    else {
      ring.forEach(([x0, y0], i) => {
        const [x1, y1] = ring[(i + 1) % ring.length]!
        pair.set([x0, y0, z, x1, y1, z], 6)
        offer(radiusM + halfM, g => planDistance(g, witness) - halfM)
      })
    }
    add('building', f, null)
  }
  const idOf = ({ sort, index }: AdjacentSpace): number => ({ line: 0, node: 1, building: 2 })[sort] * 2 ** 32 + index
  return found.sort((a, b) => a.distanceM - b.distanceM || idOf(a) - idOf(b))
}

interface Nearest {
  readonly clearM: number
  readonly pipe: Vec3
  readonly space: Vec3
}
const newNearest = (): Nearest => ({ clearM: Infinity, pipe: [0, 0, 0], space: [0, 0, 0] })

/** Point of a piece of a pair that begins at an index. */
const along = (g: SegmentPair, k: number, t: number): Vec3 => [g[k]! + t * (g[k + 3]! - g[k]!), g[k + 1]! + t * (g[k + 4]! - g[k + 1]!), g[k + 2]! + t * (g[k + 5]! - g[k + 2]!)]

/** Whether a line is a hollow that gas can travel along and gather in: drains, ducts, channels, tunnels. */
export function isHollow(columns: AssetColumns, asset: number): boolean {
  const laying = LAYINGS[columns.laying[asset]! - 1]
  switch (assetKind(columns, asset)) {
    case 'sewer_foul': case 'sewer_storm': case 'sewer_combined': case 'tunnel': case 'trench':
      return true
    case 'power': case 'telecom':
      // Where the laying is not known, a rectangle is a bank of ducts.
      return laying === undefined ? columns.shape[asset] === 1 : laying !== 'direct'
    default:
      return laying === 'trench' || laying === 'tunnel'
  }
}

function sumsOf(columns: AssetColumns, pipe: number, isBox: boolean, halfWidthM: number, halfHeightM: number): SectionSums {
  const sums = { w: 0, h: 0, boxW: 0, boxH: 0, radius: 0, hasBox: false }
  for (const [box, w, h] of [[columns.shape[pipe] === 1, columns.halfWidthM[pipe]!, columns.halfHeightM[pipe]!], [isBox, halfWidthM, halfHeightM]] as const) {
    sums.w += w
    sums.h += h
    if (box) {
      sums.boxW += w
      sums.boxH += h
      sums.hasBox = true
    } else sums.radius += w
  }
  return sums
}

/** Plan box of an axis, wider by some metres. Local frame. */
export function boxOf({ xyz, vertexStart }: AssetColumns, asset: number, byM: number): { minX: number; minY: number; maxX: number; maxY: number } {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]!; v++) {
    box.minX = Math.min(box.minX, xyz[3 * v]! - byM)
    box.maxX = Math.max(box.maxX, xyz[3 * v]! + byM)
    box.minY = Math.min(box.minY, xyz[3 * v + 1]! - byM)
    box.maxY = Math.max(box.maxY, xyz[3 * v + 1]! + byM)
  }
  return box
}
