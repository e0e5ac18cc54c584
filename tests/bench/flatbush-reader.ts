import Flatbush from 'flatbush'
import type { ClearanceNetwork } from '#shared/clearance/network/network.ts'
import type { SegmentReader } from '#shared/clearance/grid/grid-reader.ts'

/** The index most would take: flatbush over the segments' inflated boxes, in memory that threads share. Entry k is the k-th active segment. */
export interface FlatbushIndex {
  readonly data: SharedArrayBuffer
  readonly segmentOf: Uint32Array
}

export function buildFlatbush({ assetCount, isActive, vertexStart, xyz }: ClearanceNetwork, inflationM: Float64Array): FlatbushIndex {
  const segments: number[] = []
  for (let a = 0; a < assetCount; a++) {
    if (isActive[a] === 1) for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) segments.push(v)
  }
  const index = new Flatbush(segments.length, 16, Float64Array, SharedArrayBuffer)
  let asset = 0
  for (const v of segments) {
    while (vertexStart[asset + 1]! <= v) asset++
    const around = inflationM[asset]!
    index.add(
      Math.min(xyz[3 * v]!, xyz[3 * v + 3]!) - around, Math.min(xyz[3 * v + 1]!, xyz[3 * v + 4]!) - around,
      Math.max(xyz[3 * v]!, xyz[3 * v + 3]!) + around, Math.max(xyz[3 * v + 1]!, xyz[3 * v + 4]!) + around,
    )
  }
  index.finish()
  const segmentOf = new Uint32Array(new SharedArrayBuffer(4 * segments.length))
  segmentOf.set(segments)
  return { data: index.data as SharedArrayBuffer, segmentOf }
}

/** The engine's questions put to flatbush. */
export class FlatbushReader implements SegmentReader {
  readonly #index: Flatbush
  readonly #segmentOf: Uint32Array
  readonly #xyz: Float64Array
  found: number[] = []

  constructor({ xyz }: ClearanceNetwork, { data, segmentOf }: FlatbushIndex) {
    this.#index = Flatbush.from(data)
    this.#segmentOf = segmentOf
    this.#xyz = xyz
  }

  query(v: number, inflationM: number): number {
    const xyz = this.#xyz
    return this.#search(
      Math.min(xyz[3 * v]!, xyz[3 * v + 3]!) - inflationM, Math.min(xyz[3 * v + 1]!, xyz[3 * v + 4]!) - inflationM,
      Math.max(xyz[3 * v]!, xyz[3 * v + 3]!) + inflationM, Math.max(xyz[3 * v + 1]!, xyz[3 * v + 4]!) + inflationM,
    )
  }

  queryVertex(v: number, withinM: number): number {
    const [x, y] = [this.#xyz[3 * v]!, this.#xyz[3 * v + 1]!]
    return this.#search(x - withinM, y - withinM, x + withinM, y + withinM)
  }

  #search(minX: number, minY: number, maxX: number, maxY: number): number {
    const segmentOf = this.#segmentOf
    this.found = this.#index.search(minX, minY, maxX, maxY)
    for (let k = 0; k < this.found.length; k++) this.found[k] = segmentOf[this.found[k]!]!
    return this.found.length
  }
}
