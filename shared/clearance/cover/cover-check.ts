import { lowestIn, parabolaAt, stretchesBelow, throughValues, type Parabola } from '../../geometry/parabola.ts'
import type { CoverLimits, Limit } from '../../rules/limit-lookup.ts'
import { groundSampler, type GroundSampler, type GroundSurface } from '../../twin/ground.ts'
import { SURFACE_CLASSES, type SurfaceClass } from '../../twin/kinds.ts'
import type { SurfaceThere } from '../findings/finding.ts'
import { areaBreaks, BreakList, groundBreaks, type LineBreaks } from './ground-breaks.ts'
import { CoverScreen } from './cover-screen.ts'
import { shortOf } from '../findings/hit-order.ts'
import { BROKEN_M } from '../pairs/pair-terms.ts'
import type { Hit } from '../pairs/hit.ts'
import { ASSUMED_SURFACE, type SurfaceAreas } from './surface-areas.ts'
import type { World } from '../worlds/world.ts'

const NO_HITS: readonly Hit[] = []
const ASSUMED: readonly SurfaceThere[] = [{ surface: ASSUMED_SURFACE, isAssumed: true }]

/** Tests cover (design §5, rule 7) on every segment, exactly: the ground is cut where its form or its use changes. */
export class CoverTester {
  readonly #world: World
  readonly #level: GroundSampler
  readonly #groundBreaks: LineBreaks
  readonly #areas: ReturnType<typeof areaBreaks>
  readonly #surfaceOf: Uint8Array
  readonly #limits = new Map<number, ReadonlyMap<SurfaceClass, CoverLimits>>()
  readonly #screen: CoverScreen | null
  readonly #wantsStretches: boolean
  readonly #edges = new BreakList()
  /** Cover along the piece at hand, and the same with the sign of the limit asked about. */
  readonly #cover: Parabola = { c0: 0.5, c1: 0.5, c2: 0.5 }
  readonly #signed: Parabola = { c0: 0.5, c1: 0.5, c2: 0.5 }

  /** @param wantsStretches Whether every stretch is wanted; else the worst of each rule on a segment is enough. */
  constructor(world: World, ground: GroundSurface, surfaces: SurfaceAreas, wantsStretches: boolean) {
    this.#world = world
    this.#wantsStretches = wantsStretches
    this.#level = groundSampler(ground)
    this.#groundBreaks = groundBreaks(ground)
    this.#areas = areaBreaks(surfaces)
    this.#surfaceOf = surfaces.surface
    this.#screen = ground.type === 'grid' ? new CoverScreen(ground, world.limits) : null
  }

