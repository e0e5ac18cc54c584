import { MinHeap } from './min-heap.ts'

/** Steps to the eight neighbours, 45° apart. */
export const HEADINGS: readonly (readonly [number, number])[] = [[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]]

/** A plan lattice with levels at each node. A node is `column + cols · row`. */
export interface RouteLattice {
  readonly cols: number
  readonly rows: number
  readonly levels: number
  readonly start: number
  readonly goal: number
  /** Headings allowed: indices of HEADINGS. */
  readonly headings: readonly number[]
  /** Sharpest turn from step to step, eighths of a circle. */
  readonly mostTurn: number
  /** Changes of level allowed per step. */
  readonly levelSteps: readonly number[]
  /** Whether a line may begin or end at this level of a node. */
  isOpen(node: number, level: number): boolean
  /** Whether a line may end at this level of the goal. */
  isEnd(level: number): boolean
  /** Cost of a step to the neighbour at a heading; Infinity where it is closed. */
  stepCost(node: number, level: number, heading: number, toLevel: number): number
  /** Cost of turning by so many eighths of a circle (0 … 4). */
  turnCost(eighths: number): number
  /** No step to the goal costs less than this in all. */
  leastCost(node: number): number
  /** Where every way closes; asked where the start's least cost is Infinity. */
  closedAt(): number
}

export interface LatticePath {
  readonly cost: number
  readonly steps: readonly { readonly node: number; readonly level: number }[]
}

/** Memory of a search, kept between searches: to make it anew costs as much as many a search. */
export class SearchScratch {
  /** States settled by all searches so far. */
  visits = 0
  #known = new Float64Array(0)
  #from = new Int32Array(0)
  #reached = new Uint8Array(0)
  /** States the last search has reached: to clear those alone is less than to clear all. */
  #touched = new Int32Array(0)
  #touchedCount = 0

  /** `reached`: 0 not yet, and neither cost nor origin mean anything; 1 by some way; 2 by the cheapest. */
  cleared(states: number): { readonly known: Float64Array; readonly from: Int32Array; readonly reached: Uint8Array } {
    if (this.#known.length < states) {
      this.#known = new Float64Array(states)
      this.#from = new Int32Array(states)
      this.#reached = new Uint8Array(states)
    } else for (let i = 0; i < this.#touchedCount; i++) this.#reached[this.#touched[i]!] = 0
    this.#touchedCount = 0
    return { known: this.#known, from: this.#from, reached: this.#reached }
  }

  /** Told of each state the first time it is reached. */
  touch(state: number): void {
    if (this.#touchedCount === this.#touched.length) {
      const more = new Int32Array(Math.max(4096, 2 * this.#touched.length))
      more.set(this.#touched)
      this.#touched = more
    }
    this.#touched[this.#touchedCount++] = state
  }
}

/**
 * The cheapest path over (node, level, heading): A* with a bound that never overestimates, so none cheaper is missed.
 * @param greed Factor on the bound: above 1 far fewer states are looked at, and a path is dearer than the cheapest by that factor at most.
 * @returns the path, or the node nearest to the goal (by the bound) that was reached.
 */
export function searchLattice(lattice: RouteLattice, scratch: SearchScratch, greed = 1, throwIfCancelled: () => void = () => undefined): LatticePath | { readonly nearest: number } {
  const { cols, rows, levels, start, goal, headings, levelSteps, mostTurn } = lattice
  // One heading more: none yet.
  const count = HEADINGS.length + 1
  const { known, from, reached } = scratch.cleared(cols * rows * levels * count)
  const heap = new MinHeap()
  for (let level = 0; level < levels; level++) {
    if (!lattice.isOpen(start, level)) continue
    const state = (start * levels + level) * count + HEADINGS.length
    known[state] = 0
    from[state] = -1
    reached[state] = 1
    scratch.touch(state)
    heap.push(greed * lattice.leastCost(start), state)
  }
  let [nearest, nearestCost] = [start, Infinity]
  if (lattice.leastCost(start) === Infinity) return { nearest: lattice.closedAt() }
  while (heap.size > 0) {
    if ((++scratch.visits & 4095) === 0) throwIfCancelled()
    const state = heap.pop()
    if (reached[state] === 2) continue
    reached[state] = 2
    const heading = state % count
    const level = Math.floor(state / count) % levels
    const node = Math.floor(state / (count * levels))
    if (node === goal && lattice.isEnd(level)) return { cost: known[state]!, steps: trace(from, state, count, levels) }
    const [column, row] = [node % cols, Math.floor(node / cols)]
    for (const next of headings) {
      const turn = heading === HEADINGS.length ? 0 : Math.min((next - heading + 8) % 8, (heading - next + 8) % 8)
      if (turn > mostTurn) continue
      const [dx, dy] = HEADINGS[next]!
      if (column + dx < 0 || column + dx >= cols || row + dy < 0 || row + dy >= rows) continue
      const neighbour = node + dx + dy * cols
      for (const change of levelSteps) {
        const toLevel = level + change
        if (toLevel < 0 || toLevel >= levels) continue
        const target = (neighbour * levels + toLevel) * count + next
        if (reached[target] === 2) continue
        const step = lattice.stepCost(node, level, next, toLevel)
        if (step === Infinity) continue
        const cost = known[state]! + step + (turn > 0 ? lattice.turnCost(turn) : 0)
        if (reached[target] === 0) {
          reached[target] = 1
          scratch.touch(target)
        } else if (cost >= known[target]!) continue
        known[target] = cost
        from[target] = state
        heap.push(cost + greed * lattice.leastCost(neighbour), target)
      }
    }
    const left = lattice.leastCost(node)
    if (left < nearestCost) [nearest, nearestCost] = [node, left]
  }
  return { nearest }
}

function trace(from: Int32Array, last: number, count: number, levels: number): { node: number; level: number }[] {
  const steps: { node: number; level: number }[] = []
  for (let state = last; state >= 0; state = from[state]!) steps.push({ node: Math.floor(state / (count * levels)), level: Math.floor(state / count) % levels })
  return steps.reverse()
}
