import type { Issue } from '../core/issues.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { assetId, assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import { ASSUMED } from '../twin/asset.ts'
import type { AssetKind } from '../twin/kinds.ts'
import { affectedAssets, type AssetEffect } from './affected-assets.ts'
import { cutProfile, runAt, type Bench } from './cut-profile.ts'
import { cutSolid, type BottomGiven, type CutSolid } from './cut-solid.ts'
import { cutVolume } from './cut-volume.ts'
import { floorPartition } from './floor-partition.ts'
import type { GroundPatches } from './ground-patches.ts'
import { outlineFrom } from '../geometry/plan-outline.ts'
import { ringArea } from '../geometry/plan-polygon.ts'
import { influenceOf } from './influence.ts'
import { excavationRejection, type ExcavationRejection } from './rejection.ts'
import type { SegmentIndex } from './segment-index.ts'
import { assumedSoil, type SoilClass } from '../twin/soils.ts'
import { DEFAULT_INFLUENCE, handDigM, MAX_SAFE_DIG_M, unknownAccuracyM } from './safe-dig.ts'
import { type PlanBox, widened } from '../geometry/plan-box.ts'

/** An excavation as a planner gives it. Plan coordinates in the local frame of the twin, metres. */
export interface ExcavationRequest {
  /** Outline of the bottom (toe). */
  readonly outline: readonly (readonly [number, number])[]
  readonly bottom: BottomGiven
  /** Run per 1 of rise; 0 vertical (supported). */
  readonly slopeRatio: number
  readonly bench: Bench | null
  /** Null: volumes go by an assumed class, and the result says so. */
  readonly soil: SoilClass | null
  /** Volume of what is built in the cut and not filled back, cubic metres. */
  readonly structuresM3: number
}

/** Ground and assets, prepared once and shared by every frame of a drag. */
export interface ExcavationSite {
  readonly columns: AssetColumns
  readonly index: SegmentIndex
  readonly ground: GroundPatches | null
}

/** Cubic metres. */
export interface ExcavationVolumes {
  /** In the ground, between the cut's floor and the ground surface. */
  readonly cutM3: number
  /** Loose: cut × bulking ratio. */
  readonly spoilM3: number
  /** Compacted in place: cut − structures. */
  readonly backfillM3: number
  /** Loose, to be taken away: (cut − backfill ÷ compacted ratio) × bulking ratio. */
  readonly haulM3: number
}

/** One asset in the answer of `excavate` (cli.md). */
export interface ExcavatedAsset extends Omit<AssetEffect, 'asset'> {
  readonly id: string
  readonly kind: AssetKind
  readonly owner: string
}

export interface Excavation {
  readonly solid: { readonly levelM: number; readonly areaBottomM2: number; readonly areaTopM2: number }
  readonly volumes: ExcavationVolumes
  readonly assets: readonly ExcavatedAsset[]
  readonly notices: readonly { readonly owner: string; readonly assets: readonly string[] }[]
  readonly issues: readonly Issue[]
}

/** The solid alone, for drawing and for `effectsOf` on every frame of a drag. */
export function solidOf(request: ExcavationRequest, ground: GroundPatches | null): Result<CutSolid, ExcavationRejection> {
  const outline = outlineFrom(request.outline)
  if (!outline.ok) return outline
  const profile = cutProfile(request.slopeRatio, request.bench)
  if (!profile.ok) return profile
  return cutSolid(outline.value, request.bottom, profile.value, ground)
}

/** What a cut does to the assets of a site; usable on every frame of a drag. */
export const effectsOf = (solid: CutSolid, site: ExcavationSite, soil: SoilClass | null): AssetEffect[] =>
  affectedAssets(solid, site.columns, site.index, soil?.influenceDeg ?? DEFAULT_INFLUENCE.deg)

/** Whatever lies outside of this plan box, with its outer surface, a cut has no consequence for. */
export function cutReach(solid: CutSolid, columns: AssetColumns, influenceDeg: number): PlanBox {
  const known = (accuracyM: number): number => (Number.isNaN(accuracyM) ? unknownAccuracyM : accuracyM)
  let [widestM, accuracyM] = [0, unknownAccuracyM]
  for (let i = 0; i < columns.count; i++) {
    widestM = Math.max(widestM, columns.halfWidthM[i]!, columns.halfHeightM[i]!)
    accuracyM = Math.max(accuracyM, known(columns.accuracyPlanM[i]!), known(columns.accuracyLevelM[i]!))
  }
  const near = widened(solid.box, Math.max(MAX_SAFE_DIG_M, handDigM) + accuracyM + widestM)
  const beside = widened(influenceOf(solid, influenceDeg).box, widestM * Math.SQRT2)
  return { minX: Math.min(near.minX, beside.minX), minY: Math.min(near.minY, beside.minY), maxX: Math.max(near.maxX, beside.maxX), maxY: Math.max(near.maxY, beside.maxY) }
}

/** An asset of some columns with what the cut does to it. */
export interface AffectedAsset {
  readonly columns: AssetColumns
  readonly effect: AssetEffect
}

