import { LimitLookup } from '../../rules/limit-lookup.ts'
import { CrossingBook } from '../zones/crossing-book.ts'
import { halfReaches, ownReachM, planReachM, type PreparedClearance } from '../prepare.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import { GridReader, type SegmentReader } from '../grid/grid-reader.ts'
import { PlaceBook, spareOf, type World } from './world.ts'
import { ZoneLengths } from '../zones/zone-lengths.ts'
import { NearZones, type Span, type ZoneSource } from '../zones/zone-source.ts'
import type { Zone } from '../zones/zones.ts'

/** A world that does not change, gone through from one end of the network to the other. */
export interface BaseWorld extends World {
  /** Lets go of the places that were asked for; zones made of them are to be let go with them (`nearZones`). */
  forgetPlaces(): void
}

/**
 * A prepared network as the rules read it, nothing laid over it.
 * @param reader Another index than the prepared one; the bench measures such.
 */
export function baseWorld(prepared: PreparedClearance, reader: SegmentReader = new GridReader(prepared.network, prepared.grid)): BaseWorld {
  const { network, pack, signatures } = prepared
  const limits = new LimitLookup(pack, signatures.classes)
  const places = new PlaceBook(prepared.places)
  const inflation = queryInflation(limits, prepared)
  return {
    network, pack, limits, reader, routeAsset: null,
    spareM: spareOf(network),
    takesPart: asset => network.isActive[asset] === 1,
    placesOf: asset => places.of(asset),
    forgetPlaces: () => places.forget(),
    queryInflationM: asset => ownReachM(network, asset) + inflation(network.signature[asset]!),
  }
}

/** What a query for a signature must reach beyond the half reaches that the index holds. */
export function queryInflation(limits: LimitLookup, { pack, signatures }: PreparedClearance): (signature: number) => number {
  const count = signatures.classes.length
  const half = halfReaches(limits, pack, count)
  const known: number[] = []
  return signature => {
    let reach = known[signature]
    if (reach === undefined) {
      reach = 0
      for (let other = 0; other < count; other++) reach = Math.max(reach, planReachM(limits, pack, signature, other) - half[other]!)
      known[signature] = reach
    }
    return reach
  }
}

export const widestM = ({ halfWidthM, assetCount }: ClearanceNetwork): number => halfWidthM.subarray(0, assetCount).reduce((most, half) => Math.max(most, half), 0)

/** Zones of a world that does not change. */
export function nearZones(world: BaseWorld, isBefore: (a: number, b: number) => boolean): ZoneSource {
  return new PassingZones(world, isBefore)
}

/** After no fewer questions is anything let go. */
const LEAST_ASKED = 256
/** Nor while more crossings than this are known for each question: where many lines meet, all of them are asked for again. */
const MOST_CROSSINGS = 2.5

/**
 * Zones for whoever goes through a network in the order of the ground: what was found is let go on the way, as hardly
 * anybody asks for it again and whatever is kept is copied at each collection of garbage. Nothing is found more often than
 * `MOST_CROSSINGS` times for each question.
 */
class PassingZones implements ZoneSource {
  readonly #world: BaseWorld
  readonly #isBefore: (a: number, b: number) => boolean
  readonly #lengths: ZoneLengths
  #book!: CrossingBook
  #zones!: NearZones
  #asked = 0

  constructor(world: BaseWorld, isBefore: (a: number, b: number) => boolean) {
    this.#world = world
    this.#isBefore = isBefore
    this.#lengths = new ZoneLengths(world.limits, world.pack, world.network)
    this.#forget()
  }

  common(a: Span, b: Span): readonly Zone[] {
    if (this.#asked++ >= LEAST_ASKED && this.#book.knownPairs <= MOST_CROSSINGS * this.#asked) this.#forget()
    return this.#zones.common(a, b)
  }

  #forget(): void {
    this.#asked = 0
    this.#world.forgetPlaces()
    this.#book = new CrossingBook(this.#world, this.#isBefore)
    this.#zones = new NearZones(this.#world, this.#book.near, (group, other) => this.#lengths.of(group, other))
  }
}
