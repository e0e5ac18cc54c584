import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { SurveyGroup, SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import type { SurveyAnswer } from '../../state/app/session-store.ts'
import { followCanvas } from '../../ui/follow-canvas.ts'
import { barLength } from '../import/plan-fit.ts'
import { arrowPaths } from './deviation-drawings.ts'
import { timesWords } from './deviation-words.ts'
import { beyond, drawnAt, exaggeration, type BuiltDeviation } from './deviations.ts'

type Line = readonly (readonly [number, number])[]

interface EntryLines {
  readonly group: SurveyGroup
  readonly before: Line | null
  readonly after: Line | null
}

interface SurveyMapProps {
  readonly survey: SurveyAnswer
  readonly asBuilt: string | null
  /** Entries drawn in colour. */
  readonly shown: readonly number[]
  readonly open: number | null
  readonly onOpen: (entry: number) => void
  /** Lines of a scheme whose deviations are drawn as arrows, larger than they are. */
  readonly deviations: readonly BuiltDeviation[]
  readonly options: SurveyOptions
}

/** Pixels a click may miss a line by. */
const REACH_PX = 8
const MARGIN_PX = 16
/** Half of what is shown around an entry, metres, at least. */
const AROUND_M = 15

/** What changes, from above: what was known thin, the survey bold, each group in its colour and its own dash. */
export function SurveyMap({ survey, asBuilt, shown, open, onOpen, deviations, options }: SurveyMapProps) {
  const { t } = useTranslation('survey')
  const ref = useRef<HTMLCanvasElement>(null)
  const lines = useEntryLines(survey, asBuilt)
  const columns = useStore(projectStore, state => state.columns)
  const box = useMemo(() => boxOf(open !== null && lines[open] ? [lines[open]] : lines, open === null ? 0 : AROUND_M), [lines, open])
  const isShown = useMemo(() => new Set(shown), [shown])
  useEffect(() => {
    const canvas = ref.current
    if (!canvas || !box) return undefined
    return followCanvas(canvas, () => {
      draw(canvas, columns, lines, box, isShown, open)
      if (deviations.length > 0) drawDeviations(canvas, deviations, options, box, times => timesWords(times, t))
    })
  }, [columns, lines, box, isShown, open, deviations, options, t])
  const pick = (event: React.MouseEvent<HTMLCanvasElement>) => {
    if (!box) return
    const bounds = event.currentTarget.getBoundingClientRect()
    const fit = fitOf(box, bounds.width, bounds.height)
    const [x, y] = [event.clientX - bounds.left, event.clientY - bounds.top]
    let best: { entry: number; px: number } | null = null
    for (const entry of shown) {
      for (const line of [lines[entry]?.after, lines[entry]?.before]) {
        const px = line ? distancePx(line, fit, x, y) : Infinity
        if (px <= REACH_PX && px < (best?.px ?? Infinity)) best = { entry, px }
      }
    }
    if (best) onOpen(best.entry)
  }
  return <canvas ref={ref} className="survey__map" role="img" aria-label={t('map')} onClick={pick} />
}

/** Local frame. */
function useEntryLines({ entries, xyz, start }: SurveyAnswer, asBuilt: string | null): readonly EntryLines[] {
  const columns = useStore(projectStore, state => state.columns)
  const origin = useStore(projectStore, state => state.info?.origin ?? null)
  const scheme = useStore(scenarioStore, state => (asBuilt === null ? null : (state.byId[asBuilt]?.document ?? null)))
  return useMemo(() => {
    const packed = (values: Float64Array, from: number, to: number): Line => Array.from({ length: to - from }, (_, v) => [values[3 * (from + v)]!, values[3 * (from + v) + 1]!] as const)
    const known = (id: string): Line | null => {
      const proposal = scheme?.proposals[id]
      if (proposal && origin) return proposal.axis.map(([x, y]) => [x - origin[0], y - origin[1]] as const)
      const at = columns && !scheme ? assetIndexOf(columns, id) : null
      return columns && at !== null ? packed(columns.xyz, columns.vertexStart[at]!, columns.vertexStart[at + 1]!) : null
    }
    return entries.map(({ group, id, survey }) => ({ group, before: id === null ? null : known(id), after: survey === null ? null : packed(xyz, start[survey]!, start[survey + 1]!) }))
  }, [entries, xyz, start, columns, origin, scheme])
}

type Box = readonly [x0: number, y0: number, x1: number, y1: number]

function boxOf(lines: readonly EntryLines[], around: number): Box | null {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { before, after } of lines) for (const [x, y] of [...(before ?? []), ...(after ?? [])]) [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)]
  return x0 > x1 ? null : [x0 - around, y0 - around, x1 + around, y1 + around]
}

function fitOf([x0, y0, x1, y1]: Box, width: number, height: number) {
  const scale = Math.min((width - 2 * MARGIN_PX) / (x1 - x0 || 1), (height - 2 * MARGIN_PX) / (y1 - y0 || 1))
  const [left, top] = [(width - scale * (x1 - x0)) / 2, (height - scale * (y1 - y0)) / 2]
  return { scale, x: (x: number) => left + scale * (x - x0), y: (y: number) => top + scale * (y1 - y) }
}

