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

/** Small enough that a tile's tubes are built within a frame; the side grows so that a segment's word can name every tile. */
const SMALLEST_TILE_M = 128
const MOST_TILES = 900

/** Tile side for a plan extent: at least 128 m, and at most about 900 tiles for all of it. */
export const tileSizeM = (widthM: number, depthM: number): number => Math.max(SMALLEST_TILE_M, Math.sqrt((widthM * depthM) / MOST_TILES), Math.max(widthM, depthM) / MOST_TILES)

interface OpenTile {
  readonly morton: number
  pieces: number[]
  nodes: number[]
  segmentCount: number
  min: [number, number, number]
  max: [number, number, number]
}

/**
 * Sorts segments and nodes into tiles; neighbours in the plan lie near each other in the list (Morton order), so that
 * runs of tiles can be drawn at once.
 * @param nodesAt Node positions [x, y, z, …], local frame.
 */
export function planTiles(columns: AssetColumns, nodesAt: Float64Array): Tile[] {
  const extent = planExtent([columns.xyz, nodesAt])
  if (!extent) return []
  const size = tileSizeM(extent.maxX - extent.minX, extent.maxY - extent.minY)
  const cols = Math.floor((extent.maxX - extent.minX) / size) + 1
  const tiles: (OpenTile | undefined)[] = []
  const tileAt = (x: number, y: number): number => Math.floor((y - extent.minY) / size) * cols + Math.floor((x - extent.minX) / size)
  const open = (index: number): OpenTile =>
    (tiles[index] ??= { morton: morton(index % cols, Math.floor(index / cols)), pieces: [], nodes: [], segmentCount: 0, min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] })
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
  return tiles.filter(tile => tile !== undefined).sort((a, b) => a.morton - b.morton).map(tile => ({
    centre: [0, 1, 2].map(c => (tile.min[c]! + tile.max[c]!) / 2) as unknown as Vec3,
    min: tile.min, max: tile.max, pieces: Uint32Array.from(tile.pieces), nodes: Uint32Array.from(tile.nodes), segmentCount: tile.segmentCount,
  }))
}

/** The bits of column and row in turn: places near in the plan are near in this order. */
function morton(col: number, row: number): number {
  let code = 0
  for (let bit = 0; bit < 12; bit++) code += ((col >> bit) & 1) * 4 ** bit + ((row >> bit) & 1) * 2 * 4 ** bit
  return code
}

function growTile(tile: OpenTile, xyz: Float64Array, vertex: number, reach: number): void {
  for (let c = 0; c < 3; c++) {
    const value = xyz[3 * vertex + c]!
    if (value - reach < tile.min[c]!) tile.min[c] = value - reach
    if (value + reach > tile.max[c]!) tile.max[c] = value + reach
  }
}

function planExtent(sets: readonly Float64Array[]): { minX: number; minY: number; maxX: number; maxY: number } | null {
  const extent = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const xyz of sets) {
    for (let i = 0; i < xyz.length; i += 3) {
      if (xyz[i]! < extent.minX) extent.minX = xyz[i]!
      if (xyz[i]! > extent.maxX) extent.maxX = xyz[i]!
      if (xyz[i + 1]! < extent.minY) extent.minY = xyz[i + 1]!
      if (xyz[i + 1]! > extent.maxY) extent.maxY = xyz[i + 1]!
    }
  }
  return extent.minX <= extent.maxX ? extent : null
}
