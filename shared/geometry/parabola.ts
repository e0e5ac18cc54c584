/** c0 + c1·x + c2·x² over x in 0 … 1. */
export interface Parabola {
  c0: number
  c1: number
  c2: number
}

/** The parabola through its values at x = 1/4, 1/2 and 3/4. */
export function parabolaThrough(quarter: number, half: number, threeQuarters: number): Parabola {
  const p = { c0: 0, c1: 0, c2: 0 }
  throughValues(quarter, half, threeQuarters, p)
  return p
}

/** The same into a parabola that is there. */
export function throughValues(quarter: number, half: number, threeQuarters: number, into: Parabola): void {
  into.c2 = 8 * (quarter - 2 * half + threeQuarters)
  into.c1 = 2 * (threeQuarters - quarter) - into.c2
  into.c0 = half - into.c1 / 2 - into.c2 / 4
}

export const parabolaAt = ({ c0, c1, c2 }: Readonly<Parabola>, x: number): number => c0 + x * (c1 + x * c2)

/** Stretches of 0 … 1 on which the parabola is below a level, ascending: none, one or two. */
export function stretchesBelow(p: Parabola, level: number): (readonly [number, number])[] {
  const edges = [0, ...rootsIn01({ ...p, c0: p.c0 - level }), 1]
  const stretches: [number, number][] = []
  for (let k = 0; k + 1 < edges.length; k++) {
    const [from, to] = [edges[k]!, edges[k + 1]!]
    if (to <= from || parabolaAt(p, (from + to) / 2) >= level) continue
    const last = stretches.at(-1)
    if (last && last[1] === from) last[1] = to
    else stretches.push([from, to])
  }
  return stretches
}

/** Where the parabola is least on from … to. */
export function lowestIn(p: Parabola, from: number, to: number): number {
  let best = parabolaAt(p, to) < parabolaAt(p, from) ? to : from
  if (p.c2 > 0) {
    const turn = Math.min(to, Math.max(from, -p.c1 / (2 * p.c2)))
    if (parabolaAt(p, turn) < parabolaAt(p, best)) best = turn
  }
  return best
}

function rootsIn01({ c0, c1, c2 }: Parabola): number[] {
  const roots: number[] = []
  if (Math.abs(c2) < 1e-15 * Math.abs(c1)) roots.push(-c0 / c1)
  else {
    const discriminant = c1 * c1 - 4 * c2 * c0
    if (discriminant >= 0 && c2 !== 0) {
      // The form that subtracts no like numbers.
      const q = -(c1 + (c1 < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2
      roots.push(q / c2)
      if (q !== 0) roots.push(c0 / q)
    }
  }
  return roots.filter(x => x > 0 && x < 1).sort((a, b) => a - b)
}
