import { unitOf, type RuleName } from '#shared/clearance/finding.ts'
import type { OuterSection } from '#shared/twin/asset.ts'

/**
 * Figures as the interface writes them (design §9): lengths and levels in metres, sizes in millimetres.
 * The minus is the true one, so that columns of tabular figures line up.
 */

const MINUS = '\u2212'
const THIN_SPACE = '\u2009'

/** A number with a fixed count of decimals; an en dash where there is none. */
export function figure(value: number | null | undefined, decimals: number): string {
  if (value == null || !Number.isFinite(value)) return '–'
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? MINUS + text : text
}

/** Metres with unit, three decimals unless told. */
export const metres = (value: number | null | undefined, decimals = 3): string =>
  value == null || !Number.isFinite(value) ? '–' : `${figure(value, decimals)} m`

/** A rule's figure with its unit: metres, degrees, slopes per thousand, metres per second. */
export function ruleFigure(rule: RuleName, value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return '–'
  switch (unitOf(rule)) {
    case 'deg': return `${figure(value, 1)}°`
    case 'ratio': return `${figure(1000 * value, 2)} ‰`
    case 'mps': return `${figure(value, 2)} m/s`
    default: return metres(value)
  }
}

const millimetres = (lengthM: number): string => String(Math.round(lengthM * 1000))

/** Outer size in millimetres without unit, for table columns: `Ø 300` or `600 × 400`. */
export const sizeFigure = (section: OuterSection): string =>
  section.shape === 'circle' ? `Ø ${millimetres(section.diameterM)}` : `${millimetres(section.widthM)} × ${millimetres(section.heightM)}`

/** Outer size with its unit: `Ø 300 mm`. */
export const size = (section: OuterSection): string => `${sizeFigure(section)} mm`

/** Whole numbers with thin spaces between thousands. */
export const count = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)

/** A length over a network: metres below a kilometre, else kilometres. */
export const networkLength = (lengthM: number): string =>
  lengthM < 1000 ? `${count(lengthM)} m` : `${figure(lengthM / 1000, lengthM < 100_000 ? 1 : 0)} km`

/** Date and minute in the reader's own form. */
export const dateTime = (iso: string, language: string): string => {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : at.toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' })
}

/** Bytes in the unit people read: kB or MB, decimal. */
export const fileSize = (bytes: number): string =>
  bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${figure(bytes / 1e3, 0)} kB` : `${figure(bytes / 1e6, bytes < 1e8 ? 1 : 0)} MB`
