import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { HEADINGS, searchLattice, SearchScratch, type RouteLattice } from '#shared/routing/search/lattice-search.ts'

const LATTICES = Number(process.env['UNDERPLAN_LATTICES'] ?? 300)

/** A lattice of 3 × 3 nodes at two or three levels, costs and closed steps by seed. */
function randomLattice(seed: number): RouteLattice {
  const random = seededRandom(seed)
  const [cols, rows, levels] = [3, 3, 2 + random.int(2)]
  const count = cols * rows * levels * HEADINGS.length * 3
  const closedShare = random.range(0.2, 0.8)
  const costs = Array.from({ length: count }, () => (random.next() < closedShare ? Infinity : random.range(0.5, 4)))
  const turn = random.range(0, 1.5)
  const closedStart = random.int(levels + 1)
  return {
    cols, rows, levels, start: random.int(4), goal: 4 + random.int(5), headings: [0, 1, 2, 3, 4, 5, 6, 7], levelSteps: [0, -1, 1],
    mostTurn: 2, isOpen: (_, level) => level !== closedStart, isEnd: () => true, turnCost: eighths => turn * eighths, leastCost: () => 0, closedAt: () => 0,
    stepCost: (node, level, heading, toLevel) => costs[((node * levels + level) * HEADINGS.length + heading) * 3 + (toLevel - level + 1)]!,
  }
}

/** The least cost of any way from start to goal that meets no node at one level twice, by trying all of them; turns of more than a right angle are none. */
function exhaustive(lattice: RouteLattice): number {
  const { cols, rows, levels, start, goal, headings, levelSteps } = lattice
  let best = Infinity
  const visited = new Set<number>()
  const walk = (node: number, level: number, heading: number | null, cost: number): void => {
    if (cost >= best) return
    if (node === goal) {
      best = cost
      return
    }
    // The same place may be passed in another direction: what follows costs other turns.
    const key = (node * levels + level) * 9 + (heading ?? 8)
    if (visited.has(key)) return
    visited.add(key)
    for (const next of headings) {
      const turn = heading === null ? 0 : Math.min((next - heading + 8) % 8, (heading - next + 8) % 8)
      if (turn > 2) continue
      const [column, row] = [(node % cols) + HEADINGS[next]![0], Math.floor(node / cols) + HEADINGS[next]![1]]
      if (column < 0 || column >= cols || row < 0 || row >= rows) continue
      for (const change of levelSteps) {
        if (level + change < 0 || level + change >= levels) continue
        const step = lattice.stepCost(node, level, next, level + change)
        if (step < Infinity) walk(column + cols * row, level + change, next, cost + step + (turn > 0 ? lattice.turnCost(turn) : 0))
      }
    }
    visited.delete(key)
  }
  for (let level = 0; level < levels; level++) if (lattice.isOpen(start, level)) walk(start, level, null, 0)
  return best
}

describe('search of a lattice', () => {
  it(`finds the cheapest way there is, and none where there is none (${LATTICES} lattices, seeds 1 …)`, () => {
    const scratch = new SearchScratch()
    let closed = 0
    for (let seed = 1; seed <= LATTICES; seed++) {
      const lattice = randomLattice(seed)
      const best = exhaustive(lattice)
      const found = searchLattice(lattice, scratch)
      if ('nearest' in found) {
        closed++
        expect(best, `seed ${seed}`).toBe(Infinity)
        continue
      }
      expect(found.cost, `seed ${seed}`).toBeCloseTo(best, 9)
      expect(found.steps[0]!.node).toBe(lattice.start)
      expect(found.steps.at(-1)!.node).toBe(lattice.goal)
      // A greedy search may take a dearer way, by its factor at most.
      const greedy = searchLattice(lattice, scratch, 1.15)
      expect('cost' in greedy && greedy.cost, `seed ${seed}`).toBeLessThanOrEqual(1.15 * best + 1e-9)
    }
    expect(closed).toBeGreaterThan(0)
    expect(closed).toBeLessThan(LATTICES / 1.5)
  }, 600_000)
})
