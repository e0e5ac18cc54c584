import { planMeeting, type PlanMeeting } from '../../geometry/plan-meeting.ts'
import { newSegmentPair, type SegmentPair } from '../../geometry/segment-pair.ts'
import { segmentAt, VERTICAL_M, type ClearanceNetwork } from '../network/network.ts'
import { firstTouching } from '../network/parts.ts'

/** Where two axes meet in plan: chainages a0 ≤ a1 on the one, b0 and b1 the same places on the other. */
export interface Meeting {
  readonly a0: number
  readonly a1: number
  readonly b0: number
  readonly b1: number
}

/** Chainages this near are one place. */
const SAME_M = 1e-6
/** Directions this near, radians, are one. */
const SAME_TURN = 1e-7

const pair = newSegmentPair()
const found = new Float64Array(4)

/** Writes two segments into a kernel's form. */
export function loadPair(network: ClearanceNetwork, i: number, j: number, g: SegmentPair): void {
  for (let k = 0; k < 6; k++) {
    g[k] = network.xyz[3 * i + k]!
    g[6 + k] = network.xyz[3 * j + k]!
  }
}

/**
 * Where asset a meets asset b in plan (design §5, rule 2): common points; ends within the snap tolerance of the other's
 * axis; and stretches on top of each other where one leaves to the other side than it came from.
 * @param goesOn Plan directions [x, y, …] in which what is joined there goes on from an asset's end at a chainage.
 * @param segments Segments [of a, of b, …] whose boxes come within the snap tolerance of each other in plan.
 */
export function meetingsOf(network: ClearanceNetwork, a: number, b: number, segments: readonly number[], snapM: number, goesOn: GoesOn): Meeting[] {
  const points: Meeting[] = []
  let stretches: Meeting[] | null = null
  for (let k = 0; k < segments.length; k += 2) {
    const i = segments[k]!
    const j = segments[k + 1]!
    loadPair(network, i, j, pair)
    const sort: PlanMeeting = planMeeting(pair, VERTICAL_M, found)
    if (sort === 'none') continue
    const meeting = {
      a0: along(network, i, found[0]!), a1: along(network, i, found[1]!),
      b0: along(network, j, found[2]!), b1: along(network, j, found[3]!),
    }
    ;(sort === 'overlap' ? (stretches ??= []) : points).push(meeting)
  }
  const merged = stretches ? mergeStretches(stretches) : NO_MEETINGS
  const meetings: Meeting[] = merged.filter(stretch => passes(network, a, b, stretch, goesOn))
  for (const point of points) if (isApart(point, meetings, SAME_M) && isApart(point, merged, SAME_M)) meetings.push(point)
  // An end near a true meeting is that meeting, a little short of or past it.
  for (const end of nearEnds(network, a, b, segments, snapM)) if (isApart(end, meetings, 2 * snapM) && isApart(end, merged, 2 * snapM)) meetings.push(end)
  return meetings.length < 2 ? meetings : meetings.sort((m, n) => m.a0 - n.a0 || m.b0 - n.b0)
}

const NO_MEETINGS: readonly Meeting[] = []

/** Whether a meeting in one point is none of those known. */
function isApart({ a0, b0 }: Meeting, known: readonly Meeting[], toleranceM: number): boolean {
  for (const k of known) if (distanceTo(a0, k.a0, k.a1) <= toleranceM && distanceTo(b0, k.b0, k.b1) <= toleranceM) return false
  return true
}

const along = ({ chainageM }: ClearanceNetwork, v: number, x: number): number => chainageM[v]! + x * (chainageM[v + 1]! - chainageM[v]!)

const distanceTo = (x: number, p: number, q: number): number => Math.max(0, Math.min(p, q) - x, x - Math.max(p, q))

/** Common stretches of neighbouring segments, end to end. */
function mergeStretches(stretches: Meeting[]): Meeting[] {
  const merged: Meeting[] = []
  for (const next of stretches.sort((m, n) => m.a0 - n.a0 || m.b0 - n.b0)) {
    const k = merged.findIndex(last => Math.abs(last.a1 - next.a0) <= SAME_M && Math.abs(last.b1 - next.b0) <= SAME_M && isSameWay(last, next))
    if (k < 0) merged.push(next)
    else merged[k] = { ...merged[k]!, a1: next.a1, b1: next.b1 }
  }
  return merged
}

const isSameWay = (m: Meeting, n: Meeting): boolean => m.b1 > m.b0 === n.b1 > n.b0

/** Ends of either asset within the snap tolerance of the other's axis in plan, the nearest place of each approach. */
function nearEnds(network: ClearanceNetwork, a: number, b: number, segments: readonly number[], snapM: number): readonly Meeting[] {
  const lastA = network.vertexStart[a + 1]! - 1
  const lastB = network.vertexStart[b + 1]! - 1
  // An asset without plan length is a riser: it alone meets nothing.
  if (!(network.chainageM[lastA]! > 0) || !(network.chainageM[lastB]! > 0)) return NO_MEETINGS
  let hits: EndHit[] | null = null
  for (let k = 0; k < segments.length; k += 2) {
    const i = segments[k]!
    const j = segments[k + 1]!
    hits = noteEnd(network, network.vertexStart[a]!, j, true, snapM, hits)
    hits = noteEnd(network, lastA, j, true, snapM, hits)
    hits = noteEnd(network, network.vertexStart[b]!, i, false, snapM, hits)
    hits = noteEnd(network, lastB, i, false, snapM, hits)
  }
  if (!hits) return NO_MEETINGS
  hits.sort((m, n) => m.distanceM - n.distanceM || m.meeting.a0 - n.meeting.a0 || m.meeting.b0 - n.meeting.b0)
  const kept: Meeting[] = []
  for (const { meeting } of hits) {
    if (kept.every(k => Math.abs(k.a0 - meeting.a0) > 2 * snapM || Math.abs(k.b0 - meeting.b0) > 2 * snapM)) kept.push(meeting)
  }
  return kept
}

