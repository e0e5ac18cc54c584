import { textWidthMm, type PaperPoint, type SheetLayer, type SheetMark } from '../../io/export/drawing-sheet.ts'
import type { PaperBox } from './clip.ts'

interface TextLook {
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly turnDeg?: number
}

/** Gathers the marks of one sheet. */
export class SheetPen {
  readonly marks: SheetMark[] = []

  line(layer: SheetLayer, points: readonly PaperPoint[], widthMm = 0): void {
    if (points.length > 1) this.marks.push({ type: 'path', layer, points, isClosed: false, widthMm })
  }

  ring(layer: SheetLayer, points: readonly PaperPoint[], widthMm = 0): void {
    if (points.length > 2) this.marks.push({ type: 'path', layer, points, isClosed: true, widthMm })
  }

  box(layer: SheetLayer, { minX, minY, maxX, maxY }: PaperBox, widthMm = 0): void {
    this.ring(layer, [[minX, minY], [maxX, minY], [maxX, maxY], [minX, maxY]], widthMm)
  }

  circle(layer: SheetLayer, at: PaperPoint, radiusMm: number): void {
    this.marks.push({ type: 'circle', layer, at, radiusMm })
  }

  text(layer: SheetLayer, at: PaperPoint, text: string, heightMm: number, { anchor = 'start', turnDeg = 0 }: TextLook = {}): void {
    if (text !== '') this.marks.push({ type: 'text', layer, at, text, heightMm, anchor, turnDeg })
  }

  /** One line of text, made smaller or cut where it does not fit. */
  fitted(layer: SheetLayer, at: PaperPoint, text: string, heightMm: number, roomMm: number, look: TextLook = {}): void {
    const least = Math.max(1.8, 0.7 * heightMm)
    const height = Math.min(heightMm, Math.max(least, (heightMm * roomMm) / Math.max(1e-6, textWidthMm(text, heightMm))))
    let cut = text
    while (cut.length > 1 && textWidthMm(cut, height) > roomMm) cut = `${cut.replace(/…$/, '').slice(0, -1)}…`
    this.text(layer, at, cut, height, look)
  }

  /** Text in lines of a width, downwards from a top edge. */
  paragraph(layer: SheetLayer, [x, top]: PaperPoint, text: string, heightMm: number, roomMm: number): void {
    wrapped(text, heightMm, roomMm).forEach((line, i) => this.text(layer, [x, top - heightMm - i * LINE_STEP * heightMm], line, heightMm))
  }

  /** Text in lines of a width, upwards from a bottom edge. @returns its top edge. */
  paragraphUp(layer: SheetLayer, [x, bottom]: PaperPoint, text: string, heightMm: number, roomMm: number): number {
    const lines = wrapped(text, heightMm, roomMm)
    lines.forEach((line, i) => this.text(layer, [x, bottom + (lines.length - 1 - i) * LINE_STEP * heightMm], line, heightMm))
    return bottom + ((lines.length - 1) * LINE_STEP + 1) * heightMm
  }
}

const LINE_STEP = 1.65

/** Broken at blanks, and between Chinese characters. */
function wrapped(text: string, heightMm: number, roomMm: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(/[\u2e80-\uffff]|[^\u2e80-\uffff\s]+|\s+/g) ?? []) {
    // A mark that ends a phrase never begins a line.
    if (line.trim() !== '' && textWidthMm(line + piece.trimEnd(), heightMm) > roomMm && !/^[，。；：、）]/.test(piece)) {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}
