/** Where two axes meet in plan: crossing points, touching ends, and stretches run on top of each other. */
import type { Asset, Vec3 } from './types.ts'
import { SAME_M } from './types.ts'
import { at, isLoneRiser, isVertical, planDistance } from './assets.ts'

/** One common plan point: chainage x on the first asset, y on the second. */
export interface MeetingPoint { x: number; y: number; place: Vec3 }

/** A connected set of common points of two axes. */
export interface Meeting {
  a: Asset
  b: Asset
  points: MeetingPoint[]
  /** The axes coincide over a length. */
  isOverlap: boolean
}

/** Meetings that are one, with the sides named alike. */
export interface Place { meetings: Meeting[] }

interface RawMeeting { points: MeetingPoint[]; isOverlap: boolean; isExact: boolean }

/** Meetings of two different assets; a lone riser makes none. */
export function findMeetings(a: Asset, b: Asset, snapM: number): Meeting[] {
  if (isLoneRiser(a) || isLoneRiser(b)) return []
  const raws: RawMeeting[] = []
  for (let i = 0; i + 1 < a.points.length; i += 1) {
    for (let j = 0; j + 1 < b.points.length; j += 1) {
      if (isVertical(a, i) || isVertical(b, j)) continue
      const raw = meetSegments(a, i, b, j)
      if (raw !== null) raws.push(raw)
    }
  }
  const ends: RawMeeting[] = []
  for (const end of [0, a.points.length - 1]) {
    const foot = planFootOn(b, at(a.points, end))
    if (foot.gap <= snapM) ends.push(endMeeting(at(a.chainage, end), foot.chainage, at(a.points, end)))
  }
  for (const end of [0, b.points.length - 1]) {
    const foot = planFootOn(a, at(b.points, end))
    if (foot.gap <= snapM) ends.push(endMeeting(foot.chainage, at(b.chainage, end), at(b.points, end)))
  }
  const exact = merge(raws, SAME_M)
  const loose = ends.filter((e) => !exact.some((x) => near(x, e, 2 * snapM)))
  return [...exact, ...merge(loose, 2 * snapM)].map((raw) => ({ a, b, points: raw.points, isOverlap: raw.isOverlap }))
}

export function extent(values: readonly number[]): { from: number; to: number } {
  return { from: Math.min(...values), to: Math.max(...values) }
}

function endMeeting(x: number, y: number, place: Vec3): RawMeeting {
  return { points: [{ x, y, place }], isOverlap: false, isExact: false }
}

function meetSegments(a: Asset, i: number, b: Asset, j: number): RawMeeting | null {
  const [p0, p1, q0, q1] = [at(a.points, i), at(a.points, i + 1), at(b.points, j), at(b.points, j + 1)]
  const lengthP = planDistance(p0, p1)
  const lengthQ = planDistance(q0, q1)
  const u = [(p1[0] - p0[0]) / lengthP, (p1[1] - p0[1]) / lengthP] as const
  const v = [(q1[0] - q0[0]) / lengthQ, (q1[1] - q0[1]) / lengthQ] as const
  const point = (x: number): MeetingPoint => {
    const place: Vec3 = [p0[0] + u[0] * x, p0[1] + u[1] * x, 0]
    const y = (place[0] - q0[0]) * v[0] + (place[1] - q0[1]) * v[1]
    return { x: at(a.chainage, i) + x, y: at(b.chainage, j) + Math.min(lengthQ, Math.max(0, y)), place }
  }
  const along = [q0, q1].map((q) => (q[0] - p0[0]) * u[0] + (q[1] - p0[1]) * u[1]).sort((m, n) => m - n)
  const from = Math.max(0, at(along, 0))
  const to = Math.min(lengthP, at(along, 1))
  const aside = (x: number): number =>
    Math.abs((p0[0] + u[0] * x - q0[0]) * v[1] - (p0[1] + u[1] * x - q0[1]) * v[0])
  // Lines at right angles but for rounding share a few micrometres at their crossing: that is no run on top of each other.
  const isAlong = Math.abs(u[0] * v[0] + u[1] * v[1]) > 0.5
  if (isAlong && to - from > SAME_M && aside(from) <= SAME_M && aside(to) <= SAME_M) {
    return { points: [point(from), point(to)], isOverlap: true, isExact: true }
  }
  const sine = u[0] * v[1] - u[1] * v[0]
  if (sine === 0) return null
  const dx = q0[0] - p0[0]
  const dy = q0[1] - p0[1]
  const x = (dx * v[1] - dy * v[0]) / sine
  const y = (dx * u[1] - dy * u[0]) / sine
  const tolerance = SAME_M / 10
  if (x < -tolerance || x > lengthP + tolerance || y < -tolerance || y > lengthQ + tolerance) return null
  return { points: [point(Math.min(lengthP, Math.max(0, x)))], isOverlap: false, isExact: true }
}

function planFootOn(asset: Asset, p: Vec3): { chainage: number; gap: number } {
  let best = { chainage: 0, gap: Infinity }
  for (let i = 0; i + 1 < asset.points.length; i += 1) {
    if (isVertical(asset, i)) continue
    const q0 = at(asset.points, i)
    const q1 = at(asset.points, i + 1)
    const length = planDistance(q0, q1)
    const u = [(q1[0] - q0[0]) / length, (q1[1] - q0[1]) / length] as const
    const x = Math.min(length, Math.max(0, (p[0] - q0[0]) * u[0] + (p[1] - q0[1]) * u[1]))
    const gap = Math.hypot(q0[0] + u[0] * x - p[0], q0[1] + u[1] * x - p[1])
    if (gap < best.gap) best = { chainage: at(asset.chainage, i) + x, gap }
  }
  return best
}

/** Are the two meetings next to each other on both assets? */
function near(m: RawMeeting, n: RawMeeting, tolerance: number): boolean {
  const gap = (pick: (p: MeetingPoint) => number): number => {
    const e = extent(m.points.map(pick))
    const f = extent(n.points.map(pick))
    return Math.max(e.from - f.to, f.from - e.to)
  }
  return gap((p) => p.x) <= tolerance && gap((p) => p.y) <= tolerance
}

/** Unites neighbours until none is left; an inexact meeting of two ends keeps the ends themselves. */
function merge(raws: readonly RawMeeting[], tolerance: number): RawMeeting[] {
  const merged: RawMeeting[] = []
  for (const raw of raws) {
    let united = raw
    for (let k = merged.length - 1; k >= 0; k -= 1) {
      const other = at(merged, k)
      if (!near(other, united, tolerance)) continue
      merged.splice(k, 1)
      k = merged.length
      united = unite(other, united)
    }
    merged.push(united)
  }
  return merged
}

function unite(m: RawMeeting, n: RawMeeting): RawMeeting {
  const isOverlap = m.isOverlap || n.isOverlap
  if (m.isExact || isOverlap) return { points: [...m.points, ...n.points], isOverlap, isExact: true }
  // a's end on b and b's end on a: the place is a's end on a, b's end on b
  const first = at(m.points, 0)
  return { points: [{ x: first.x, y: at(n.points, 0).y, place: first.place }], isOverlap: false, isExact: false }
}
