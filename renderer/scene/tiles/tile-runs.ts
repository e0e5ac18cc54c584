/** Stretches of tiles drawn in one call each: pairs of first tile and tile after the last. Made once, filled each frame. */
export class TileRuns {
  readonly from: Uint16Array
  readonly to: Uint16Array
  count = 0

  constructor(most: number) {
    this.from = new Uint16Array(most)
    this.to = new Uint16Array(most)
  }

  /**
   * Collects the tiles of a level. Where there are more stretches than calls, the narrowest gaps are drawn along: what lies
   * in them is out of sight or hidden in its own tubes.
   */
  collect(levels: Uint8Array, level: number): void {
    let gap = 0
    while (this.stretches(levels, level, gap) > this.from.length) gap = 2 * gap + 1
    this.count = 0
    let last = -1
    for (let t = 0; t < levels.length; t++) {
      if (levels[t] !== level) continue
      if (last >= 0 && t - last - 1 <= gap) this.to[this.count - 1] = t + 1
      else {
        this.from[this.count] = t
        this.to[this.count++] = t + 1
      }
      last = t
    }
  }

  private stretches(levels: Uint8Array, level: number, gap: number): number {
    let [count, last] = [0, -1]
    for (let t = 0; t < levels.length; t++) {
      if (levels[t] !== level) continue
      if (last < 0 || t - last - 1 > gap) count++
      last = t
    }
    return count
  }
}
