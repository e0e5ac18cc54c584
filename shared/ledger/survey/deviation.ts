import { placeAt, chainagesOf } from '../../geometry/section-line.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { nearest } from './axis-distance.ts'

/** One place where a built line was held against its design. Coordinates in the frame of both, metres. */
export interface DeviationPlace {
  /** Along the design, in plan. */
  readonly chainageM: number
  readonly designed: Vec3
  readonly built: Vec3
  /** Off the design in plan: right of it, looking along growing chainage, is positive. */
  readonly planM: number
  /** Above the design is positive; null where the survey has no level of its own. */
  readonly levelM: number | null
  /** A point that was surveyed, or a corner of the design, held against what was built between two of those. */
  readonly of: 'survey' | 'design'
}

/** How one built line lies to its design, by growing chainage. */
export interface LineDeviation {
  readonly lengthM: number
  readonly places: readonly DeviationPlace[]
  /** The places furthest off; in level null where no level was surveyed. */
  readonly worstPlan: DeviationPlace
  readonly worstLevel: DeviationPlace | null
}

/** A surveyed line; `saysLevel` where its levels were measured, not assumed. */
export interface BuiltLine {
  readonly axis: readonly Vec3[]
  readonly saysLevel: boolean
}

/** Points as near to each other are one: pieces share their ends. */
const ONE_POINT_M = 1e-3
/** A corner of the design this near to a surveyed point says nothing that the point does not. */
const ONE_PLACE_M = 0.5

/**
 * Holds what was built against its design, place by place: at every surveyed point, and at every corner of the design that
 * the survey passes between its points (a corner that was cut is a deviation no surveyed point shows).
 * @param built The whole line or its pieces, in any order and direction. @returns null without a point.
 */
export function lineDeviation(design: readonly Vec3[], built: readonly BuiltLine[]): LineDeviation | null {
  const chainages = chainagesOf(design)
  const places: DeviationPlace[] = []
  for (const { axis, saysLevel } of built) {
    for (const point of axis) {
      if (places.some(place => apart(place.built, point) < ONE_POINT_M && Math.abs(place.built[2] - point[2]) < ONE_POINT_M)) continue
      const { segment, t } = nearest(point, design)
      const chainageM = chainages[segment]! + t * (chainages[segment + 1]! - chainages[segment]!)
      places.push(placeOf('survey', design, chainages, chainageM, along(design, segment, t), point, saysLevel))
    }
  }
  const surveyed = [...places]
  design.forEach((corner, i) => {
    const best = built.flatMap(({ axis, saysLevel }) => (axis.length < 2 ? [] : [{ axis, saysLevel, near: nearest(corner, axis) }])).sort((a, b) => a.near.planM - b.near.planM)[0]
    if (!best) return
    const point = along(best.axis, best.near.segment, best.near.t)
    if (!surveyed.some(place => apart(place.built, point) < ONE_PLACE_M)) places.push(placeOf('design', design, chainages, chainages[i]!, corner, point, best.saysLevel))
  })
  if (places.length === 0) return null
  places.sort((a, b) => a.chainageM - b.chainageM || a.built[2] - b.built[2])
  const withLevel = places.filter(({ levelM }) => levelM !== null)
  return {
    lengthM: chainages.at(-1)!, places,
    worstPlan: furthest(places, ({ planM }) => planM),
    worstLevel: withLevel.length === 0 ? null : furthest(withLevel, ({ levelM }) => levelM!),
  }
}

function placeOf(of: DeviationPlace['of'], design: readonly Vec3[], chainages: readonly number[], chainageM: number, designed: Vec3, built: Vec3, saysLevel: boolean): DeviationPlace {
  const { dirX, dirY } = placeAt(design, chainages, chainageM)
  const [east, north] = [built[0] - designed[0], built[1] - designed[1]]
  const isRight = east * dirY - north * dirX >= 0
  return { chainageM, designed, built, planM: (isRight ? 1 : -1) * Math.hypot(east, north), levelM: saysLevel ? built[2] - designed[2] : null, of }
}

const apart = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1])

function along(line: readonly Vec3[], segment: number, t: number): Vec3 {
  const [p, q] = [line[segment]!, line[segment + 1]!]
  return [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1]), p[2] + t * (q[2] - p[2])]
}

const furthest = (places: readonly DeviationPlace[], of: (place: DeviationPlace) => number): DeviationPlace =>
  places.reduce((worst, place) => (Math.abs(of(place)) > Math.abs(of(worst)) + 1e-9 ? place : worst))

/** Whether a place is further off than the tolerances allow. Metres. */
export const isBeyond = ({ planM, levelM }: DeviationPlace, planToleranceM: number, levelToleranceM: number): boolean =>
  Math.abs(planM) > planToleranceM + 1e-9 || (levelM !== null && Math.abs(levelM) > levelToleranceM + 1e-9)
