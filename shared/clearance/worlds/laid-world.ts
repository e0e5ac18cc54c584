import { packStrings, type PackedStrings } from '../../core/packed-strings.ts'
import { LimitLookup } from '../../rules/limit-lookup.ts'
import { baseWorld, queryInflation } from './base-world.ts'
import { CrossingBook } from '../zones/crossing-book.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { comparePacked, leadersOf } from '../network/id-order.ts'
import { RoutePlaces, type LaidPlaces } from '../joints/laid-places.ts'
import { axesOfSegment, forgetDirections, type Crossing } from '../zones/crossings.ts'
import { KeptBySegment } from '../network/kept-by-segment.ts'
import { hasRoom, ROUTE_ROOM, withRoom, writeChainage, type ClearanceNetwork } from '../network/network.ts'
import type { Place } from '../joints/places.ts'
import { ownReachM, type PreparedClearance } from '../prepare.ts'
import { continuation } from '../network/runs.ts'
import { GridReader } from '../grid/grid-reader.ts'
import { PlaceBook, spareOf, type World } from './world.ts'
import { ZoneLengths, type LaidAsset } from '../zones/zone-lengths.ts'
import { NearZones, type CrossingsNear } from '../zones/zone-source.ts'

/** What a route is laid with, its axis aside. */
export interface RouteToLay {
  readonly group: number
  readonly signature: number
  readonly isBox: boolean
  readonly halfWidthM: number
  readonly halfHeightM: number
}

/**
 * A prepared network with one route laid over it, and perhaps the asset it replaces taken out. Changed at every frame of a
 * drag. Where the network comes with room (`withRoom`) the route takes it: then it is this world's alone.
 */
export class LaidWorld implements World {
  readonly pack: PreparedClearance['pack']
  readonly limits: LimitLookup
  readonly routeAsset: number
  readonly spareM: World['spareM']
  readonly #prepared: PreparedClearance
  readonly #basePlaces: PlaceBook
  readonly #inflation: (signature: number) => number
  readonly #leaders: Uint32Array
  readonly #baseCrossings: CrossingBook
  readonly #lengths: ZoneLengths
  readonly #axesOn = new KeptBySegment<readonly number[]>()
  #room = ROUTE_ROOM
  #network: ClearanceNetwork
  #reader: GridReader
  #replaced = -1
  /** Place lists that differ from the network's own: without the replaced asset; and with the route. */
  #withoutReplaced = new Map<number, readonly Place[]>()
  #withRoute = new Map<number, readonly Place[]>()
  /** See `#changedAssets`; null where it is to be made anew. */
  #changed: Set<number> | null = null
  readonly #routeAlone: ReadonlySet<number>
  #runMates: ReadonlySet<number>
  readonly #crossingsOfFrame: CrossingBook
  readonly #zonesOfFrame: NearZones
  #laid: LaidAsset | null = null
  #idText = ''
  #id: PackedStrings = packStrings([''])
  readonly #routePlaces: RoutePlaces
  #laidGroup = -1
  #laidPlaces: LaidPlaces | null = null

  constructor(prepared: PreparedClearance) {
    this.#prepared = prepared
    this.pack = prepared.pack
    this.limits = new LimitLookup(prepared.pack, prepared.signatures.classes)
    this.routeAsset = prepared.network.assetCount
    this.#network = hasRoom(prepared.network, this.#room) ? { ...prepared.network } : withRoom(prepared.network, this.#room)
    this.#reader = new GridReader(this.#network, prepared.grid)
    this.#basePlaces = new PlaceBook(prepared.places)
    this.#inflation = queryInflation(this.limits, prepared)
    this.#leaders = leadersOf(prepared.columns.ids, prepared.runs.ofAsset)
    this.#lengths = new ZoneLengths(this.limits, prepared.pack, prepared.network)
    // The route is where it is drawn: it adds nothing to what may be nearer than drawn.
    this.spareM = spareOf(prepared.network)
    this.#baseCrossings = new CrossingBook(baseWorld(prepared), this.isBefore)
    this.#routePlaces = new RoutePlaces(prepared.manholes, prepared.pack.snapToleranceM, asset => this.takesPart(asset), asset => this.#withoutReplaced.get(asset) ?? this.#basePlaces.of(asset))
    this.#routeAlone = this.#runMates = new Set([this.routeAsset])
    this.#crossingsOfFrame = new CrossingBook(this, this.isBefore, this.axesOfRoute)
    this.#zonesOfFrame = new NearZones(this, this.#crossingsAsLaid, this.#zoneLengthM)
  }

