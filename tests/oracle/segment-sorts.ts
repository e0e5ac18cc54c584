import type { Random } from '#shared/core/random.ts'

type Make = (random: Random) => number[]
const around = (random: Random, size: number): number[] => [random.range(-size, size), random.range(-size, size), random.range(-3, 3)]

/** A segment, and one beside it turned by an angle. */
function beside(random: Random, angle: number, size: number): number[] {
  const [p, q] = [around(random, size), around(random, 1)]
  const heading = random.range(0, 2 * Math.PI)
  const [lengthP, lengthQ, rise] = [random.range(1, size), random.range(1, size), random.range(-0.1, 0.1)]
  const end = (start: number[], length: number, way: number) => [start[0]! + length * Math.cos(way), start[1]! + length * Math.sin(way), start[2]! + length * rise]
  const start = [p[0]! + q[0]!, p[1]! + q[1]!, p[2]! + q[2]!]
  return [...p, ...end(p, lengthP, heading), ...start, ...end(start, lengthQ, heading + angle)]
}

/** Pairs of segments of every sort that is hard for a distance: 12 numbers, metres. */
export const SEGMENT_SORTS: readonly (readonly [string, Make])[] = [
  ['random', random => [...around(random, 50), ...around(random, 50), ...around(random, 50), ...around(random, 50)]],
  ['near-parallel, 10⁻² … 10⁻¹⁶', random => beside(random, 10 ** random.range(-16, -2), 100)],
  ['parallel', random => beside(random, 0, 100)],
  ['collinear, with a gap or overlapping', random => {
    const [p, u] = [around(random, 20), around(random, 20)]
    const on = (k: number) => p.map((value, axis) => value + k * u[axis]!)
    return [...p, ...on(1), ...on(random.range(-2, 2)), ...on(random.range(-2, 2))]
  }],
  ['touching at an end or on the axis', random => {
    const [p0, p1, q1] = [around(random, 30), around(random, 30), around(random, 30)]
    const share = random.pick([0, 1, random.next()])
    return [...p0, ...p1, ...p0.map((value, axis) => value + share * (p1[axis]! - value)), ...q1]
  }],
  ['zero-length', random => {
    const [p, q] = [around(random, 10), around(random, 10)]
    return random.chance(0.5) ? [...p, ...p, ...q, ...around(random, 10)] : [...p, ...p, ...q, ...q]
  }],
  ['vertical', random => {
    const [p, q] = [around(random, 5), around(random, 5)]
    return [...p, p[0]!, p[1]!, p[2]! + random.range(-4, 4), ...q, ...(random.chance(0.5) ? [q[0]!, q[1]!, q[2]! + 2] : around(random, 5))]
  }],
  ['a kilometre long', random => [...around(random, 1000), ...around(random, 1000), ...around(random, 1000), ...around(random, 1000)]],
]
