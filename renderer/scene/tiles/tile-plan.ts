import { ownMemory, type Allocate } from '#shared/core/shared-arrays.ts'
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

/**
 * Sorts segments and nodes into tiles; neighbours in the plan lie near each other in the list (Morton order), so that
 * runs of tiles can be drawn at once. Counted first and then filled: all pieces lie in one array, all nodes in another.
 * @param nodesAt Node positions [x, y, z, …], local frame. @param allocate Memory of these two.
 */
export function planTiles(columns: AssetColumns, nodesAt: Float64Array, allocate: Allocate = ownMemory): Tile[] {
  const extent = planExtent([columns.xyz, nodesAt])
  if (!extent) return []
  const size = tileSizeM(extent.maxX - extent.minX, extent.maxY - extent.minY)
  const cols = Math.floor((extent.maxX - extent.minX) / size) + 1
  const count = cols * (Math.floor((extent.maxY - extent.minY) / size) + 1)
  const cellAt = (x: number, y: number): number => Math.floor((y - extent.minY) / size) * cols + Math.floor((x - extent.minX) / size)
  const pieceCount = new Uint32Array(count)
  const segmentCount = new Uint32Array(count)
  const nodesIn = new Uint32Array(count)
  const bounds = new Bounds(count)
  const { xyz } = columns
  forEachPiece(columns, cellAt, (cell, asset, first, last) => {
    const reach = Math.max(columns.halfWidthM[asset]!, columns.halfHeightM[asset]!)
    pieceCount[cell]!++
    segmentCount[cell]! += last - first
    for (let v = first; v <= last; v++) bounds.grow(cell, xyz, v, reach)
  })
  forEachNode(nodesAt, cellAt, (cell, node) => {
    nodesIn[cell]!++
    bounds.grow(cell, nodesAt, node, NODE_REACH_M)
  })

  const used = [...pieceCount.keys()].filter(cell => pieceCount[cell]! > 0 || nodesIn[cell]! > 0).map(cell => ({ cell, code: morton(cell % cols, Math.floor(cell / cols)) })).sort((a, b) => a.code - b.code)
  const pieces = new Uint32Array(allocate(12 * pieceCount.reduce((sum, n) => sum + n, 0)))
  const nodes = new Uint32Array(allocate(4 * nodesIn.reduce((sum, n) => sum + n, 0)))
  const nextPiece = new Uint32Array(count)
  const nextNode = new Uint32Array(count)
  let [piecesBefore, nodesBefore] = [0, 0]
  const tiles = used.map(({ cell }): Tile => {
    const [min, max] = [bounds.low(cell), bounds.high(cell)]
    nextPiece[cell] = piecesBefore
    nextNode[cell] = nodesBefore
    piecesBefore += 3 * pieceCount[cell]!
    nodesBefore += nodesIn[cell]!
    return {
      centre: [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2], min, max, segmentCount: segmentCount[cell]!,
      pieces: pieces.subarray(nextPiece[cell], piecesBefore), nodes: nodes.subarray(nextNode[cell], nodesBefore),
    }
  })
  forEachPiece(columns, cellAt, (cell, asset, first, last) => {
    const at = nextPiece[cell]!
    pieces[at] = asset
    pieces[at + 1] = first
    pieces[at + 2] = last
    nextPiece[cell] = at + 3
  })
  forEachNode(nodesAt, cellAt, (cell, node) => {
    nodes[nextNode[cell]!++] = node
  })
  return tiles
}

/** Round a node's place: what stands there is not known yet. */
const NODE_REACH_M = 2

type CellAt = (x: number, y: number) => number

/** Every axis in pieces whose segments have their middles in one cell. */
function forEachPiece({ count, vertexStart, xyz }: AssetColumns, cellAt: CellAt, visit: (cell: number, asset: number, first: number, last: number) => void): void {
  for (let asset = 0; asset < count; asset++) {
    const end = vertexStart[asset + 1]! - 1
    let first = vertexStart[asset]!
    let current = -1
    for (let v = first; v < end; v++) {
      const cell = cellAt((xyz[3 * v]! + xyz[3 * v + 3]!) / 2, (xyz[3 * v + 1]! + xyz[3 * v + 4]!) / 2)
      if (current !== -1 && cell !== current) {
        visit(current, asset, first, v)
        first = v
      }
      current = cell
    }
    if (current !== -1) visit(current, asset, first, end)
  }
}

function forEachNode(nodesAt: Float64Array, cellAt: CellAt, visit: (cell: number, node: number) => void): void {
  for (let node = 0; node < nodesAt.length / 3; node++) {
    if (Number.isFinite(nodesAt[3 * node]!) && Number.isFinite(nodesAt[3 * node + 1]!)) visit(cellAt(nodesAt[3 * node]!, nodesAt[3 * node + 1]!), node)
  }
}

/** A box per cell. */
class Bounds {
  private readonly min: Float64Array
  private readonly max: Float64Array

  constructor(count: number) {
    this.min = new Float64Array(3 * count).fill(Infinity)
    this.max = new Float64Array(3 * count).fill(-Infinity)
  }

  grow(cell: number, xyz: Float64Array, vertex: number, reach: number): void {
    const { min, max } = this
    for (let c = 0; c < 3; c++) {
      const value = xyz[3 * vertex + c]!
      if (value - reach < min[3 * cell + c]!) min[3 * cell + c] = value - reach
      if (value + reach > max[3 * cell + c]!) max[3 * cell + c] = value + reach
    }
  }

  low = (cell: number): Vec3 => [this.min[3 * cell]!, this.min[3 * cell + 1]!, this.min[3 * cell + 2]!]
  high = (cell: number): Vec3 => [this.max[3 * cell]!, this.max[3 * cell + 1]!, this.max[3 * cell + 2]!]
}

/** The bits of column and row in turn: places near in the plan are near in this order. */
function morton(col: number, row: number): number {
  let code = 0
  for (let bit = 0; bit < 12; bit++) code += ((col >> bit) & 1) * 4 ** bit + ((row >> bit) & 1) * 2 * 4 ** bit
  return code
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
