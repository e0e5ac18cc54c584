import type { PressureClass } from '../twin/kinds.ts'

/** Natural gas taken as methane at 15 °C and one atmosphere; an ideal gas. */
export const METHANE = { molarMassKgMol: 0.01604, heatRatio: 1.31, temperatureK: 288.15, compressibility: 1, ambientPa: 101_325 } as const
const GAS_CONSTANT = 8.314
/** Rounded edge: the upper end of 0.6 (sharp) … 0.85, so that the rate is a bound. */
export const DISCHARGE_COEFFICIENT = 0.85
/** Air changes taken for a closed manhole or chamber. */
export const AIR_CHANGES_PER_H = 0.5
/** Lower explosive limit of methane in air, by volume. */
const LOWER_LIMIT = 0.05

/** Highest gauge pressure of a class, MPa (bands of GB 50289-2016, table 4.1.9). The class `high` has no upper bound there. */
const CLASS_LIMIT_MPA: Readonly<Partial<Record<PressureClass, number>>> = { low: 0.01, medium_b: 0.2, medium_a: 0.4, sub_high_b: 0.8, sub_high_a: 1.6 }

/** Pascals; null for a class without an upper bound. */
export function classLimitPa(pressureClass: PressureClass): number | null {
  const limit = CLASS_LIMIT_MPA[pressureClass]
  return limit === undefined ? null : Math.round(limit * 1e6)
}

export interface GasRelease {
  readonly regime: 'sonic' | 'subsonic'
  readonly rateKgS: number
  /** At ambient pressure and the gas's temperature. */
  readonly rateM3H: number
}

/**
 * Steady release of methane through a round hole into free air: an upper bound for a buried pipe, whose soil chokes it.
 * @param holeM Diameter of the hole, metres, > 0.
 * @param gaugePa Gauge pressure in the pipe, pascals, ≥ 0.
 * @source Isentropic flow through an orifice, form of IEC 60079-10-1 Annex B; choked where Pa/P1 ≤ (2/(k+1))^(k/(k−1)).
 */
export function gasRelease(holeM: number, gaugePa: number, dischargeCoefficient: number = DISCHARGE_COEFFICIENT): GasRelease {
  const { molarMassKgMol: M, heatRatio: k, temperatureK, compressibility, ambientPa } = METHANE
  const areaM2 = (Math.PI / 4) * holeM ** 2
  const upstreamPa = ambientPa + gaugePa
  const ratio = ambientPa / upstreamPa
  const perGas = M / (compressibility * GAS_CONSTANT * temperatureK)
  const isSonic = ratio <= (2 / (k + 1)) ** (k / (k - 1))
  const flux = isSonic
    ? Math.sqrt(k * perGas * (2 / (k + 1)) ** ((k + 1) / (k - 1)))
    : Math.sqrt(2 * perGas * (k / (k - 1)) * (ratio ** (2 / k) - ratio ** ((k + 1) / k)))
  const rateKgS = dischargeCoefficient * areaM2 * upstreamPa * flux
  return { regime: isSonic ? 'sonic' : 'subsonic', rateKgS, rateM3H: (3600 * rateKgS) / (ambientPa * perGas) }
}

/**
 * Minutes until a well-mixed space holds 5 % of methane, if all of a leak gets into it; null where its air takes it away.
 * @param airM3H Fresh air through the space.
 * @source Mass balance: C(t) = C∞ (1 − e^(−(G+Q)t/V)), C∞ = G/(G+Q).
 */
export function minutesToExplosive(leakM3H: number, volumeM3: number, airM3H: number): number | null {
  const through = leakM3H + airM3H
  const final = through > 0 ? leakM3H / through : 0
  return final <= LOWER_LIMIT ? null : (-60 * volumeM3 * Math.log(1 - LOWER_LIMIT / final)) / through
}
