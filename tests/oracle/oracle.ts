/**
 * Brute-force oracle of clearance: design §5 rules 1–6, written from the definition alone, for comparing
 * the production engine with. Every two assets, every two segments, every box between zone edges.
 */
import type { Asset, FeatureCollection, OraclePack, OraclePair, PairRule, Vec3 } from './types.ts'
import { BROKEN_M } from './types.ts'
import { at, between, readAssets } from './assets.ts'
import type { Cell, PairZones } from './cells.ts'
import { cellsOf } from './cells.ts'
import type { Crossing } from './crossings.ts'
import { findCrossings } from './crossings.ts'
import type { JointZone } from './joint-zones.ts'
import { findJointZones } from './joint-zones.ts'
import type { Joint } from './joints.ts'
import { areJoined, findJoints, findRuns } from './joints.ts'
import { distanceLimit, horizontalLimit, largerVerticalLimit, verticalLimit } from './limits.ts'
import type { Minimum, Pieces } from './minimise.ts'
import { clearDistance, levelRange, minimumOf, minimumPlanDistance } from './minimise.ts'

export type { FeatureCollection, LineFeature, OraclePack, OraclePair } from './types.ts'

/** Everything derived from a network and a pack that the pair tests need. */
export interface Scene { assets: Asset[]; joints: Joint[]; runs: number[]; jointZones: JointZone[]; crossings: Crossing[] }

/** The sums over a pair of outer sections that design §5 names. */
interface Sections { w: number; h: number; W: number; H: number; R: number; hasRectangle: boolean }

interface Candidate { required: number; found: number; p: Vec3; q: Vec3 }

/** All rows, sorted by a, b, rule; ids with a < b. Coordinates of `at` are those of the input. */
export function oraclePairs(network: FeatureCollection, pack: OraclePack): OraclePair[] {
  const [x = 0, y = 0] = network.features[0]?.geometry.coordinates[0] ?? []
  const origin: Vec3 = [x, y, 0]
  const scene = buildScene(network, pack, origin)
  const rows: OraclePair[] = []
  for (const a of scene.assets) {
    for (const b of scene.assets) {
      if (a.id >= b.id || a === b) continue
      if (at(scene.runs, a.index) === at(scene.runs, b.index)) continue
      for (const [rule, c] of testPair(a, b, scene, pack)) {
        rows.push({ a: a.id, b: b.id, rule, required: c.required, found: c.found, at: { a: shift(c.p, origin), b: shift(c.q, origin) } })
      }
    }
  }
  const key = (r: OraclePair): string => `${r.a}\u0000${r.b}\u0000${r.rule}`
  return rows.sort((m, n) => (key(m) < key(n) ? -1 : 1))
}

export function buildScene(network: FeatureCollection, pack: OraclePack, origin: Vec3): Scene {
  const assets = readAssets(network, pack, origin)
  const joints = findJoints(assets, pack.snapToleranceM ?? 0.01)
  return {
    assets, joints,
    runs: findRuns(assets, joints),
    jointZones: findJointZones(joints, pack),
    crossings: pack.semantics === 'crossing-alongside' ? findCrossings(assets, joints, pack) : [],
  }
}

function testPair(a: Asset, b: Asset, scene: Scene, pack: OraclePack): Map<PairRule, Candidate> {
  const sections = sectionsOf(a, b)
  const horizontal = horizontalLimit(pack, a, b)
  const clear = pack.semantics === 'distance' ? distanceLimit(pack, a, b) : null
  const touchM = pack.touchBandM ?? 0.001
  const zones = zonesOf(a, b, scene, pack, sections)
  const best = new Map<PairRule, Candidate>()
  const contact: { best: Candidate | null } = { best: null }
  const farM = sections.w + Math.max(horizontal ?? 0, clear ?? 0, 0) + touchM + 1e-3
  for (let i = 0; i + 1 < a.points.length; i += 1) {
    for (let j = 0; j + 1 < b.points.length; j += 1) {
      const whole = { p0: at(a.points, i), p1: at(a.points, i + 1), q0: at(b.points, j), q1: at(b.points, j + 1) }
      if (boxGap(whole).plan > farM) continue
      for (const cell of cellsOf(a, i, b, j, zones)) {
        if (boxGap(cell.pieces).plan > farM) continue
        if (!cell.isExempt) testContact(cell.pieces, sections, Math.max(touchM, clear ?? 0), contact)
        if (pack.semantics === 'crossing-alongside') testCrossingAlongside(cell, a, b, sections, pack, horizontal, best)
        if (pack.semantics === 'either' && !cell.isExempt) testEither(cell, a, b, sections, pack, horizontal, best)
      }
    }
  }
  const nearest = contact.best
  if (nearest !== null) {
    const { found } = nearest
    if (found < -touchM) best.set('hard', nearest)
    else if (found <= touchM && !areJoined(scene.joints, a, b)) best.set('touching', nearest)
    if (clear !== null && clear - found > BROKEN_M) best.set('distance', { ...nearest, required: clear })
  }
  return best
}

/** Keeps the least D that is within `ofInterestM`. */
function testContact(g: Pieces, k: Sections, ofInterestM: number, contact: { best: Candidate | null }): void {
  const distance = (dxy: number, dz: number): number => clearDistance(dxy, dz, k.W, k.H, k.R, k.hasRectangle)
  const gap = boxGap(g)
  if (distance(gap.plan, gap.level) > Math.min(ofInterestM, contact.best?.found ?? Infinity)) return
  const m = minimumOf(distance, g)
  if (contact.best === null || m.value < contact.best.found) contact.best = candidate(g, m, 0, m.value)
}

