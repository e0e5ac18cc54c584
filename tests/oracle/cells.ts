/** Cuts two segments into boxes of (s, t) inside which every zone question has one answer. */
import type { Asset, Interval } from './types.ts'
import { at, between, isVertical } from './assets.ts'
import type { Crossing } from './crossings.ts'
import type { JointZone } from './joint-zones.ts'
import { verticalPartsFrom } from './joints.ts'
import type { Pieces } from './minimise.ts'
import type { Reach } from './zones.ts'

/** What holds for every (p, q) of one box. */
export interface Cell {
  pieces: Pieces
  /** Both in the zone of one joint, so exempt from horizontal. */
  isExemptHorizontally: boolean
  /** Likewise exempt from hard, touching, vertical, stacked, either and distance. */
  isExempt: boolean
  /** Crossings whose zone holds both, with the sides p and q may be on. */
  crossings: { crossing: Crossing; pOverQ: boolean; qOverP: boolean }[]
}

/** The zones that hold some of both assets. */
export interface PairZones { crossings: readonly Crossing[]; jointZones: readonly JointZone[]; riserReachM: number; snapM: number }

const EDGE_M = 1e-9

export function cellsOf(a: Asset, i: number, b: Asset, j: number, zones: PairZones): Cell[] {
  const cells: Cell[] = []
  const cutsA = cuts(a, i, zones)
  const cutsB = cuts(b, j, zones)
  for (let m = 0; m + 1 < cutsA.length; m += 1) {
    for (let n = 0; n + 1 < cutsB.length; n += 1) {
      cells.push(cellOf(a, i, [at(cutsA, m), at(cutsA, m + 1)], b, j, [at(cutsB, n), at(cutsB, n + 1)], zones))
    }
  }
  return cells
}

/** Parameters 0…1 of the segment where it enters or leaves a zone, or a riser's exempt height. */
function cuts(asset: Asset, i: number, zones: PairZones): number[] {
  const found = [0, 1]
  const c0 = at(asset.chainage, i)
  const c1 = at(asset.chainage, i + 1)
  if (c1 > c0) {
    const reaches = [...zones.crossings.flatMap((c) => [c.sideA, c.sideB]), ...zones.jointZones.map((z) => z.reach)]
    for (const reach of reaches) {
      for (const r of reach.get(asset.index) ?? []) found.push((r.from - c0) / (c1 - c0), (r.to - c0) / (c1 - c0))
    }
  } else {
    const z0 = at(asset.points, i)[2]
    const z1 = at(asset.points, i + 1)[2]
    for (const zone of zones.jointZones) {
      for (const part of verticalPartsFrom(zone.joint, asset, zones.snapM)) {
        for (const level of [part.level - zones.riserReachM, part.level + zones.riserReachM]) found.push((level - z0) / (z1 - z0))
      }
    }
  }
  return [...new Set(found.filter((t) => t >= 0 && t <= 1))].sort((m, n) => m - n)
}

function cellOf(a: Asset, i: number, s: [number, number], b: Asset, j: number, t: [number, number], zones: PairZones): Cell {
  const p = spotOf(a, i, (s[0] + s[1]) / 2)
  const q = spotOf(b, j, (t[0] + t[1]) / 2)
  let isExempt = false
  let isExemptHorizontally = false
  for (const zone of zones.jointZones) {
    if (!holds(zone.reach, p) || !holds(zone.reach, q)) continue
    isExemptHorizontally = true
    if ([p, q].every((x) => isWithinRiserReach(x, zone, zones))) isExempt = true
  }
  const crossings: Cell['crossings'] = []
  for (const crossing of zones.crossings) {
    const [pA, pB] = [holds(crossing.sideA, p), holds(crossing.sideB, p)]
    const [qA, qB] = [holds(crossing.sideA, q), holds(crossing.sideB, q)]
    if (!(pA || pB) || !(qA || qB)) continue
    const sided = (pA && qB) || (pB && qA)
    const undecided = crossing.order === 0 || !sided
    const pOverQ = undecided || (crossing.order === 1 ? pA && qB : pB && qA)
    const qOverP = undecided || (crossing.order === 1 ? pB && qA : pA && qB)
    crossings.push({ crossing, pOverQ, qOverP })
  }
  return {
    pieces: {
      p0: between(at(a.points, i), at(a.points, i + 1), s[0]), p1: between(at(a.points, i), at(a.points, i + 1), s[1]),
      q0: between(at(b.points, j), at(b.points, j + 1), t[0]), q1: between(at(b.points, j), at(b.points, j + 1), t[1]),
    },
    isExemptHorizontally, isExempt, crossings,
  }
}

interface Spot { asset: Asset; segment: number; chainage: number; level: number }

function spotOf(asset: Asset, i: number, x: number): Spot {
  const c0 = at(asset.chainage, i)
  return {
    asset, segment: i,
    chainage: c0 + (at(asset.chainage, i + 1) - c0) * x,
    level: between(at(asset.points, i), at(asset.points, i + 1), x)[2],
  }
}

function holds(reach: Reach, spot: Spot): boolean {
  return (reach.get(spot.asset.index) ?? []).some((r: Interval) => spot.chainage >= r.from - EDGE_M && spot.chainage <= r.to + EDGE_M)
}

/** True unless the spot is on a vertical part that starts at the joint and too far up or down it. */
function isWithinRiserReach(spot: Spot, zone: JointZone, zones: PairZones): boolean {
  if (!isVertical(spot.asset, spot.segment)) return true
  const parts = verticalPartsFrom(zone.joint, spot.asset, zones.snapM)
    .filter((part) => spot.segment >= part.from && spot.segment < part.to)
  return parts.length === 0 || parts.some((part) => Math.abs(spot.level - part.level) <= zones.riserReachM + EDGE_M)
}
