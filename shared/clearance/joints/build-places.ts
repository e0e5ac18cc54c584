import type { Touches } from './find-touches.ts'
import { planPointAt, type ClearanceNetwork } from '../network/network.ts'
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
 * The places that touches come to, in whatever lists they were found.
 * @param inManholes Ends that meet in one manhole, whatever their levels.
 */
export function placesOfTouches(network: ClearanceNetwork, lists: readonly Touches[], snapM: number, inManholes: Iterable<Uint32Array> = []): Places {
  const { assetCount, isActive } = network
  const sets = new EndSets(2 * assetCount)
  for (let a = 0; a < assetCount; a++) if (isActive[a] === 1 && isRing(network, a, snapM)) sets.join(2 * a, 2 * a + 1)
  for (const { end, asset, role } of lists) {
    for (let k = 0; k < end.length; k++) if (role[k] !== 2) sets.join(end[k]!, 2 * asset[k]! + role[k]!)
  }
  for (const ends of inManholes) for (let k = 1; k < ends.length; k++) sets.join(ends[0]!, ends[k]!)
  return packPlaces(network, sets.roots(), teesOf(lists, 2 * assetCount))
}

function teesOf(lists: readonly Touches[], ends: number): Tees {
  const start = new Uint32Array(ends + 1)
  for (const { end, role } of lists) for (let k = 0; k < end.length; k++) if (role[k] === 2) start[end[k]! + 1]!++
  for (let e = 0; e < ends; e++) start[e + 1]! += start[e]!
  const count = start[ends]!
  const tees = { end: new Uint32Array(count), asset: new Uint32Array(count), chainageM: new Float64Array(count) }
  for (const { end, asset, chainageM, role } of lists) {
    for (let k = 0; k < end.length; k++) {
      if (role[k] !== 2) continue
      const at = start[end[k]!]!++
      tees.end[at] = end[k]!
      tees.asset[at] = asset[k]!
      tees.chainageM[at] = chainageM[k]!
    }
  }
  return tees
}

/** Members of each set: its ends in their order, then what passes through; a set of one joins nothing. */
function packPlaces(network: ClearanceNetwork, roots: Uint32Array, tees: Tees): Places {
  const { isActive, vertexStart, chainageM, xyz } = network
  const ends = roots.length
  const size = new Uint32Array(ends)
  for (let e = 0; e < ends; e++) if (isActive[e >> 1] === 1) size[roots[e]!]!++
  const kept = onceEach(roots, tees, size)
  const placeOf = new Int32Array(ends).fill(-1)
  let count = 0
  let total = 0
  // The two ends of one asset on each other are a place: zones go on round the ring.
  for (let root = 0; root < ends; root++) {
    if (size[root]! < 2) continue
    placeOf[root] = count++
    total += size[root]!
  }
  const memberStart = new Uint32Array(count + 1)
  for (let root = 0; root < ends; root++) if (placeOf[root]! >= 0) memberStart[placeOf[root]! + 1] = size[root]!
  for (let p = 0; p < count; p++) memberStart[p + 1]! += memberStart[p]!
  const places = {
    count, memberStart, memberAsset: new Uint32Array(total), memberChainageM: new Float64Array(total), memberEnds: new Uint8Array(total),
    memberXy: new Float64Array(2 * total), at: new Float64Array(3 * count),
  }
  const next = memberStart.slice(0, count)
  for (let e = 0; e < ends; e++) {
    const asset = e >> 1
    const place = placeOf[roots[e]!]!
    if (place < 0 || isActive[asset] === 0) continue
    const isLast = e & 1
    const vertex = isLast ? vertexStart[asset + 1]! - 1 : vertexStart[asset]!
    const m = next[place]!++
    places.memberAsset[m] = asset
    places.memberChainageM[m] = isLast ? chainageM[vertex]! : 0
    places.memberEnds[m] = 1 + isLast
    places.memberXy[2 * m] = xyz[3 * vertex]!
    places.memberXy[2 * m + 1] = xyz[3 * vertex + 1]!
    if (e === roots[e]) for (let k = 0; k < 3; k++) places.at[3 * place + k] = xyz[3 * vertex + k]!
  }
  for (let k = 0; k < kept.length; k++) {
    const t = kept[k]!
    const m = next[placeOf[roots[tees.end[t]!]!]!]!++
    const asset = (places.memberAsset[m] = tees.asset[t]!)
    const [x, y] = planPointAt(network, asset, (places.memberChainageM[m] = tees.chainageM[t]!))
    places.memberXy[2 * m] = x
    places.memberXy[2 * m + 1] = y
  }
  return { ...places, ...placesByAsset(network.assetCount, places) }
}

/** Tees whose asset is not in their set already; adds them to the sizes of the sets. */
function onceEach(roots: Uint32Array, { end, asset }: Tees, size: Uint32Array): Uint32Array {
  const kept = new Uint32Array(end.length)
  let count = 0
  // The last tee kept of each set, and the one kept before each.
  const last = new Int32Array(size.length).fill(-1)
  const before = new Int32Array(end.length)
  for (let t = 0; t < end.length; t++) {
    const root = roots[end[t]!]!
    if (roots[2 * asset[t]!] === root || roots[2 * asset[t]! + 1] === root) continue
    let known = last[root]!
    while (known >= 0 && asset[known] !== asset[t]) known = before[known]!
    if (known >= 0) continue
    before[t] = last[root]!
    last[root] = t
    size[root]!++
    kept[count++] = t
  }
  return kept.subarray(0, count)
}

function placesByAsset(assetCount: number, { count, memberStart, memberAsset, memberXy }: Pick<Places, 'count' | 'memberStart' | 'memberAsset' | 'memberXy'>): Pick<Places, 'assetStart' | 'assetPlaces' | 'assetXy'> {
  const assetStart = new Uint32Array(assetCount + 1)
  for (const asset of memberAsset) assetStart[asset + 1]!++
  for (let a = 0; a < assetCount; a++) assetStart[a + 1]! += assetStart[a]!
  const assetPlaces = new Uint32Array(memberAsset.length)
  const assetXy = new Float64Array(memberXy.length)
  const next = assetStart.slice()
  for (let p = 0; p < count; p++) {
    for (let k = memberStart[p]!; k < memberStart[p + 1]!; k++) {
      const at = next[memberAsset[k]!]!++
      assetPlaces[at] = p
      assetXy[2 * at] = memberXy[2 * k]!
      assetXy[2 * at + 1] = memberXy[2 * k + 1]!
    }
  }
  return { assetStart, assetPlaces, assetXy }
}
