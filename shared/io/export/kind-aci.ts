import type { AssetKind } from '../../twin/kinds.ts'

/** Colour numbers nearest to the survey code's colours (CJJ 61: water blue, sewers brown, gas pink, power red, telecom green …). */
export const KIND_ACI: Readonly<Record<AssetKind, number>> = {
  water: 5, reclaimed: 4, sewer_foul: 34, sewer_storm: 36, sewer_combined: 32, gas: 6, heat: 30, power: 1, telecom: 3, industrial: 8, tunnel: 9, trench: 9, unknown: 7,
}
