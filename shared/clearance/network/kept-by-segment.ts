/**
 * What was found about each segment of a drawn route, kept from one frame to the next while the segment is where it was in
 * plan: a drag moves two segments, and what is near the others is as it was.
 */
export class KeptBySegment<T> {
  /** Where each segment was when it was asked about: [x, y, x, y] each. */
  readonly #where: number[] = []
  readonly #found: T[] = []

  /** Forgets everything: what is around the route has changed. */
  clear(): void {
    this.#found.length = 0
    // Segments are asked in any order: a later one that is known again must not make an earlier one look known.
    this.#where.length = 0
  }

  /** @param v Segment of the route. @param k The how manieth. @param find Asked where nothing is known or the segment has moved. */
  of(xyz: Float64Array, v: number, k: number, find: (v: number) => T): T {
    const where = this.#where
    const isKnown = k < this.#found.length && where[4 * k] === xyz[3 * v] && where[4 * k + 1] === xyz[3 * v + 1] && where[4 * k + 2] === xyz[3 * v + 3] && where[4 * k + 3] === xyz[3 * v + 4]
    if (isKnown) return this.#found[k]!
    for (let c = 0; c < 4; c++) where[4 * k + c] = xyz[3 * v + (c < 2 ? c : c + 1)]!
    return (this.#found[k] = find(v))
  }
}