interface EndHit {
  readonly meeting: Meeting
  readonly distanceM: number
}

/** Adds an end that is within the snap tolerance of a segment of the other asset. @param isOfA Whose end it is. */
function noteEnd({ xyz, chainageM }: ClearanceNetwork, vertex: number, v: number, isOfA: boolean, snapM: number, hits: EndHit[] | null): EndHit[] | null {
  const ux = xyz[3 * v + 3]! - xyz[3 * v]!
  const uy = xyz[3 * v + 4]! - xyz[3 * v + 1]!
  const uu = ux * ux + uy * uy
  if (uu <= VERTICAL_M * VERTICAL_M) return hits
  const px = xyz[3 * vertex]! - xyz[3 * v]!
  const py = xyz[3 * vertex + 1]! - xyz[3 * v + 1]!
  // Most ends are far from most segments.
  if (isBeyond(px, ux, snapM) || isBeyond(py, uy, snapM)) return hits
  const x = Math.min(1, Math.max(0, (px * ux + py * uy) / uu))
  const distanceM = Math.hypot(px - x * ux, py - x * uy)
  if (distanceM > snapM) return hits
  const end = chainageM[vertex]!
  const other = chainageM[v]! + x * (chainageM[v + 1]! - chainageM[v]!)
  const meeting = isOfA ? { a0: end, a1: end, b0: other, b1: other } : { a0: other, a1: other, b0: end, b1: end }
  const list = hits ?? []
  list.push({ distanceM, meeting })
  return list
}

/** Whether a coordinate lies further than a tolerance beyond 0 … the other. */
const isBeyond = (x: number, to: number, toleranceM: number): boolean => x < Math.min(0, to) - toleranceM || x > Math.max(0, to) + toleranceM

export type GoesOn = (asset: number, chainage: number) => readonly number[]

/** Whether a leaves the common stretch to the other side of b than it came from. An asset that ends there goes on in what it is joined to. */
function passes(network: ClearanceNetwork, a: number, b: number, { a0, a1, b0, b1 }: Meeting, goesOn: GoesOn): boolean {
  const onA = direction(network, a, a0, 1)
  const againA = direction(network, a, a1, -1)
  if (!onA || !againA) return false
  const leaving = (asset: number, chainage: number, way: 1 | -1): readonly Direction[] => {
    const own = direction(network, asset, chainage, way)
    return own ? [own] : pairsOf(goesOn(asset, chainage))
  }
  const cameFrom = sides(onA, leaving(a, a0, -1), leaving(b, b0, b1 > b0 ? -1 : 1))
  const goesTo = sides(againA, leaving(a, a1, 1), leaving(b, b1, b1 > b0 ? 1 : -1))
  return (cameFrom & goesTo) !== 0
}

type Direction = readonly [number, number]

/**
 * Turning from the stretch, a is met before b (1), b before a (2), or either (3): the same at both ends of a stretch means
 * that they have changed sides. 0 where both go on in one way besides, being joined to each other there: nobody passes.
 */
function sides(stretch: Direction, ofA: readonly Direction[], ofB: readonly Direction[]): number {
  const [turnsA, turnsB] = [ofA, ofB].map(ways => ways.map(way => turn(stretch, way)).filter(angle => angle > SAME_TURN && angle < 2 * Math.PI - SAME_TURN)) as [number[], number[]]
  let found = 0
  for (const turnA of turnsA) {
    for (const turnB of turnsB) {
      if (Math.abs(turnA - turnB) <= SAME_TURN) return 0
      found |= turnA < turnB ? 1 : 2
    }
  }
  return found
}

const pairsOf = (flat: readonly number[]): Direction[] => flat.flatMap((x, i) => (i % 2 === 0 ? [[x, flat[i + 1]!] as const] : []))

/** Plan direction in which an asset leaves a chainage, forwards (1) or backwards (−1); null where it ends there. */
export function direction(network: ClearanceNetwork, asset: number, chainage: number, way: 1 | -1): Direction | null {
  const { xyz } = network
  const v = segmentLeaving(network, asset, chainage, way)
  return v < 0 ? null : [way * (xyz[3 * v + 3]! - xyz[3 * v]!), way * (xyz[3 * v + 4]! - xyz[3 * v + 1]!)]
}

/** Segment on which an asset leaves a chainage, forwards (1) or backwards (−1); −1 where it ends there. */
export function segmentLeaving(network: ClearanceNetwork, asset: number, chainage: number, way: 1 | -1): number {
  const { chainageM, vertexStart } = network
  const first = vertexStart[asset]!
  const last = vertexStart[asset + 1]! - 1
  let v = way === 1 ? segmentAt(network, asset, chainage + SAME_M) : firstTouching(network, asset, chainage - SAME_M)
  while (v >= first && v < last && chainageM[v + 1]! - chainageM[v]! <= VERTICAL_M) v += way
  if (v < first || v >= last) return -1
  const room = way === 1 ? chainageM[v + 1]! - chainage : chainage - chainageM[v]!
  return room <= SAME_M ? -1 : v
}

/** Angle from one direction to another, counter-clockwise, 0 … 2π. */
function turn(from: Direction, to: Direction): number {
  const angle = Math.atan2(from[0] * to[1] - from[1] * to[0], from[0] * to[0] + from[1] * to[1])
  return angle < 0 ? angle + 2 * Math.PI : angle
}
