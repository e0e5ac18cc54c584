import { lowestIn, parabolaAt, parabolaThrough, stretchesBelow, type Parabola } from '../geometry/parabola.ts'
import type { CoverLimits, Limit } from '../rules/limit-lookup.ts'
import { groundSampler, type GroundSampler, type GroundSurface } from '../twin/ground.ts'
import { SURFACE_CLASSES, type SurfaceClass } from '../twin/kinds.ts'
import type { SurfaceThere } from './finding.ts'
import { areaBreaks, groundBreaks, type LineBreaks } from './ground-breaks.ts'
import { CoverScreen } from './cover-screen.ts'
import { BROKEN_M } from './pair-terms.ts'
import type { Hit } from './pair-tester.ts'
import { ASSUMED_SURFACE, type SurfaceAreas } from './surface-areas.ts'
import type { World } from './world.ts'

const NO_HITS: readonly Hit[] = []

/** Tests cover (design §5, rule 7) on every segment, exactly: the ground is cut where its form or its use changes. */
export class CoverTester {
  readonly #world: World
  readonly #level: GroundSampler
  readonly #groundBreaks: LineBreaks
  readonly #areas: ReturnType<typeof areaBreaks>
  readonly #surfaceOf: Uint8Array
  readonly #limits = new Map<number, ReadonlyMap<SurfaceClass, CoverLimits>>()
  readonly #screen: CoverScreen | null

  constructor(world: World, ground: GroundSurface, surfaces: SurfaceAreas) {
    this.#world = world
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
    if (limits.size === 0) return []
    const { xyz } = this.#world.network
    const [x0, y0, x1, y1] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
    const edges = [0, 1, ...this.#groundBreaks(x0, y0, x1, y1), ...this.#areas.breaks(x0, y0, x1, y1)].sort((a, b) => a - b)
    const hits: Hit[] = []
    for (let k = 0; k + 1 < edges.length; k++) {
      const [from, to] = [edges[k]!, edges[k + 1]!]
      if (to - from < 1e-12) continue
      const cover = this.#coverOn(asset, v, from, to)
      // What the ground is used for matters only where some use of it would make this short.
      if (!cover || !this.#mayBeShort(asset, cover, limits)) continue
      const middle = (from + to) / 2
      for (const there of this.#surfacesAt(x0 + middle * (x1 - x0), y0 + middle * (y1 - y0))) {
        const found = limits.get(there.surface)
        if (found?.min) this.#addStretches('cover', asset, v, from, to, cover, found.min, there, hits)
        if (found?.max) this.#addStretches('cover_max', asset, v, from, to, cover, found.max, there, hits)
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

  #mayBeShort(asset: number, cover: Parabola, limits: ReadonlyMap<SurfaceClass, CoverLimits>): boolean {
    const spareM = this.#world.network.accuracyLevelM[asset]! || 0
    const least = parabolaAt(cover, lowestIn(cover, 0, 1)) - spareM
    const most = Math.max(cover.c0, parabolaAt(cover, 1), cover.c2 < 0 ? parabolaAt(cover, Math.min(1, Math.max(0, -cover.c1 / (2 * cover.c2)))) : -Infinity) + spareM
    for (const { min, max } of limits.values()) if ((min && least < min.minM) || (max && most > max.minM)) return true
    return false
  }

  /** Ground less crown over a piece of a segment; null where there is no ground. */
  #coverOn(asset: number, v: number, from: number, to: number): Parabola | null {
    const at = (share: number): number | null => {
      const [x, y, z] = this.#point(v, from + share * (to - from))
      const level = this.#level(x, y)
      return level === null ? null : level - z - this.#world.network.halfHeightM[asset]!
    }
    const [quarter, half, threeQuarters] = [at(0.25), at(0.5), at(0.75)]
    return quarter === null || half === null || threeQuarters === null ? null : parabolaThrough(quarter, half, threeQuarters)
  }

  /** Uses of the ground at a point; several where areas overlap, an assumed one where there is none. */
  #surfacesAt(x: number, y: number): SurfaceThere[] {
    const found = new Set(this.#areas.at(x, y).map(k => SURFACE_CLASSES[this.#surfaceOf[k]!]!))
    return found.size > 0 ? [...found].map(surface => ({ surface, isAssumed: false })) : [{ surface: ASSUMED_SURFACE, isAssumed: true }]
  }

  #addStretches(rule: 'cover' | 'cover_max', asset: number, v: number, from: number, to: number, cover: Parabola, limit: Limit, surface: SurfaceThere, hits: Hit[]): void {
    const accuracy = this.#world.network.accuracyLevelM[asset]!
    const uncertaintyM = Number.isNaN(accuracy) ? null : accuracy
    // A maximum is a minimum of the opposite sign.
    const sign = rule === 'cover' ? 1 : -1
    const signed = sign === 1 ? cover : { c0: -cover.c0, c1: -cover.c1, c2: -cover.c2 }
    const least = parabolaAt(signed, lowestIn(signed, 0, 1))
    const required = sign * limit.minM
    const isShort = required - least > BROKEN_M
    if (!isShort && !(uncertaintyM !== null && least - uncertaintyM < required - BROKEN_M)) return
    for (const [low, high] of stretchesBelow(signed, required - BROKEN_M + (isShort ? 0 : uncertaintyM!))) {
      const x = lowestIn(signed, low, high)
      const at = from + x * (to - from)
      const p = this.#point(v, at)
      const found = parabolaAt(cover, x)
      hits.push({
        rule, a: asset, b: -1, segmentA: v, segmentB: v, required: limit.minM, found, limit, isShort, uncertaintyM, p, surface,
        q: [p[0], p[1], p[2] + this.#world.network.halfHeightM[asset]! + found],
        from: from + low * (to - from), to: from + high * (to - from),
      })
    }
  }

  #point(v: number, x: number): [number, number, number] {
    const { xyz } = this.#world.network
    const at = (k: number): number => xyz[3 * v + k]! + x * (xyz[3 * v + 3 + k]! - xyz[3 * v + k]!)
    return [at(0), at(1), at(2)]
  }
}
