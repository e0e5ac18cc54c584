import type { LimitLookup, PairLimits } from '../../rules/limit-lookup.ts'
import type { RulePack } from '../../rules/rule-pack.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import type { Place, Places } from '../joints/places.ts'
import { placeMembers } from '../network/runs.ts'
import type { SegmentReader } from '../grid/grid-reader.ts'

/** What the rules read: a network, its places and limits. The preview lays a route over it, or takes an asset out. */
export interface World {
  readonly network: ClearanceNetwork
  readonly reader: SegmentReader
  readonly limits: LimitLookup
  readonly pack: RulePack
  /** False for assets that take no part: removed, or being replaced by the drawn route. */
  takesPart(asset: number): boolean
  placesOf(asset: number): readonly Place[]
  /** How far the query for an asset's segments must reach beyond what the index holds for the others. */
  queryInflationM(asset: number): number
  /** How much nearer than drawn lines of two kinds and owners may be (of one and any other where the second is null): zones are spread with this to spare. */
  spareM(groupA: number, groupB: number | null): number
  /** Segments of the drawn route, which the index does not hold; null where there is none. */
  readonly routeAsset: number | null
}

export const pairLimits = (world: World, a: number, b: number): PairLimits =>
  world.limits.pair(world.network.signature[a]!, world.network.signature[b]!)

/** The horizontal reach that zones are measured with: H_req, or C where distances rule (design §5, rule 6). 0 without a cell. */
export function zoneReachM(world: World, a: number, b: number): number {
  const limits = pairLimits(world, a, b)
  const limit = world.pack.semantics === 'distance' ? limits.distance : limits.horizontal
  return (limit?.minM ?? 0) + world.network.halfWidthM[a]! + world.network.halfWidthM[b]!
}

/** Nothing is divided by less. */
export const LEAST_SINE = 1e-9

/** Sine of the flattest angle a zone is measured with; the thousandth part covers the grace given to the angle. */
export const leastSine = ({ crossingMinAngleDeg }: RulePack): number => Math.max(LEAST_SINE, Math.min(0.5, Math.sin((crossingMinAngleDeg * Math.PI) / 180)) * 0.999)

/** `spareM` of a network: √2 of the largest known 95 % limit of either kind and owner, in plan or level. */
export function spareOf({ assetCount, isActive, group, accuracyPlanM, accuracyLevelM }: ClearanceNetwork): World['spareM'] {
  const most = new Map<number, number>()
  let mostOfAll = 0
  let last = -1
  let mostOfLast = 0
  for (let asset = 0; asset < assetCount; asset++) {
    // Where a limit is unknown nothing is listed as possible beyond what is short as drawn.
    const limit = isActive[asset] === 1 ? Math.max(accuracyPlanM[asset]! || 0, accuracyLevelM[asset]! || 0) : 0
    // Ledgers are written kind by kind: most assets say what the one before them said.
    if (group[asset] === last && limit <= mostOfLast) continue
    last = group[asset]!
    mostOfLast = Math.max(most.get(last) ?? 0, limit)
    mostOfAll = Math.max(mostOfAll, limit)
    most.set(last, mostOfLast)
  }
  const of = (key: number): number => most.get(key) ?? 0
  return (a, b) => Math.SQRT2 * (b === null ? mostOfAll : Math.max(of(a), of(b)))
}

const NO_PLACES: readonly Place[] = []

/** Places of a network as objects, made when first asked for. */
export class PlaceBook {
  readonly #places: Places
  readonly #made: (Place | undefined)[]
  readonly #lists: (readonly Place[] | undefined)[]
  /** Assets that have a list. */
  #listed: number[] = []

  constructor(places: Places) {
    this.#places = places
    // Of their full length from the start: an array that is first written far out becomes a dictionary.
    this.#made = new Array<Place | undefined>(places.count)
    this.#lists = new Array<readonly Place[] | undefined>(places.assetStart.length - 1)
  }

  of(asset: number): readonly Place[] {
    if (asset >= this.#lists.length) return NO_PLACES
    return this.#lists[asset] ?? this.#list(asset)
  }

  /** Lets go of all of them: who asks again gets others that say the same. */
  forget(): void {
    const { assetStart, assetPlaces } = this.#places
    for (const asset of this.#listed) {
      this.#lists[asset] = undefined
      for (let k = assetStart[asset]!; k < assetStart[asset + 1]!; k++) this.#made[assetPlaces[k]!] = undefined
    }
    this.#listed = []
  }

  #list(asset: number): readonly Place[] {
    const { assetStart, assetPlaces } = this.#places
    const first = assetStart[asset]!
    const last = assetStart[asset + 1]!
    if (first === last) return (this.#lists[asset] = NO_PLACES)
    const list: Place[] = []
    for (let k = first; k < last; k++) list.push(this.#place(assetPlaces[k]!))
    this.#listed.push(asset)
    return (this.#lists[asset] = list)
  }

  #place(p: number): Place {
    const { at } = this.#places
    return (this.#made[p] ??= { members: placeMembers(this.#places, p), at: [at[3 * p]!, at[3 * p + 1]!, at[3 * p + 2]!] })
  }
}
