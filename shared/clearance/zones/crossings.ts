import { nearestInPlan } from '../../geometry/plan-distance.ts'
import { newSegmentPair, newWitness } from '../../geometry/segment-pair.ts'
import { direction, loadPair, meetingsOf, segmentLeaving, type Meeting } from './meetings.ts'
import { chainageRange, levelSpan } from '../network/levels.ts'
import { addParts, largestSine, Parts } from '../network/parts.ts'
import { takePlanPoint, VERTICAL_M, type ClearanceNetwork } from '../network/network.ts'
import type { Place } from '../joints/places.ts'
import { LEAST_SINE, zoneReachM, type World } from '../worlds/world.ts'

/** A place where two axes cross (design §5, rule 2), with the length of its zone. */
export interface Crossing {
  readonly a: number
  readonly b: number
  readonly meeting: Meeting
  /** Zone length on either side, metres along the lines in plan. */
  readonly reachM: number
  /** Sine of its angle. */
  readonly sine: number
  /** Who is above there: 1 a, −1 b, 0 undecided. */
  readonly order: 1 | 0 | -1
}

/** A millionth of a degree of grace: 30° drawn as 30° is a crossing. */
const ANGLE_GRACE_DEG = 1e-6

/**
 * Every crossing with a zone that an asset takes part in, whichever side it is on.
 * @param isWanted Which other assets to look at; all where absent.
 * The two assets are tested in a fixed order (`isBefore`), so that either of them gives the same answer.
 */
export function crossingsOf(world: World, asset: number, isBefore: (a: number, b: number) => boolean, isWanted?: (other: number) => boolean): Crossing[] {
  const crossings: Crossing[] = []
  for (const [other, segments] of axesAt(world, asset, isWanted)) crossings.push(...crossingsBetween(world, asset, other, segments, isBefore))
  return crossings
}

/** Segments [of the asset, of another, …] that come within the snap tolerance of each other in plan, by the other asset. */
export function axesAt(world: World, asset: number, isWanted: (other: number) => boolean = () => true): Map<number, number[]> {
  const { vertexStart, vertexAsset } = world.network
  const byOther = new Map<number, number[]>()
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
    for (const j of axesOfSegment(world, v, isWanted)) {
      const list = byOther.get(vertexAsset[j]!)
      if (list) list.push(v, j)
      else byOther.set(vertexAsset[j]!, [v, j])
    }
  }
  return byOther
}

/** Two assets with no more pairs of segments than this are gone through pair by pair: less than a question to the index for each segment. */
const FEW_PAIRS = 256

/** The same of two assets that the index holds: segments [of the one, of the other, …]. */
export function axesBetween(world: World, asset: number, other: number): number[] {
  const { network } = world
  const { vertexStart, xyz } = network
  const snapM = world.pack.snapToleranceM
  const pairs: number[] = []
  if (!world.takesPart(asset) || !world.takesPart(other)) return pairs
  const count = (a: number): number => vertexStart[a + 1]! - 1 - vertexStart[a]!
  if (count(asset) * count(other) <= FEW_PAIRS) {
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      for (let j = vertexStart[other]!; j < vertexStart[other + 1]! - 1; j++) if (boxesMeet(xyz, v, j, snapM) && comeWithin(network, v, j, snapM)) pairs.push(v, j)
    }
    return pairs
  }
  // Looking around from the shorter one asks less.
  const isSwapped = count(other) < count(asset)
  const [from, to] = isSwapped ? [other, asset] : [asset, other]
  for (let v = vertexStart[from]!; v < vertexStart[from + 1]! - 1; v++) {
    for (const j of axesOfSegment(world, v, met => met === to)) {
      if (isSwapped) pairs.push(j, v)
      else pairs.push(v, j)
    }
  }
  return pairs
}

