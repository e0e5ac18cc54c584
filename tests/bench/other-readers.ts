import RBush from 'rbush'
import { BufferAttribute, BufferGeometry } from 'three'
import { LineSegmentsBVH } from 'three-mesh-bvh'
import type { SegmentReader } from '#shared/clearance/grid/grid-reader.ts'
import type { ClearanceNetwork } from '#shared/clearance/network/network.ts'

/** Boxes in plan: [minX, minY, maxX, maxY] of the k-th active segment, inflated. */
interface Boxes {
  readonly xy: Float64Array
  readonly segmentOf: Uint32Array
}

function boxesOf({ assetCount, isActive, vertexStart, xyz }: ClearanceNetwork, inflationM: Float64Array): Boxes {
  const segments: number[] = []
  const xy: number[] = []
  for (let a = 0; a < assetCount; a++) {
    if (isActive[a] === 0) continue
    const around = inflationM[a]!
    for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
      segments.push(v)
      xy.push(
        Math.min(xyz[3 * v]!, xyz[3 * v + 3]!) - around, Math.min(xyz[3 * v + 1]!, xyz[3 * v + 4]!) - around,
        Math.max(xyz[3 * v]!, xyz[3 * v + 3]!) + around, Math.max(xyz[3 * v + 1]!, xyz[3 * v + 4]!) + around,
      )
    }
  }
  return { xy: Float64Array.from(xy), segmentOf: Uint32Array.from(segments) }
}

/** The engine's questions put to another index of boxes. */
abstract class BoxReader implements SegmentReader {
  readonly #xyz: Float64Array
  found: number[] = []

  constructor({ xyz }: ClearanceNetwork) {
    this.#xyz = xyz
  }

  query(v: number, inflationM: number): number {
    const xyz = this.#xyz
    this.found = this.search(
      Math.min(xyz[3 * v]!, xyz[3 * v + 3]!) - inflationM, Math.min(xyz[3 * v + 1]!, xyz[3 * v + 4]!) - inflationM,
      Math.max(xyz[3 * v]!, xyz[3 * v + 3]!) + inflationM, Math.max(xyz[3 * v + 1]!, xyz[3 * v + 4]!) + inflationM,
    )
    return this.found.length
  }

  queryVertex(v: number, withinM: number): number {
    const x = this.#xyz[3 * v]!
    const y = this.#xyz[3 * v + 1]!
    this.found = this.search(x - withinM, y - withinM, x + withinM, y + withinM)
    return this.found.length
  }

  /** Segments whose box meets another. */
  protected abstract search(minX: number, minY: number, maxX: number, maxY: number): number[]
}

/** rbush over the inflated boxes. */
export class RbushReader extends BoxReader {
  readonly #tree = new RBush<{ minX: number; minY: number; maxX: number; maxY: number; v: number }>()

  constructor(network: ClearanceNetwork, inflationM: Float64Array) {
    super(network)
    const { xy, segmentOf } = boxesOf(network, inflationM)
    this.#tree.load(Array.from(segmentOf, (v, k) => ({ minX: xy[4 * k]!, minY: xy[4 * k + 1]!, maxX: xy[4 * k + 2]!, maxY: xy[4 * k + 3]!, v })))
  }

  protected override search(minX: number, minY: number, maxX: number, maxY: number): number[] {
    return this.#tree.search({ minX, minY, maxX, maxY }).map(({ v }) => v)
  }
}

/** Its boxes are single precision: this much more around each loses nothing at ten kilometres. */
const SINGLE_M = 2e-3

/** three-mesh-bvh over the inflated boxes, each a line from corner to corner. */
export class BvhReader extends BoxReader {
  readonly #bvh: LineSegmentsBVH
  readonly #boxes: Boxes
  readonly #lines: BufferAttribute

  constructor(network: ClearanceNetwork, inflationM: Float64Array) {
    super(network)
    this.#boxes = boxesOf(network, inflationM.map(around => around + SINGLE_M))
    const { xy, segmentOf } = this.#boxes
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(Float32Array.from({ length: 6 * segmentOf.length }, (_, k) => (k % 3 === 2 ? 0 : xy[4 * Math.floor(k / 6) + (k % 6 < 3 ? k % 3 : 2 + (k % 3))]!)), 3))
    this.#lines = new BufferAttribute(Uint32Array.from({ length: 2 * segmentOf.length }, (_, k) => k), 1)
    geometry.setIndex(this.#lines)
    this.#bvh = new LineSegmentsBVH(geometry)
  }

  protected override search(minX: number, minY: number, maxX: number, maxY: number): number[] {
    const { xy, segmentOf } = this.#boxes
    const found: number[] = []
    this.#bvh.shapecast({
      intersectsBounds: ({ min, max }) => min.x <= maxX && max.x >= minX && min.y <= maxY && max.y >= minY,
      // The package's types leave the first argument out: the line itself, then its number.
      intersectsLine: (...[, line]: readonly unknown[]) => {
        const k = this.#lines.getX(2 * (line as number)) >> 1
        if (xy[4 * k]! <= maxX && xy[4 * k + 2]! >= minX && xy[4 * k + 1]! <= maxY && xy[4 * k + 3]! >= minY) found.push(segmentOf[k]!)
        return false
      },
    })
    return found
  }
}
