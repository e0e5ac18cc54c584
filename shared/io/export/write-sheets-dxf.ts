import { DXF_END, dxfBegin, dxfText, type DxfGroup } from './dxf-frame.ts'
import type { DrawingSheet, PaperPoint, SheetLayer, SheetMark } from './drawing-sheet.ts'
import { figure } from './figures.ts'
import { encodeGbk } from './gbk.ts'

const GAP_MM = 50
/** As drawings in China are lettered: narrow. */
const WIDTH_FACTOR = 0.7
const JUSTIFY = { start: 0, middle: 1, end: 2 } as const

/**
 * Sheets as one drawing (DXF R2004, code page 936): model space in millimetres of paper, one sheet beside the other, plotted
 * 1 : 1. Every entity is on a layer and takes colour, pen and dashes from it.
 */
export function* writeSheetsDxf(sheets: readonly DrawingSheet[]): Generator<Uint8Array> {
  const layers = new Map<string, SheetLayer>()
  for (const { marks } of sheets) for (const { layer } of marks) layers.set(layer.name, layer)
  const widthMm = sheets.reduce((sum, sheet) => sum + sheet.widthMm + GAP_MM, -GAP_MM)
  const heightMm = Math.max(0, ...sheets.map(sheet => sheet.heightMm))
  yield encodeGbk(dxfBegin(layers, [[0, 0, 0], [widthMm, heightMm, 0]], 'mm'))
  let [handle, left] = [0x100, 0]
  for (const sheet of sheets) {
    yield encodeGbk(sheet.marks.map(mark => entity(mark, (handle++).toString(16).toUpperCase(), left)).join(''))
    left += sheet.widthMm + GAP_MM
  }
  yield encodeGbk(DXF_END)
}

function entity(mark: SheetMark, handle: string, left: number): string {
  const begin = (type: string, marker: string): DxfGroup[] => [[0, type], [5, handle], [330, '1F'], [100, 'AcDbEntity'], [8, mark.layer.name], [100, marker]]
  const place = ([x, y]: PaperPoint, first = 10): DxfGroup[] => [[first, figure(x + left)], [first + 10, figure(y)], [first + 20, 0]]
  switch (mark.type) {
    case 'path':
      return dxfText([...begin('LWPOLYLINE', 'AcDbPolyline'), [90, mark.points.length], [70, mark.isClosed ? 1 : 0], [43, figure(mark.widthMm)], ...mark.points.flatMap(([x, y]): DxfGroup[] => [[10, figure(x + left)], [20, figure(y)]])])
    case 'circle':
      return dxfText([...begin('CIRCLE', 'AcDbCircle'), ...place(mark.at), [40, figure(mark.radiusMm)]])
    case 'text':
      return dxfText([
        ...begin('TEXT', 'AcDbText'), ...place(mark.at), [40, figure(mark.heightMm)], [1, letters(mark.text)], [50, figure(mark.turnDeg)], [41, WIDTH_FACTOR], [72, JUSTIFY[mark.anchor]],
        ...(mark.anchor === 'start' ? [] : place(mark.at, 11)), [100, 'AcDbText'],
      ])
  }
}

/** Signs that the fonts of drawing programs lack, as these programs write them: the diameter by its own code, the minus as a hyphen. */
const letters = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ').replaceAll('%%', '% %').replaceAll('\u2212', '-').replaceAll('Ø', '%%c')