/** Segments of other assets that come within the snap tolerance of one in plan. */
export function axesOfSegment(world: World, v: number, isWanted: (other: number) => boolean = () => true): number[] {
  const { network, reader, routeAsset: route } = world
  const snapM = world.pack.snapToleranceM
  const asset = network.vertexAsset[v]!
  const found: number[] = []
  const note = (j: number, other: number): void => {
    if (other !== asset && isWanted(other) && world.takesPart(other) && boxesMeet(network.xyz, v, j, snapM) && comeWithin(network, v, j, snapM)) found.push(j)
  }
  const count = reader.query(v, snapM)
  for (let k = 0; k < count; k++) note(reader.found[k]!, network.vertexAsset[reader.found[k]!]!)
  if (route !== null && route !== asset) for (let j = network.vertexStart[route]!; j < network.vertexStart[route + 1]! - 1; j++) note(j, route)
  return found
}

/** @param segments What `axesAt` says of the two. */
export function crossingsBetween(world: World, asset: number, other: number, segments: readonly number[], isBefore: (a: number, b: number) => boolean): Crossing[] {
  const [a, b] = isBefore(asset, other) ? [asset, other] : [other, asset]
  const ordered = sortPairs(segments, a === asset ? 0 : 1)
  const crossings: Crossing[] = []
  for (const meeting of meetingsOf(world.network, a, b, ordered, world.pack.snapToleranceM, (end, chainage) => joinedDirections(world, end, chainage))) {
    const crossing = crossingAt(world, a, b, meeting)
    if (crossing) crossings.push(crossing)
  }
  return crossings
}

/** Pairs of segments [of a, of b, …] in the order of their vertices, whatever order the index gave them in. @param ofA Which of each two is of a. */
export function sortPairs(segments: readonly number[], ofA: 0 | 1): number[] {
  const pairs = new Array<number>(segments.length)
  let isSorted = true
  for (let k = 0; k < segments.length; k += 2) {
    pairs[k] = segments[k + ofA]!
    pairs[k + 1] = segments[k + 1 - ofA]!
    if (k > 0 && (pairs[k]! - pairs[k - 2]! || pairs[k + 1]! - pairs[k - 1]!) < 0) isSorted = false
  }
  return isSorted ? pairs : sortedPairs(pairs)
}

function sortedPairs(pairs: readonly number[]): number[] {
  const each: (readonly [number, number])[] = []
  for (let k = 0; k < pairs.length; k += 2) each.push([pairs[k]!, pairs[k + 1]!])
  return each.sort((m, n) => m[0] - n[0] || m[1] - n[1]).flat()
}

const pair = newSegmentPair()
const witness = newWitness()

function comeWithin(network: ClearanceNetwork, i: number, j: number, reachM: number): boolean {
  loadPair(network, i, j, pair)
  nearestInPlan(pair, witness)
  return witness[0]! <= reachM
}

function boxesMeet(xyz: Float64Array, i: number, j: number, marginM: number): boolean {
  return spansMeet(xyz, 3 * i, 3 * j, marginM) && spansMeet(xyz, 3 * i + 1, 3 * j + 1, marginM)
}

/** Whether two segments come near each other along one axis of coordinates. @param p, q Where theirs begin. */
function spansMeet(xyz: Float64Array, p: number, q: number, marginM: number): boolean {
  const p0 = xyz[p]!
  const p1 = xyz[p + 3]!
  const q0 = xyz[q]!
  const q1 = xyz[q + 3]!
  return Math.min(p0, p1) - marginM <= Math.max(q0, q1) && Math.max(p0, p1) + marginM >= Math.min(q0, q1)
}

/** Plan directions, away from the place, of what is joined to an asset at a chainage. */
function joinedDirections(world: World, asset: number, chainage: number, isWanted: (other: number) => boolean = () => true): number[] {
  const directions: number[] = []
  const places = world.placesOf(asset)
  if (places.length === 0) return directions
  takePlanPoint(world.network, asset, chainage, point)
  for (const place of places) {
    if (!isAt(place, asset, point, world.pack.snapToleranceM)) continue
    const { xy, assets } = directionsAt(world, place)
    for (let d = 0; d < assets.length; d++) if (assets[d]!.some(other => other !== asset && isWanted(other))) directions.push(xy[2 * d]!, xy[2 * d + 1]!)
  }
  return directions
}

