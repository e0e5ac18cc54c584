import type { SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import type { DeviationPlace } from '#shared/ledger/survey/deviation.ts'
import { pathThrough, type Drawing, type DrawingColours, type Shape } from '#shared/report/drawing.ts'
import { northArrow, scaleBar } from '#shared/report/plan-picture.ts'
import { figure } from '../../i18n/format.ts'
import { decimalsOf, textWidth, ticks, tickStep } from '../../views/cut/chart.ts'
import { planFit } from '../import/plan-fit.ts'
import { beyond, drawnAt, exaggeration, type BuiltDeviation } from './deviations.ts'

export interface DeviationColours extends DrawingColours {
  /** What was built, within the tolerances and beyond them. */
  readonly within: string
  readonly beyond: string
  readonly tolerance: string
}

export interface StripWords {
  readonly label: string
  readonly plan: string
  readonly level: string
  readonly chainage: string
  readonly tolerance: string
  readonly noLevel: string
  /** What a dot and what a diamond stand for. */
  readonly point: string
  readonly corner: string
}

const LEFT = 52
const RIGHT = 16
const TITLE = 20
const AXIS = 28
const signed = (value: number, decimals: number): string => (value > 0 ? `+${figure(value, decimals)}` : figure(value, decimals))

/** Deviation in plan and in level along the chainage, one above the other, each with its tolerance. Pixels. */
export function deviationStrip(line: BuiltDeviation, options: SurveyOptions, colours: DeviationColours, words: StripWords, width: number, height: number): Drawing {
  const plotHeight = (height - 2 * TITLE - AXIS) / 2
  const [left, right] = [LEFT, width - RIGHT]
  const x = (chainageM: number) => left + ((right - left) * chainageM) / (line.lengthM || 1)
  const step = tickStep((right - left) / (line.lengthM || 1), 80)
  const marks = ticks(0, line.lengthM, step)
  const base = height - AXIS
  const shapes: Shape[] = [
    ...marks.map((mark): Shape => ({ type: 'path', d: pathThrough([[x(mark), TITLE], [x(mark), base]]), stroke: colours.line, strokeWidth: 1 })),
    ...plot(line, TITLE, plotHeight, options.planToleranceM, words.plan, ({ planM }) => planM, line.worstPlan),
    ...plot(line, 2 * TITLE + plotHeight, plotHeight, options.levelToleranceM, line.worstLevel ? words.level : `${words.level} · ${words.noLevel}`, ({ levelM }) => levelM, line.worstLevel),
    ...marks.map((mark): Shape => ({ type: 'text', x: x(mark), y: base + 13, text: figure(mark, decimalsOf(step)), size: 11, anchor: 'middle', fill: colours.soft })),
    { type: 'text', x: left, y: height - 3, text: words.chainage, size: 11, fill: colours.soft },
    ...key(left + 110, height - 7),
    { type: 'text', x: right, y: height - 3, text: words.tolerance, size: 11, anchor: 'end', fill: colours.tolerance },
  ]
  return { width, height, label: words.label, shapes }

  function key(at: number, y: number): Shape[] {
    const next = at + 24 + textWidth(words.point)
    return [
      { type: 'circle', x: at, y, r: 3, fill: colours.within }, { type: 'text', x: at + 8, y: y + 4, text: words.point, size: 11, fill: colours.soft },
      ...(line.places.some(({ of }) => of === 'design') ? [{ type: 'path', d: diamond(next, y, 4.5), fill: colours.paper, stroke: colours.within, strokeWidth: 1.5 }, { type: 'text', x: next + 9, y: y + 4, text: words.corner, size: 11, fill: colours.soft }] as Shape[] : []),
    ]
  }

  function plot({ places }: BuiltDeviation, top: number, high: number, toleranceM: number, title: string, of: (place: DeviationPlace) => number | null, worst: DeviationPlace | null): Shape[] {
    const values = places.flatMap(place => of(place) ?? [])
    const reachM = Math.max(toleranceM * 1.6, 1.25 * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)) || 0.01
    const y = (value: number) => top + high / 2 - (value / reachM) * (high / 2)
    const yStep = tickStep(high / 2 / reachM, 20)
    const band = pathThrough([[left, y(toleranceM)], [right, y(toleranceM)], [right, y(-toleranceM)], [left, y(-toleranceM)]], true)
    const isOut = (value: number) => Math.abs(value) > toleranceM + 1e-9
    const measured = places.flatMap(place => (of(place) === null ? [] : [{ place, value: of(place)! }]))
    return [
      { type: 'text', x: left, y: top - 6, text: title, size: 11, isBold: true, fill: colours.ink },
      { type: 'path', d: band, fill: colours.tolerance, opacity: 0.12 },
      ...[toleranceM, -toleranceM].map((value): Shape => ({ type: 'path', d: pathThrough([[left, y(value)], [right, y(value)]]), stroke: colours.tolerance, strokeWidth: 1, dash: '5 3' })),
      ...ticks(-reachM, reachM, yStep).map((value): Shape => ({ type: 'text', x: left - 6, y: y(value) + 4, text: signed(value, decimalsOf(yStep)), size: 11, anchor: 'end', fill: colours.soft })),
      { type: 'path', d: pathThrough([[left, y(0)], [right, y(0)]]), stroke: colours.ink, strokeWidth: 1 },
      ...(measured.length > 0 ? [{ type: 'path', d: pathThrough(measured.map(({ place, value }) => [x(place.chainageM), y(value)])), stroke: colours.soft, strokeWidth: 1.2 } as Shape] : []),
      ...measured.flatMap(({ place, value }): Shape[] => {
        const ink = isOut(value) ? colours.beyond : colours.within
        return [
          { type: 'path', d: pathThrough([[x(place.chainageM), y(0)], [x(place.chainageM), y(value)]]), stroke: ink, strokeWidth: isOut(value) ? 2.2 : 1.4 },
          place.of === 'survey'
            ? { type: 'circle', x: x(place.chainageM), y: y(value), r: isOut(value) ? 4 : 3, fill: ink }
            : { type: 'path', d: diamond(x(place.chainageM), y(value), 4.5), fill: colours.paper, stroke: ink, strokeWidth: 1.5 },
        ]
      }),
      ...worstLabel(),
    ]

    function worstLabel(): Shape[] {
      const value = worst && of(worst)
      if (!worst || value === null) return []
      const at = x(worst.chainageM)
      const anchor = at > right - 90 ? 'end' : at < left + 40 ? 'start' : 'middle'
      const lift = value >= 0 ? -8 : 16
      return [{ type: 'text', x: at, y: y(value) + lift, text: `${signed(value, 3)} m`, size: 11, isBold: true, anchor, fill: isOut(value) ? colours.beyond : colours.ink, halo: colours.paper }]
    }
  }
}

