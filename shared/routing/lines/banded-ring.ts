/** Edges a band holds about. */
const EDGES_A_BAND = 4
const MOST_BANDS = 4096

/**
 * A ring that many points are asked about: its edges in bands of y, of which a point meets one. The same answers as
 * `pointInRing`, to the last point on an edge. A street of a city has a thousand edges.
 */
export class BandedRing {
  readonly #ring: Float64Array
  readonly #minY: number
  readonly #maxY: number
  readonly #bandsPerM: number
  /** Band b holds edges[start[b] … start[b + 1]): first numbers of the vertices they end at. */
  readonly #start: Uint32Array
  readonly #edges: Uint32Array

  /** @param ring [x, y, …], not closed. */
  constructor(ring: Float64Array) {
    this.#ring = ring
    let [minY, maxY] = [Infinity, -Infinity]
    for (let i = 1; i < ring.length; i += 2) {
      minY = Math.min(minY, ring[i]!)
      maxY = Math.max(maxY, ring[i]!)
    }
    this.#minY = minY
    this.#maxY = maxY
    const bands = Math.max(1, Math.min(MOST_BANDS, Math.floor(ring.length / 2 / EDGES_A_BAND)))
    this.#bandsPerM = maxY > minY ? bands / (maxY - minY) : 0
    this.#start = new Uint32Array(bands + 1)
    this.#eachEntry(band => this.#start[band + 1]!++)
    for (let b = 0; b < bands; b++) this.#start[b + 1]! += this.#start[b]!
    this.#edges = new Uint32Array(this.#start[bands]!)
    const next = this.#start.slice(0, bands)
    this.#eachEntry((band, i) => {
      this.#edges[next[band]!++] = i
    })
  }

  /** Even–odd test. */
  contains(x: number, y: number): boolean {
    if (!(y >= this.#minY && y <= this.#maxY)) return false
    const ring = this.#ring
    const band = this.#bandOf(y)
    let isInside = false
    for (let e = this.#start[band]!; e < this.#start[band + 1]!; e++) {
      const i = this.#edges[e]!
      const j = i === 0 ? ring.length - 2 : i - 2
      const [xi, yi, xj, yj] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside
    }
    return isInside
  }

  /** Rises with y, so that an edge is in the band of every y between its ends. */
  #bandOf(y: number): number {
    return Math.min(this.#start.length - 2, Math.floor((y - this.#minY) * this.#bandsPerM))
  }

  #eachEntry(visit: (band: number, edge: number) => void): void {
    const ring = this.#ring
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [low, high] = ring[i + 1]! < ring[j + 1]! ? [ring[i + 1]!, ring[j + 1]!] : [ring[j + 1]!, ring[i + 1]!]
      for (let band = this.#bandOf(low); band <= this.#bandOf(high); band++) visit(band, i)
    }
  }
}
