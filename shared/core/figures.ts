/**
 * Figures as every surface writes them (design §9): lengths and levels in metres. The minus is the true one, so that
 * columns of tabular figures line up.
 */

const MINUS = '\u2212'

/** A number with a fixed count of decimals; an en dash where there is none. */
export function figure(value: number | null | undefined, decimals: number): string {
  if (value == null || !Number.isFinite(value)) return '–'
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? MINUS + text : text
}

/** Metres with unit, three decimals unless told. */
export const metres = (value: number | null | undefined, decimals = 3): string =>
  value == null || !Number.isFinite(value) ? '–' : `${figure(value, decimals)} m`