  /** Zones of the route as it is laid, good until it is laid anew. */
  get zones(): NearZones {
    return this.#zonesOfFrame
  }

  get network(): ClearanceNetwork {
    return this.#network
  }

  get reader(): GridReader {
    return this.#reader
  }

  takesPart(asset: number): boolean {
    return asset !== this.#replaced && this.#network.isActive[asset] === 1
  }

  placesOf(asset: number): readonly Place[] {
    return this.#withRoute.get(asset) ?? this.#withoutReplaced.get(asset) ?? this.#basePlaces.of(asset)
  }

  queryInflationM(asset: number): number {
    return ownReachM(this.#network, asset) + this.#inflation(this.#network.signature[asset]!)
  }

  /** Whether two assets are of one run, the route's run as it is with the route in it. */
  isOfRoutesRun(asset: number): boolean {
    return this.#runMates.has(asset)
  }

  /** Asset with the lowest id of the route's run. */
  leaderOfRoute(): number {
    let leader = this.routeAsset
    for (const mate of this.#runMates) if (mate !== leader && this.isBefore(mate, leader)) leader = mate
    return leader
  }

  /** The fixed order in which two assets are tested: by their runs, then their ids. */
  readonly isBefore = (a: number, b: number): boolean => {
    if (a === this.routeAsset || b === this.routeAsset) {
      const other = a === this.routeAsset ? b : a
      const order = comparePacked(this.#id, 0, other, this.#prepared.columns.ids)
      return (order <= 0) === (a === this.routeAsset)
    }
    const { ids } = this.#prepared.columns
    const { ofAsset } = this.#prepared.runs
    const byRun = comparePacked(ids, this.#leaders[ofAsset[a]!]!, this.#leaders[ofAsset[b]!]!)
    const order = byRun !== 0 ? byRun : comparePacked(ids, a, b)
    return order !== 0 ? order < 0 : a < b
  }

  /** Takes an asset out (−1: none): a proposal being dragged is in the network as it was. */
  replace(asset: number): void {
    if (asset === this.#replaced) return
    this.#replaced = asset
    this.#changed = null
    this.#axesOn.clear()
    this.#routePlaces.forget()
    this.#laidPlaces = null
    this.#withoutReplaced = new Map()
    if (asset < 0) return
    for (const place of new Set(this.#basePlaces.of(asset))) {
      const members = place.members.filter(member => member.asset !== asset)
      const kept: Place | null = members.length > 1 ? { members, at: place.at } : null
      for (const { asset: other } of members) this.#withoutReplaced.set(other, without(this.#withoutReplaced.get(other) ?? this.#basePlaces.of(other), new Set([place]), kept))
    }
    this.#withoutReplaced.set(asset, [])
  }

  /** Lays the route, finds where it joins what is there and which run it becomes part of. @param axis Local frame. */
  lay(id: string, axis: readonly Vec3[], route: RouteToLay): void {
    const vertices = axis.length
    const asset = this.routeAsset
    if (vertices > this.#room) this.#grow(vertices)
    const network = this.#network
    const first = network.vertexStart[asset]!
    network.vertexStart[asset + 1] = first + vertices
    network.assetCount = asset + 1
    for (let v = 0; v < vertices; v++) for (let k = 0; k < 3; k++) network.xyz[3 * (first + v) + k] = axis[v]![k]!
    writeChainage(network.xyz, network.chainageM, first, first + vertices)
    network.vertexAsset.fill(asset, first, first + vertices)
    network.group[asset] = route.group
    network.signature[asset] = route.signature
    network.isBox[asset] = route.isBox ? 1 : 0
    network.halfWidthM[asset] = route.halfWidthM
    network.halfHeightM[asset] = route.halfHeightM
    network.accuracyPlanM[asset] = network.accuracyLevelM[asset] = 0
    network.isActive[asset] = 1
    if (id !== this.#idText) this.#id = packStrings([(this.#idText = id)])
    this.#layPlaces()
    this.#laid = route
    this.#crossingsOfFrame.forget()
    this.#zonesOfFrame.forget()
  }

  /** Crossings as they are with the route: those of assets whose joints changed are of this frame. */
  readonly #crossingsAsLaid: CrossingsNear = (asset, near, far, group) => {
    const changed = this.#changedAssets()
    if (changed.has(asset)) return this.#crossingsOfFrame.near(asset, near, far, group)
    const kept: Crossing[] = []
    for (const crossing of this.#baseCrossings.near(asset, near, far, group)) {
      const { a, b } = crossing
      if (a !== this.#replaced && b !== this.#replaced && !changed.has(a) && !changed.has(b)) kept.push(crossing)
    }
    for (const other of changed) for (const crossing of this.#crossingsOfFrame.of(other, asset)) kept.push(crossing)
    return kept
  }

  readonly #zoneLengthM = (group: number, other: number | null): number => this.#lengths.of(group, other, this.#laid)

  readonly #axesAt = (v: number): readonly number[] => axesOfSegment(this, v)

  /** Segments of others whose axes come within the snap tolerance of a segment of the route in plan. */
  readonly axesOfRoute = (v: number): readonly number[] => this.#axesOn.of(this.#network.xyz, v, v - this.#network.vertexStart[this.routeAsset]!, this.#axesAt)

  /** Whether an asset's joints are other than in the prepared network. */
  isChanged(asset: number): boolean {
    return asset === this.routeAsset || this.#withRoute.has(asset) || this.#withoutReplaced.has(asset)
  }

  /** Assets whose places differ from the network's own, the route among them: crossings at their ends may differ too. */
  #changedAssets(): ReadonlySet<number> {
    if (!this.#changed) {
      this.#changed = new Set([...this.#withoutReplaced.keys(), ...this.#withRoute.keys(), this.routeAsset])
      this.#changed.delete(this.#replaced)
    }
    return this.#changed
  }

  #layPlaces(): void {
    const laid = this.#routePlaces.of(this.#network, this.#reader, this.routeAsset)
    const group = this.#network.group[this.routeAsset]!
    if (laid === this.#laidPlaces && group === this.#laidGroup) {
      // Where it leaves them the route may have turned.
      for (const place of laid.made) forgetDirections(place)
      return
    }
    this.#laidPlaces = laid
    this.#laidGroup = group
    this.#changed = null
    this.#withRoute = new Map()
    for (const place of laid.made) {
      for (const asset of new Set(place.members.map(member => member.asset))) this.#withRoute.set(asset, without(this.placesOf(asset), laid.replaced, place))
    }
    this.#runMates = this.#findRunMates()
  }

  #findRunMates(): ReadonlySet<number> {
    if (this.placesOf(this.routeAsset).length === 0) return this.#routeAlone
    const mates = new Set([this.routeAsset])
    const group = this.#network.group[this.routeAsset]!
    for (const asset of mates) {
      for (const place of this.placesOf(asset)) {
        const pair = continuation(place.members, group, this.#network.group)
        // A set visits what is added while it is read: the run is walked to both its ends.
        if (pair && (pair[0].asset === asset || pair[1].asset === asset)) for (const member of pair) mates.add(member.asset)
      }
    }
    return mates
  }

  #grow(vertices: number): void {
    this.#room = 2 * vertices
    this.#network = withRoom(this.#prepared.network, this.#room)
    this.#reader = new GridReader(this.#network, this.#prepared.grid)
  }
}

function without(places: readonly Place[], taken: ReadonlySet<Place>, added: Place | null): Place[] {
  const kept = places.filter(place => !taken.has(place))
  return added ? [...kept, added] : kept
}