/** Directions in plan in which what is joined at a place leaves it, each once, and the assets that leave in it. */
interface PlaceDirections {
  readonly xy: readonly number[]
  readonly assets: readonly (readonly number[])[]
}

/** Kept with the places: where hundreds of lines meet, every two of them ask. */
const knownDirections = new WeakMap<Place, PlaceDirections>()

/** Directions at a place are looked for anew: what is joined there goes on in others. */
export function forgetDirections(place: Place): void {
  knownDirections.delete(place)
}

function directionsAt(world: World, place: Place): PlaceDirections {
  let known = knownDirections.get(place)
  if (!known) knownDirections.set(place, (known = findDirections(world, place)))
  return known
}

function findDirections({ network }: World, { members }: Place): PlaceDirections {
  const xy: number[] = []
  const assets: number[][] = []
  const numberOf = new Map<string, number>()
  for (const { asset, chainageM } of members) {
    for (const way of [1, -1] as const) {
      const leaving = direction(network, asset, chainageM, way)
      if (!leaving) continue
      const key = leaving.join()
      const number = numberOf.get(key)
      if (number !== undefined) assets[number]!.push(asset)
      else {
        numberOf.set(key, assets.length)
        assets.push([asset])
        xy.push(...leaving)
      }
    }
  }
  return { xy, assets }
}

const bothWays = ({ network }: World, asset: number, chainage: number): number[] =>
  [...(direction(network, asset, chainage, 1) ?? []), ...(direction(network, asset, chainage, -1) ?? [])]

/** Sine within which two directions are one. */
const SAME_DIRECTION = 1e-7

/**
 * Whether an asset ends where its line goes on, in an asset joined there, on top of the other axis: then the end is part
 * of that common stretch, which crosses, or does not, as a whole. Where the stretch goes on both ways, it is a branch.
 */
function endsOnStretch(world: World, asset: number, chainage: number, other: number, otherChainage: number): boolean {
  const { group } = world.network
  if (segmentLeaving(world.network, asset, chainage, 1) >= 0 && segmentLeaving(world.network, asset, chainage, -1) >= 0) return false
  const joined = joinedDirections(world, asset, chainage, member => member !== other && group[member] === group[asset])
  const rays = bothWays(world, other, otherChainage)
  let covered = 0
  for (let r = 0; r < rays.length; r += 2) if (hasDirection(joined, rays[r]!, rays[r + 1]!)) covered++
  return covered === 1 && !hasAnyDirection(bothWays(world, asset, chainage), rays)
}

const hasAnyDirection = (directions: readonly number[], rays: readonly number[]): boolean => rays.some((x, r) => r % 2 === 0 && hasDirection(directions, x, rays[r + 1]!))

function hasDirection(directions: readonly number[], x: number, y: number): boolean {
  for (let d = 0; d < directions.length; d += 2) {
    const [dx, dy] = [directions[d]!, directions[d + 1]!]
    const lengths = Math.hypot(x, y) * Math.hypot(dx, dy)
    if (Math.abs(x * dy - y * dx) <= SAME_DIRECTION * lengths && x * dx + y * dy > 0) return true
  }
  return false
}

/** One side of a meeting: its parts with those of every asset joined there, and the assets that share its kind and owner. */
interface Side {
  readonly parts: Parts
  readonly assets: readonly number[]
}

/** @param parts Receives them. */
function sideOf(world: World, asset: number, from: number, to: number, parts: Parts): Side {
  const { network } = world
  const snapM = world.pack.snapToleranceM
  const assets = [asset]
  parts.clear()
  addParts(network, asset, from, to, VERTICAL_M, parts)
  const places = world.placesOf(asset)
  if (places.length === 0) return { parts, assets }
  takePlanPoint(network, asset, from, point)
  takePlanPoint(network, asset, to, otherPoint)
  for (const place of places) {
    if (!isPassed(place, asset, from - snapM, to + snapM) && !isAt(place, asset, point, snapM) && !isAt(place, asset, otherPoint, snapM)) continue
    for (const member of place.members) {
      if (member.asset === asset) continue
      addParts(network, member.asset, member.chainageM, member.chainageM, snapM, parts)
      if (network.group[member.asset] === network.group[asset]) assets.push(member.asset)
    }
  }
  return { parts, assets }
}

