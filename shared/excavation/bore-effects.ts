import { leastClearDistance, type SectionSums } from '../geometry/clear-distance.ts'
import { newSegmentPair, newWitness, type SegmentPair } from '../geometry/segment-pair.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { GroundSampler } from '../twin/ground.ts'
import { BORE_ENVELOPE } from './safe-dig.ts'
import { forEachSegmentIn, type SegmentIndex } from './segment-index.ts'

/** A bore as it is judged. Local frame, metres. */
export interface BoreRequest {
  readonly axis: readonly Vec3[]
  /** Of the bored hole. */
  readonly diameterM: number
  /** Ground lost over the hole's area. */
  readonly volumeLossShare: number
  /** Trough width: inflection at K × depth of the axis. */
  readonly troughK: number
}

/** What a bore does to one asset. */
export interface BoreEffect {
  readonly asset: number
  /** Hole to outer surface; negative where they meet. */
  readonly clearanceM: number
  readonly struck: boolean
  /** Nearer than `BORE_ENVELOPE`. */
  readonly withinEnvelope: boolean
  /** Greatest settlement of the trough on it, and its greatest slope. */
  readonly settlementM: number
  readonly slopeRatio: number
  /** Nearest points of both axes. */
  readonly at: { readonly bore: Vec3; readonly asset: Vec3 }
}

export const BORE_DEFAULTS = { volumeLossShare: 0.01, troughK: 0.5 } as const
/** Settlements below this are not listed. */
const NEGLIGIBLE_M = 0.001
/** Beyond this many widths the trough is level. */
const REACH_WIDTHS = 3

/**
 * Peck's trough at a height over the axis. @source standards §4.4: i = K·z₀ at the ground (Mair et al. 1993 below it,
 * i = 0.175·z₀ + 0.325·h for K = 0.5), S = S_max·exp(−x²/2i²), S_max = V_L·(πD²/4)/(√(2π)·i).
 * @param depthM Of the axis below ground. @param heightM Of the place over the axis. @param offsetM From the axis in plan.
 */
export function settlement({ diameterM, volumeLossShare, troughK }: Omit<BoreRequest, 'axis'>, depthM: number, heightM: number, offsetM: number): { readonly widthM: number; readonly settlementM: number; readonly slopeRatio: number } {
  const widthM = (troughK / 0.5) * (0.175 * depthM + 0.325 * heightM)
  const greatestM = (volumeLossShare * Math.PI * diameterM ** 2) / 4 / (Math.sqrt(2 * Math.PI) * widthM)
  const settlementM = greatestM * Math.exp(-(offsetM ** 2) / (2 * widthM ** 2))
  return { widthM, settlementM, slopeRatio: (settlementM * offsetM) / widthM ** 2 }
}

/** Every asset the bore strikes, comes near or lets settle, in the order of the columns. */
export function boreEffects(bore: BoreRequest, columns: AssetColumns, index: SegmentIndex, groundAt: GroundSampler | null): BoreEffect[] {
  const found = new Map<number, Known>()
  for (let s = 0; s + 1 < bore.axis.length; s++) {
    const [a, b] = [bore.axis[s]!, bore.axis[s + 1]!]
    const reachM = boreReachM(bore, [a, b], groundAt, index.maxHalfM)
    const box = { minX: Math.min(a[0], b[0]) - reachM, minY: Math.min(a[1], b[1]) - reachM, maxX: Math.max(a[0], b[0]) + reachM, maxY: Math.max(a[1], b[1]) + reachM }
    forEachSegmentIn(index, columns, box, v => {
      const asset = index.vertexAsset[v]!
      let known = found.get(asset)
      if (!known) found.set(asset, (known = { clearanceM: Infinity, settlementM: 0, slopeRatio: 0, at: { bore: a, asset: a } }))
      takeSegment(known, bore, a, b, columns, asset, v, groundAt)
    })
  }
  return [...found].sort(([p], [q]) => p - q).flatMap(([asset, { clearanceM, settlementM, slopeRatio, at }]): BoreEffect[] => {
    const withinEnvelope = clearanceM < BORE_ENVELOPE.distanceM
    return withinEnvelope || settlementM >= NEGLIGIBLE_M ? [{ asset, clearanceM, struck: clearanceM <= 0, withinEnvelope, settlementM, slopeRatio, at }] : []
  })
}

