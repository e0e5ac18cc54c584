/** Papers that sheets are made for: size and margins (GB/T 14689: 25 mm to bind, 5 or 10 mm else), and the column of notes and title. */
export const SHEET_SIZES = {
  A3: { widthMm: 420, heightMm: 297, bindMm: 25, marginMm: 5, columnMm: 82 },
  A2: { widthMm: 594, heightMm: 420, bindMm: 25, marginMm: 10, columnMm: 92 },
  A1: { widthMm: 841, heightMm: 594, bindMm: 25, marginMm: 10, columnMm: 105 },
} as const
export type SheetSize = keyof typeof SHEET_SIZES

export const PLAN_SCALES = [100, 200, 250, 500, 1000, 2000] as const

/** What somebody asks sheets with. */
export interface SheetOrder {
  readonly size: SheetSize
  /** Of the plan along each line; levels follow. */
  readonly scale: (typeof PLAN_SCALES)[number]
  /** Lines to be drawn in profile: proposals, or lines of the twin, each with its run; null for all that the scheme proposes. */
  readonly lineIds: readonly string[] | null
  /** What the title block says of the drawing; empty where nobody wrote anything. */
  readonly title: TitleEntries
}

export interface TitleEntries {
  readonly number: string
  readonly revision: string
  readonly drawn: string
  readonly checked: string
  readonly approved: string
}
