import { leastClearDistance, type SectionSums } from '../geometry/clear-distance.ts'
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
      const known = found.get(asset) ?? { clearanceM: Infinity, settlementM: 0, slopeRatio: 0, at: { bore: a, asset: a } }
      found.set(asset, known)
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

const pair = new Float64Array(12)
const witness = new Float64Array(3)
/** Places along an asset's piece at which the trough is looked at: it is smooth over metres. */
const SAMPLES = 8

function takeSegment(known: Known, bore: BoreRequest, a: Vec3, b: Vec3, columns: AssetColumns, asset: number, v: number, groundAt: GroundSampler | null): void {
  const { xyz } = columns
  pair.set([...a, ...b, xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!, xyz[3 * v + 5]!])
  const clearanceM = leastClearDistance(pair, sumsOf(bore.diameterM / 2, columns, asset), witness)
  if (clearanceM < known.clearanceM) {
    known.clearanceM = clearanceM
    known.at = { bore: mixed(pair, 0, witness[1]!), asset: mixed(pair, 6, witness[2]!) }
  }
  const [ux, uy] = [b[0] - a[0], b[1] - a[1]]
  const lengthSquared = ux * ux + uy * uy
  for (let k = 0; k <= SAMPLES + 1; k++) {
    // The nearest place, then evenly along the piece.
    const t = k > SAMPLES ? witness[2]! : k / SAMPLES
    const [x, y, z] = [0, 1, 2].map(c => xyz[3 * v + c]! + t * (xyz[3 * v + 3 + c]! - xyz[3 * v + c]!)) as [number, number, number]
    const along = lengthSquared > 0 ? Math.min(1, Math.max(0, ((x - a[0]) * ux + (y - a[1]) * uy) / lengthSquared)) : 0
    const [px, py, pz] = [a[0] + along * ux, a[1] + along * uy, a[2] + along * (b[2] - a[2])]
    const heightM = z - pz
    if (heightM <= 0) continue
    const depthM = Math.max(heightM, (groundAt?.(px, py) ?? z) - pz)
    const trough = settlement(bore, depthM, heightM, Math.hypot(x - px, y - py))
    known.settlementM = Math.max(known.settlementM, trough.settlementM)
    known.slopeRatio = Math.max(known.slopeRatio, trough.slopeRatio)
  }
}

const mixed = (p: Float64Array, from: number, t: number): Vec3 => [0, 1, 2].map(c => p[from + c]! + t * (p[from + 3 + c]! - p[from + c]!)) as unknown as Vec3

function sumsOf(radiusM: number, columns: AssetColumns, asset: number): SectionSums {
  const isBox = columns.shape[asset] === 1
  const [w, h] = [columns.halfWidthM[asset]!, columns.halfHeightM[asset]!]
  return { w: radiusM + w, h: radiusM + h, boxW: isBox ? w : 0, boxH: isBox ? h : 0, radius: radiusM + (isBox ? 0 : w), hasBox: isBox }
}