function testCrossingAlongside(
  cell: Cell, a: Asset, b: Asset, k: Sections, pack: OraclePack, horizontal: number | null, best: Map<PairRule, Candidate>,
): void {
  const g = cell.pieces
  if (cell.crossings.length === 0 && horizontal !== null && !cell.isExemptHorizontally) {
    const maxGap = pack.alongsideMaxVerticalGapM ?? null
    const m = minimumPlanDistance(g, maxGap === null ? null : k.h + maxGap)
    if (m !== null) offer(best, 'horizontal', candidate(g, m, horizontal, m.value - k.w))
  }
  if (cell.isExempt || boxGap(g).plan > k.w) return
  const range = levelRange(g, k.w - BROKEN_M)
  if (range === null) return
  const aOverB = verticalLimit(pack, a, b)
  const bOverA = verticalLimit(pack, b, a)
  for (const { pOverQ, qOverP } of cell.crossings) {
    const required = Math.max(pOverQ ? aOverB ?? -1 : -1, qOverP ? bOverA ?? -1 : -1)
    if (required < 0) continue
    const m = leastLevelGap(range)
    offer(best, 'vertical', candidate(g, m, required, m.value - k.h))
  }
  if (cell.crossings.length === 0) offerByOrder(best, 'stacked', range, g, k, aOverB, bOverA)
}

function testEither(
  cell: Cell, a: Asset, b: Asset, k: Sections, pack: OraclePack, horizontal: number | null, best: Map<PairRule, Candidate>,
): void {
  if (horizontal === null) return
  const radius = horizontal + k.w - BROKEN_M
  if (boxGap(cell.pieces).plan > radius) return
  const range = levelRange(cell.pieces, radius)
  if (range === null) return
  offerByOrder(best, 'either', range, cell.pieces, k, verticalLimit(pack, a, b), verticalLimit(pack, b, a))
}

/** The order is that of p and q themselves; each order has its own least gap and limit. */
function offerByOrder(
  best: Map<PairRule, Candidate>, rule: PairRule, range: { low: Minimum; high: Minimum }, g: Pieces, k: Sections,
  aOverB: number | null, bOverA: number | null,
): void {
  if (aOverB !== null && range.high.value >= 0) {
    const m = range.low.value >= 0 ? range.low : levelCrossing(range)
    offer(best, rule, candidate(g, m, aOverB, m.value - k.h))
  }
  if (bOverA !== null && range.low.value <= 0) {
    const m = range.high.value <= 0 ? { ...range.high, value: -range.high.value } : levelCrossing(range)
    offer(best, rule, candidate(g, m, bOverA, m.value - k.h))
  }
}

/** Least |z_p − z_q| of the range. */
function leastLevelGap(range: { low: Minimum; high: Minimum }): Minimum {
  if (range.low.value >= 0) return range.low
  if (range.high.value <= 0) return { ...range.high, value: -range.high.value }
  return levelCrossing(range)
}

/** A pair of points at equal levels: the allowed set is convex, so one lies between the extremes. */
function levelCrossing({ low, high }: { low: Minimum; high: Minimum }): Minimum {
  const x = high.value > low.value ? -low.value / (high.value - low.value) : 0
  return { value: 0, s: low.s + (high.s - low.s) * x, t: low.t + (high.t - low.t) * x }
}

/** Keeps the candidate with the greatest shortfall, if it falls short at all. */
function offer(best: Map<PairRule, Candidate>, rule: PairRule, c: Candidate): void {
  const old = best.get(rule)
  if (c.required - c.found <= BROKEN_M) return
  if (old === undefined || c.required - c.found > old.required - old.found) best.set(rule, c)
}

function candidate(g: Pieces, m: Minimum, required: number, found: number): Candidate {
  return { required, found, p: between(g.p0, g.p1, m.s), q: between(g.q0, g.q1, m.t) }
}

function zonesOf(a: Asset, b: Asset, scene: Scene, pack: OraclePack, k: Sections): PairZones {
  const both = (has: (index: number) => boolean): boolean => has(a.index) && has(b.index)
  const vertical = pack.semantics === 'distance' ? distanceLimit(pack, a, b) : largerVerticalLimit(pack, a, b)
  return {
    crossings: scene.crossings.filter((c) => both((n) => c.sideA.has(n) || c.sideB.has(n))),
    jointZones: scene.jointZones.filter((z) => both((n) => z.reach.has(n))),
    riserReachM: (vertical ?? 0) + k.h,
    snapM: pack.snapToleranceM ?? 0.01,
  }
}

export function sectionsOf(a: Asset, b: Asset): Sections {
  const k: Sections = { w: 0, h: 0, W: 0, H: 0, R: 0, hasRectangle: false }
  for (const x of [a, b]) {
    k.w += x.halfWidthM
    k.h += x.halfHeightM
    if (x.isRectangle) { k.W += x.halfWidthM; k.H += x.halfHeightM; k.hasRectangle = true; }
    else k.R += x.halfWidthM
  }
  return k
}

/** Gaps of the bounding boxes: no two points of the pieces are nearer in plan or in level. */
function boxGap(g: Pieces): { plan: number; level: number } {
  const axis = (n: 0 | 1 | 2): number => Math.max(
    0,
    Math.min(g.p0[n], g.p1[n]) - Math.max(g.q0[n], g.q1[n]),
    Math.min(g.q0[n], g.q1[n]) - Math.max(g.p0[n], g.p1[n]),
  )
  return { plan: Math.hypot(axis(0), axis(1)), level: axis(2) }
}

function shift(p: Vec3, origin: Vec3): [number, number, number] {
  return [p[0] + origin[0], p[1] + origin[1], p[2] + origin[2]]
}
