import { fail, ok, type Result } from '../core/result.ts'
import type { Vec3 } from '../twin/asset.ts'

/** How a bore is drawn: down at the entry angle, level, up at the exit angle, bent at one radius. Angles 0: from shaft to shaft. */
export interface BoreDesign {
  readonly entryDeg: number
  readonly exitDeg: number
  readonly radiusM: number
  /** Of the level part's axis, in the frame of entry and exit. */
  readonly levelM: number
}

export interface BoreRefusal {
  readonly code: 'bore_too_short' | 'bore_too_shallow' | 'bore_no_length'
  readonly details: Readonly<Record<string, number>>
}

/** Bends are drawn in steps of about this angle: at 300 m radius the chord is 9 cm off at most. */
const STEP_DEG = 2.5

/**
 * The axis of a bore between two points of the ground, in the upright plane through both.
 * @param entry, exit Where the axis meets the ground; with an angle of 0 only their place in plan counts.
 * @returns the vertices from entry to exit, or why the angles, the radius and the depth do not fit between them.
 */
export function boreAxis(entry: Vec3, exit: Vec3, { entryDeg, exitDeg, radiusM, levelM }: BoreDesign): Result<Vec3[], BoreRefusal> {
  const lengthM = Math.hypot(exit[0] - entry[0], exit[1] - entry[1])
  if (lengthM < 0.001) return fail({ code: 'bore_no_length', details: {} })
  const down = descent(entry[2] - levelM, entryDeg, radiusM)
  const up = descent(exit[2] - levelM, exitDeg, radiusM)
  if (!down || !up) {
    const needed = Math.max(...[entryDeg, exitDeg].map(deg => radiusM * (1 - Math.cos(radians(deg)))))
    return fail({ code: 'bore_too_shallow', details: { neededM: needed, depthM: Math.min(entry[2], exit[2]) - levelM } })
  }
  const [reachDown, reachUp] = [down.at(-1)![0], up.at(-1)![0]]
  if (reachDown + reachUp > lengthM + 1e-9) return fail({ code: 'bore_too_short', details: { neededM: reachDown + reachUp, lengthM } })
  const at = (alongM: number, z: number): Vec3 => [entry[0] + (alongM / lengthM) * (exit[0] - entry[0]), entry[1] + (alongM / lengthM) * (exit[1] - entry[1]), z]
  const points = [...down.map(([s, drop]) => at(s, entry[2] - drop)), ...up.reverse().map(([s, drop]) => at(lengthM - s, exit[2] - drop))]
  // A level part of no length would be a vertex twice.
  return ok(points.filter((p, i) => i === 0 || Math.hypot(p[0] - points[i - 1]![0], p[1] - points[i - 1]![1], p[2] - points[i - 1]![2]) > 0.001))
}

const radians = (deg: number) => (deg * Math.PI) / 180

/** [along, drop] from the ground to where the axis is level; null where the bend alone is deeper. */
function descent(depthM: number, angleDeg: number, radiusM: number): (readonly [number, number])[] | null {
  if (angleDeg === 0) return [[0, depthM]]
  const angle = radians(angleDeg)
  const straightM = depthM - radiusM * (1 - Math.cos(angle))
  if (straightM < -1e-9) return null
  const steps = Math.max(1, Math.ceil(angleDeg / STEP_DEG))
  const bend = Array.from({ length: steps + 1 }, (_, k) => angle * (1 - k / steps))
  const startM = Math.max(0, straightM) / Math.tan(angle)
  return [[0, 0], ...bend.map((left): readonly [number, number] => [startM + radiusM * (Math.sin(angle) - Math.sin(left)), depthM - radiusM * (1 - Math.cos(left))])]
}

/** What a drawn axis says of itself: angles at both ends (0 level), tightest bend by three vertices, plan length. */
export interface BoreFigures {
  readonly entryDeg: number
  readonly exitDeg: number
  readonly leastRadiusM: number
  readonly lengthM: number
}

export function boreFigures(axis: readonly Vec3[]): BoreFigures {
  const slope = (a: Vec3, b: Vec3) => (Math.atan2(a[2] - b[2], Math.hypot(b[0] - a[0], b[1] - a[1])) * 180) / Math.PI
  const lengthM = axis.reduce((sum, p, i) => (i === 0 ? 0 : sum + Math.hypot(p[0] - axis[i - 1]![0], p[1] - axis[i - 1]![1], p[2] - axis[i - 1]![2])), 0)
  let leastRadiusM = Infinity
  for (let i = 1; i + 1 < axis.length; i++) leastRadiusM = Math.min(leastRadiusM, bendRadius(axis[i - 1]!, axis[i]!, axis[i + 1]!))
  return { entryDeg: slope(axis[0]!, axis[1]!), exitDeg: slope(axis.at(-1)!, axis.at(-2)!), leastRadiusM, lengthM }
}

/** Radius of the bend drawn at a vertex: the turn spread over half of the part on either side, as an arc drawn in chords has it. */
function bendRadius(a: Vec3, b: Vec3, c: Vec3): number {
  const [u, v] = [[b[0] - a[0], b[1] - a[1], b[2] - a[2]], [c[0] - b[0], c[1] - b[1], c[2] - b[2]]] as const
  const [lu, lv] = [Math.hypot(...u), Math.hypot(...v)]
  const turn = Math.acos(Math.min(1, Math.max(-1, (u[0]! * v[0]! + u[1]! * v[1]! + u[2]! * v[2]!) / (lu * lv))))
  return turn < 1e-9 ? Infinity : (lu + lv) / 2 / turn
}
