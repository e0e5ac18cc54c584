import type { Issue } from '../core/issues.ts'
import type { JobControl } from '../core/job.ts'
import { assetSpans, heightOverInfluenceM, type AssetEffect } from '../excavation/affected-assets.ts'
import type { Bench } from '../excavation/cut-profile.ts'
import type { BottomGiven, CutSolid } from '../excavation/cut-solid.ts'
import { effectsOf, solidOf, type ExcavationSite } from '../excavation/excavate.ts'
import type { SoilClass } from '../twin/soils.ts'
import { requestOf } from '../excavation/excavation-request.ts'
import { totalOf, united } from '../excavation/intervals.ts'
import { DEFAULT_INFLUENCE } from '../excavation/safe-dig.ts'
import type { Excavation } from '../scenario/document.ts'
import { assetId, type AssetColumns } from '../twin/asset-columns.ts'
import type { Vec3 } from '../twin/asset.ts'
import { LAYINGS } from '../twin/kinds.ts'

/** A hole in the ground: a pit, or one piece of a trench. Local frame, metres. */
export interface Dig {
  /** The excavation it is, or the proposal it is dug for; pieces of one trench share it. */
  readonly id: string
  /** What people call it. */
  readonly name: string
  readonly outline: readonly (readonly [number, number])[]
  readonly bottom: BottomGiven
  /** Run per 1 of rise; 0 for supported sides. */
  readonly slopeRatio: number
  readonly soil: SoilClass | null
  readonly bench?: Bench | null
}

/** Working room on either side of a pipe and bedding below it: ours, usual for small pipes; shown with every answer. */
export const TRENCH_DEFAULTS = { sideM: 0.4, beddingM: 0.15 } as const

const PIECE_M = 10
const TUNNEL = 1 + LAYINGS.indexOf('tunnel')

/**
 * The trenches that lines from an index on are laid in: supported sides, the bottom of each piece at the lowest level of
 * its bedding. What is laid in a tunnel is not dug for from above.
 */
export function trenchesFor(columns: AssetColumns, from: number, { sideM, beddingM }: { readonly sideM: number; readonly beddingM: number } = TRENCH_DEFAULTS): Dig[] {
  const { xyz, vertexStart, halfWidthM, halfHeightM } = columns
  const digs: Dig[] = []
  for (let asset = from; asset < columns.count; asset++) {
    if (columns.laying[asset] === TUNNEL) continue
    const reach = halfWidthM[asset]! + sideM
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      const [x0, y0, z0, x1, y1, z1] = xyz.subarray(3 * v, 3 * v + 6) as unknown as [number, number, number, number, number, number]
      const planM = Math.hypot(x1 - x0, y1 - y0)
      if (planM < 1e-3) continue
      const pieces = Math.max(1, Math.ceil(planM / PIECE_M))
      const [nx, ny] = [(-(y1 - y0) / planM) * reach, ((x1 - x0) / planM) * reach]
      for (let k = 0; k < pieces; k++) {
        const at = (t: number) => [x0 + t * (x1 - x0), y0 + t * (y1 - y0), z0 + t * (z1 - z0)] as const
        const [[ax, ay, az], [bx, by, bz]] = [at(k / pieces), at((k + 1) / pieces)]
        digs.push({
          id: assetId(columns, asset), name: assetId(columns, asset), outline: [[ax - nx, ay - ny], [bx - nx, by - ny], [bx + nx, by + ny], [ax + nx, ay + ny]],
          bottom: { levelM: Math.min(az, bz) - halfHeightM[asset]! - beddingM }, slopeRatio: 0, soil: null,
        })
      }
    }
  }
  return digs
}

/** Pits and trenches of a scheme; a bore is no hole from above. @param origin Project CRS = local frame + origin. */
export function excavationDigs(excavations: readonly Excavation[], origin: Vec3): Dig[] {
  return excavations.flatMap((excavation): Dig[] => {
    const request = requestOf(excavation, origin)
    return request ? [{ id: excavation.id, name: excavation.name || excavation.id, outline: request.outline, bottom: request.bottom, slopeRatio: request.slopeRatio, bench: request.bench, soil: request.soil }] : []
  })
}

