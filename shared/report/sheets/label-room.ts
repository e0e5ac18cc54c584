import { textWidthMm, type PaperPoint } from '../../io/export/drawing-sheet.ts'

const CELL_MM = 8

/** Where on a sheet something is written already: everything is remembered as discs, so that slanting texts are no wider than they are. */
export class LabelRoom {
  readonly #cells = new Map<string, (readonly [number, number, number])[]>()

  /** @returns whether a disc would cover nothing. */
  isFree(x: number, y: number, radiusMm: number): boolean {
    for (const key of cellsOf(x, y, radiusMm)) {
      for (const [ox, oy, radius] of this.#cells.get(key) ?? []) if (Math.hypot(ox - x, oy - y) < radius + radiusMm) return false
    }
    return true
  }

  take(x: number, y: number, radiusMm: number): void {
    for (const key of cellsOf(x, y, radiusMm)) {
      const list = this.#cells.get(key)
      if (list) list.push([x, y, radiusMm])
      else this.#cells.set(key, [[x, y, radiusMm]])
    }
  }

  /** Takes the room of a text where it is free. @param middle Middle of its baseline. */
  takeText(text: string, heightMm: number, middle: PaperPoint, turnDeg: number): boolean {
    const discs = textDiscs(text, heightMm, middle, turnDeg)
    if (!discs.every(([x, y, radius]) => this.isFree(x, y, radius))) return false
    for (const [x, y, radius] of discs) this.take(x, y, radius)
    return true
  }
}

function textDiscs(text: string, heightMm: number, [x, y]: PaperPoint, turnDeg: number): (readonly [number, number, number])[] {
  const turn = (turnDeg * Math.PI) / 180
  const [dx, dy] = [Math.cos(turn), Math.sin(turn)]
  const [mx, my] = [x - dy * heightMm * 0.5, y + dx * heightMm * 0.5]
  const halfMm = Math.max(0, textWidthMm(text, heightMm) / 2 - heightMm * 0.4)
  const count = Math.max(1, Math.ceil((2 * halfMm) / heightMm))
  return Array.from({ length: count + 1 }, (_, i) => {
    const along = -halfMm + (2 * halfMm * i) / count
    return [mx + along * dx, my + along * dy, heightMm * 0.68] as const
  })
}

function* cellsOf(x: number, y: number, radiusMm: number): Generator<string> {
  for (let i = Math.floor((x - radiusMm) / CELL_MM); i <= Math.floor((x + radiusMm) / CELL_MM); i++) {
    for (let j = Math.floor((y - radiusMm) / CELL_MM); j <= Math.floor((y + radiusMm) / CELL_MM); j++) yield `${i} ${j}`
  }
}
