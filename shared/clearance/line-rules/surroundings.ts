import { queryBoxGrid } from '../../geometry/box-grid.ts'
import { planDistance } from '../../geometry/plan-distance.ts'
import { newSegmentPair, newWitness, type SegmentPair } from '../../geometry/segment-pair.ts'
import type { Limit } from '../../rules/limit-lookup.ts'
import type { LineLimits, SurroundingsLimit } from '../../rules/line-limits.ts'
import { LEVEL_WORDS } from '../../rules/site-words.ts'
import type { GroundSampler } from '../../twin/ground.ts'
import type { RuleName } from '../findings/finding.ts'
import { BROKEN_M } from '../pairs/pair-terms.ts'
import type { Hit } from '../pairs/hit.ts'
import type { World } from '../worlds/world.ts'
import { common, WHOLE, type Piece, type ShallowPieces } from './shallow-pieces.ts'
import { planWords } from './site-crossings.ts'
import { areasAt, type SiteIndex } from './site-index.ts'
import type { SiteZones } from './site-zones.ts'

/** A remainder between zones shorter than this is rounding, not a place. */
const SLIVER_M = 1e-7

/**
 * Distance in plan from a line's outer surface to surface features (design §5, rule 8), and the level under those that
 * are passed under. A place inside an area is at distance 0 from it.
 */
export class SurroundingsTester {
  readonly #world: World
  readonly #site: SiteIndex
  readonly #zones: SiteZones
  readonly #limitsOf: (asset: number) => LineLimits
  readonly #groundAt: GroundSampler
  readonly #shallow: ShallowPieces
  readonly #subject: (feature: number) => number
  readonly #pair = newSegmentPair()
  readonly #witness = newWitness()

  /** @param subject Number that hits carry as `b` for a feature. */
  constructor(world: World, site: SiteIndex, zones: SiteZones, limitsOf: (asset: number) => LineLimits, groundAt: GroundSampler, shallow: ShallowPieces, subject: (feature: number) => number) {
    this.#world = world
    this.#site = site
    this.#zones = zones
    this.#limitsOf = limitsOf
    this.#groundAt = groundAt
    this.#shallow = shallow
    this.#subject = subject
  }

  /** @param isWanted Which segments (first vertices) distances are asked of. */
  testAsset(asset: number, isWanted: (v: number) => boolean = () => true): Hit[] {
    const { network } = this.#world
    const { surroundings, angleTo } = this.#limitsOf(asset)
    if (surroundings.size === 0 && angleTo.size === 0) return []
    const hits: Hit[] = []
    for (let v = network.vertexStart[asset]!; v < network.vertexStart[asset + 1]! - 1; v++) if (isWanted(v)) this.#testSegment(asset, v, hits)
    this.#testCrossings(asset, hits)
    return hits
  }