  /** Hits along one segment; `b` is −1 and `q` the ground above `p`. */
  testSegment(asset: number, v: number): readonly Hit[] {
    if (this.#screen?.mayBeShort(this.#world.network, asset, v) === false) return NO_HITS
    const limits = this.#limitsOf(this.#world.network.signature[asset]!)
    if (limits.size === 0) return NO_HITS
    const { xyz } = this.#world.network
    const x0 = xyz[3 * v]!
    const y0 = xyz[3 * v + 1]!
    const x1 = xyz[3 * v + 3]!
    const y1 = xyz[3 * v + 4]!
    const edges = this.#edges
    edges.begin()
    this.#groundBreaks(x0, y0, x1, y1, edges)
    this.#areas.breaks(x0, y0, x1, y1, edges)
    edges.sort()
    const hits: Hit[] = []
    for (let k = 0; k + 1 < edges.count; k++) {
      const from = edges.values[k]!
      const to = edges.values[k + 1]!
      if (to - from < 1e-12) continue
      // What the ground is used for matters only where some use of it would make this short.
      if (!this.#takeCover(asset, v, from, to) || !this.#mayBeShort(asset, limits)) continue
      const middle = (from + to) / 2
      for (const there of this.#surfacesAt(x0 + middle * (x1 - x0), y0 + middle * (y1 - y0))) {
        const found = limits.get(there.surface)
        if (found?.min) this.#addStretches('cover', asset, v, from, to, found.min, there, hits)
        if (found?.max) this.#addStretches('cover_max', asset, v, from, to, found.max, there, hits)
      }
    }
    return hits
  }

  #limitsOf(signature: number): ReadonlyMap<SurfaceClass, CoverLimits> {
    let limits = this.#limits.get(signature)
    if (!limits) {
      limits = new Map(SURFACE_CLASSES.map(surface => [surface, this.#world.limits.cover(signature, surface)] as const).filter(([, { min, max }]) => min !== null || max !== null))
      this.#limits.set(signature, limits)
    }
    return limits
  }

  #mayBeShort(asset: number, limits: ReadonlyMap<SurfaceClass, CoverLimits>): boolean {
    const cover = this.#cover
    const spareM = this.#world.network.accuracyLevelM[asset]! || 0
    const least = parabolaAt(cover, lowestIn(cover, 0, 1)) - spareM
    const most = Math.max(cover.c0, parabolaAt(cover, 1), cover.c2 < 0 ? parabolaAt(cover, Math.min(1, Math.max(0, -cover.c1 / (2 * cover.c2)))) : -Infinity) + spareM
    for (const { min, max } of limits.values()) if ((min && least < min.minM) || (max && most > max.minM)) return true
    return false
  }

  /** Takes ground less crown over a piece of a segment. @returns false where there is no ground. */
  #takeCover(asset: number, v: number, from: number, to: number): boolean {
    const quarter = this.#coverAt(asset, v, from + 0.25 * (to - from))
    const half = this.#coverAt(asset, v, from + 0.5 * (to - from))
    const threeQuarters = this.#coverAt(asset, v, from + 0.75 * (to - from))
    if (Number.isNaN(quarter) || Number.isNaN(half) || Number.isNaN(threeQuarters)) return false
    throughValues(quarter, half, threeQuarters, this.#cover)
    return true
  }

  /** NaN where there is no ground. */
  #coverAt(asset: number, v: number, x: number): number {
    const { xyz, halfHeightM } = this.#world.network
    const k = 3 * v
    const level = this.#level(xyz[k]! + x * (xyz[k + 3]! - xyz[k]!), xyz[k + 1]! + x * (xyz[k + 4]! - xyz[k + 1]!))
    return level === null ? NaN : level - (xyz[k + 2]! + x * (xyz[k + 5]! - xyz[k + 2]!)) - halfHeightM[asset]!
  }

  /** Uses of the ground at a point; several where areas overlap, an assumed one where there is none. */
  #surfacesAt(x: number, y: number): readonly SurfaceThere[] {
    const areas = this.#areas.at(x, y)
    if (areas.length === 0) return ASSUMED
    return [...new Set(areas.map(k => SURFACE_CLASSES[this.#surfaceOf[k]!]!))].map(surface => ({ surface, isAssumed: false }))
  }

  #addStretches(rule: 'cover' | 'cover_max', asset: number, v: number, from: number, to: number, limit: Limit, surface: SurfaceThere, hits: Hit[]): void {
    const accuracy = this.#world.network.accuracyLevelM[asset]!
    const uncertaintyM = Number.isNaN(accuracy) ? null : accuracy
    // A maximum is a minimum of the opposite sign.
    const sign = rule === 'cover' ? 1 : -1
    const cover = this.#cover
    const signed = this.#signed
    signed.c0 = sign * cover.c0
    signed.c1 = sign * cover.c1
    signed.c2 = sign * cover.c2
    const lowest = lowestIn(signed, 0, 1)
    const least = parabolaAt(signed, lowest)
    const required = sign * limit.minM
    const isShort = required - least > BROKEN_M
    if (!isShort && !(uncertaintyM !== null && least - uncertaintyM < required - BROKEN_M)) return
    if (!this.#wantsStretches) {
      if (isWorst(hits, rule, isShort, required - least)) hits.push(this.#hit(rule, asset, v, limit, surface, isShort, from, to, lowest, 0, 1))
      return
    }
    for (const [low, high] of stretchesBelow(signed, required - BROKEN_M + (isShort ? 0 : uncertaintyM!))) {
      hits.push(this.#hit(rule, asset, v, limit, surface, isShort, from, to, lowestIn(signed, low, high), low, high))
    }
  }

  /** @param from, to The piece, shares of the segment. @param x, low, high Where it is worst and from where to where it is short, shares of the piece. */
  #hit(rule: 'cover' | 'cover_max', asset: number, v: number, limit: Limit, surface: SurfaceThere, isShort: boolean, from: number, to: number, x: number, low: number, high: number): Hit {
    const { accuracyLevelM, halfHeightM } = this.#world.network
    const p = this.#point(v, from + x * (to - from))
    const found = parabolaAt(this.#cover, x)
    return {
      rule, a: asset, b: -1, segmentA: v, segmentB: v, required: limit.minM, found, limit, isShort, uncertaintyM: Number.isNaN(accuracyLevelM[asset]!) ? null : accuracyLevelM[asset]!, p, surface,
      q: [p[0], p[1], p[2] + halfHeightM[asset]! + found],
      from: from + low * (to - from), to: from + high * (to - from),
    }
  }

  #point(v: number, x: number): [number, number, number] {
    const { xyz } = this.#world.network
    const k = 3 * v
    return [xyz[k]! + x * (xyz[k + 3]! - xyz[k]!), xyz[k + 1]! + x * (xyz[k + 4]! - xyz[k + 1]!), xyz[k + 2]! + x * (xyz[k + 5]! - xyz[k + 2]!)]
  }
}

/** Takes out what a shortfall of a rule is worse than. @returns false where something at least as bad is known. */
function isWorst(hits: Hit[], rule: Hit['rule'], isShort: boolean, shortM: number): boolean {
  for (let k = 0; k < hits.length; k++) {
    const known = hits[k]!
    if (known.rule !== rule) continue
    if (known.isShort === isShort ? shortOf(known) >= shortM : known.isShort) return false
    hits.splice(k, 1)
    return true
  }
  return true
}
