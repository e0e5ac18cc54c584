/** Crossings with their zones and order, from design §5 rule 2 and the fine print. */
import type { Asset, OraclePack } from './types.ts'
import { SAME_M } from './types.ts'
import { at, levelsAt, lineAngleDeg, partsAt, planDistance } from './assets.ts'
import { zoneLimit } from './limits.ts'
import type { Joint } from './joints.ts'
import { hasMember, joinedAt } from './joints.ts'
import type { Meeting, MeetingPoint, Place } from './meetings.ts'
import { extent, findMeetings } from './meetings.ts'
import { passesOver } from './overlap.ts'
import type { Reach, Source } from './zones.ts'
import { spread } from './zones.ts'

/** A crossing that has a zone. order: +1 side A above, −1 side B above, 0 undecided. */
export interface Crossing { angleDeg: number; lengthM: number; order: 1 | -1 | 0; sideA: Reach; sideB: Reach }

/** Angles within this of the pack's minimum count as reaching it. */
const ANGLE_TOLERANCE_DEG = 1e-6

export function findCrossings(assets: readonly Asset[], joints: readonly Joint[], pack: OraclePack): Crossing[] {
  const snapM = pack.snapToleranceM ?? 0.01
  const meetings: Meeting[] = []
  for (const a of assets) {
    for (const b of assets) {
      if (a.index >= b.index) continue
      for (const m of findMeetings(a, b, snapM)) if (!isAtJointOf(m, joints, snapM)) meetings.push(m)
    }
  }
  return groupPlaces(meetings, joints, snapM)
    .map((place) => toCrossing(place, joints, pack, snapM))
    .filter((c): c is Crossing => c !== null)
}

/** "Within the snap tolerance of a joint there is no crossing": of a joint of these two, in plan. */
function isAtJointOf(m: Meeting, joints: readonly Joint[], snapM: number): boolean {
  return joints.some((j) => {
    if (![m.a, m.b].every((asset) => j.members.some((x) => x.asset === asset))) return false
    const own = j.members.filter((x) => x.asset === m.a || x.asset === m.b)
    return m.points.every((p) => own.some((x) => planDistance(x.point, p.place) <= snapM))
  })
}

/** "a meeting at a node counts the parts of all assets joined there, once": unites meetings at one node. */
function groupPlaces(meetings: readonly Meeting[], joints: readonly Joint[], snapM: number): Place[] {
  const left = [...meetings]
  const places: Place[] = []
  for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
    const place: Meeting[] = [seed]
    for (let i = 0; i < place.length; i += 1) {
      for (let k = left.length - 1; k >= 0; k -= 1) {
        const fitting = orientations(at(left, k)).find((m) => isSamePlace(at(place, i), m, meetings, joints, snapM))
        if (fitting === undefined) continue
        place.push(fitting)
        left.splice(k, 1)
      }
    }
    places.push({ meetings: place })
  }
  return places
}

function orientations(m: Meeting): Meeting[] {
  return [m, { ...m, a: m.b, b: m.a, points: m.points.map((p) => ({ x: p.y, y: p.x, place: p.place })) }]
}

function isSamePlace(m: Meeting, n: Meeting, all: readonly Meeting[], joints: readonly Joint[], snapM: number): boolean {
  if (m.a.group !== n.a.group || m.b.group !== n.b.group) return false
  const joinedBy = (x: Asset, xs: readonly number[], y: Asset, ys: readonly number[]): boolean => {
    if (x === y) return gap(xs, ys) <= SAME_M
    return joints.some((j) => hasMember(j, x, xs, snapM) && hasMember(j, y, ys, snapM)
      && (m.isOverlap === n.isOverlap || overlapEndsAt(j, all, snapM)))
  }
  return joinedBy(m.a, m.points.map((p) => p.x), n.a, n.points.map((p) => p.x))
    && joinedBy(m.b, m.points.map((p) => p.y), n.b, n.points.map((p) => p.y))
}

/** Exactly one stretch on top of each other ends at the joint: the axes part there. */
function overlapEndsAt(joint: Joint, all: readonly Meeting[], snapM: number): boolean {
  let arms = 0
  for (const m of all) {
    if (!m.isOverlap) continue
    for (const [asset, values] of [[m.a, m.points.map((p) => p.x)], [m.b, m.points.map((p) => p.y)]] as const) {
      const e = extent(values)
      for (const member of joint.members) {
        if (member.asset !== asset || member.chainage < e.from - snapM || member.chainage > e.to + snapM) continue
        arms += member.chainage > e.from + snapM && member.chainage < e.to - snapM ? 2 : 1
      }
    }
  }
  return arms === 1
}

function gap(xs: readonly number[], ys: readonly number[]): number {
  const e = extent(xs)
  const f = extent(ys)
  return Math.max(e.from - f.to, f.from - e.to)
}

function toCrossing(place: Place, joints: readonly Joint[], pack: OraclePack, snapM: number): Crossing | null {
  const meetings = place.meetings
  if (meetings.some((m) => m.isOverlap) && !passesOver(place, joints, snapM)) return null
  let angleDeg = 0
  let widthAndLimit = 0
  const orders = new Set<number>()
  for (const m of meetings) {
    for (const p of m.points) {
      const sideA = joinedAt(m.a, p.x, joints, snapM)
      const sideB = joinedAt(m.b, p.y, joints, snapM)
      const directions = (side: typeof sideA): [number, number][] => side.flatMap((x) => partsAt(x.asset, x.chainage))
      for (const u of directions(sideA)) for (const v of directions(sideB)) angleDeg = Math.max(angleDeg, lineAngleDeg(u, v))
      for (const x of sideA) {
        for (const y of sideB) {
          if (x.asset.group !== m.a.group || y.asset.group !== m.b.group || x.asset === y.asset) continue
          widthAndLimit = Math.max(widthAndLimit, zoneLimit(pack, x.asset, y.asset) + x.asset.halfWidthM + y.asset.halfWidthM)
        }
      }
      orders.add(orderAt(m, p, [...sideA, ...sideB]))
    }
  }
  if (angleDeg < (pack.crossingMinAngleDeg ?? 30) - ANGLE_TOLERANCE_DEG) return null
  const lengthM = widthAndLimit / Math.sin((angleDeg * Math.PI) / 180)
  const [only] = orders
  const order = orders.size === 1 && (only === 1 || only === -1) ? only : 0
  const sourcesA: Source[] = meetings.map((m) => ({ asset: m.a, ...extent(m.points.map((p) => p.x)) }))
  const sourcesB: Source[] = meetings.map((m) => ({ asset: m.b, ...extent(m.points.map((p) => p.y)) }))
  return { angleDeg, lengthM, order, sideA: spread(sourcesA, lengthM, joints), sideB: spread(sourcesB, lengthM, joints) }
}

/** Who is above at one common point; 0 at equal levels and where a vertical part is there. */
function orderAt(m: Meeting, p: MeetingPoint, all: readonly { asset: Asset; chainage: number }[]): number {
  if (all.some((x) => levelsAt(x.asset, x.chainage).isVertical)) return 0
  const a = levelsAt(m.a, p.x)
  const b = levelsAt(m.b, p.y)
  if (a.low > b.high + SAME_M) return 1
  if (b.low > a.high + SAME_M) return -1
  return 0
}

