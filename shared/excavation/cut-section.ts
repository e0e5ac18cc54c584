import { planeAt } from '../geometry/plan-polygon.ts'
import type { GroundSampler } from '../twin/ground.ts'
import type { CutSolid } from './cut-solid.ts'
import { planIntervalIn } from './intervals.ts'

type PlanPoint = readonly [number, number]

/** The cut at one place of a line: metres from its start, and the levels between which the ground is gone. */
export interface CutStation {
  readonly alongM: number
  readonly floorM: number
  /** Ground; where none is known, as high as the cut is taken to be open. */
  readonly groundM: number
}

/** The ground is followed in steps of this length; floors are exact at every break. */
const STEP_M = 0.25
const MOST_STEPS = 2000

/**
 * A cut in the upright plane over a straight line in plan: stretches that are dug, each with its floor and the ground above it.
 * @param groundAt Null where no ground is known.
 */
export function cutAlong({ columns, topM }: CutSolid, from: PlanPoint, to: PlanPoint, groundAt: GroundSampler | null): CutStation[][] {
  const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1])
  if (lengthM === 0) return []
  const at = (t: number): PlanPoint => [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]
  const over = columns.flatMap(({ ring, floor }) => {
    const part = planIntervalIn(ring, [...from, 0], [...to, 0])
    if (!part || part[1] - part[0] < 1e-9) return []
    const [z0, z1] = part.map(t => planeAt(floor, ...at(t))) as [number, number]
    const slope = (z1 - z0) / (part[1] - part[0])
    return [{ part, level: (t: number) => z0 + (t - part[0]) * slope, z0, slope }]
  })
  if (over.length === 0) return []
  const [first, last] = [Math.min(...over.map(({ part }) => part[0])), Math.max(...over.map(({ part }) => part[1]))]
  const steps = Math.min(MOST_STEPS, Math.ceil(((last - first) * lengthM) / STEP_M))
  const breaks = new Set([...over.flatMap(({ part }) => part), ...Array.from({ length: steps + 1 }, (_, k) => first + (k / steps) * (last - first))])
  // Where one floor passes under another.
  for (const [i, p] of over.entries()) {
    for (const q of over.slice(i + 1)) {
      const t = (q.z0 - q.slope * q.part[0] - p.z0 + p.slope * p.part[0]) / (p.slope - q.slope)
      if (t > Math.max(p.part[0], q.part[0]) && t < Math.min(p.part[1], q.part[1])) breaks.add(t)
    }
  }
  const shares = [...breaks].sort((a, b) => a - b)
  const stretches: CutStation[][] = []
  let open: CutStation[] | null = null
  const station = (t: number, within: typeof over): CutStation =>
    ({ alongM: t * lengthM, floorM: Math.min(...within.map(({ level }) => level(t))), groundM: (groundAt ? groundAt(...at(t)) : null) ?? topM })
  for (let i = 1; i < shares.length; i++) {
    const [a, b] = [shares[i - 1]!, shares[i]!]
    if (b - a < 1e-12) continue
    const middle = (a + b) / 2
    const within = over.filter(({ part }) => part[0] <= middle && part[1] >= middle)
    if (within.length === 0) {
      open = null
      continue
    }
    const [p, q] = [station(a, within), station(b, within)]
    const [depthP, depthQ] = [p.groundM - p.floorM, q.groundM - q.floorM]
    if (depthP <= 0 && depthQ <= 0) {
      open = null
      continue
    }
    // The floor comes out of the ground between the two.
    const daylight = depthP * depthQ < 0 ? between(p, q, depthP / (depthP - depthQ)) : null
    if (!open || depthP < 0) stretches.push((open = [depthP < 0 ? daylight! : p]))
    else open.push(p)
    open.push(depthQ < 0 ? daylight! : q)
    if (depthQ < 0) open = null
  }
  return stretches.filter(stretch => stretch.length > 1)
}

function between(p: CutStation, q: CutStation, share: number): CutStation {
  const mixed = (key: keyof CutStation): number => p[key] + share * (q[key] - p[key])
  const groundM = mixed('groundM')
  return { alongM: mixed('alongM'), floorM: groundM, groundM }
}