function draw(canvas: HTMLCanvasElement, columns: AssetColumns | null, lines: readonly EntryLines[], box: Box, isShown: ReadonlySet<number>, open: number | null): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const [width, height] = [canvas.clientWidth, canvas.clientHeight]
  canvas.width = width * devicePixelRatio
  canvas.height = height * devicePixelRatio
  context.scale(devicePixelRatio, devicePixelRatio)
  context.lineCap = 'round'
  const style = getComputedStyle(canvas)
  const colour = (name: string) => style.getPropertyValue(name)
  const fit = fitOf(box, width, height)
  const stroke = (line: Line | null, ink: string, widthPx: number, dash: readonly number[]) => {
    if (!line) return
    context.beginPath()
    line.forEach(([x, y], i) => (i === 0 ? context.moveTo(fit.x(x), fit.y(y)) : context.lineTo(fit.x(x), fit.y(y))))
    context.strokeStyle = ink
    context.lineWidth = widthPx
    context.setLineDash([...dash])
    context.stroke()
  }
  if (columns) drawAround(context, columns, box, fit, colour('--line-strong'))
  lines.forEach(({ group, before, after }, i) => {
    const isOn = isShown.has(i)
    const ink = isOn ? colour(`--survey-${group}`) : colour('--line-strong')
    if (i === open) for (const line of [before, after]) stroke(line, colour('--accent-soft'), 12, [])
    stroke(before, group === 'gone' ? ink : colour('--ink-faint'), group === 'gone' && isOn ? 2 : 1, group === 'gone' ? [5, 4] : [2, 3])
    stroke(after, ink, isOn ? 2.5 : 1, [])
  })
  drawBar(context, fit.scale, height, colour('--ink-soft'), style.fontFamily)
}

/** More segments than this in sight say nothing any more. */
const MOST_AROUND = 60_000

/** What lies around, faintly: where in the town this is. */
function drawAround(context: CanvasRenderingContext2D, { xyz, vertexStart, count }: AssetColumns, [x0, y0, x1, y1]: Box, fit: ReturnType<typeof fitOf>, ink: string): void {
  const [padX, padY] = [x1 - x0, y1 - y0]
  let drawn = 0
  context.beginPath()
  for (let i = 0; i < count && drawn < MOST_AROUND; i++) {
    for (let v = vertexStart[i]!; v < vertexStart[i + 1]! - 1; v++) {
      const [ax, ay, bx, by] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
      if (Math.max(ax, bx) < x0 - padX || Math.min(ax, bx) > x1 + padX || Math.max(ay, by) < y0 - padY || Math.min(ay, by) > y1 + padY) continue
      context.moveTo(fit.x(ax), fit.y(ay))
      context.lineTo(fit.x(bx), fit.y(by))
      drawn++
    }
  }
  context.setLineDash([])
  context.strokeStyle = ink
  context.lineWidth = 1
  context.stroke()
}

/** The longest arrow, pixels. */
const ARROW_PX = 60

/** Arrows from where the design is to where it was built, so many times longer than it is off; those beyond the tolerances bold. */
function drawDeviations(canvas: HTMLCanvasElement, deviations: readonly BuiltDeviation[], options: SurveyOptions, box: Box, words: (times: number) => string): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const style = getComputedStyle(canvas)
  const fit = fitOf(box, canvas.clientWidth, canvas.clientHeight)
  const times = exaggeration(deviations, fit.scale, ARROW_PX)
  const at = ([x, y]: readonly number[]): readonly [number, number] => [fit.x(x!), fit.y(y!)]
  context.setLineDash([])
  for (const place of deviations.flatMap(({ places }) => places)) {
    const isOut = beyond(place, options)
    context.strokeStyle = context.fillStyle = style.getPropertyValue(isOut ? '--danger' : '--accent')
    context.lineWidth = isOut ? 2 : 1.2
    arrowPaths(at(place.designed), at(drawnAt(place, times))).forEach((points, i) => {
      context.beginPath()
      points.forEach(([x, y], k) => (k === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
      if (i === 0) context.stroke()
      else context.fill()
    })
  }
  context.font = `11px ${style.fontFamily}`
  context.textBaseline = 'top'
  context.fillStyle = style.getPropertyValue('--ink-soft')
  context.fillText(words(times), MARGIN_PX, 10)
}

/** A round length in the corner. */
function drawBar(context: CanvasRenderingContext2D, scale: number, height: number, ink: string, font: string): void {
  const lengthM = barLength(96 / scale)
  const [left, right, base] = [MARGIN_PX, MARGIN_PX + lengthM * scale, height - 12.5]
  context.setLineDash([])
  context.lineWidth = 1
  context.strokeStyle = context.fillStyle = ink
  context.beginPath()
  context.moveTo(left + 0.5, base - 4)
  context.lineTo(left + 0.5, base)
  context.lineTo(Math.round(right) + 0.5, base)
  context.lineTo(Math.round(right) + 0.5, base - 4)
  context.stroke()
  context.font = `11px ${font}`
  context.textBaseline = 'bottom'
  context.fillText(`${lengthM} m`, right + 6, base + 3)
}

function distancePx(line: Line, fit: ReturnType<typeof fitOf>, px: number, py: number): number {
  let least = Infinity
  for (let i = 0; i + 1 < line.length; i++) {
    const [ax, ay] = [fit.x(line[i]![0]), fit.y(line[i]![1])]
    const [dx, dy] = [fit.x(line[i + 1]![0]) - ax, fit.y(line[i + 1]![1]) - ay]
    const square = dx * dx + dy * dy
    const s = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / square))
    least = Math.min(least, Math.hypot(ax + s * dx - px, ay + s * dy - py))
  }
  return least
}
