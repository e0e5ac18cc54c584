import type { LineLimits } from '../../rules/line-limits.ts'
import { lengthOf } from '../network/network.ts'
import type { World } from '../worlds/world.ts'
import { spread, type ZoneEntry } from '../zones/zones.ts'
import { planWords, siteConnections, siteCrossings, type ServiceEnds, type SiteCrossing } from './site-crossings.ts'
import type { SiteIndex } from './site-index.ts'

/** A stretch of an asset that is exempt from the distance in plan to features it crosses, or to the building it serves. */
export interface ExemptStretch {
  /** Feature whose word (kerb, rail …) it is exempt from; of a house connection, the building alone. */
  readonly feature: number
  readonly isAlone: boolean
  /** Plan chainages as drawn; widened by w, they reach w / sine further. */
  readonly fromM: number
  readonly toM: number
  readonly sine: number
}

/** Sine of the flattest angle that a zone is measured with. */
const LEAST_SINE = 0.5

/** A place on an asset from which an exemption is spread. */
interface Start {
  readonly feature: number
  readonly isAlone: boolean
  readonly chainageM: number
  readonly reachM: number
  readonly sine: number
}

/**
 * Zones of crossings with kerbs, rails and the like, and of house connections, as design §5 rule 2 has them for lines:
 * everything of that kind and owner connected within (H_req + w) / sin θ along the lines.
 */
export class SiteZones {
  readonly #world: World
  readonly #site: SiteIndex
  readonly #ends: ServiceEnds
  readonly #limitsOf: (asset: number) => LineLimits
  readonly #starts = new Map<number, readonly Start[]>()
  readonly #crossings = new Map<number, readonly SiteCrossing[]>()
  readonly #stretches = new Map<number, readonly ExemptStretch[]>()
  readonly #greatestM: number
  readonly #farM: number

  /** @param greatestM Largest limit of the pack to a surface feature. @param widestM Largest outer half-width. */
  constructor(world: World, site: SiteIndex, ends: ServiceEnds, limitsOf: (asset: number) => LineLimits, greatestM: number, widestM: number) {
    this.#world = world
    this.#site = site
    this.#ends = ends
    this.#limitsOf = limitsOf
    this.#greatestM = greatestM
    this.#farM = (greatestM + widestM) / LEAST_SINE
  }

  crossingsOf(asset: number): readonly SiteCrossing[] {
    let list = this.#crossings.get(asset)
    if (!list) this.#crossings.set(asset, (list = siteCrossings(this.#world.network, this.#site, asset)))
    return list
  }

  /** @param spareM How far zones may later be widened: lines nearer than drawn. */
  stretchesOf(asset: number, spareM: number): readonly ExemptStretch[] {
    let list = this.#stretches.get(asset)
    if (!list) this.#stretches.set(asset, (list = this.#find(asset, spareM)))
    return list
  }

  #find(asset: number, spareM: number): ExemptStretch[] {
    const { network } = this.#world
    const group = network.group[asset]!
    const near: ZoneEntry[] = []
    spread(this.#world, group, [{ asset, from: 0, to: lengthOf(network, asset), leftM: this.#farM + spareM / LEAST_SINE, side: 'a' }], near)
    const stretches: ExemptStretch[] = []
    for (const other of new Set(near.map(entry => entry.asset))) {
      for (const { feature, isAlone, chainageM, reachM, sine } of this.#startsOf(other)) {
        const reached: ZoneEntry[] = []
        spread(this.#world, group, [{ asset: other, from: chainageM, to: chainageM, leftM: reachM + spareM / sine, side: 'a' }], reached)
        for (const entry of reached) {
          if (entry.asset !== asset) continue
          const drawnM = entry.leftM - spareM / sine
          stretches.push({ feature, isAlone, fromM: entry.from - drawnM, toM: entry.to + drawnM, sine })
        }
      }
    }
    return stretches
  }

  #startsOf(asset: number): readonly Start[] {
    let list = this.#starts.get(asset)
    if (!list) this.#starts.set(asset, (list = this.#findStarts(asset)))
    return list
  }

  #findStarts(asset: number): Start[] {
    const { surroundings } = this.#limitsOf(asset)
    const halfWidthM = this.#world.network.halfWidthM[asset]!
    const reachOf = (feature: number, sine: number, insideM: number): number | null => {
      const limits = planWords(this.#site.words[feature]!).flatMap(word => surroundings.get(word)?.minM ?? [])
      return limits.length === 0 ? null : (Math.max(...limits) + halfWidthM + insideM) / sine
    }
    const starts: Start[] = []
    const add = (feature: number, isAlone: boolean, chainageM: number, sine: number, insideM = 0): void => {
      const reachM = reachOf(feature, sine, insideM)
      if (reachM !== null) starts.push({ feature, isAlone, chainageM, reachM, sine })
    }
    const grace = 1e-9
    for (const { feature, chainageM, sine } of this.crossingsOf(asset)) {
      // Walls are not crossed: what runs into a building is in it.
      if (this.#site.isArea[feature] === 0 && sine >= Math.max(LEAST_SINE, sineOfDeg(this.#world.pack.crossingMinAngleDeg)) - grace) add(feature, false, chainageM, sine)
    }
    for (const { feature, isAlone, chainageM, sine, insideM } of siteConnections(this.#world, this.#site, this.#ends, asset, this.#greatestM + halfWidthM)) add(feature, isAlone, chainageM, sine, insideM)
    return starts
  }
}

const sineOfDeg = (deg: number): number => Math.sin((deg * Math.PI) / 180)
