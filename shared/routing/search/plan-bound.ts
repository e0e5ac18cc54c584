import { HEADINGS } from './lattice-search.ts'
import { MinHeap } from './min-heap.ts'

export interface PlanGraph {
  readonly cols: number
  readonly rows: number
  readonly start: number
  readonly goal: number
  readonly headings: readonly number[]
  /** No straight step costs less, nor a diagonal one less than √2 of it. */
  readonly leastStepCost: number
  /** No step from a node at a heading costs less, whatever its levels; Infinity where all of them are closed. */
  planCost(node: number, heading: number): number
}

/** Nodes dearer than the way from the start by so much are not told apart: none of them lies on a cheapest way of use. */
const BEYOND_FACTOR = 1.25
const BEYOND_M = 10
/** Rounding must not make the estimate of what is left of the way too high. */
const SURELY_LESS = 1 - 1e-9

/**
 * Least cost from a node to the goal were there no levels and no bends: a bound for the search over both that never
 * overestimates. A search from the goal towards the start that goes on as far as it is asked: where the way is plain, few of
 * the nodes are ever looked at.
 * @returns cost of a node; Infinity where the start cannot be reached and neither can it.
 */
export function planBound({ cols, rows, start, goal, headings, leastStepCost, planCost }: PlanGraph): (node: number) => number {
  const bound = new Float64Array(cols * rows).fill(Infinity)
  const settled = new Uint8Array(cols * rows)
  const heap = new MinHeap()
  const [startColumn, startRow] = [start % cols, Math.floor(start / cols)]
  const toStart = (column: number, row: number): number => {
    const [dx, dy] = [Math.abs(column - startColumn), Math.abs(row - startRow)]
    return SURELY_LESS * leastStepCost * (Math.max(dx, dy) + (Math.SQRT2 - 1) * Math.min(dx, dy))
  }
  bound[goal] = 0
  heap.push(toStart(goal % cols, Math.floor(goal / cols)), goal)
  let most: number | null = null
  const settle = (wanted: number): void => {
    while (settled[wanted] === 0 && heap.size > 0) {
      const node = heap.pop()
      if (settled[node] === 1) continue
      settled[node] = 1
      const [column, row] = [node % cols, Math.floor(node / cols)]
      for (const heading of headings) {
        const [dx, dy] = HEADINGS[heading]!
        if (column - dx < 0 || column - dx >= cols || row - dy < 0 || row - dy >= rows) continue
        const from = node - dx - dy * cols
        if (settled[from] === 1) continue
        const cost = bound[node]! + planCost(from, heading)
        if (cost >= bound[from]!) continue
        bound[from] = cost
        heap.push(cost + toStart(column - dx, row - dy), from)
      }
    }
  }
  return node => {
    if (most === null) {
      settle(start)
      most = settled[start] === 1 ? bound[start]! * BEYOND_FACTOR + BEYOND_M : Infinity
    }
    if (settled[node] === 0) settle(node)
    return settled[node] === 1 ? Math.min(bound[node]!, most) : most
  }
}
