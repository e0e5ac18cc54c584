/** A box on a drawing, pixels, y down. */
export interface LabelBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a text may stand: its anchor point as a drawing's text shape has it. */
export interface TextPlace {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
}

const GAP_PX = 3
/** Share of the size that a character is wide, a little more than most: bold Latin, and full-width signs. */
const WIDTH = { latin: 0.62, wide: 1.02 } as const
/** Share of the size above the baseline, and of the whole line. */
const LINE = { ascent: 0.82, height: 1.08 } as const

/** The box a text fills, by rule of thumb: drawings are made where no font can be asked. */
export function textBox(text: string, size: number, { x, y, anchor }: TextPlace): LabelBox {
  let width = 0
  for (const sign of text) width += size * (sign.codePointAt(0)! >= 0x2e80 ? WIDTH.wide : WIDTH.latin)
  return { x: anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2, y: y - LINE.ascent * size, width, height: LINE.height * size }
}

/**
 * The first of some places where a text covers nothing already there and stays within the picture; else the one that
 * covers least, so that nothing is left unsaid. The chosen box is added to `taken`.
 */
export function placeText(text: string, size: number, places: readonly TextPlace[], taken: LabelBox[], picture: { readonly width: number; readonly height: number }): TextPlace | null {
  let best: { place: TextPlace; box: LabelBox; cost: number } | null = null
  for (const place of places) {
    const box = textBox(text, size, place)
    const outside = Math.max(0, -box.x) + Math.max(0, box.x + box.width - picture.width) + Math.max(0, -box.y) + Math.max(0, box.y + box.height - picture.height)
    const cost = 50 * outside + taken.reduce((sum, other) => sum + overlapArea(other, box), 0)
    if (!best || cost < best.cost) best = { place, box, cost }
    if (cost === 0) break
  }
  if (!best) return null
  taken.push(best.box)
  return best.place
}

function overlapArea(a: LabelBox, b: LabelBox): number {
  const [w, h] = [Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + GAP_PX, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + GAP_PX]
  return w > 0 && h > 0 ? w * h : 0
}