interface Known {
  clearanceM: number
  settlementM: number
  slopeRatio: number
  at: BoreEffect['at']
}

/** Whatever is farther from a part of the axis in plan than this, a bore has no consequence for. @param widestM Greatest half-width of the assets. */
export function boreReachM({ troughK, diameterM }: Omit<BoreRequest, 'axis'>, part: readonly Vec3[], groundAt: GroundSampler | null, widestM: number): number {
  const deepestM = Math.max(1, ...part.map(p => (groundAt?.(p[0], p[1]) ?? p[2] + 10) - p[2]))
  return REACH_WIDTHS * troughK * deepestM + diameterM + widestM + BORE_ENVELOPE.distanceM
}

const pair = newSegmentPair()
const witness = newWitness()
/** Sums to be filled again and again. */
const sums: SectionSums = { w: 0.5, h: 0.5, boxW: 0.5, boxH: 0.5, radius: 0.5, hasBox: false }
/** Places along an asset's piece at which the trough is looked at: it is smooth over metres. */
const SAMPLES = 8

function takeSegment(known: Known, bore: BoreRequest, a: Vec3, b: Vec3, columns: AssetColumns, asset: number, v: number, groundAt: GroundSampler | null): void {
  for (let k = 0; k < 3; k++) {
    pair[k] = a[k]!
    pair[k + 3] = b[k]!
  }
  for (let k = 0; k < 6; k++) pair[k + 6] = columns.xyz[3 * v + k]!
  takeSums(bore.diameterM / 2, columns, asset)
  const clearanceM = leastClearDistance(pair, sums, witness)
  const nearest = witness[2]!
  if (clearanceM < known.clearanceM) {
    known.clearanceM = clearanceM
    known.at = { bore: mixed(pair, 0, witness[1]!), asset: mixed(pair, 6, nearest) }
  }
  // The nearest place, and evenly along the piece.
  for (let k = 0; k <= SAMPLES; k++) takeTrough(known, bore, groundAt, k / SAMPLES)
  takeTrough(known, bore, groundAt, nearest)
}

/** What the trough of the part of the axis in `pair` does at a place of the piece in it. */
function takeTrough(known: Known, bore: BoreRequest, groundAt: GroundSampler | null, t: number): void {
  const ax = pair[0]!
  const ay = pair[1]!
  const az = pair[2]!
  const ux = pair[3]! - ax
  const uy = pair[4]! - ay
  const x = pair[6]! + t * (pair[9]! - pair[6]!)
  const y = pair[7]! + t * (pair[10]! - pair[7]!)
  const z = pair[8]! + t * (pair[11]! - pair[8]!)
  const lengthSquared = ux * ux + uy * uy
  const along = lengthSquared > 0 ? Math.min(1, Math.max(0, ((x - ax) * ux + (y - ay) * uy) / lengthSquared)) : 0
  const px = ax + along * ux
  const py = ay + along * uy
  const pz = az + along * (pair[5]! - az)
  const heightM = z - pz
  if (heightM <= 0) return
  const depthM = Math.max(heightM, (groundAt?.(px, py) ?? z) - pz)
  const { settlementM, slopeRatio } = settlement(bore, depthM, heightM, Math.sqrt((x - px) ** 2 + (y - py) ** 2))
  if (settlementM > known.settlementM) known.settlementM = settlementM
  if (slopeRatio > known.slopeRatio) known.slopeRatio = slopeRatio
}

const mixed = (p: SegmentPair, from: 0 | 6, t: number): Vec3 =>
  [p[from]! + t * (p[from + 3]! - p[from]!), p[from + 1]! + t * (p[from + 4]! - p[from + 1]!), p[from + 2]! + t * (p[from + 5]! - p[from + 2]!)]

function takeSums(radiusM: number, columns: AssetColumns, asset: number): void {
  const isBox = columns.shape[asset] === 1
  const halfWidthM = columns.halfWidthM[asset]!
  const halfHeightM = columns.halfHeightM[asset]!
  sums.w = radiusM + halfWidthM
  sums.h = radiusM + halfHeightM
  sums.boxW = isBox ? halfWidthM : 0
  sums.boxH = isBox ? halfHeightM : 0
  sums.radius = radiusM + (isBox ? 0 : halfWidthM)
  sums.hasBox = isBox
}
