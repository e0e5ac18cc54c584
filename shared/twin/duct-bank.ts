import type { OuterSection } from './asset.ts'

/** Ducts in rows and columns in one casing. Metres. */
export interface DuctBank {
  readonly columns: number
  readonly rows: number
  /** Outer diameter of a duct. */
  readonly ductM: number
  /** Clear, between neighbours. */
  readonly gapM: number
  /** Of the casing around all of them. */
  readonly casingM: number
}

const spanM = (count: number, { ductM, gapM, casingM }: DuctBank): number => count * ductM + (count - 1) * gapM + 2 * casingM
/** Whole millimetres: sizes are written so. */
const wholeMm = (lengthM: number): number => Math.round(lengthM * 1000) / 1000

/** The outside of a bank. */
export const bankSection = (bank: DuctBank): Extract<OuterSection, { shape: 'rectangle' }> =>
  ({ shape: 'rectangle', widthM: wholeMm(spanM(bank.columns, bank)), heightM: wholeMm(spanM(bank.rows, bank)) })

/** Middles of its ducts, to the right and up from the middle of the bank. */
export function ductsOf(bank: DuctBank): readonly (readonly [rightM: number, upM: number])[] {
  const pitchM = bank.ductM + bank.gapM
  return Array.from({ length: bank.columns * bank.rows }, (_, i) => {
    const [column, row] = [i % bank.columns, Math.floor(i / bank.columns)]
    return [(column - (bank.columns - 1) / 2) * pitchM, (row - (bank.rows - 1) / 2) * pitchM] as const
  })
}
