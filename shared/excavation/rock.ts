import { figure } from '../core/figures.ts'
import type { Issue } from '../core/issues.ts'
import { pointToEdge } from '../geometry/plan-outline.ts'
import type { PlanPoint } from '../geometry/plan-polygon.ts'
import { trenchOutline } from '../geometry/trench-outline.ts'
import type { Excavation } from '../scenario/document.ts'
import { isBorehole, type Stratum } from '../twin/borehole.ts'
import { rockIn } from '../twin/rock.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import { isInsideOutline } from './meant-to-be-there.ts'

/** A borehole further than this from a digging says nothing of it: the rock's surface is not carried on from hole to hole. */
const BOREHOLE_REACH_M = 50

/** A borehole that found rock. Project CRS, metres. */
export interface RockHole {
  readonly id: string
  readonly at: PlanPoint
  /** Level of the uppermost rock. */
  readonly rockLevelM: number
  /** What was found there, in the log's own words. */
  readonly rock: string
}

/** An excavation that goes deeper than rock was found in a borehole near it. */
export interface RockMet extends RockHole {
  /** Plan distance from the hole to the bottom of the cut, or to the axis of the bore; 0 inside. */
  readonly distanceM: number
  /** How far the excavation's lowest point, of a bore within reach of the hole, lies below that level. */
  readonly intoRockM: number
}

/** Boreholes of the twin in which rock was found. Those whose log gives no level of its top are left out: nothing is assumed for them. */
export function rockHoles(features: readonly SurfaceFeature[]): RockHole[] {
  return features.flatMap((feature): RockHole[] => {
    const { groundM, strata } = feature.attributes
    const at = feature.points[0]
    if (!isBorehole(feature) || !at || typeof groundM !== 'number' || typeof strata !== 'string') return []
    const first = strataOf(strata).filter(stratum => rockIn(stratum)).reduce<Stratum | null>((top, stratum) => (top === null || stratum.topM < top.topM ? stratum : top), null)
    return first ? [{ id: feature.id, at: [at[0], at[1]], rockLevelM: groundM - first.topM, rock: first.description || first.code }] : []
  })
}

/** Strata as the twin keeps them; a text that is none has none. */
function strataOf(text: string): Stratum[] {
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) ? read.filter((stratum): stratum is Stratum => typeof stratum === 'object' && stratum !== null && Number.isFinite((stratum as Stratum).topM) && typeof (stratum as Stratum).description === 'string' && typeof (stratum as Stratum).code === 'string') : []
  } catch {
    return []
  }
}

/**
 * The boreholes near an excavation that found rock above its lowest point, nearest first.
 * @param bottomM Level of a cut's bottom, project datum; of a bore it is not asked.
 */
export function rockMet({ shape }: Pick<Excavation, 'shape'>, bottomM: number | null, holes: readonly RockHole[]): RockMet[] {
  const outline = shape.type === 'bore' ? null : shape.type === 'pit' ? shape.outline : trenchOutline(shape.line, shape.widthM)
  const met = holes.flatMap((hole): RockMet[] => {
    const distanceM = outline ? toOutline(hole.at, outline) : toLine(hole.at, (shape as Bore).axis)
    if (distanceM > BOREHOLE_REACH_M) return []
    const lowestM = outline ? bottomM : lowestNear(hole.at, shape as Bore)
    return lowestM !== null && lowestM < hole.rockLevelM - NEGLIGIBLE_M ? [{ ...hole, distanceM, intoRockM: hole.rockLevelM - lowestM }] : []
  })
  return met.sort((a, b) => a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1))
}

/** The same as an issue of the excavation of this id: the nearest borehole speaks. */
export function rockIssue(excavation: string, [nearest]: readonly RockMet[]): Issue {
  const { id, distanceM, rockLevelM, intoRockM } = nearest!
  return { code: 'rock_reached', severity: 'warning', ref: excavation, context: { borehole: id, boreholeM: rounded(distanceM), rockLevelM: rounded(rockLevelM), intoRockM: rounded(intoRockM) } }
}

/** How deep an excavation goes into rock at most, by the boreholes near it. */
export const deepestInRock = (rock: readonly RockMet[]): number => rock.reduce((most, { intoRockM }) => Math.max(most, intoRockM), 0)

/** Figures and names for the sentence `excavation:rock.met`. */
export function rockWords({ id, distanceM, rockLevelM, rock, intoRockM }: RockMet): Record<string, string> {
  return { borehole: id, distance: figure(distanceM, 1), level: figure(rockLevelM, 2), into: figure(intoRockM, 2), rock: rock.length > 80 ? `${rock.slice(0, 79).trimEnd()}…` : rock }
}

const rounded = (value: number): number => Math.round(value * 100) / 100

type Bore = Extract<Excavation['shape'], { type: 'bore' }>

/** A bottom on the rock is not in it. */
const NEGLIGIBLE_M = 1e-6

function toLine([x, y]: PlanPoint, line: readonly (readonly [number, number, ...number[]])[]): number {
  return line.slice(1).reduce((least, [bx, by], i) => Math.min(least, pointToEdge(x, y, line[i]![0], line[i]![1], bx, by)), Infinity)
}

const toOutline = (at: PlanPoint, outline: readonly PlanPoint[]): number => (isInsideOutline(outline, at[0], at[1]) ? 0 : toLine(at, [...outline, outline[0]!]))

/** Lowest point of a bore's hole in plan reach of a place: its axis falls evenly between vertices, so at a vertex or where it leaves the reach. */
function lowestNear([x, y]: PlanPoint, { axis, diameterM }: Bore): number | null {
  let lowest = Infinity
  for (const [i, b] of axis.entries()) {
    const a = axis[i - 1]
    if (!a) continue
    const [dx, dy, ex, ey] = [b[0] - a[0], b[1] - a[1], a[0] - x, a[1] - y]
    const [c2, c1, c0] = [dx * dx + dy * dy, 2 * (dx * ex + dy * ey), ex * ex + ey * ey - BOREHOLE_REACH_M ** 2]
    const root = Math.sqrt(c1 * c1 - 4 * c2 * c0)
    // A part straight down is all in reach, or none of it.
    const [from, to] = c2 === 0 ? (c0 <= 0 ? [0, 1] : [1, 0]) : [Math.max(0, (-c1 - root) / (2 * c2)), Math.min(1, (-c1 + root) / (2 * c2))]
    if (from <= to) lowest = Math.min(lowest, a[2] + from * (b[2] - a[2]), a[2] + to * (b[2] - a[2]))
  }
  return Number.isFinite(lowest) ? lowest - diameterM / 2 : null
}
