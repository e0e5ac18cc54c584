import { ownMemory, type Allocate } from '../../core/shared-arrays.ts'
import type { Touches } from './find-touches.ts'
import { takePlanPoint, type ClearanceNetwork } from '../network/network.ts'
import { isRing, type Places } from './places.ts'

/** Ends e of a network: the first (e = 2 · asset) and the last (e = 2 · asset + 1) of each asset, in sets of those that meet. */
class EndSets {
  readonly #parent: Uint32Array

  constructor(ends: number) {
    this.#parent = new Uint32Array(ends)
    for (let e = 0; e < ends; e++) this.#parent[e] = e
  }

  #find(e: number): number {
    const parent = this.#parent
    while (parent[e] !== e) {
      parent[e] = parent[parent[e]!]!
      e = parent[e]!
    }
    return e
  }

  /** The lower number is the root: the same network gives the same places. */
  join(e: number, f: number): void {
    const r = this.#find(e)
    const s = this.#find(f)
    this.#parent[Math.max(r, s)] = Math.min(r, s)
  }

  /** The root of each end; nothing is joined afterwards. */
  roots(): Uint32Array {
    const parent = this.#parent
    // A parent is lower than its end, and has found its own root before.
    for (let e = 0; e < parent.length; e++) parent[e] = parent[parent[e]!]!
    return parent
  }
}

/** Ends on the axes of others, in the order of the ends, those of one end as they were found. */
interface Tees {
  readonly end: Uint32Array
  readonly asset: Uint32Array
  readonly chainageM: Float64Array
}

/**
 * The places that touches come to, in whatever lists they were found. What is done for each end or touch is a function of
 * its own (DECISIONS, "Loops over a whole network").
 * @param inManholes Ends that meet in one manhole, whatever their levels.
 */
export function placesOfTouches(network: ClearanceNetwork, lists: readonly Touches[], snapM: number, inManholes: Iterable<Uint32Array> = [], allocate: Allocate = ownMemory): Places {
  const { assetCount, isActive } = network
  const sets = new EndSets(2 * assetCount)
  for (let a = 0; a < assetCount; a++) if (isActive[a] === 1 && isRing(network, a, snapM)) sets.join(2 * a, 2 * a + 1)
  for (const { end, asset, role } of lists) {
    for (let k = 0; k < end.length; k++) if (role[k] !== 2) sets.join(end[k]!, 2 * asset[k]! + role[k]!)
  }
  for (const ends of inManholes) for (let k = 1; k < ends.length; k++) sets.join(ends[0]!, ends[k]!)
  return packPlaces(network, sets.roots(), teesOf(lists, 2 * assetCount), allocate)
}

function teesOf(lists: readonly Touches[], ends: number): Tees {
  const start = new Uint32Array(ends + 1)
  for (const touches of lists) for (let k = 0; k < touches.end.length; k++) countTee(touches, k, start)
  accumulate(start)
  const count = start[ends]!
  const tees = { end: new Uint32Array(count), asset: new Uint32Array(count), chainageM: new Float64Array(count) }
  for (const touches of lists) for (let k = 0; k < touches.end.length; k++) putTee(touches, k, start, tees)
  return tees
}

function countTee({ end, role }: Touches, k: number, start: Uint32Array): void {
  if (role[k] === 2) start[end[k]! + 1]!++
}

function putTee({ end, asset, chainageM, role }: Touches, k: number, next: Uint32Array, tees: Tees): void {
  if (role[k] !== 2) return
  const at = next[end[k]!]!++
  tees.end[at] = end[k]!
  tees.asset[at] = asset[k]!
  tees.chainageM[at] = chainageM[k]!
}

/** Turns numbers of each into where each begins. */
function accumulate(start: Uint32Array): void {
  for (let k = 0; k + 1 < start.length; k++) start[k + 1]! += start[k]!
}

/** Members of each set: its ends in their order, then what passes through; a set of one joins nothing. */
function packPlaces(network: ClearanceNetwork, roots: Uint32Array, tees: Tees, allocate: Allocate): Places {
  const ends = roots.length
  const size = new Uint32Array(ends)
  for (let e = 0; e < ends; e++) if (network.isActive[e >> 1] === 1) size[roots[e]!]!++
  const kept = onceEach(roots, tees, size)
  const placeOf = new Int32Array(ends).fill(-1)
  let count = 0
  // The two ends of one asset on each other are a place: zones go on round the ring.
  for (let root = 0; root < ends; root++) if (size[root]! >= 2) placeOf[root] = count++
  const memberStart = new Uint32Array(allocate(4 * (count + 1)))
  for (let root = 0; root < ends; root++) if (placeOf[root]! >= 0) memberStart[placeOf[root]! + 1] = size[root]!
  accumulate(memberStart)
  const writer = new MemberWriter(network, roots, placeOf, memberStart, allocate)
  for (let e = 0; e < ends; e++) writer.addEnd(e)
  for (let k = 0; k < kept.length; k++) writer.addTee(tees, kept[k]!)
  const { places } = writer
  return { ...places, ...placesByAsset(network.assetCount, places, allocate) }
}