const diamond = (x: number, y: number, r: number): string => pathThrough([[x, y - r], [x + r, y], [x, y + r], [x - r, y]], true)

const LONGEST_PX = 64
const MARGIN = 56

/** How high a plan of these lines is at a width, so that little of it stays empty: between a fifth and six tenths of the width. */
export function planHeight(lines: readonly BuiltDeviation[], width: number): number {
  const points = lines.flatMap(({ design }) => design)
  const span = (k: 0 | 1) => points.reduce((most, point) => Math.max(most, point[k]), -Infinity) - points.reduce((least, point) => Math.min(least, point[k]), Infinity)
  const share = span(1) / (span(0) || 1)
  return Math.round(Math.min(0.6 * width, Math.max(0.2 * width, share * (width - 2 * MARGIN))) + 2 * MARGIN)
}

/** Lines from above, north up: designed thin, built bold with its deviations drawn so many times larger, arrows at the places. Pixels. */
export function deviationPlan(lines: readonly BuiltDeviation[], options: SurveyOptions, colours: DeviationColours, words: { readonly label: string; readonly times: (times: number) => string; readonly chainage: (chainageM: number) => string }, width: number, height: number): Drawing {
  const xy = Float64Array.from(lines.flatMap(({ design, places }) => [...design, ...places.map(({ built }) => built)].flatMap(([x, y]) => [x, y])))
  const fit = planFit([{ xy, partStart: Uint32Array.of(0) }], width, height, MARGIN)
  if (!fit) return { width, height, label: words.label, shapes: [] }
  const times = exaggeration(lines, fit.scale, LONGEST_PX)
  const at = ([x, y]: readonly number[]): [number, number] => [fit.x(x!), fit.y(y!)]
  const shapes = lines.flatMap((line): Shape[] => {
    const worst = line.worstPlan
    const end = at(drawnAt(worst, times))
    // On the side the line is off to, so that the words do not lie over the design.
    const isBelow = end[1] >= at(worst.designed)[1]
    const isEast = end[0] > width / 2
    return [
      { type: 'path', d: pathThrough(line.design.map(at)), stroke: colours.ink, strokeWidth: 1, dash: '6 4' },
      { type: 'path', d: pathThrough(line.places.map(place => at(drawnAt(place, times)))), stroke: colours.within, strokeWidth: 1.6, opacity: 0.7 },
      ...line.places.flatMap(place => arrow(at(place.designed), at(drawnAt(place, times)), beyond(place, options) ? colours.beyond : colours.within)),
      { type: 'circle', x: end[0], y: end[1], r: 7, stroke: colours.beyond, strokeWidth: 1.6 },
      { type: 'text', x: end[0] + (isEast ? 7 : -7), y: end[1] + (isBelow ? 20 : -12), text: `${line.name} ${figure(Math.abs(worst.planM), 3)} m · ${words.chainage(worst.chainageM)}`, size: 11, isBold: true, anchor: isEast ? 'end' : 'start', fill: colours.ink, halo: colours.paper },
      ...[0, line.lengthM].map((chainageM, i): Shape => {
        const [x, y] = at(i === 0 ? line.design[0]! : line.design.at(-1)!)
        return { type: 'text', x, y: y + (isBelow ? -8 : 16), text: words.chainage(chainageM), size: 10, anchor: 'middle', fill: colours.soft, halo: colours.paper }
      }),
    ]
  })
  return { width, height, label: words.label, shapes: [...shapes, ...scaleBar(fit.scale, width, height, colours), ...northArrow(width, colours), { type: 'text', x: 10, y: 18, text: words.times(times), size: 11, isBold: true, fill: colours.ink, halo: colours.paper }] }
}

function arrow(from: readonly [number, number], to: readonly [number, number], ink: string): Shape[] {
  return arrowPaths(from, to).map((points, i): Shape => (i === 0 ? { type: 'path', d: pathThrough(points), stroke: ink, strokeWidth: 1.4 } : { type: 'path', d: pathThrough(points, true), fill: ink }))
}

/** An arrow as a stroke and, where it is long enough for one, a head. */
export function arrowPaths(from: readonly [number, number], to: readonly [number, number]): readonly (readonly (readonly [number, number])[])[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  if (length < 5) return [[from, to]]
  const [ux, uy] = [dx / length, dy / length]
  const back = [to[0] - 6 * ux, to[1] - 6 * uy] as const
  return [[from, back], [to, [back[0] - 3 * uy, back[1] + 3 * ux], [back[0] + 3 * uy, back[1] - 3 * ux]]]
}
