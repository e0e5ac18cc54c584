import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

/** A square of the plan and what is drawn with it. A long asset is cut where its segments' middles change tile. */
export interface Tile {
  /** Middle, local frame: the tile's mesh is placed there. */
  readonly centre: Vec3
  readonly min: Vec3
  readonly max: Vec3
  /** Triples: asset, first vertex and last vertex of a piece (indices into the columns' vertices). */
  readonly pieces: Uint32Array
  /** Indices into the twin's nodes. */
  readonly nodes: Uint32Array
  readonly segmentCount: number
}

/** Smallest tile; the side grows so that the whole twin in view stays within the draw-call budget. */
const SMALLEST_TILE_M = 128
const MOST_TILES = 64

/** Tile side for a plan extent: at least 128 m, and at most about 64 tiles for all of it. */
export const tileSizeM = (widthM: number, depthM: number): number => Math.max(SMALLEST_TILE_M, Math.sqrt((widthM * depthM) / MOST_TILES), Math.max(widthM, depthM) / MOST_TILES)

interface OpenTile {
  pieces: number[]
  nodes: number[]
  segmentCount: number
  min: [number, number, number]
  max: [number, number, number]
}

/**
 * Sorts segments and nodes into tiles.
 * @param nodesAt Node positions [x, y, z, …], local frame.
 */
export function planTiles(columns: AssetColumns, nodesAt: Float64Array): Tile[] {
  const extent = planExtent([columns.xyz, nodesAt])
  if (!extent) return []
  const size = tileSizeM(extent.maxX - extent.minX, extent.maxY - extent.minY)
  const cols = Math.floor((extent.maxX - extent.minX) / size) + 1
  const tiles = new Map<number, OpenTile>()
  const tileAt = (x: number, y: number): number => Math.floor((y - extent.minY) / size) * cols + Math.floor((x - extent.minX) / size)
  const open = (index: number): OpenTile => {
    let tile = tiles.get(index)
    if (!tile) tiles.set(index, (tile = { pieces: [], nodes: [], segmentCount: 0, min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] }))
    return tile
  }
  const { xyz, vertexStart, count } = columns
  for (let asset = 0; asset < count; asset++) {
    const end = vertexStart[asset + 1]! - 1
    const reach = Math.max(columns.halfWidthM[asset]!, columns.halfHeightM[asset]!)
    let pieceStart = vertexStart[asset]!
    let current = -1
    for (let v = pieceStart; v < end; v++) {
      const index = tileAt((xyz[3 * v]! + xyz[3 * v + 3]!) / 2, (xyz[3 * v + 1]! + xyz[3 * v + 4]!) / 2)
      if (current !== -1 && index !== current) {
        open(current).pieces.push(asset, pieceStart, v)
        pieceStart = v
      }
      current = index
      const tile = open(index)
      tile.segmentCount++
      growTile(tile, xyz, v, reach)
      growTile(tile, xyz, v + 1, reach)
    }
    if (current !== -1) open(current).pieces.push(asset, pieceStart, end)
  }
  for (let node = 0; node < nodesAt.length / 3; node++) {
    if (!Number.isFinite(nodesAt[3 * node]!) || !Number.isFinite(nodesAt[3 * node + 1]!)) continue
    const tile = open(tileAt(nodesAt[3 * node]!, nodesAt[3 * node + 1]!))
    tile.nodes.push(node)
    growTile(tile, nodesAt, node, 2)
  }
  return [...tiles.values()].map(tile => ({
    centre: [0, 1, 2].map(c => (tile.min[c]! + tile.max[c]!) / 2) as unknown as Vec3,
    min: tile.min, max: tile.max, pieces: Uint32Array.from(tile.pieces), nodes: Uint32Array.from(tile.nodes), segmentCount: tile.segmentCount,
  }))
}

function growTile(tile: OpenTile, xyz: Float64Array, vertex: number, reach: number): void {
  for (let c = 0; c < 3; c++) {
    tile.min[c] = Math.min(tile.min[c]!, xyz[3 * vertex + c]! - reach)
    tile.max[c] = Math.max(tile.max[c]!, xyz[3 * vertex + c]! + reach)
  }
}

function planExtent(sets: readonly Float64Array[]): { minX: number; minY: number; maxX: number; maxY: number } | null {
  const extent = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const xyz of sets) {
    for (let i = 0; i < xyz.length; i += 3) {
      extent.minX = Math.min(extent.minX, xyz[i]!)
      extent.maxX = Math.max(extent.maxX, xyz[i]!)
      extent.minY = Math.min(extent.minY, xyz[i + 1]!)
      extent.maxY = Math.max(extent.maxY, xyz[i + 1]!)
    }
  }
  return extent.minX <= extent.maxX ? extent : null
}
