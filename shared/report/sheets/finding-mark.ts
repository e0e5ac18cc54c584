import type { PaperPoint, SheetLayer } from '../../io/export/drawing-sheet.ts'
import type { SheetPen } from './sheet-pen.ts'

export const MARK_RADIUS_MM = 2

/** Mandatory an octagon, advisory a triangle: told apart without colour, as everywhere. */
export function findingMark(pen: SheetPen, layer: SheetLayer, [x, y]: PaperPoint, isMandatory: boolean): void {
  const corners = isMandatory ? 8 : 3
  const first = isMandatory ? Math.PI / 8 : Math.PI / 2
  pen.ring(layer, Array.from({ length: corners }, (_, k): PaperPoint => {
    const angle = first + (2 * Math.PI * k) / corners
    return [x + MARK_RADIUS_MM * Math.cos(angle), y + MARK_RADIUS_MM * Math.sin(angle)]
  }), 0.25)
}
