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

/** One node is gone on from the start for so many that are settled from the goal. */
const SETTLED_PER_FLOODED = 8

export interface PlanBound {
  /** Cost of a node; Infinity where the start cannot be reached and neither can it. */
  leastCost(node: number): number
  /** Where every way closes, asked only where the start cannot be reached: of the nodes of the smaller side that nearest to the other end. */
  closedAt(): number
}

/**
 * Least cost from a node to the goal were there no levels and no bends: a bound for the search over both that never
 * overestimates. A search from the goal towards the start that goes on as far as it is asked: where the way is plain, few of
 * the nodes are ever looked at; where the start lies in a pocket, that is found by going on from it beside.
 */
export function planBound({ cols, rows, start, goal, headings, leastStepCost, planCost }: PlanGraph): PlanBound {
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
  /** What is reached from the start, in the order in which it was. */
  const flooded = [start]
  const isFlooded = new Uint8Array(cols * rows)
  isFlooded[start] = 1
  let [floodedTo, settles] = [0, 0]
  let isPocket = false
  const flood = (): void => {
    const node = flooded[floodedTo++]!
    const [column, row] = [node % cols, Math.floor(node / cols)]
    for (const heading of headings) {
      const [dx, dy] = HEADINGS[heading]!
      if (column + dx < 0 || column + dx >= cols || row + dy < 0 || row + dy >= rows) continue
      const next = node + dx + dy * cols
      if (isFlooded[next] === 1 || planCost(node, heading) === Infinity) continue
      isFlooded[next] = 1
      flooded.push(next)
    }
    isPocket = floodedTo === flooded.length && isFlooded[goal] === 0
  }
  const settle = (wanted: number): void => {
    while (settled[wanted] === 0 && heap.size > 0) {
      if (wanted === start && ++settles % SETTLED_PER_FLOODED === 0 && floodedTo < flooded.length) flood()
      if (isPocket) return
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
  /** Of nodes that nearest in plan to another. */
  const nearestTo = (end: number, nodes: readonly number[]): number => {
    const away = (node: number): number => Math.hypot((node % cols) - (end % cols), Math.floor(node / cols) - Math.floor(end / cols))
    return nodes.reduce((nearest, node) => (away(node) < away(nearest) ? node : nearest))
  }
  return {
    leastCost(node) {
      if (most === null) {
        settle(start)
        most = settled[start] === 1 ? bound[start]! * BEYOND_FACTOR + BEYOND_M : Infinity
      }
      if (settled[node] === 0 && !isPocket) settle(node)
      return settled[node] === 1 ? Math.min(bound[node]!, most) : most
    },
    closedAt: () => (isPocket ? nearestTo(goal, flooded) : nearestTo(start, Array.from(settled.keys()).filter(node => settled[node] === 1).concat(goal))),
  }
}