/** What all holes together do to one asset. */
export interface DigEffect extends AssetEffect {
  /** Excavations or proposals that do it. */
  readonly by: readonly string[]
  /** How far it stands above the line of influence where it is undermined, metres; else 0. */
  readonly overInfluenceM: number
}

/** Length of an asset that a hole cuts into or lays bare: what everybody is told of it, on the card, the sheet and in the finding. */
export const metLengthM = ({ struckLengthM, exposedSpanM }: Pick<DigEffect, 'struckLengthM' | 'exposedSpanM'>): number => Math.max(struckLengthM, exposedSpanM)

/**
 * Effects of several holes, one row per asset: what several of them meet counts once, the nearest hole gives the clearance.
 * A hole that is no hole (above the ground, without area) is named in the issues and left out.
 * @throws CancelledError
 */
export function digEffects(digs: readonly Dig[], site: ExcavationSite, job: JobControl): { readonly effects: readonly DigEffect[]; readonly issues: readonly Issue[] } {
  const merged = new Map<number, DigEffect>()
  /** Holes that meet each asset: where two pieces of a trench join, both reach the same stretch of it. */
  const met = new Map<number, { readonly solid: CutSolid; readonly influenceDeg: number }[]>()
  const issues: Issue[] = []
  digs.forEach((dig, k) => {
    job.progress(k / digs.length, 'analyses:stage.dig')
    job.throwIfCancelled()
    const solid = solidOf({ ...dig, bench: dig.bench ?? null, structuresM3: 0 }, site.ground)
    if (!solid.ok) {
      issues.push({ code: 'ground_unknown', severity: 'warning', ref: dig.name, context: { reason: solid.error.code } })
      return
    }
    const influenceDeg = dig.soil?.influenceDeg ?? DEFAULT_INFLUENCE.deg
    for (const effect of effectsOf(solid.value, site, dig.soil)) {
      const overInfluenceM = effect.undermined ? heightOverInfluenceM(solid.value, site.columns, effect.asset, influenceDeg) : 0
      if (effect.struck) met.set(effect.asset, [...(met.get(effect.asset) ?? []), { solid: solid.value, influenceDeg }])
      merged.set(effect.asset, together(merged.get(effect.asset), { ...effect, by: [dig.id], overInfluenceM }))
    }
  })
  if (!site.ground && digs.length > 0) issues.push({ code: 'ground_unknown', severity: 'warning' })
  for (const [asset, cuts] of met) {
    if (cuts.length < 2) continue
    const spans = cuts.map(({ solid, influenceDeg }) => assetSpans(solid, site.columns, asset, influenceDeg))
    merged.set(asset, { ...merged.get(asset)!, struckLengthM: totalOf(united(spans.flatMap(({ struck }) => struck))), exposedSpanM: totalOf(united(spans.flatMap(({ exposed }) => exposed))) })
  }
  return { effects: [...merged.values()].sort((a, b) => a.asset - b.asset), issues }
}

function together(known: DigEffect | undefined, next: DigEffect): DigEffect {
  if (!known) return next
  return {
    asset: next.asset, by: [...new Set([...known.by, ...next.by])], overInfluenceM: Math.max(known.overInfluenceM, next.overInfluenceM),
    struck: known.struck || next.struck, struckLengthM: Math.max(known.struckLengthM, next.struckLengthM),
    exposed: known.exposed || next.exposed, exposedSpanM: Math.max(known.exposedSpanM, next.exposedSpanM),
    clearanceM: Math.min(known.clearanceM, next.clearanceM), withinSafeDig: known.withinSafeDig || next.withinSafeDig,
    undermined: known.undermined || next.undermined, handDig: known.handDig || next.handDig,
  }
}
