import type { OuterSection } from './asset.ts'

const millimetres = (lengthM: number): string => String(Math.round(lengthM * 1000))

/** Outer size in millimetres without unit, for table columns: `Ø 300` or `600 × 400`. */
export const sizeFigure = (section: OuterSection): string =>
  section.shape === 'circle' ? `Ø ${millimetres(section.diameterM)}` : `${millimetres(section.widthM)} × ${millimetres(section.heightM)}`

/** Outer size with its unit: `Ø 300 mm`. */
export const size = (section: OuterSection): string => `${sizeFigure(section)} mm`
