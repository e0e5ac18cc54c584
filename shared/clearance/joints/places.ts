import { planPointAt, type ClearanceNetwork } from '../network/network.ts'
import type { SegmentReader } from '../grid/grid-reader.ts'

/**
 * Places where assets are joined (design §5, rule 6): ends within the snap tolerance of each other in space, or on
 * another's axis (a tee). All assets of one place are joined to each other. Packed: place p has the members
 * memberStart[p] … memberStart[p + 1] − 1.
 */
export interface Places {
  readonly count: number
  readonly memberStart: Uint32Array
  readonly memberAsset: Uint32Array
  /** Plan chainage of the place on the member. */
  readonly memberChainageM: Float64Array
  /** 0 where the member passes through, 1 where its first end is, 2 its last. */
  readonly memberEnds: Uint8Array
  /** [x, y] of the place on the member. */
  readonly memberXy: Float64Array
  /** [x, y, z] of each place. */
  readonly at: Float64Array
  /** Places of asset a: assetPlaces[assetStart[a]] … */
  readonly assetStart: Uint32Array
  readonly assetPlaces: Uint32Array
  /** [x, y] of each of them on the asset. */
  readonly assetXy: Float64Array
}

/** One asset at a place. */
export interface Member {
  readonly asset: number
  readonly chainageM: number
  /** Its first (0) or last (1) end; null where it passes through. A riser has both at chainage 0. */
  readonly end: 0 | 1 | null
  /** The place on its axis, in plan. */
  readonly x: number
  readonly y: number
}

export function memberAt(network: ClearanceNetwork, asset: number, chainageM: number, end: Member['end']): Member {
  const [x, y] = planPointAt(network, asset, chainageM)
  return { asset, chainageM, end, x, y }
}

/** A place as an object: how the drawn route's own are held. */
export interface Place {
  readonly members: readonly Member[]
  readonly at: readonly [number, number, number]
}

/** An axis or an end found within the snap tolerance of an end. */
export interface Touch {
  readonly asset: number
  readonly chainageM: number
  /** 0 its first end, 1 its last, 2 its axis between. */
  readonly role: 0 | 1 | 2
  readonly distanceM: number
}

const NO_TOUCHES: readonly Touch[] = []

/** A touch to be filled again and again: ends of a network are millions. */
type TouchFields = { -readonly [K in keyof Touch]: Touch[K] }

/** Figures begin as fractions: V8 then keeps them as doubles and allocates for none. */
export const newTouchFields = (): TouchFields => ({ asset: 0, chainageM: 0.5, role: 0, distanceM: 0.5 })

/** What other assets the given end (0 first, 1 last) of an asset touches in space: per asset the nearest, ends before axes. */
export function touchesOfEnd(network: ClearanceNetwork, reader: SegmentReader, asset: number, end: 0 | 1, snapM: number, isSkipped: (asset: number) => boolean): readonly Touch[] {
  const vertex = end === 0 ? network.vertexStart[asset]! : network.vertexStart[asset + 1]! - 1
  const touch = newTouchFields()
  let touches: Touch[] | null = null
  const count = reader.queryVertex(vertex, snapM)
  for (let k = 0; k < count; k++) {
    const v = reader.found[k]!
    const other = network.vertexAsset[v]!
    if (other === asset || isSkipped(other) || !takeTouch(network, vertex, v, other, snapM, touch)) continue
    const known = (touches ??= []).findIndex(kept => kept.asset === other)
    if (known < 0) touches.push({ ...touch })
    else if (isBetterTouch(touch, touches[known]!.role, touches[known]!.distanceM)) touches[known] = { ...touch }
  }
  return touches ?? NO_TOUCHES
}

/** Whether a touch counts before another of the same end and asset: ends before axes, then the nearer. */
export const isBetterTouch = (touch: Touch, role: Touch['role'], distanceM: number): boolean =>
  touch.role < 2 === role < 2 ? touch.distanceM < distanceM : touch.role < 2

/** How the segment v of `other` is touched by a vertex, or null where it is not within the tolerance. */
export function touchOf(network: ClearanceNetwork, vertex: number, v: number, other: number, snapM: number): Touch | null {
  const touch = newTouchFields()
  return takeTouch(network, vertex, v, other, snapM, touch) ? touch : null
}

/** The same into fields at hand. @returns whether it is touched. */
export function takeTouch({ xyz, chainageM, vertexStart }: ClearanceNetwork, vertex: number, v: number, other: number, snapM: number, into: TouchFields): boolean {
  const px = xyz[3 * vertex]!
  const py = xyz[3 * vertex + 1]!
  const pz = xyz[3 * vertex + 2]!
  const ax = xyz[3 * v]!
  const ay = xyz[3 * v + 1]!
  const az = xyz[3 * v + 2]!
  const ux = xyz[3 * v + 3]! - ax
  const uy = xyz[3 * v + 4]! - ay
  const uz = xyz[3 * v + 5]! - az
  // Most are far: nothing is divided for them.
  if (px - ax < Math.min(ux, 0) - snapM || px - ax > Math.max(ux, 0) + snapM || py - ay < Math.min(uy, 0) - snapM || py - ay > Math.max(uy, 0) + snapM) return false
  const uu = ux * ux + uy * uy + uz * uz
  const x = uu > 0 ? Math.min(1, Math.max(0, ((px - ax) * ux + (py - ay) * uy + (pz - az) * uz) / uu)) : 0
  const distanceM = distance(px - ax - x * ux, py - ay - x * uy, pz - az - x * uz)
  if (distanceM > snapM) return false
  into.asset = other
  const first = vertexStart[other]!
  const last = vertexStart[other + 1]! - 1
  const toFirst = distanceToVertex(xyz, vertex, first)
  const toLast = distanceToVertex(xyz, vertex, last)
  if (toFirst <= snapM && toFirst <= toLast) {
    into.chainageM = 0
    into.role = 0
    into.distanceM = toFirst
  } else if (toLast <= snapM) {
    into.chainageM = chainageM[last]!
    into.role = 1
    into.distanceM = toLast
  } else {
    into.chainageM = chainageM[v]! + x * (chainageM[v + 1]! - chainageM[v]!)
    into.role = 2
    into.distanceM = distanceM
  }
  return true
}

function distanceToVertex(xyz: Float64Array, a: number, b: number): number {
  return distance(xyz[3 * a]! - xyz[3 * b]!, xyz[3 * a + 1]! - xyz[3 * b + 1]!, xyz[3 * a + 2]! - xyz[3 * b + 2]!)
}

const distance = (x: number, y: number, z: number): number => Math.sqrt(x * x + y * y + z * z)

/** Whether an asset ends where it begins. */
export function isRing({ xyz, vertexStart, chainageM }: ClearanceNetwork, asset: number, snapM: number): boolean {
  const last = vertexStart[asset + 1]! - 1
  return chainageM[last]! > snapM && distanceToVertex(xyz, vertexStart[asset]!, last) <= snapM
}
