/** A mark in the picture, pixels from its left top. */
export interface SeenMark {
  readonly x: number
  readonly y: number
}

/** Marks that would cover each other, shown as one: the first of them and how many there are. */
export interface MarkCluster extends SeenMark {
  /** Index of the mark it is shown by. */
  readonly lead: number
  readonly count: number
}

/**
 * Gathers marks that lie within `reachPx` of an earlier one, so that none covers another. The order given is the order
 * of weight: the heaviest keeps its place and speaks for those it gathers. A mark that is not seen is null.
 * Linear in the marks: clusters are looked up in squares of `reachPx`.
 */
export function clusterMarks(marks: readonly (SeenMark | null)[], reachPx: number): MarkCluster[] {
  const clusters: { x: number; y: number; lead: number; count: number }[] = []
  const squares = new Map<string, number[]>()
  marks.forEach((mark, lead) => {
    if (!mark) return
    const [col, row] = [Math.floor(mark.x / reachPx), Math.floor(mark.y / reachPx)]
    for (let c = col - 1; c <= col + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        const near = squares.get(`${c},${r}`)?.find(k => Math.hypot(clusters[k]!.x - mark.x, clusters[k]!.y - mark.y) < reachPx)
        if (near !== undefined) return void clusters[near]!.count++
      }
    }
    const key = `${col},${row}`
    const here = squares.get(key)
    if (here) here.push(clusters.length)
    else squares.set(key, [clusters.length])
    clusters.push({ x: mark.x, y: mark.y, lead, count: 1 })
  })
  return clusters
}