/** Writes the members of places, each behind those of its place that are there. */
class MemberWriter {
  readonly places: Omit<Places, 'assetStart' | 'assetPlaces' | 'assetXy'>
  readonly #network: ClearanceNetwork
  readonly #roots: Uint32Array
  readonly #placeOf: Int32Array
  readonly #next: Uint32Array
  readonly #at = new Float64Array(2)

  constructor(network: ClearanceNetwork, roots: Uint32Array, placeOf: Int32Array, memberStart: Uint32Array, allocate: Allocate) {
    const count = memberStart.length - 1
    const total = memberStart[count]!
    this.#network = network
    this.#roots = roots
    this.#placeOf = placeOf
    this.#next = memberStart.slice(0, count)
    this.places = {
      count, memberStart, memberAsset: new Uint32Array(allocate(4 * total)), memberChainageM: new Float64Array(allocate(8 * total)), memberEnds: new Uint8Array(allocate(total)),
      memberXy: new Float64Array(allocate(16 * total)), at: new Float64Array(allocate(24 * count)),
    }
  }

  addEnd(e: number): void {
    const { isActive, vertexStart, chainageM, xyz } = this.#network
    const { memberAsset, memberChainageM, memberEnds, memberXy, at } = this.places
    const asset = e >> 1
    const place = this.#placeOf[this.#roots[e]!]!
    if (place < 0 || isActive[asset] === 0) return
    const isLast = e & 1
    const vertex = isLast ? vertexStart[asset + 1]! - 1 : vertexStart[asset]!
    const m = this.#next[place]!++
    memberAsset[m] = asset
    memberChainageM[m] = isLast ? chainageM[vertex]! : 0
    memberEnds[m] = 1 + isLast
    memberXy[2 * m] = xyz[3 * vertex]!
    memberXy[2 * m + 1] = xyz[3 * vertex + 1]!
    if (e === this.#roots[e]) for (let k = 0; k < 3; k++) at[3 * place + k] = xyz[3 * vertex + k]!
  }

  /** @param t Number of the tee. */
  addTee(tees: Tees, t: number): void {
    const { memberAsset, memberChainageM, memberXy } = this.places
    const m = this.#next[this.#placeOf[this.#roots[tees.end[t]!]!]!]!++
    const asset = (memberAsset[m] = tees.asset[t]!)
    takePlanPoint(this.#network, asset, (memberChainageM[m] = tees.chainageM[t]!), this.#at)
    memberXy[2 * m] = this.#at[0]!
    memberXy[2 * m + 1] = this.#at[1]!
  }
}

/** Tees whose asset is not in their set already; adds them to the sizes of the sets. */
function onceEach(roots: Uint32Array, { end, asset }: Tees, size: Uint32Array): Uint32Array {
  const kept = new Uint32Array(end.length)
  let count = 0
  // The last tee kept of each set, and the one kept before each.
  const last = new Int32Array(size.length).fill(-1)
  const before = new Int32Array(end.length)
  const isNew = (t: number): boolean => {
    const root = roots[end[t]!]!
    if (roots[2 * asset[t]!] === root || roots[2 * asset[t]! + 1] === root) return false
    let known = last[root]!
    while (known >= 0 && asset[known] !== asset[t]) known = before[known]!
    if (known >= 0) return false
    before[t] = last[root]!
    last[root] = t
    size[root]!++
    return true
  }
  for (let t = 0; t < end.length; t++) if (isNew(t)) kept[count++] = t
  return kept.subarray(0, count)
}

function placesByAsset(assetCount: number, places: Pick<Places, 'count' | 'memberStart' | 'memberAsset' | 'memberXy'>, allocate: Allocate): Pick<Places, 'assetStart' | 'assetPlaces' | 'assetXy'> {
  const { count, memberAsset } = places
  const assetStart = new Uint32Array(allocate(4 * (assetCount + 1)))
  for (let m = 0; m < memberAsset.length; m++) assetStart[memberAsset[m]! + 1]!++
  accumulate(assetStart)
  const byAsset = { assetStart, assetPlaces: new Uint32Array(allocate(4 * memberAsset.length)), assetXy: new Float64Array(allocate(16 * memberAsset.length)) }
  const next = assetStart.slice()
  for (let p = 0; p < count; p++) putByAsset(places, p, next, byAsset)
  return byAsset
}

/** Notes a place with each of its members. @param next Where the next place of each asset goes. */
function putByAsset({ memberStart, memberAsset, memberXy }: Pick<Places, 'memberStart' | 'memberAsset' | 'memberXy'>, p: number, next: Uint32Array, { assetPlaces, assetXy }: Pick<Places, 'assetPlaces' | 'assetXy'>): void {
  for (let k = memberStart[p]!; k < memberStart[p + 1]!; k++) {
    const at = next[memberAsset[k]!]!++
    assetPlaces[at] = p
    assetXy[2 * at] = memberXy[2 * k]!
    assetXy[2 * at + 1] = memberXy[2 * k + 1]!
  }
}
