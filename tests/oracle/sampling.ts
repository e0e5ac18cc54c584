/**
 * Dense sampling: the rules of design §5 asked of a grid of points on both axes, one by one, without
 * boxes or minimisation. It shares with the oracle the zones, not the minima; it can only find gaps
 * that are too large, by no more than the sampling step allows.
 */
import type { Asset, OraclePack, PairRule, Vec3 } from './types.ts'
import { BROKEN_M } from './types.ts'
import { at, between, isVertical } from './assets.ts'
import { distanceLimit, horizontalLimit, largerVerticalLimit, verticalLimit } from './limits.ts'
import { clearDistance } from './minimise.ts'
import type { Scene } from './oracle.ts'
import { sectionsOf } from './oracle.ts'
import { verticalPartsFrom } from './joints.ts'
import type { Reach } from './zones.ts'

export interface Sampled { required: number; found: number }

interface Sample { point: Vec3; chainage: number; segment: number; asset: Asset }

/** Greatest shortfalls of two assets seen at sample points about `stepM` apart; `contact` is the least D. */
export function samplePair(a: Asset, b: Asset, scene: Scene, pack: OraclePack, stepM: number): Map<PairRule | 'contact', Sampled> {
  const k = sectionsOf(a, b)
  const horizontal = horizontalLimit(pack, a, b)
  const clear = distanceLimit(pack, a, b)
  const larger = largerVerticalLimit(pack, a, b)
  const aOverB = verticalLimit(pack, a, b)
  const bOverA = verticalLimit(pack, b, a)
  const riserReachM = ((pack.semantics === 'distance' ? clear : larger) ?? 0) + k.h
  const best = new Map<PairRule | 'contact', Sampled>()
  const offer = (rule: PairRule | 'contact', required: number | null, found: number): void => {
    const old = best.get(rule)
    if (required !== null && (old === undefined || required - found > old.required - old.found)) best.set(rule, { required, found })
  }
  const qs = samplesOf(b, stepM)
  for (const p of samplesOf(a, stepM)) {
    for (const q of qs) {
      const dxy = Math.hypot(p.point[0] - q.point[0], p.point[1] - q.point[1])
      const rise = p.point[2] - q.point[2]
      const dz = Math.abs(rise)
      let [exempt, exemptHorizontally] = [false, false]
      for (const zone of scene.jointZones) {
        if (!holds(zone.reach, p) || !holds(zone.reach, q)) continue
        exemptHorizontally = true
        exempt ||= [p, q].every((x) => !isVertical(x.asset, x.segment)
          || verticalPartsFrom(zone.joint, x.asset, pack.snapToleranceM ?? 0.01)
            .filter((v) => x.segment >= v.from && x.segment < v.to)
            .every((v) => Math.abs(x.point[2] - v.level) <= riserReachM))
      }
      const byOrder = (rule: PairRule): void => {
        if (rise >= 0) offer(rule, aOverB, dz - k.h)
        if (rise <= 0) offer(rule, bOverA, dz - k.h)
      }
      if (!exempt) offer('contact', 0, clearDistance(dxy, dz, k.W, k.H, k.R, k.hasRectangle))
      if (pack.semantics === 'either' && !exempt && horizontal !== null && dxy - k.w < horizontal - BROKEN_M) byOrder('either')
      if (pack.semantics !== 'crossing-alongside') continue
      let inCrossing = false
      for (const c of scene.crossings) {
        const [pA, pB, qA, qB] = [holds(c.sideA, p), holds(c.sideB, p), holds(c.sideA, q), holds(c.sideB, q)]
        if (!(pA || pB) || !(qA || qB)) continue
        inCrossing = true
        if (exempt || dxy - k.w >= -BROKEN_M) continue
        const pOnA = pA && qB
        const pOnB = pB && qA
        if (c.order === 0 || pOnA === pOnB) offer('vertical', larger, dz - k.h)
        else offer('vertical', (c.order === 1) === pOnA ? aOverB : bOverA, dz - k.h)
      }
      const gap = pack.alongsideMaxVerticalGapM ?? null
      if (!inCrossing && !exemptHorizontally && (gap === null || dz - k.h <= gap)) offer('horizontal', horizontal, dxy - k.w)
      if (!inCrossing && !exempt && dxy - k.w < -BROKEN_M) byOrder('stacked')
    }
  }
  return best
}

function samplesOf(asset: Asset, stepM: number): Sample[] {
  const samples: Sample[] = []
  for (let i = 0; i + 1 < asset.points.length; i += 1) {
    const [p, q] = [at(asset.points, i), at(asset.points, i + 1)]
    const count = Math.max(1, Math.ceil(Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]) / stepM))
    const [c0, c1] = [at(asset.chainage, i), at(asset.chainage, i + 1)]
    for (let n = 0; n <= count; n += 1) {
      samples.push({ point: between(p, q, n / count), chainage: c0 + ((c1 - c0) * n) / count, segment: i, asset })
    }
  }
  return samples
}

function holds(reach: Reach, s: Sample): boolean {
  return (reach.get(s.asset.index) ?? []).some((r) => s.chainage >= r.from - 1e-9 && s.chainage <= r.to + 1e-9)
}
