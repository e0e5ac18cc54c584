/** A drawing sheet as marks on paper, whatever writes it: millimetres, origin at the lower left corner, y up. */
export interface DrawingSheet {
  /** Number on the sheet, from 1. */
  readonly number: number
  readonly title: string
  readonly widthMm: number
  readonly heightMm: number
  readonly marks: readonly SheetMark[]
}

export type PaperPoint = readonly [xMm: number, yMm: number]

export const LINE_LOOKS = ['continuous', 'dashed', 'dashdot'] as const

/** What entities of a layer look like. `pen`: width of its lines in hundredths of a millimetre, of the drawing programs' series. */
export interface SheetLayer {
  /** In the reader's language. */
  readonly name: string
  /** AutoCAD colour index, and the same for a screen or a printer (CSS). */
  readonly aci: number
  readonly css: string
  readonly pen: 9 | 13 | 18 | 25 | 35 | 50 | 70
  readonly look: (typeof LINE_LOOKS)[number]
}

export type SheetMark =
  | { readonly type: 'path'; readonly layer: SheetLayer; readonly points: readonly PaperPoint[]; readonly isClosed: boolean; readonly widthMm: number }
  | { readonly type: 'circle'; readonly layer: SheetLayer; readonly at: PaperPoint; readonly radiusMm: number }
  /** `at` is on the baseline; `heightMm` that of a capital letter; `turnDeg` anticlockwise. */
  | { readonly type: 'text'; readonly layer: SheetLayer; readonly at: PaperPoint; readonly text: string; readonly heightMm: number; readonly anchor: 'start' | 'middle' | 'end'; readonly turnDeg: number }

/** Width of a text by rule of thumb, a little more than the usual fonts need. */
export function textWidthMm(text: string, heightMm: number): number {
  let width = 0
  for (const sign of text) width += heightMm * (sign.codePointAt(0)! >= 0x2e80 ? 1.22 : 0.78)
  return width
}