/** The whole answer: solid, volumes, assets, whom to notify, and what had to be assumed or is not known. */
export function excavate(request: ExcavationRequest, site: ExcavationSite): Result<Excavation, ExcavationRejection> {
  if (!(request.structuresM3 >= 0 && Number.isFinite(request.structuresM3))) return fail(excavationRejection('structures_out_of_range', { volume: request.structuresM3 }))
  const made = solidOf(request, site.ground)
  if (!made.ok) return made
  return ok(answerOf(request, made.value, effectsOf(made.value, site, request.soil).map(effect => ({ columns: site.columns, effect }))))
}

/** The answer for a solid and its effects, which may be on assets of several columns: the baseline and a scheme's proposals. */
export function answerOf(request: ExcavationRequest, solid: CutSolid, affected: readonly AffectedAsset[]): Excavation {
  const { toe, toeParts, faces, profile, levelM, topM, ground } = solid
  const cut = cutVolume(floorPartition(toe, toeParts, faces, profile, levelM, topM - levelM), ground)
  const assets = affected.map(({ columns, effect }) => named(effect, columns))
  return {
    solid: { levelM, areaBottomM2: ringArea(toe), areaTopM2: cut.areaM2 },
    volumes: volumesOf(cut.cutM3, request.structuresM3, request.soil ?? assumedSoil),
    assets,
    notices: noticesOf(assets),
    issues: [...groundIssues(solid, cut.unknownM2), ...soilIssues(request, solid, cut.highestM), ...affected.flatMap(assetIssues)],
  }
}

function volumesOf(cutM3: number, structuresM3: number, soil: SoilClass): ExcavationVolumes {
  const backfillM3 = Math.max(0, cutM3 - structuresM3)
  return {
    cutM3, backfillM3,
    spoilM3: cutM3 * soil.bulkingRatio,
    haulM3: Math.max(0, cutM3 - backfillM3 / soil.compactedRatio) * soil.bulkingRatio,
  }
}

/** Owners in alphabetical order; assets without a known owner under the empty name, last. */
export function noticesOf(assets: readonly { readonly id: string; readonly owner: string }[]): Excavation['notices'] {
  const byOwner = new Map<string, string[]>()
  for (const { owner, id } of assets) byOwner.set(owner, [...(byOwner.get(owner) ?? []), id])
  const rank = (owner: string) => (owner === '' ? 1 : 0)
  return [...byOwner].sort(([p], [q]) => rank(p) - rank(q) || (p < q ? -1 : 1)).map(([owner, ids]) => ({ owner, assets: ids }))
}

/** Square metres, and metres of outline, that rounding may leave. */
const NEGLIGIBLE = 1e-6

function groundIssues(solid: CutSolid, unknownM2: number): Issue[] {
  if (!solid.ground) return [{ code: 'ground_unknown', severity: 'error' }]
  const isKnown = unknownM2 <= NEGLIGIBLE * ringArea(solid.toe) && solid.outlineUnknownM <= NEGLIGIBLE
  return isKnown ? [] : [{ code: 'ground_unknown', severity: 'warning', context: { areaM2: rounded(unknownM2), outlineM: rounded(solid.outlineUnknownM) } }]
}

function soilIssues({ soil, slopeRatio }: ExcavationRequest, { levelM, profile }: CutSolid, highestM: number): Issue[] {
  if (!soil) return [{ code: 'soil_assumed', severity: 'info', context: { soil: assumedSoil.id, bulkingRatio: assumedSoil.bulkingRatio } }]
  // Vertical sides are held by their support.
  if (slopeRatio === 0) return []
  const issues: Issue[] = []
  const heightM = highestM - levelM
  if (!(heightM > 0)) return []
  if (runAt(profile, heightM) < soil.slopeRatio * heightM * (1 - NEGLIGIBLE)) issues.push({ code: 'slope_too_steep', severity: 'warning', ref: soil.id, context: { slope: slopeRatio, limit: soil.slopeRatio } })
  if (soil.maxDepthM !== undefined && heightM > soil.maxDepthM + NEGLIGIBLE) issues.push({ code: 'slope_too_high', severity: 'warning', ref: soil.id, context: { heightM: rounded(heightM), limitM: soil.maxDepthM } })
  return issues
}

/** An answer about an asset is worth no more than its position: assumed levels and sizes among those listed are said. */
function assetIssues({ columns, effect }: AffectedAsset): Issue[] {
  const flags = columns.assumed[effect.asset]! & (ASSUMED.level | ASSUMED.size | ASSUMED.ground)
  return flags === 0 ? [] : [{ code: 'position_assumed', severity: 'warning', ref: assetId(columns, effect.asset) }]
}

function named({ asset, ...effect }: AssetEffect, columns: AssetColumns): ExcavatedAsset {
  return { id: assetId(columns, asset), kind: assetKind(columns, asset), owner: columns.owners[columns.owner[asset]!] ?? '', ...effect }
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000
