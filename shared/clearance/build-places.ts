import type { Touches } from './find-touches.ts'
import { planPointAt, type ClearanceNetwork } from './network.ts'
import { isRing, type Places } from './places.ts'

/** Ends e of a network: the first (e = 2 · asset) and the last (e = 2 · asset + 1) of each asset, in sets of those that meet. */
class EndSets {
  readonly #parent: Uint32Array

  constructor(ends: number) {
    this.#parent = new Uint32Array(ends)
    for (let e = 0; e < ends; e++) this.#parent[e] = e
  }

  find(e: number): number {
    const parent = this.#parent
    while (parent[e] !== e) {
      parent[e] = parent[parent[e]!]!
      e = parent[e]!
    }
    return e
  }

  /** The lower number is the root: the same network gives the same places. */
  join(e: number, f: number): void {
    const [r, s] = [this.find(e), this.find(f)]
    this.#parent[Math.max(r, s)] = Math.min(r, s)
  }
}

/** Ends on the axes of others, in the order of the ends. */
interface Tees {
  readonly end: number[]
  readonly asset: number[]
  readonly chainageM: number[]
}

/**
 * The places that touches come to, in whatever lists they were found.
 * @param inManholes Ends that meet in one manhole, whatever their levels.
 */
export function placesOfTouches(network: ClearanceNetwork, lists: readonly Touches[], snapM: number, inManholes: Iterable<Uint32Array> = []): Places {
  const { assetCount, isActive } = network
  const sets = new EndSets(2 * assetCount)
  const tees: Tees = { end: [], asset: [], chainageM: [] }
  for (let a = 0; a < assetCount; a++) if (isActive[a] === 1 && isRing(network, a, snapM)) sets.join(2 * a, 2 * a + 1)
  forEachTouch(lists, 2 * assetCount, ({ end, asset, chainageM, role }, at) => {
    if (role[at] === 2) {
      tees.end.push(end[at]!)
      tees.asset.push(asset[at]!)
      tees.chainageM.push(chainageM[at]!)
    } else sets.join(end[at]!, 2 * asset[at]! + role[at]!)
  })
  for (const ends of inManholes) for (let k = 1; k < ends.length; k++) sets.join(ends[0]!, ends[k]!)
  return packPlaces(network, sets, tees)
}

/** Every touch, ends ascending, those of one end as they were found. */
function forEachTouch(lists: readonly Touches[], ends: number, visit: (touches: Touches, at: number) => void): void {
  // Of each end, the list it is in and where it begins there.
  const list = new Uint8Array(ends)
  const first = new Int32Array(ends).fill(-1)
  lists.forEach(({ end }, k) => {
    for (let i = end.length - 1; i >= 0; i--) {
      list[end[i]!] = k
      first[end[i]!] = i
    }
  })
  for (let e = 0; e < ends; e++) {
    if (first[e]! < 0) continue
    const touches = lists[list[e]!]!
    for (let at = first[e]!; touches.end[at] === e; at++) visit(touches, at)
  }
}

/** Members of each set: its ends in their order, then what passes through; a set of one joins nothing. */
function packPlaces(network: ClearanceNetwork, sets: EndSets, tees: Tees): Places {
  const { assetCount, isActive, vertexStart, chainageM, xyz } = network
  const size = new Uint32Array(2 * assetCount)
  for (let e = 0; e < 2 * assetCount; e++) if (isActive[e >> 1] === 1) size[sets.find(e)]!++
  const kept = onceEach(sets, tees, size)
  const placeOf = new Int32Array(2 * assetCount).fill(-1)
  let [count, total] = [0, 0]
  // The two ends of one asset on each other are a place: zones go on round the ring.
  for (let root = 0; root < size.length; root++) {
    if (size[root]! < 2) continue
    placeOf[root] = count++
    total += size[root]!
  }
  const memberStart = new Uint32Array(count + 1)
  for (let root = 0; root < size.length; root++) if (placeOf[root]! >= 0) memberStart[placeOf[root]! + 1] = size[root]!
  for (let p = 0; p < count; p++) memberStart[p + 1]! += memberStart[p]!
  const places = {
    count, memberStart, memberAsset: new Uint32Array(total), memberChainageM: new Float64Array(total), memberEnds: new Uint8Array(total),
    memberXy: new Float64Array(2 * total), at: new Float64Array(3 * count),
  }
  const next = memberStart.slice(0, count)
  const add = (place: number, asset: number, chainage: number, ends: number): void => {
    const m = next[place]!++
    places.memberAsset[m] = asset
    places.memberChainageM[m] = chainage
    places.memberEnds[m] = ends
    if (ends === 0) places.memberXy.set(planPointAt(network, asset, chainage), 2 * m)
    else {
      const vertex = ends === 1 ? vertexStart[asset]! : vertexStart[asset + 1]! - 1
      places.memberXy[2 * m] = xyz[3 * vertex]!
      places.memberXy[2 * m + 1] = xyz[3 * vertex + 1]!
    }
  }
  for (let e = 0; e < 2 * assetCount; e++) {
    const asset = e >> 1
    if (isActive[asset] === 0) continue
    const root = sets.find(e)
    const place = placeOf[root]!
    if (place < 0) continue
    const vertex = e & 1 ? vertexStart[asset + 1]! - 1 : vertexStart[asset]!
    if (e === root) for (let k = 0; k < 3; k++) places.at[3 * place + k] = xyz[3 * vertex + k]!
    add(place, asset, e & 1 ? chainageM[vertex]! : 0, 1 + (e & 1))
  }
  for (const t of kept) add(placeOf[sets.find(tees.end[t]!)]!, tees.asset[t]!, tees.chainageM[t]!, 0)
  return { ...places, ...placesByAsset(assetCount, places) }
}

/** Tees whose asset is not in their set already; adds them to the sizes of the sets. */
function onceEach(sets: EndSets, { end, asset }: Tees, size: Uint32Array): number[] {
  const kept: number[] = []
  // The last tee kept of each set, and the one kept before each.
  const last = new Int32Array(size.length).fill(-1)
  const before = new Int32Array(end.length)
  for (let t = 0; t < end.length; t++) {
    const root = sets.find(end[t]!)
    if (sets.find(2 * asset[t]!) === root || sets.find(2 * asset[t]! + 1) === root) continue
    let known = last[root]!
    while (known >= 0 && asset[known] !== asset[t]) known = before[known]!
    if (known >= 0) continue
    before[t] = last[root]!
    last[root] = t
    size[root]!++
    kept.push(t)
  }
  return kept
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
