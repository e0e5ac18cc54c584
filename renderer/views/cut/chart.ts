/** Pieces both charts are drawn with. Pixels, y down. */

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A step of 1, 2 or 5 times a power of ten that leaves marks at least this far apart. */
export function tickStep(pxPerM: number, leastPx: number): number {
  const least = leastPx / Math.max(pxPerM, 1e-9)
  const power = 10 ** Math.floor(Math.log10(least))
  return [1, 2, 5, 10].map(k => k * power).find(step => step >= least * (1 - 1e-9)) ?? 10 * power
}

/** Multiples of the step from low to high. */
export function ticks(low: number, high: number, step: number): number[] {
  const marks: number[] = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 && marks.length < 500; k++) marks.push(k * step)
  return marks
}

export const decimalsOf = (step: number): number => Math.min(3, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)))

const NARROW = /[ijlIftr!,.:;'|`()[\]\\/·-]|\s/
const WIDE = /[mwMW@%]/

/** Width of a text at 11 px in the shipped fonts, a little on the safe side: Chinese signs are square, Latin ones of four widths. Needs no canvas. */
export function textWidth(text: string): number {
  let width = 0
  for (const sign of text) width += sign.charCodeAt(0) > 0x2e7f ? 11.2 : NARROW.test(sign) ? 3.8 : WIDE.test(sign) ? 10.2 : /[A-ZØ]/.test(sign) ? 7.8 : 6.8
  return width
}

/** Longest name written at a shape; what identifies is at both ends of one made by a machine. The tip has all of it. */
const LONGEST_NAME = 18

export const shortName = (name: string): string => (name.length <= LONGEST_NAME ? name : `${name.slice(0, 9)}…${name.slice(-6)}`)

/** Where the text of a label begins, middles or ends: on the side of what it names, so that the eye need not look for it. */
export function textAt(label: Rect, of: Rect): { readonly x: number; readonly textAnchor: 'start' | 'middle' | 'end' } {
  const share = (of.x + of.width / 2 - label.x) / label.width
  if (share < 0.4) return { x: label.x + 2, textAnchor: 'start' }
  return share > 0.6 ? { x: label.x + label.width - 2, textAnchor: 'end' } : { x: label.x + label.width / 2, textAnchor: 'middle' }
}

const meet = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Places of labels so that none meets another: first come, first served. */
export class LabelRoom {
  private readonly taken: Rect[] = []
  private readonly spared: Rect[] = []
  private readonly bounds: Rect

  constructor(bounds: Rect) {
    this.bounds = bounds
  }

  /** The first of the places that is free, taken; null where none is. */
  take<T extends Rect>(places: readonly T[]): T | null {
    const { x, y, width, height } = this.bounds
    const open = places.filter(p => p.x >= x && p.y >= y && p.x + p.width <= x + width && p.y + p.height <= y + height && !this.taken.some(other => meet(p, other)))
    const free = open.find(p => !this.spared.some(other => meet(p, other))) ?? open[0]
    if (free) this.taken.push(free)
    return free ?? null
  }

  block(rect: Rect): void {
    this.taken.push(rect)
  }

  /** Keeps labels off where another place is free. */
  spare(rect: Rect): void {
    this.spared.push(rect)
  }

  /** Keeps labels off a drawn line. */
  blockLine(points: readonly (readonly [number, number])[]): void {
    for (let i = 1; i < points.length; i++) {
      const [[x0, y0], [x1, y1]] = [points[i - 1]!, points[i]!]
      const steps = Math.min(400, Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 12)))
      for (let k = 0; k < steps; k++) this.block({ x: x0 + ((x1 - x0) * (k + 0.5)) / steps - 6, y: y0 + ((y1 - y0) * (k + 0.5)) / steps - 3, width: 12, height: 6 })
    }
  }
}
