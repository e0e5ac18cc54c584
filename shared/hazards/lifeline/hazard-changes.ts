import type { Vec3 } from '../../twin/asset.ts'
import type { AnalysisSubject } from '../analysis/subject.ts'
import type { AdjacentSpace } from '../adjacent-spaces.ts'
import type { CollapseRow } from '../collapse.ts'
import type { DigEffect } from '../digging.ts'
import type { Exposure } from '../gas-exposure.ts'
import type { Flooding, HazardsThere } from './hazards-there.ts'

/** What a scheme adds or makes worse, with what it was before. */
export type HazardChange =
  | { readonly hazard: 'gas'; readonly exposure: Exposure }
  | { readonly hazard: 'overflow'; readonly flooding: Flooding; readonly beforeM3s: number }
  /** `before`: of a new drain, the most that calls for nothing. */
  | { readonly hazard: 'collapse'; readonly drain: CollapseRow; readonly before: number }
  | { readonly hazard: 'dig'; readonly effect: DigEffect }

/** Differences below these are none: a millimetre, a tenth of a litre per second. */
const SAME_M = 1e-3
const SAME_M3S = 1e-4
/** A new drain with at most so many factors (grade II) is no alarm. */
const CALM_FACTORS = 2

/** Everything that is worse with a scheme than without it; what a diversion only takes along, at no less distance, is not. */
export function hazardChanges(now: HazardsThere, after: HazardsThere, { proposalsFrom, replaces }: Pick<AnalysisSubject, 'proposalsFrom' | 'replaces'>): HazardChange[] {
  const distanceM = new Map(now.gas.map(({ pipe, space }) => [pairKey(pipe, space), space.distanceM]))
  const former = (asset: number): readonly number[] => (asset < proposalsFrom ? [asset] : (replaces.get(asset) ?? []))
  const formerDistanceM = ({ pipe, space }: Exposure): number => {
    const spaces = space.sort === 'line' ? former(space.index).map(index => ({ ...space, index })) : [space]
    return Math.min(Infinity, ...former(pipe).flatMap(was => spaces.map(one => distanceM.get(pairKey(was, one)) ?? Infinity)))
  }
  const excess = new Map(now.flooding.map(({ node, excessM3s }) => [node, excessM3s]))
  const factorsBefore = new Map(now.drains.map(({ asset, present }) => [asset, present]))
  return [
    ...after.gas.filter(exposure => exposure.byScheme && exposure.space.distanceM < formerDistanceM(exposure) - SAME_M).map((exposure): HazardChange => ({ hazard: 'gas', exposure })),
    ...after.flooding.filter(({ node, excessM3s }) => excessM3s > (excess.get(node) ?? -Infinity) + SAME_M3S).map((flooding): HazardChange => ({ hazard: 'overflow', flooding, beforeM3s: excess.get(flooding.node) ?? 0 })),
    ...after.drains.flatMap((drain): HazardChange[] => {
      if (drain.asset >= proposalsFrom) return drain.present > CALM_FACTORS ? [{ hazard: 'collapse', drain, before: CALM_FACTORS }] : []
      const before = factorsBefore.get(drain.asset) ?? drain.present
      return drain.present > before ? [{ hazard: 'collapse', drain, before }] : []
    }),
    ...after.dug.map((effect): HazardChange => ({ hazard: 'dig', effect })),
  ]
}

const pairKey = (pipe: number, { sort, index }: Pick<AdjacentSpace, 'sort' | 'index'>): string => `${pipe} ${sort} ${index}`

/** The middle vertex of an asset's axis. Project CRS. */
export function middleOfAsset({ columns: { xyz, vertexStart, origin } }: Pick<AnalysisSubject, 'columns'>, asset: number): Vec3 {
  const v = Math.floor((vertexStart[asset]! + vertexStart[asset + 1]! - 1) / 2)
  return [xyz[3 * v]! + origin[0], xyz[3 * v + 1]! + origin[1], xyz[3 * v + 2]! + origin[2]]
}
