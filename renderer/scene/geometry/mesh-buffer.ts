/**
 * The one vertex layout of everything drawn for assets and nodes, so that a tile is one draw call:
 * position (relative to the tile's centre, metres), a packed direction with an extra value in w, and the item the
 * vertex belongs to (its row in the appearance texture).
 */
export interface MeshArrays {
  readonly positions: Float32Array<ArrayBuffer>
  /** Four signed bytes: normal times 127, and a value in w. */
  readonly packed: Int8Array<ArrayBuffer>
  readonly items: Float32Array<ArrayBuffer>
  readonly indices: Uint32Array<ArrayBuffer>
}

/** Collects vertices and triangles into typed arrays that grow by doubling. */
export class MeshBuffer {
  private positions: Float32Array<ArrayBuffer>
  private packed: Int8Array<ArrayBuffer>
  private items: Float32Array<ArrayBuffer>
  private indices: Uint32Array<ArrayBuffer>
  private indexCount = 0
  /** Vertices so far: the index the next one gets. */
  vertexCount = 0

  constructor(expectedVertices = 256) {
    this.positions = new Float32Array(3 * expectedVertices)
    this.packed = new Int8Array(4 * expectedVertices)
    this.items = new Float32Array(expectedVertices)
    this.indices = new Uint32Array(6 * expectedVertices)
  }

  /** Adds a vertex and gives its index. (dx, dy, dz) need not be exact unit length. */
  vertex(x: number, y: number, z: number, dx: number, dy: number, dz: number, w: number, item: number): number {
    const v = this.vertexCount
    if (v === this.items.length) this.growVertices()
    this.positions[3 * v] = x
    this.positions[3 * v + 1] = y
    this.positions[3 * v + 2] = z
    this.packed[4 * v] = Math.round(127 * dx)
    this.packed[4 * v + 1] = Math.round(127 * dy)
    this.packed[4 * v + 2] = Math.round(127 * dz)
    this.packed[4 * v + 3] = Math.round(127 * w)
    this.items[v] = item
    this.vertexCount = v + 1
    return v
  }

  /** The same place again with another normal: for hard edges. */
  copyVertex(v: number, dx: number, dy: number, dz: number, item: number): number {
    return this.vertex(this.positions[3 * v]!, this.positions[3 * v + 1]!, this.positions[3 * v + 2]!, dx, dy, dz, 0, item)
  }

  /** A triangle, counter-clockwise seen from outside. */
  triangle(a: number, b: number, c: number): void {
    if (this.indexCount + 3 > this.indices.length) {
      const grown = new Uint32Array(2 * this.indices.length + 3)
      grown.set(this.indices)
      this.indices = grown
    }
    this.indices[this.indexCount++] = a
    this.indices[this.indexCount++] = b
    this.indices[this.indexCount++] = c
  }

  /** The arrays cut to size; the buffer may be dropped afterwards. */
  finish(): MeshArrays {
    return {
      positions: this.positions.slice(0, 3 * this.vertexCount),
      packed: this.packed.slice(0, 4 * this.vertexCount),
      items: this.items.slice(0, this.vertexCount),
      indices: this.indices.slice(0, this.indexCount),
    }
  }

  private growVertices(): void {
    const capacity = 2 * this.items.length + 8
    const positions = new Float32Array(3 * capacity)
    positions.set(this.positions)
    const packed = new Int8Array(4 * capacity)
    packed.set(this.packed)
    const items = new Float32Array(capacity)
    items.set(this.items)
    this.positions = positions
    this.packed = packed
    this.items = items
  }
}
