import { leastClearDistance, type SectionSums } from '#shared/geometry/clear-distance.ts'
import { newSegmentPair, newWitness } from '#shared/geometry/segment-pair.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'

/** One end of a measurement. Local frame. */
export interface MeasuredPoint {
  readonly at: Vec3
  /** The line it was taken on; null for the ground or a free point. */
  readonly asset: number | null
  readonly label: string
}

export interface MeasuredFigures {
  readonly straightM: number
  readonly planM: number
  /** Second minus first. */
  readonly levelM: number
  /** Rise over run; null where there is no run. */
  readonly slopeRatio: number | null
  /** Between the outsides of two lines, with the nearest points of their axes and the angle there in plan; null unless both ends are on lines. */
  readonly clear: { readonly distanceM: number; readonly a: Vec3; readonly b: Vec3; readonly angleDeg: number | null } | null
  /** Ground to crown at each end that is on a line; null elsewhere or without ground. */
  readonly cover: readonly [number | null, number | null]
}

/** Everything one wants to know between two points or lines. */
export function measure(columns: AssetColumns, groundAt: GroundSampler | null, first: MeasuredPoint, second: MeasuredPoint): MeasuredFigures {
  const [dx, dy, dz] = [second.at[0] - first.at[0], second.at[1] - first.at[1], second.at[2] - first.at[2]]
  const planM = Math.hypot(dx, dy)
  const isPair = first.asset !== null && second.asset !== null && first.asset !== second.asset
  return {
    straightM: Math.hypot(dx, dy, dz), planM, levelM: dz, slopeRatio: planM > 1e-6 ? dz / planM : null,
    clear: isPair ? clearBetween(columns, first.asset, second.asset) : null,
    cover: [coverAt(columns, groundAt, first), coverAt(columns, groundAt, second)],
  }
}

function coverAt(columns: AssetColumns, groundAt: GroundSampler | null, { asset, at }: MeasuredPoint): number | null {
  const level = asset === null ? null : (groundAt?.(at[0], at[1]) ?? null)
  return asset === null || level === null ? null : level - at[2] - columns.halfHeightM[asset]!
}

/** Design §5: clear distance of two lines, the least over their parts. */
function clearBetween(columns: AssetColumns, a: number, b: number): MeasuredFigures['clear'] {
  const { xyz, vertexStart } = columns
  const sums = sectionSums(columns, a, b)
  const [pair, witness] = [newSegmentPair(), newWitness()]
  const base = 3 * vertexStart[a]!
  let best: MeasuredFigures['clear'] = null
  for (let v = vertexStart[a]!; v + 1 < vertexStart[a + 1]!; v++) {
    for (let w = vertexStart[b]!; w + 1 < vertexStart[b + 1]!; w++) {
      // Near the pieces, so that doubles keep their digits.
      for (let k = 0; k < 6; k++) {
        pair[k] = xyz[3 * v + k]! - xyz[base + (k % 3)]!
        pair[6 + k] = xyz[3 * w + k]! - xyz[base + (k % 3)]!
      }
      const distanceM = leastClearDistance(pair, sums, witness)
      if (best && distanceM >= best.distanceM) continue
      const on = (from: number, share: number): Vec3 => [0, 1, 2].map(c => xyz[base + c]! + pair[from + c]! + share * (pair[from + 3 + c]! - pair[from + c]!)) as unknown as Vec3
      best = { distanceM, a: on(0, witness[1]!), b: on(6, witness[2]!), angleDeg: planAngle(pair) }
    }
  }
  return best
}

function sectionSums({ shape, halfWidthM, halfHeightM }: AssetColumns, a: number, b: number): SectionSums {
  const sums: SectionSums = { w: halfWidthM[a]! + halfWidthM[b]!, h: halfHeightM[a]! + halfHeightM[b]!, boxW: 0, boxH: 0, radius: 0, hasBox: false }
  for (const asset of [a, b]) {
    if (shape[asset] === 0) sums.radius += halfWidthM[asset]!
    else {
      sums.boxW += halfWidthM[asset]!
      sums.boxH += halfHeightM[asset]!
      sums.hasBox = true
    }
  }
  return sums
}

/** 0 … 90 degrees; null where a part is plumb. */
function planAngle(pair: Float64Array): number | null {
  const [ux, uy, vx, vy] = [pair[3]! - pair[0]!, pair[4]! - pair[1]!, pair[9]! - pair[6]!, pair[10]! - pair[7]!]
  const lengths = Math.hypot(ux, uy) * Math.hypot(vx, vy)
  return lengths < 1e-9 ? null : (Math.atan2(Math.abs(ux * vy - uy * vx), Math.abs(ux * vx + uy * vy)) * 180) / Math.PI
}
