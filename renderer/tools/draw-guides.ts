import type { PreviewRoute } from '#shared/clearance/preview.ts'
import { packedString } from '#shared/core/packed-strings.ts'
import { buildBoxGrid, queryBoxGrid, type BoxGrid } from '#shared/geometry/box-grid.ts'
import { classesOf, columnProperties } from '#shared/rules/asset-classes.ts'
import { LimitLookup } from '#shared/rules/limit-lookup.ts'
import { LineLimitLookup } from '#shared/rules/line-limits.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { assetId, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { ASSET_STATUSES } from '#shared/twin/kinds.ts'
import { SPARE_M } from '#shared/profile/stops.ts'
import { segmentsInBox } from '#shared/twin/segments-near.ts'
import { SURFACE_FEATURE_TYPES } from '#shared/twin/surface-feature.ts'
import { packContext, type PackedFeatures, type TwinContext } from '#shared/twin/twin-context.ts'

type PlanPoint = readonly [number, number]

/** Where a drawn point is led to when nothing is there to tie it to. */
export interface Guide {
  readonly target: 'straight' | 'right_angle' | BesideLine['target']
  readonly at: PlanPoint
  /** Of the line it is parallel to; empty for the others. */
  readonly label: string
  /** Between the axes, metres; 0 for the others. */
  readonly distanceM: number
}

export type DrawnLine = Omit<PreviewRoute, 'axis' | 'id'>

/** Guides lead from this far in the picture. */
export const GUIDE_PX = 9
/** Lines farther than this from the pointer lead nowhere. */
const REACH_M = 8

/** On the last stretch's line, at a right angle to it, or beside a line or a kerb at the distance the rules ask for: the nearest within the tolerance. */
export function guideFor(at: PlanPoint, vertices: readonly Vec3[], toleranceM: number, beside: readonly BesideLine[]): Guide | null {
  const guides = [...stretchGuides(at, vertices), ...beside.flatMap(line => besideGuide(at, line))]
  return guides.reduce<(Guide & { readonly offM: number }) | null>((best, guide) => {
    const offM = Math.hypot(guide.at[0] - at[0], guide.at[1] - at[1])
    return offM <= toleranceM && (!best || offM < best.offM) ? { ...guide, offM } : best
  }, null)
}

function stretchGuides([x, y]: PlanPoint, vertices: readonly Vec3[]): Guide[] {
  const [before, last] = [vertices.at(-2), vertices.at(-1)]
  if (!before || !last) return []
  const length = Math.hypot(last[0] - before[0], last[1] - before[1])
  if (length < 1e-6) return []
  const [ux, uy] = [(last[0] - before[0]) / length, (last[1] - before[1]) / length]
  const [dx, dy] = [x - last[0], y - last[1]]
  const [along, across] = [dx * ux + dy * uy, -dx * uy + dy * ux]
  return [
    ...(along > 0 ? [{ target: 'straight' as const, at: [last[0] + along * ux, last[1] + along * uy] as const, label: '', distanceM: 0 }] : []),
    { target: 'right_angle', at: [last[0] - across * uy, last[1] + across * ux], label: '', distanceM: 0 },
  ]
}

/** A straight part of a line or a kerb, and how far the axis of a parallel line is kept from it (of a line: from its axis). */
export interface BesideLine {
  readonly target: 'parallel' | 'beside_kerb'
  readonly label: string
  readonly a: PlanPoint
  readonly b: PlanPoint
  readonly distanceM: number
}

function besideGuide([x, y]: PlanPoint, { target, label, a, b, distanceM }: BesideLine): Guide[] {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1])
  if (length < 1e-6) return []
  const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
  const along = (x - a[0]) * ux + (y - a[1]) * uy
  if (along < 0 || along > length) return []
  const side = -(x - a[0]) * uy + (y - a[1]) * ux >= 0 ? 1 : -1
  return [{ target, at: [a[0] + along * ux - side * distanceM * uy, a[1] + along * uy + side * distanceM * ux], label, distanceM }]
}

/** Parts of the baseline near a place, with the distance between axes that the pack asks for beside the drawn line. */
export function linesBeside(columns: AssetColumns, pack: RulePack, line: DrawnLine, [x, y]: PlanPoint): BesideLine[] {
  const limits = lookupOf(pack)
  const widthM = widthOf(line)
  const own = limits.signatureOf(ownClasses(line, pack))
  const apart = new Map<number, number>()
  const removed = ASSET_STATUSES.indexOf('removed')
  return segmentsInBox(columns, x - REACH_M, y - REACH_M, x + REACH_M, y + REACH_M).flatMap(({ asset, vertex: v }): BesideLine[] => {
    if (columns.status[asset] === removed) return []
    let distanceM = apart.get(asset)
    if (distanceM === undefined) apart.set(asset, (distanceM = requiredApart(columns, asset, pack, limits, own) + widthM / 2 + columns.halfWidthM[asset]! + SPARE_M))
    const point = (k: number): PlanPoint => [columns.xyz[3 * k]!, columns.xyz[3 * k + 1]!]
    return [{ target: 'parallel', label: assetId(columns, asset), a: point(v), b: point(v + 1), distanceM }]
  })
}

