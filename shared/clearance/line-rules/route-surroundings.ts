import { LineLimitLookup, type LineLimits } from '../../rules/line-limits.ts'
import { groundSampler, type GroundSampler } from '../../twin/ground.ts'
import { widestM } from '../worlds/base-world.ts'
import { subjectNumber } from '../findings/finding-builder.ts'
import type { LaidWorld } from '../worlds/laid-world.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import type { Hit } from '../pairs/hit.ts'
import type { PreparedClearance } from '../prepare.ts'
import { OWN_SUBJECTS, type LineSite } from './line-tester.ts'
import { shallowPieces, type ShallowPieces } from './shallow-pieces.ts'
import { serviceEnds, type ServiceEnds } from './site-crossings.ts'
import { SiteZones } from './site-zones.ts'
import { StructureTester } from './structures.ts'
import { greatestLimitM, SurroundingsTester } from './surroundings.ts'

/** What stands around, made ready to be asked frame after frame. */
interface ReadySite {
  readonly site: LineSite
  readonly ends: ServiceEnds
  readonly structures: StructureTester | null
}

/** Rule 8 of a drawn route where it is about what stands around it: buildings, trees, poles, kerbs, waters, manholes and chambers of others. */
export class RouteSurroundings {
  readonly #prepared: PreparedClearance
  readonly #world: LaidWorld
  readonly #limits: LineLimitLookup
  readonly #widestM: number
  readonly #groundAt: GroundSampler
  #ready: ReadySite | null = null
  #shallow: { readonly network: ClearanceNetwork; readonly pieces: ShallowPieces } | null = null

  constructor(prepared: PreparedClearance, world: LaidWorld) {
    this.#prepared = prepared
    this.#world = world
    this.#limits = new LineLimitLookup(prepared.pack, world.limits.signatures)
    this.#widestM = widestM(prepared.network)
    this.#groundAt = prepared.ground ? groundSampler(prepared.ground) : () => null
  }

  /** Hits of the route as it is laid. @param isWanted Which segments (first vertices) are asked about. */
  test(site: LineSite, isWanted: (v: number) => boolean): Hit[] {
    const { routeAsset: route, network } = this.#world
    const { ends, structures } = this.#readied(site)
    const hits = structures?.testAsset(route, isWanted) ?? []
    if (site.index.ids.length === 0) return hits
    if (this.#shallow?.network !== network) this.#shallow = { network, pieces: shallowPieces(network, this.#prepared.ground) }
    const zones = new SiteZones(this.#world, site.index, ends, this.#limitsOf, this.#greatestM(), Math.max(this.#widestM, network.halfWidthM[route]!))
    const around = new SurroundingsTester(this.#world, site.index, zones, this.#limitsOf, this.#groundAt, this.#shallow.pieces, feature => subjectNumber(OWN_SUBJECTS + feature))
    return [...hits, ...around.testAsset(route, isWanted).filter(({ segmentA }) => isWanted(segmentA))]
  }

  #readied(site: LineSite): ReadySite {
    if (this.#ready?.site === site) return this.#ready
    const { origin } = this.#prepared.columns
    return (this.#ready = {
      site, ends: serviceEnds(site.serviceNodes, origin, this.#prepared.pack.snapToleranceM),
      structures: site.structures.length === 0 ? null : new StructureTester(this.#world, site.structures, this.#limitsOf, k => subjectNumber(OWN_SUBJECTS + site.index.ids.length + k)),
    })
  }

  /** A route may bring a combination of classes that no asset had. */
  #greatestM(): number {
    return this.#world.limits.signatures.reduce((most, _, signature) => Math.max(most, greatestLimitM(this.#limits.of(signature).surroundings)), 0)
  }

  readonly #limitsOf = (asset: number): LineLimits => this.#limits.of(this.#world.network.signature[asset]!)
}
