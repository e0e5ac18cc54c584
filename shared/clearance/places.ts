import type { ClearanceNetwork } from './network.ts'
import type { GridReader } from './segment-grid.ts'

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
  /** [x, y, z] of each place. */
  readonly at: Float64Array
  /** Places of asset a: assetPlaces[assetStart[a]] … */
  readonly assetStart: Uint32Array
  readonly assetPlaces: Uint32Array
}

/** One asset at a place. */
export interface Member {
  readonly asset: number
  readonly chainageM: number
  /** Its first (0) or last (1) end; null where it passes through. A riser has both at chainage 0. */
  readonly end: 0 | 1 | null
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

/** What other assets the given end (0 first, 1 last) of an asset touches in space: per asset the nearest, ends before axes. */
export function touchesOfEnd(network: ClearanceNetwork, reader: GridReader, asset: number, end: 0 | 1, snapM: number, isSkipped: (asset: number) => boolean): Touch[] {
  const vertex = end === 0 ? network.vertexStart[asset]! : network.vertexStart[asset + 1]! - 1
  // The end's own segment is asked for: its box holds the end.
  const segment = end === 0 ? vertex : vertex - 1
  const touches: Touch[] = []
  const count = reader.query(segment, snapM)
  for (let k = 0; k < count; k++) {
    const v = reader.found[k]!
    const other = network.vertexAsset[v]!
    if (other === asset || isSkipped(other)) continue
    const touch = touchOf(network, vertex, v, other, snapM)
    if (touch) keepBest(touches, touch)
  }
  return touches
}

/** How the segment v of `other` is touched by a vertex, or null where it is not within the tolerance. */
export function touchOf(network: ClearanceNetwork, vertex: number, v: number, other: number, snapM: number): Touch | null {
  const { xyz, chainageM, vertexStart } = network
  const px = xyz[3 * vertex]!
  const py = xyz[3 * vertex + 1]!
  const pz = xyz[3 * vertex + 2]!
  const ax = xyz[3 * v]!
  const ay = xyz[3 * v + 1]!
  const az = xyz[3 * v + 2]!
  if (Math.max(ax, xyz[3 * v + 3]!) < px - snapM || Math.min(ax, xyz[3 * v + 3]!) > px + snapM) return null
  if (Math.max(ay, xyz[3 * v + 4]!) < py - snapM || Math.min(ay, xyz[3 * v + 4]!) > py + snapM) return null
  const ux = xyz[3 * v + 3]! - ax
  const uy = xyz[3 * v + 4]! - ay
  const uz = xyz[3 * v + 5]! - az
  const uu = ux * ux + uy * uy + uz * uz
  const x = uu > 0 ? Math.min(1, Math.max(0, ((px - ax) * ux + (py - ay) * uy + (pz - az) * uz) / uu)) : 0
  const distanceM = Math.hypot(px - ax - x * ux, py - ay - x * uy, pz - az - x * uz)
  if (distanceM > snapM) return null
  const first = vertexStart[other]!
  const last = vertexStart[other + 1]! - 1
  const toFirst = distanceToVertex(xyz, vertex, first)
  const toLast = distanceToVertex(xyz, vertex, last)
  if (toFirst <= snapM && toFirst <= toLast) return { asset: other, chainageM: 0, role: 0, distanceM: toFirst }
  if (toLast <= snapM) return { asset: other, chainageM: chainageM[last]!, role: 1, distanceM: toLast }
  return { asset: other, chainageM: chainageM[v]! + x * (chainageM[v + 1]! - chainageM[v]!), role: 2, distanceM }
}

function keepBest(touches: Touch[], touch: Touch): void {
  const known = touches.findIndex(other => other.asset === touch.asset)
  if (known < 0) touches.push(touch)
  else if ((touch.role < 2 && touches[known]!.role === 2) || ((touch.role === 2) === (touches[known]!.role === 2) && touch.distanceM < touches[known]!.distanceM)) touches[known] = touch
}

function distanceToVertex(xyz: Float64Array, a: number, b: number): number {
  return Math.hypot(xyz[3 * a]! - xyz[3 * b]!, xyz[3 * a + 1]! - xyz[3 * b + 1]!, xyz[3 * a + 2]! - xyz[3 * b + 2]!)
}

/** Whether an asset ends where it begins. */
export function isRing({ xyz, vertexStart, chainageM }: ClearanceNetwork, asset: number, snapM: number): boolean {
  const last = vertexStart[asset + 1]! - 1
  return chainageM[last]! > snapM && distanceToVertex(xyz, vertexStart[asset]!, last) <= snapM
}

/**
 * Finds every place of a network.
 * @param inManholes Ends (2 · asset + 0 first, 1 last) that meet in one manhole, whatever their levels.
 */
export function buildPlaces(network: ClearanceNetwork, reader: GridReader, snapM: number, throwIfCancelled: () => void, inManholes: Iterable<Uint32Array> = []): Places {
  const { assetCount, isActive } = network
  const union = new Uint32Array(2 * assetCount).map((_, i) => i)
  const find = (i: number): number => {
    while (union[i] !== i) {
      union[i] = union[union[i]!]!
      i = union[i]!
    }
    return i
  }
  const join = (i: number, j: number): void => {
    const [r, s] = [find(i), find(j)]
    // The lower number is the root: the same network gives the same places.
    union[Math.max(r, s)] = Math.min(r, s)
  }
  const tees: { end: number; asset: number; chainageM: number }[] = []
  const never = (): boolean => false
  for (let a = 0; a < assetCount; a++) {
    if (isActive[a] === 0) continue
    if ((a & 1023) === 0) throwIfCancelled()
    if (isRing(network, a, snapM)) join(2 * a, 2 * a + 1)
    for (const end of [0, 1] as const) {
      for (const touch of touchesOfEnd(network, reader, a, end, snapM, never)) {
        if (touch.role === 2) tees.push({ end: 2 * a + end, asset: touch.asset, chainageM: touch.chainageM })
        else join(2 * a + end, 2 * touch.asset + touch.role)
      }
    }
  }
  for (const ends of inManholes) for (let k = 1; k < ends.length; k++) join(ends[0]!, ends[k]!)
  return packPlaces(network, collectMembers(network, find, tees))
}

function collectMembers(network: ClearanceNetwork, find: (i: number) => number, tees: readonly { end: number; asset: number; chainageM: number }[]): Map<number, Member[]> {
  const members = new Map<number, Member[]>()
  const add = (root: number, member: Member): void => {
    const list = members.get(root)
    if (list) list.push(member)
    else members.set(root, [member])
  }
  for (let a = 0; a < network.assetCount; a++) {
    if (network.isActive[a] === 0) continue
    add(find(2 * a), { asset: a, chainageM: 0, end: 0 })
    add(find(2 * a + 1), { asset: a, chainageM: network.chainageM[network.vertexStart[a + 1]! - 1]!, end: 1 })
  }
  for (const { end, asset, chainageM } of tees) {
    const list = members.get(find(end))!
    if (!list.some(member => member.asset === asset)) list.push({ asset, chainageM, end: null })
  }
  // A place of one member joins nothing. The two ends of one asset on each other do: zones go on round the ring.
  for (const [root, list] of members) if (list.length < 2) members.delete(root)
  return members
}

function packPlaces(network: ClearanceNetwork, byRoot: ReadonlyMap<number, readonly Member[]>): Places {
  const lists = [...byRoot.entries()].sort((a, b) => a[0] - b[0])
  const total = lists.reduce((sum, [, list]) => sum + list.length, 0)
  const memberStart = new Uint32Array(lists.length + 1)
  const memberAsset = new Uint32Array(total)
  const memberChainageM = new Float64Array(total)
  const memberEnds = new Uint8Array(total)
  const at = new Float64Array(3 * lists.length)
  const assetStart = new Uint32Array(network.assetCount + 1)
  let m = 0
  lists.forEach(([root, list], p) => {
    const asset = root >> 1
    const vertex = root & 1 ? network.vertexStart[asset + 1]! - 1 : network.vertexStart[asset]!
    at.set(network.xyz.subarray(3 * vertex, 3 * vertex + 3), 3 * p)
    for (const member of list) {
      memberAsset[m] = member.asset
      memberChainageM[m] = member.chainageM
      memberEnds[m++] = member.end === null ? 0 : member.end + 1
    }
    memberStart[p + 1] = m
  })
  for (let k = 0; k < total; k++) assetStart[memberAsset[k]! + 1]!++
  for (let a = 0; a < network.assetCount; a++) assetStart[a + 1]! += assetStart[a]!
  const assetPlaces = new Uint32Array(total)
  const next = assetStart.slice()
  for (let p = 0; p < lists.length; p++) {
    for (let k = memberStart[p]!; k < memberStart[p + 1]!; k++) assetPlaces[next[memberAsset[k]!]!++] = p
  }
  return { count: lists.length, memberStart, memberAsset, memberChainageM, memberEnds, at, assetStart, assetPlaces }
}