/** Straight parts of kerbs near a place, with the distance that the pack asks for between a kerb and the drawn line. Local frame. @param reachM How near. */
export function kerbsBeside(context: TwinContext, [ox, oy]: Vec3, pack: RulePack, line: DrawnLine, [x, y]: PlanPoint, reachM = REACH_M): BesideLine[] {
  const limit = new LineLimitLookup(pack, [ownClasses(line, pack)]).of(0).surroundings.get('kerb')
  if (!limit) return []
  const distanceM = limit.minM + widthOf(line) / 2 + SPARE_M
  const features = packContext(context).surfaceFeatures
  const { ids, start, xy } = features
  const { numbers, grid } = kerbsOf(features)
  const [px, py] = [x + ox, y + oy]
  const reaches = (p: number, q: number, middle: number): boolean => Math.min(p, q) < middle + reachM && Math.max(p, q) > middle - reachM
  return queryBoxGrid(grid, px - reachM, py - reachM, px + reachM, py + reachM).flatMap(k => {
    const kerb = numbers[k]!
    const parts: BesideLine[] = []
    for (let v = 2 * start[kerb]!; v < 2 * start[kerb + 1]! - 2; v += 2) {
      if (!reaches(xy[v]!, xy[v + 2]!, px) || !reaches(xy[v + 1]!, xy[v + 3]!, py)) continue
      parts.push({ target: 'beside_kerb', label: packedString(ids, kerb), a: [xy[v]! - ox, xy[v + 1]! - oy], b: [xy[v + 2]! - ox, xy[v + 3]! - oy], distanceM })
    }
    return parts
  })
}

/** Which of the features are kerbs, and where each lies. Project CRS. */
interface Kerbs {
  readonly numbers: readonly number[]
  readonly grid: BoxGrid
}

/** Made once: it is asked at every movement of the pointer. */
const kerbs = new WeakMap<PackedFeatures, Kerbs>()

function kerbsOf(features: PackedFeatures): Kerbs {
  let known = kerbs.get(features)
  if (!known) kerbs.set(features, (known = findKerbs(features)))
  return known
}

function findKerbs({ featureType, start, xy }: PackedFeatures): Kerbs {
  const type = SURFACE_FEATURE_TYPES.indexOf('kerb')
  const numbers = [...featureType.keys()].filter(i => featureType[i] === type && start[i + 1]! > start[i]!)
  const boxes = new Float64Array(4 * numbers.length)
  numbers.forEach((kerb, k) => {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let v = 2 * start[kerb]!; v < 2 * start[kerb + 1]!; v += 2) {
      minX = Math.min(minX, xy[v]!)
      minY = Math.min(minY, xy[v + 1]!)
      maxX = Math.max(maxX, xy[v]!)
      maxY = Math.max(maxY, xy[v + 1]!)
    }
    boxes.set([minX, minY, maxX, maxY], 4 * k)
  })
  return { numbers, grid: buildBoxGrid(boxes) }
}

const sizeOf = ({ section }: DrawnLine): readonly [widthM: number, heightM: number] => (section.shape === 'circle' ? [section.diameterM, section.diameterM] : [section.widthM, section.heightM])
const widthOf = (line: DrawnLine): number => sizeOf(line)[0]
const ownClasses = (line: DrawnLine, pack: RulePack): readonly number[] => classesOf({ ...line, diameterM: Math.max(...sizeOf(line)) }, pack)

const lookups = new WeakMap<RulePack, LimitLookup>()

function lookupOf(pack: RulePack): LimitLookup {
  let lookup = lookups.get(pack)
  if (!lookup) lookups.set(pack, (lookup = new LimitLookup(pack, [])))
  return lookup
}

function requiredApart(columns: AssetColumns, asset: number, pack: RulePack, limits: LimitLookup, own: number): number {
  const other = limits.signatureOf(classesOf(columnProperties(columns, asset), pack))
  const { horizontal, distance } = limits.pair(own, other)
  return (pack.semantics === 'distance' ? distance : horizontal)?.minM ?? 0
}
