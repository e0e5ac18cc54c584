import type { CompletenessPoint } from '#shared/register/completeness.ts'

/** One look through the ledger: how complete it was then, of all of it, an owner or a block. */
export interface TrendRow {
  /** ISO time. */
  readonly at: string
  readonly after: string
  readonly count: number
  readonly score: number
  readonly flaws: number
  /** Share points against the row before; null for the first. */
  readonly gain: number | null
}

/** @param of '' for all lines, `owner:<name>` or `block:<id>`. Oldest first. */
export function trendRows(points: readonly CompletenessPoint[], of: string): TrendRow[] {
  const rows: TrendRow[] = []
  for (const point of points.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const part = of === '' ? point : of.startsWith('owner:') ? point.owners.find(({ name }) => `owner:${name}` === of) : point.blocks.find(({ name }) => `block:${name}` === of)
    if (part) rows.push({ at: point.at, after: point.after, count: part.count, score: part.score, flaws: part.flaws, gain: rows.length === 0 ? null : part.score - rows.at(-1)!.score })
  }
  return rows
}

export interface TrendPlot {
  readonly width: number
  readonly height: number
  /** Share lines and where they lie. */
  readonly grid: readonly { readonly share: number; readonly y: number }[]
  readonly left: number
  readonly right: number
  readonly base: number
  /** Where each row lies, the top of its bar of flaws, and whether its date has room. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly barY: number; readonly isDated: boolean }[]
  readonly barWidth: number
}

const LEFT = 44
const RIGHT = 24
const TOP = 18
const BELOW = 20
const DATE_WIDTH = 84
/** Bars of flaws take this part of the height, so that the line stays in front of them. */
const BAR_PART = 0.35

/** Places of a chart of the trend: the score as a line over bars of flaws, looks evenly apart. Units of the picture. */
export function trendPlot(rows: readonly TrendRow[], width: number, height: number): TrendPlot {
  const [right, base] = [width - RIGHT, height - BELOW]
  const least = rows.reduce((low, { score }) => Math.min(low, score), 1)
  // From the tenth below the least, so that small gains are seen; never less than a fifth of the scale.
  const from = Math.max(0, Math.min(0.8, Math.floor(least * 10 - 1e-9) / 10))
  const most = Math.max(1, rows.reduce((high, { flaws }) => Math.max(high, flaws), 0))
  const y = (share: number) => base - ((share - from) / (1 - from)) * (base - TOP)
  const stepX = rows.length > 1 ? (right - LEFT - DATE_WIDTH / 2) / (rows.length - 1) : 0
  const every = Math.max(1, Math.ceil(DATE_WIDTH / Math.max(stepX, 1)))
  const gridStep = from >= 0.7 ? 0.1 : 0.2
  const grid = Array.from({ length: Math.floor((1 - from) / gridStep + 1e-9) + 1 }, (_, i) => 1 - i * gridStep).map(share => ({ share, y: y(share) }))
  return {
    width, height, left: LEFT, right, base, grid, barWidth: Math.max(2, Math.min(18, stepX * 0.5 || 18)),
    points: rows.map(({ score, flaws }, i) => ({ x: LEFT + DATE_WIDTH / 4 + i * stepX, y: y(score), barY: base - (flaws / most) * BAR_PART * (base - TOP), isDated: (rows.length - 1 - i) % every === 0 })),
  }
}
