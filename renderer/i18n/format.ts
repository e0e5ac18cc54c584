import { figure, metres } from '#shared/core/figures.ts'
import { size, sizeFigure } from '#shared/twin/section-size.ts'

export { figure, metres, size, sizeFigure }

/**
 * Figures as the interface writes them (design §9): lengths and levels in metres, sizes in millimetres.
 * The minus is the true one, so that columns of tabular figures line up.
 */

const THIN_SPACE = '\u2009'

/** Whole numbers with thin spaces between thousands. */
export const count = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)

/** A volume of earth: to a tenth while it is small. */
export const volume = (m3: number): string => `${m3 < 1000 ? figure(m3, 1) : count(m3)} m³`

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
