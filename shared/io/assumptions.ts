import type { AssetKind } from '../twin/kinds.ts'

/**
 * What is assumed where a source is silent. Each use is marked on the asset (ASSUMED flags) and listed as an issue, so
 * that nobody takes it for a survey. Typical values of urban distribution networks, on the large side for sizes, at the
 * least cover of GB 50289-2016 table 4.1.1 under footways for depths; the user can set others in the mapping.
 */
export const ASSUMED_DIAMETER_M: Readonly<Record<AssetKind, number>> = {
  water: 0.2, reclaimed: 0.2, sewer_foul: 0.4, sewer_storm: 0.6, sewer_combined: 0.8, gas: 0.2, heat: 0.4, power: 0.2, telecom: 0.2,
  industrial: 0.3, tunnel: 3, trench: 1.5, unknown: 0.3,
}

/**
 * Service lines (支管, 入户管, house connections) of which nothing says the size: the usual connection of one building or
 * gully, on the large side. A house drain laid as wide as a main would clash with everything in the street.
 */
export const ASSUMED_SERVICE_DIAMETER_M: Readonly<Record<AssetKind, number>> = {
  water: 0.05, reclaimed: 0.05, sewer_foul: 0.2, sewer_storm: 0.3, sewer_combined: 0.3, gas: 0.06, heat: 0.1, power: 0.1, telecom: 0.1,
  industrial: 0.1, tunnel: 3, trench: 1, unknown: 0.1,
}

export const ASSUMED_COVER_M: Readonly<Record<AssetKind, number>> = {
  water: 0.6, reclaimed: 0.6, sewer_foul: 0.6, sewer_storm: 0.6, sewer_combined: 0.6, gas: 0.6, heat: 0.6, power: 0.5, telecom: 0.6,
  industrial: 0.6, tunnel: 6, trench: 0.5, unknown: 0.6,
}

/** Wall of a pipe known by its inside alone: a tenth of it, the wall of a reinforced concrete pipe (GB/T 11836 class II); thinner in plastic and steel, so never too little. */
const WALL_RATIO = 0.1
const MIN_WALL_M = 0.005

export const assumedWallM = (innerSizeM: number): number => Math.max(MIN_WALL_M, WALL_RATIO * innerSizeM)

/** Inside of a pipe of which only the outside is known: what `assumedWallM` makes that outside of. */
export const innerSizeM = (outerSizeM: number): number => outerSizeM >= (1 + 2 * WALL_RATIO) * (MIN_WALL_M / WALL_RATIO) ? outerSizeM / (1 + 2 * WALL_RATIO) : Math.max(outerSizeM - 2 * MIN_WALL_M, outerSizeM / 2)
