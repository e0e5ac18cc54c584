import { planCrossing } from '../geometry/section-crossing.ts'
import { chainagesOf } from '../geometry/section-line.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { GroundSampler, GroundSurface } from '../twin/ground.ts'
import { coverZones, type SurfaceUses } from './cover-zones.ts'
import type { CutLine } from './cut-line.ts'
import { halfHeightM, partsNear, solidPart, type CutPart, type CutWorld } from './cut-world.ts'
import type { CutLimits } from './line-limits.ts'
import { SPARE_M, type Stop } from './stops.ts'

/** What the levels of a line are held against. Local frame. */
export interface LevelSite {
  readonly world: CutWorld
  readonly limits: CutLimits | null
  readonly surface: GroundSurface | null
  readonly groundAt: GroundSampler
  /** Null where nothing is known of the ground's use. */
  readonly uses: SurfaceUses | null
  /** Covers asked for, ground to crown, metres. */
  readonly coversM: readonly number[]
  /** Fall asked for from the vertex before, metres per metre; null for none. */
  readonly fallRatio: number | null
  /** Level at which the line meets what is in the ground at a place; null where nothing of its kind is there. */
  readonly meetingLevelAt: (x: number, y: number) => number | null
}

/** A crossing so near to the vertex that stays put is hardly moved by the one that moves: its share of the way. */
const LEAST_SHARE = 0.05
const JOINT_M = 0.01
const NEGLIGIBLE_M = 1e-6
const MOST_TURNS = 20

/**
 * Levels that a vertex raised or lowered is led to: where its legs just keep the distance asked for over and under whatever
 * crosses them, the least cover along them, the covers asked for at the vertex, what it joins, the falls of the stretches
 * beside it, and the levels of its neighbours.
 */
export function levelStops({ world, limits, surface, groundAt, uses, coversM, fallRatio, meetingLevelAt }: LevelSite, line: CutLine, index: number): Stop[] {
  const { axis, chainages, parts } = line
  const at = axis[index]!
  const legs = [index - 1, index + 1].flatMap(k => (axis[k] && Math.abs(chainages[k]! - chainages[index]!) > NEGLIGIBLE_M ? [{ from: axis[k], part: parts[Math.min(k, index)]! }] : []))
  const crossings = limits ? legs.flatMap(({ from, part }) => partsNear(world, [from[0], from[1]], [at[0], at[1]]).flatMap(other => {
    if (line.ids.has(other.item.id) || other.item.isRemoved) return []
    return ([true, false] as const).flatMap((isOver): Stop[] => {
      const limit = limits.crossing(part, other.item, !isOver)
      const level = limit && limit.minM > 0 ? clearLevel(from, at, part.section, other, isOver, limit.minM) : null
      return level === null ? [] : [{ at: level, target: isOver ? 'over' : 'under', label: other.item.label, amount: limit!.minM }]
    })
  })) : []
  const half = halfHeightM(parts[Math.min(index, parts.length - 1)]!.section)
  const ground = groundAt(at[0], at[1])
  const covers = ground === null ? [] : coversM.map((coverM): Stop => ({ at: ground - coverM - half, target: 'cover', label: '', amount: coverM }))
  const joint = meetingLevelAt(at[0], at[1])
  return [
    ...crossings, ...leastCover(), ...covers, ...(joint === null ? [] : [{ at: joint, target: 'joint', label: '', amount: 0 } as const]), ...falls(),
    ...axis.flatMap((vertex, i): Stop[] => (i === index ? [] : [{ at: vertex[2], target: 'vertex_level', label: String(i + 1), amount: 0 }])),
  ]

  /** The highest level at which both legs keep the least cover. */
  function leastCover(): Stop[] {
    if (!limits || !uses) return []
    const bounds = legs.flatMap(({ from, part }) => {
      const leg = [from, at]
      const along = chainagesOf(leg)
      const own = halfHeightM(part.section)
      return coverZones({ item: line.item, axis: leg, chainages: along, lengthM: along[1]!, parts: [part], ids: line.ids }, surface, groundAt, uses, limits.cover)
        .flatMap(({ ground: stretch, limit }) => stretch.flatMap(([s, z]) => {
          const share = s / along[1]!
          return share < LEAST_SHARE ? [] : [{ at: (z - limit.minM - own - SPARE_M - (1 - share) * from[2]) / share, amount: limit.minM }]
        }))
    })
    const least = bounds.reduce<{ readonly at: number; readonly amount: number } | null>((best, bound) => (best && best.at <= bound.at ? best : bound), null)
    return least ? [{ ...least, target: 'least_cover', label: '' }] : []
  }

  /** On the fall of the stretch before or after, on one fall from neighbour to neighbour, on the fall asked for. */
  function falls(): Stop[] {
    const onwards = (far: number, near: number): Stop[] => {
      const [p, q] = [axis[far], axis[near]]
      if (!p || !q) return []
      const runM = chainages[near]! - chainages[far]!
      return Math.abs(runM) < NEGLIGIBLE_M ? [] : [{ at: q[2] + ((q[2] - p[2]) / runM) * (chainages[index]! - chainages[near]!), target: 'straight_fall', label: '', amount: Math.abs((1000 * (q[2] - p[2])) / runM) }]
    }
    const [before, after] = [axis[index - 1], axis[index + 1]]
    const spanM = before && after ? chainages[index + 1]! - chainages[index - 1]! : 0
    const even = spanM > NEGLIGIBLE_M ? (after![2] - before![2]) / spanM : null
    return [
      ...onwards(index - 2, index - 1), ...onwards(index + 2, index + 1),
      ...(even === null ? [] : [{ at: before![2] + even * (chainages[index]! - chainages[index - 1]!), target: 'even_fall', label: '', amount: Math.abs(1000 * even) } as const]),
      ...(fallRatio === null || !before ? [] : [{ at: before[2] - fallRatio * (chainages[index]! - chainages[index - 1]!), target: 'fixed_fall', label: '', amount: 1000 * fallRatio } as const]),
    ]
  }
}

/** The vertex's level at which the leg's gap to what crosses it is the one required: it goes by the falls of both, so it is closed in on. Null where they do not cross, or join. */
function clearLevel(from: Vec3, at: Vec3, section: CutPart['item']['section'], { part, isFirst, isLast }: CutPart, isOver: boolean, requiredM: number): number | null {
  let level = at[2]
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const met = planCrossing(solidPart(from, [at[0], at[1], level], section), part)
    if (!met || met.onA < LEAST_SHARE) return null
    const otherM = Math.hypot(part.bx - part.ax, part.by - part.ay)
    const isJoint = (isFirst && met.onB * otherM < JOINT_M) || (isLast && (1 - met.onB) * otherM < JOINT_M)
    if (isJoint && (1 - met.onA) * Math.hypot(at[0] - from[0], at[1] - from[1]) < JOINT_M) return null
    // The gap is the levels' difference less what the falls and sizes take.
    const takenM = Math.abs(met.riseM) - met.gapM
    const lackM = isOver ? requiredM + SPARE_M + takenM + met.riseM : requiredM + SPARE_M + takenM - met.riseM
    if (Math.abs(lackM) < NEGLIGIBLE_M / 10) return level
    level += ((isOver ? 1 : -1) * lackM) / met.onA
  }
  return null
}
