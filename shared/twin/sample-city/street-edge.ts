import type { Link, Station, StreetEdge, Vec2 } from './street-graph.ts'

const STATION_STEP_M = 13.8
/** Straight beyond the other street's edge: more than any clearance zone. */
const LANDING_BEYOND_M = 5

export function layOutStreet(index: number, link: Link, otherHalfFromM: number, otherHalfToM: number): StreetEdge {
  const { from, to, fromDir, toDir } = link
  const landingFrom = (otherHalfFromM || 2) + LANDING_BEYOND_M
  const landingTo = (otherHalfToM || 2) + LANDING_BEYOND_M
  const p0: Vec2 = [from.at[0] + fromDir[0] * landingFrom, from.at[1] + fromDir[1] * landingFrom]
  const p1: Vec2 = [to.at[0] - toDir[0] * landingTo, to.at[1] - toDir[1] * landingTo]
  const points: Vec2[] = [from.at, ...curve(p0, fromDir, p1, toDir), to.at]

  const along = [0]
  for (let i = 1; i < points.length; i++) along.push(along[i - 1]! + Math.hypot(points[i]![0] - points[i - 1]![0], points[i]![1] - points[i - 1]![1]))
  const lengthM = along.at(-1)!
  const right: Vec2[] = []
  for (let i = 1; i < points.length; i++) {
    const step = along[i]! - along[i - 1]!
    right.push([(points[i]![1] - points[i - 1]![1]) / step, -(points[i]![0] - points[i - 1]![0]) / step])
  }
  const stations = points.map(([x, y], i): Station => {
    const [a, b] = [right[Math.max(0, i - 1)]!, right[Math.min(right.length - 1, i)]!]
    const f = 1 / (1 + a[0] * b[0] + a[1] * b[1])
    const t = (along[i]! - landingFrom) / (lengthM - landingFrom - landingTo)
    return { x, y, z: from.levelM + (to.levelM - from.levelM) * eased(t), alongM: along[i]!, side: [(a[0] + b[0]) * f, (a[1] + b[1]) * f] }
  })
  return { index, street: link.street, from, to, stations, lengthM }
}

/** A Hermite curve between two points with given directions, sampled at nearly equal steps; both ends included. */
function curve(p0: Vec2, d0: Vec2, p1: Vec2, d1: Vec2): Vec2[] {
  const chord = Math.hypot(p1[0] - p0[0], p1[1] - p0[1])
  const at = (t: number): Vec2 => {
    const [a, b, c, d] = [2 * t ** 3 - 3 * t ** 2 + 1, t ** 3 - 2 * t ** 2 + t, -2 * t ** 3 + 3 * t ** 2, t ** 3 - t ** 2]
    return [
      a * p0[0] + b * chord * d0[0] + c * p1[0] + d * chord * d1[0],
      a * p0[1] + b * chord * d0[1] + c * p1[1] + d * chord * d1[1],
    ]
  }
  const count = Math.max(1, Math.round(chord / STATION_STEP_M))
  return Array.from({ length: count + 1 }, (_, i) => at(i / count))
}

/** 0 → 1 with gentle ends: level on the landings, a constant climb between short vertical curves. */
function eased(t: number): number {
  const bend = 0.18
  const u = Math.min(1, Math.max(0, t))
  const peak = 1 / (1 - bend)
  if (u < bend) return (peak * u * u) / (2 * bend)
  if (u > 1 - bend) return 1 - (peak * (1 - u) ** 2) / (2 * bend)
  return (peak * bend) / 2 + peak * (u - bend)
}

/** Point beside station i, `offsetM` to the right. */
export function beside(edge: StreetEdge, i: number, offsetM: number): Vec2 {
  const { x, y, side } = edge.stations[i]!
  return [x + offsetM * side[0], y + offsetM * side[1]]
}

/** Direction of the edge between stations i and i + 1. */
export function directionAt(edge: StreetEdge, i: number): Vec2 {
  const [a, b] = [edge.stations[i]!, edge.stations[i + 1]!]
  const step = b.alongM - a.alongM
  return [(b.x - a.x) / step, (b.y - a.y) / step]
}