function isPassed({ members }: Place, asset: number, from: number, to: number): boolean {
  for (let k = 0; k < members.length; k++) {
    const member = members[k]!
    if (member.asset === asset && member.chainageM >= from && member.chainageM <= to) return true
  }
  return false
}

const partsA = new Parts()
const partsB = new Parts()

function crossingAt(world: World, a: number, b: number, meeting: Meeting): Crossing | null {
  if (isAtJoint(world, a, b, meeting) || endsOnStretch(world, a, meeting.a0, b, meeting.b0) || endsOnStretch(world, b, meeting.b0, a, meeting.a0)) return null
  const sideA = sideOf(world, a, meeting.a0, meeting.a1, partsA)
  const sideB = sideOf(world, b, Math.min(meeting.b0, meeting.b1), Math.max(meeting.b0, meeting.b1), partsB)
  const sine = largestSine(sideA.parts, sideB.parts)
  if (sine === null || sine < Math.sin(((world.pack.crossingMinAngleDeg - ANGLE_GRACE_DEG) * Math.PI) / 180)) return null
  let reach = 0
  for (const i of sideA.assets) for (const j of sideB.assets) if (i !== j) reach = Math.max(reach, zoneReachM(world, i, j))
  // A pack may count meetings at no angle at all as crossings: then the zone is all that is connected.
  const divisor = Math.max(sine, LEAST_SINE)
  return { a, b, meeting, reachM: reach / divisor, sine: divisor, order: orderAt(world, a, b, meeting, sideA.parts.hasVertical || sideB.parts.hasVertical) }
}

/** Within the snap tolerance of a joint of these two assets, in plan, there is no crossing: wherever else along them they meet there. */
function isAtJoint(world: World, a: number, b: number, meeting: Meeting): boolean {
  const places = world.placesOf(a)
  if (places.length === 0) return false
  const snapM = world.pack.snapToleranceM
  const isThere = (place: Place, asset: number, chainage: number): boolean => {
    takePlanPoint(world.network, asset, chainage, otherPoint)
    return isAt(place, asset, otherPoint, snapM)
  }
  takePlanPoint(world.network, a, meeting.a0, point)
  for (const place of places) {
    if (isAt(place, a, point, snapM) && isThere(place, a, meeting.a1) && isThere(place, b, meeting.b0) && isThere(place, b, meeting.b1)) return true
  }
  return false
}

/** Scratch: [x, y] of places on axes. */
const point = new Float64Array(2)
const otherPoint = new Float64Array(2)

/** Whether a point of an asset is within the snap tolerance of a place in plan, wherever along the asset the place is. */
function isAt({ members }: Place, asset: number, at: Float64Array, snapM: number): boolean {
  for (let k = 0; k < members.length; k++) {
    const member = members[k]!
    if (member.asset === asset && isWithin(member.x - at[0]!, member.y - at[1]!, snapM)) return true
  }
  return false
}

/** Most places are far: no root is drawn for them. */
const isWithin = (x: number, y: number, reachM: number): boolean => Math.abs(x) <= reachM && Math.abs(y) <= reachM && Math.hypot(x, y) <= reachM

function orderAt(world: World, a: number, b: number, meeting: Meeting, hasVertical: boolean): 1 | 0 | -1 {
  if (hasVertical) return 0
  const { least, greatest } = levelSpan(world.network, a, b, meeting, chainageRange(world.network, a, b, meeting))
  return least > VERTICAL_M ? 1 : greatest < -VERTICAL_M ? -1 : 0
}
