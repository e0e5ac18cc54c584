import { HEADINGS } from './lattice-search.ts'
import { MinHeap } from './min-heap.ts'

export interface PlanGraph {
  readonly cols: number
  readonly rows: number
  readonly start: number
  readonly goal: number
  readonly headings: readonly number[]
  /** No step from a node at a heading costs less, whatever its levels; Infinity where all of them are closed. */
  planCost(node: number, heading: number): number
}

/** Nodes dearer than the way from the start by so much are not looked at: none of them lies on a cheapest way of use. */
const BEYOND_FACTOR = 1.25
const BEYOND_M = 10

/**
 * Least cost from each node to the goal were there no levels and no bends: a bound for the search over both that never
 * overestimates. Dijkstra from the goal backwards.
 * @returns cost per node; Infinity everywhere where the start cannot be reached.
 */
export function planBound({ cols, rows, start, goal, headings, planCost }: PlanGraph): Float64Array {
  const bound = new Float64Array(cols * rows).fill(Infinity)
  const settled = new Uint8Array(cols * rows)
  const heap = new MinHeap()
  bound[goal] = 0
  heap.push(0, goal)
  let most = Infinity
  while (heap.size > 0) {
    const node = heap.pop()
    if (settled[node] === 1) continue
    if (bound[node]! > most) break
    settled[node] = 1
    if (node === start) most = bound[node]! * BEYOND_FACTOR + BEYOND_M
    const [column, row] = [node % cols, Math.floor(node / cols)]
    for (const heading of headings) {
      const [dx, dy] = HEADINGS[heading]!
      if (column - dx < 0 || column - dx >= cols || row - dy < 0 || row - dy >= rows) continue
      const from = node - dx - dy * cols
      if (settled[from] === 1) continue
      const cost = bound[node]! + planCost(from, heading)
      if (cost >= bound[from]!) continue
      bound[from] = cost
      heap.push(cost, from)
    }
  }
  // What was not settled is dearer than everything that was.
  for (let node = 0; node < bound.length; node++) if (settled[node] === 0) bound[node] = most
  return bound
}