  #testSegment(asset: number, v: number, hits: Hit[]): void {
    const { network } = this.#world
    const { surroundings } = this.#limitsOf(asset)
    const [halfWidthM, accuracyM] = [network.halfWidthM[asset]!, network.accuracyPlanM[asset]!]
    const reachM = greatestLimitM(surroundings) + halfWidthM + (accuracyM || 0)
    const { xyz } = network
    const [x0, y0, x1, y1] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
    for (const e of queryBoxGrid(this.#site.edgeGrid, Math.min(x0, x1) - reachM, Math.min(y0, y1) - reachM, Math.max(x0, x1) + reachM, Math.max(y0, y1) + reachM)) {
      const feature = this.#site.edgeFeature[e]!
      const limit = this.#limitTo(asset, feature)
      if (!limit) continue
      this.#load(v, e)
      if (planDistance(this.#pair, this.#witness) - halfWidthM - (accuracyM || 0) >= limit.minM - BROKEN_M) continue
      this.#testEdge(asset, v, feature, limit, hits)
    }
    this.#testInside(asset, v, hits)
  }

  #limitTo(asset: number, feature: number): SurroundingsLimit | null {
    const { surroundings } = this.#limitsOf(asset)
    let governing: SurroundingsLimit | null = null
    for (const word of planWords(this.#site.words[feature]!)) {
      const limit = surroundings.get(word)
      if (limit && (!governing || limit.minM > governing.minM)) governing = limit
    }
    return governing
  }

  /** The edge is in the scratch pair: tested as drawn, then as it may be within the uncertainty. */
  #testEdge(asset: number, v: number, feature: number, limit: SurroundingsLimit, hits: Hit[]): void {
    const { halfWidthM, accuracyPlanM } = this.#world.network
    const known = accuracyPlanM[asset]!
    const uncertaintyM = Number.isNaN(known) ? null : known
    const whole = this.#pair.slice()
    for (const widenM of uncertaintyM ? [0, uncertaintyM] : [0]) {
      const nearM = limit.minM + halfWidthM[asset]! + widenM - BROKEN_M
      for (const piece of this.#testedPieces(asset, v, feature, limit, widenM)) {
        cut(whole, piece, this.#pair)
        const distanceM = planDistance(this.#pair, this.#witness)
        if (distanceM >= nearM) continue
        const s = this.#witness[1]!
        const t = this.#witness[2]!
        const [from, to] = [this.#edgeOf(s, 0, nearM), this.#edgeOf(s, 1, nearM)]
        const share = (x: number): number => piece.from + x * (piece.to - piece.from)
        const q: [number, number] = [whole[6]! + t * (whole[9]! - whole[6]!), whole[7]! + t * (whole[10]! - whole[7]!)]
        hits.push(this.#hit('surroundings', asset, v, feature, limit, distanceM - halfWidthM[asset]!, share(s), [share(from), share(to)], q, uncertaintyM, widenM === 0))
      }
    }
    this.#pair.set(whole)
  }

  /** Pieces of a segment for which a limit holds: outside zones, and no deeper than the limit says. */
  #testedPieces(asset: number, v: number, feature: number, { maxDepthM }: SurroundingsLimit, widenM: number): readonly Piece[] {
    const free = this.#freePieces(asset, v, feature, widenM)
    return maxDepthM === null || free.length === 0 ? free : common(free, this.#shallow(asset, v, maxDepthM))
  }

  /** Pieces of a segment outside the zones in which a feature is not kept off. */
  #freePieces(asset: number, v: number, feature: number, widenM: number): readonly Piece[] {
    const { chainageM } = this.#world.network
    const [fromM, toM] = [chainageM[v]!, chainageM[v + 1]!]
    const words = planWords(this.#site.words[feature]!)
    const exempt = this.#zones.stretchesOf(asset, this.#world.spareM(this.#world.network.group[asset]!, null))
      .filter(zone => (zone.isAlone ? zone.feature === feature : planWords(this.#site.words[zone.feature]!).some(word => words.includes(word))))
      .map(zone => ({ from: zone.fromM - widenM / zone.sine, to: zone.toM + widenM / zone.sine }))
      .filter(zone => zone.to >= zone.from && zone.to >= fromM - SLIVER_M && zone.from <= toM + SLIVER_M)
      .sort((m, n) => m.from - n.from)
    if (exempt.length === 0) return WHOLE
    if (toM <= fromM) return []
    const pieces: Piece[] = []
    let reached = fromM
    for (const zone of [...exempt, { from: toM, to: toM }]) {
      if (zone.from > reached + SLIVER_M) pieces.push({ from: (reached - fromM) / (toM - fromM), to: (Math.min(zone.from, toM) - fromM) / (toM - fromM) })
      reached = Math.max(reached, zone.to)
    }
    return pieces
  }

  /** Places inside areas, however far from their edges. */
  #testInside(asset: number, v: number, hits: Hit[]): void {
    const { xyz, halfWidthM, accuracyPlanM } = this.#world.network
    const [x0, y0, x1, y1] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
    const shares = [0, 1, ...this.#zones.crossingsOf(asset).filter(crossing => crossing.segment === v && this.#site.isArea[crossing.feature] === 1).map(crossing => crossing.share)].sort((a, b) => a - b)
    for (let k = 0; k + 1 < shares.length; k++) {
      const middle = (shares[k]! + shares[k + 1]!) / 2
      const [x, y] = [x0 + middle * (x1 - x0), y0 + middle * (y1 - y0)]
      for (const feature of areasAt(this.#site, x, y)) {
        const limit = this.#limitTo(asset, feature)
        if (!limit) continue
        for (const free of this.#testedPieces(asset, v, feature, limit, 0)) {
          const [from, to] = [Math.max(free.from, shares[k]!), Math.min(free.to, shares[k + 1]!)]
          if (to < from || (to === from && x0 !== x1)) continue
          const at = (from + to) / 2
          const uncertaintyM = Number.isNaN(accuracyPlanM[asset]!) ? null : accuracyPlanM[asset]!
          hits.push(this.#hit('surroundings', asset, v, feature, limit, -halfWidthM[asset]!, at, [from, to], [x0 + at * (x1 - x0), y0 + at * (y1 - y0)], uncertaintyM, true))
        }
      }
    }
  }

  /** What holds where a line crosses a feature: the angle, and the level under it. */
  #testCrossings(asset: number, hits: Hit[]): void {
    const { surroundings, angleTo } = this.#limitsOf(asset)
    const { network } = this.#world
    const planAccuracyM = network.accuracyPlanM[asset]!
    for (const { feature, segment, share, sine, passes } of this.#zones.crossingsOf(asset)) {
      if (!passes) continue
      const [x, y, z] = this.#point(segment, share)
      for (const word of this.#site.words[feature]!) {
        const angle = angleTo.get(word)
        const foundDeg = (Math.asin(sine) * 180) / Math.PI
        if (angle && foundDeg < angle.minM - ANGLE_GRACE_DEG) {
          hits.push(this.#hit('crossing_angle', asset, segment, feature, angle, foundDeg, share, [share, share], [x, y], Number.isNaN(planAccuracyM) ? null : 0, true))
        }
        const level = LEVEL_WORDS.has(word) ? surroundings.get(word) : undefined
        const ground = level ? this.#groundAt(x, y) : null
        if (!level || ground === null) continue
        const found = ground - z - network.halfHeightM[asset]!
        const accuracy = network.accuracyLevelM[asset]!
        const uncertaintyM = Number.isNaN(accuracy) ? null : accuracy
        const isShort = level.minM - found > BROKEN_M
        if (isShort || found - (uncertaintyM ?? 0) < level.minM - BROKEN_M) {
          hits.push(this.#hit('surroundings_level', asset, segment, feature, level, found, share, [share, share], [x, y], uncertaintyM, isShort))
        }
      }
    }
  }

  #load(v: number, e: number): void {
    const { xyz } = this.#world.network
    const { edges } = this.#site
    this.#pair.set([xyz[3 * v]!, xyz[3 * v + 1]!, 0, xyz[3 * v + 3]!, xyz[3 * v + 4]!, 0, edges[4 * e]!, edges[4 * e + 1]!, 0, edges[4 * e + 2]!, edges[4 * e + 3]!, 0])
  }

  #point(v: number, share: number): [number, number, number] {
    const { xyz } = this.#world.network
    const at = (k: number): number => xyz[3 * v + k]! + share * (xyz[3 * v + 3 + k]! - xyz[3 * v + k]!)
    return [at(0), at(1), at(2)]
  }

  #hit(rule: RuleName, asset: number, v: number, feature: number, limit: Limit, found: number, share: number, [from, to]: readonly [number, number], at: readonly [number, number], uncertaintyM: number | null, isShort: boolean): Hit {
    const p = this.#point(v, share)
    return {
      rule, a: asset, b: this.#subject(feature), segmentA: v, segmentB: v, from, to, required: limit.minM, found, limit, isShort, uncertaintyM, p,
      q: [at[0], at[1], this.#groundAt(at[0], at[1]) ?? p[2]],
    }
  }

  /** How far from s towards `end` the piece stays nearer than a distance: what is near an edge is convex. */
  #edgeOf(s: number, end: 0 | 1, nearM: number): number {
    const piece = this.#pair.slice()
    const isNear = (x: number): boolean => {
      cut(piece, { from: x, to: x }, this.#pair)
      return planDistance(this.#pair, this.#witness) < nearM
    }
    let [inside, outside] = [s, end as number]
    if (isNear(end)) inside = end
    else for (let i = 0; i < 40; i++) {
      const middle = (inside + outside) / 2
      if (isNear(middle)) inside = middle
      else outside = middle
    }
    this.#pair.set(piece)
    return inside
  }
}

/** Greatest limit in plan; 0 without one. */
export function greatestLimitM(surroundings: LineLimits['surroundings']): number {
  let greatest = 0
  for (const [word, limit] of surroundings) if (!LEVEL_WORDS.has(word)) greatest = Math.max(greatest, limit.minM)
  return greatest
}

/** A millionth of a degree of grace: 60° drawn as 60° is 60°. */
export const ANGLE_GRACE_DEG = 1e-6

/** Writes a piece of the first segment of a pair. */
function cut(whole: SegmentPair, { from, to }: Piece, out: SegmentPair): void {
  out.set(whole)
  for (let k = 0; k < 3; k++) {
    const [p, q] = [whole[k]!, whole[k + 3]!]
    out[k] = p + from * (q - p)
    out[k + 3] = to === 1 ? q : p + to * (q - p)
  }
}
