/**
 * Gathers marks that lie within reach of an earlier one, so that none covers another. The order given is the order of
 * weight: the heaviest keeps its place and speaks for those it gathers. Linear in the marks: clusters are looked up in
 * squares of the reach. Its arrays are made once; gathering, done in every frame, allocates nothing.
 */
export class MarkClusters {
  /** Clusters of the last gathering, the heaviest first. */
  count = 0
  /** Per cluster: the mark it is shown by, and how many it stands for. */
  readonly lead: Uint32Array
  readonly size: Uint32Array
  private readonly next: Int32Array
  private heads = new Int32Array(0)

  /** @param most Marks there may be. */
  constructor(most: number) {
    this.lead = new Uint32Array(most)
    this.size = new Uint32Array(most)
    this.next = new Int32Array(most)
  }

  /**
   * @param x Pixels from the left; NaN for a mark that is not seen. @param y Pixels from the top.
   * @param widthPx Size of the picture: what lies outside must not be given as seen.
   */
  gather(x: Float64Array, y: Float64Array, widthPx: number, heightPx: number, reachPx: number): void {
    const cols = Math.floor(widthPx / reachPx) + 1
    const rows = Math.floor(heightPx / reachPx) + 1
    if (this.heads.length < cols * rows) this.heads = new Int32Array(cols * rows)
    this.heads.fill(-1)
    this.count = 0
    for (let mark = 0; mark < x.length; mark++) {
      if (!(x[mark]! >= 0 && x[mark]! <= widthPx && y[mark]! >= 0 && y[mark]! <= heightPx)) continue
      const col = Math.floor(x[mark]! / reachPx)
      const row = Math.floor(y[mark]! / reachPx)
      const near = this.near(x, y, mark, col, row, cols, rows, reachPx)
      if (near >= 0) this.size[near]!++
      else {
        this.lead[this.count] = mark
        this.size[this.count] = 1
        this.next[this.count] = this.heads[row * cols + col]!
        this.heads[row * cols + col] = this.count++
      }
    }
  }

  /** A cluster whose lead is within reach; −1 for none. Leads are apart, so that hardly more than one is. */
  private near(x: Float64Array, y: Float64Array, mark: number, col: number, row: number, cols: number, rows: number, reachPx: number): number {
    let first = -1
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c++) {
        for (let k = this.heads[r * cols + c]!; k >= 0; k = this.next[k]!) {
          const dx = x[this.lead[k]!]! - x[mark]!
          const dy = y[this.lead[k]!]! - y[mark]!
          if (dx * dx + dy * dy < reachPx * reachPx && (first < 0 || k < first)) first = k
        }
      }
    }
    return first
  }
}
