import { placeAt } from '../../geometry/section-line.ts'
import { textWidthMm, type DrawingSheet, type PaperPoint } from '../../io/export/drawing-sheet.ts'
import { assetIndexOf } from '../../twin/asset-index.ts'
import { groundSampler } from '../../twin/ground.ts'
import { cutLine, lineAlone, type CutLine } from '../../profile/cut-line.ts'
import { worldToCut, type CutWorld } from '../../profile/cut-world.ts'
import { pairFindings } from '../../profile/pair-findings.ts'
import { profileOf } from '../../profile/profile-model.ts'
import type { ReportData, ReportFinding } from '../report-data.ts'
import type { PaperBox } from './clip.ts'
import { LabelRoom } from './label-room.ts'
import { planFrame, scaleFor, type PlanFrame } from './plan-frame.ts'
import { drawFrame, sheetRoom } from './sheet-frame.ts'
import { sheetLayers, type SheetLayers } from './sheet-layers.ts'
import { SHEET_SIZES, type SheetOrder } from './sheet-order.ts'
import { SheetPen } from './sheet-pen.ts'
import { drawPlan, uprightDeg } from './sheet-plan.ts'
import { BAND_MM, BAND_NAMES_MM, drawProfile, PROFILE_AIR_MM } from './sheet-profile.ts'
import { stripsAlong, type Strip } from './strips.ts'

/** More sheets than this are no drawing anybody asked for. */
export const MOST_SHEETS = 150

/** The scheme proposes nothing and digs nothing, and no line was named; or none of the lines named is there. */
export class NothingToDraw extends Error {
  override readonly name = 'NothingToDraw'
}

/** The scale makes more sheets than MOST_SHEETS. */
export class TooManySheets extends Error {
  override readonly name = 'TooManySheets'
  readonly count: number
  constructor(count: number) {
    super(`${count} sheets, ${MOST_SHEETS} at most`)
    this.count = count
  }
}

/** A strip with its line, and the number of its sheet. */
interface LineStrip extends Strip {
  readonly line: CutLine
  readonly label: string
  readonly number: number
}

const OVERVIEW_SCALES = [100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000, 100_000]
/** Share of a sheet's height that the plan over a profile gets. */
const PLAN_SHARE = 0.38

/**
 * Drawing sheets of a scheme, or of lines of the twin: a general plan, north up, and along every line plan over profile, as
 * many sheets as its length asks for.
 * @throws NothingToDraw; TooManySheets.
 */
export function schemeSheets(data: ReportData, order: SheetOrder): DrawingSheet[] {
  const { network } = data
  const world = worldToCut(network.columns, [], [])
  const lines = linesOf(world, data, order)
  if (lines.length === 0 && data.digs.length === 0) throw new NothingToDraw()
  const layers = sheetLayers(data)
  const { drawing } = sheetRoom(order.size)
  const split = drawing.maxY - PLAN_SHARE * (drawing.maxY - drawing.minY)
  const [planWindow, profileWindow] = [{ ...drawing, minY: split }, { ...drawing, maxY: split }]
  const mostM = ((drawing.maxX - drawing.minX - BAND_NAMES_MM - PROFILE_AIR_MM) * order.scale) / 1000
  const strips: LineStrip[] = []
  for (const line of lines) for (const strip of stripsAlong(line, planWindow, order.scale, mostM)) strips.push({ ...strip, line, label: nameOf(line, data), number: strips.length + 2 })
  const count = strips.length + 1
  if (count > MOST_SHEETS) throw new TooManySheets(count)
  const findings = new Map(data.findings.map(row => [row.finding.id, row]))
  const pairs = pairFindings(data.findings.map(({ finding }) => finding), network.columns.origin)
  const groundAt = network.ground ? groundSampler(network.ground) : () => null
  const profiles = new Map(lines.map(line => [line, profileOf(world, line, network.ground, groundAt, pairs, () => true)]))
  const sheets = [overviewSheet(data, order, layers, lines, strips, drawing, count)]
  for (const strip of strips) {
    const pen = new SheetPen()
    const [over, room] = [new SheetPen(), new LabelRoom()]
    drawMatchLines(over, layers, data, strip, strips, planWindow, profileWindow, room)
    drawChainages(over, layers, strip, room)
    const plan = drawPlan(pen, layers, data, strip.frame, room, true)
    pen.marks.push(...over.marks)
    const levelScale = drawProfile(pen, layers, data, profileWindow, { profile: profiles.get(strip.line)!, fromM: strip.fromM, toM: strip.toM, scale: order.scale, findings })
    const title = data.words('sheets:sheetTitle', { line: strip.label, from: stationName(strip.fromM), to: stationName(strip.toM) })
    drawFrame(pen, layers, data, order, {
      ...plan, title, number: strip.number, count, northDeg: strip.frame.turnDeg, hasProfile: true, findings: onSheet(plan.findings, strip.line),
      scales: data.words('sheets:scales', { plan: order.scale, levels: levelScale }),
    })
    sheets.push({ ...sheetOf(order, pen), number: strip.number, title })
  }
  return sheets
}

const sheetOf = ({ size }: SheetOrder, { marks }: SheetPen) => ({ widthMm: SHEET_SIZES[size].widthMm, heightMm: SHEET_SIZES[size].heightMm, marks })

/** Findings of the line itself first. */
const onSheet = (findings: readonly ReportFinding[], { ids }: CutLine): ReportFinding[] => {
  const own = (row: ReportFinding): boolean => [...row.finding.a, ...row.finding.b].some(id => ids.has(id))
  return [...findings.filter(own), ...findings.filter(row => !own(row))]
}

function linesOf(world: CutWorld, { network }: ReportData, { lineIds }: SheetOrder): CutLine[] {
  const ids = lineIds ?? network.proposalIds
  const lines: CutLine[] = []
  for (const id of ids) {
    const index = assetIndexOf(world.columns, id)
    const line = index === null ? null : network.isProposal(id) ? lineAlone(world, index) : cutLine(world, id)
    // Lines named one by one may be of one run.
    if (line && !lines.some(other => other.ids.has(id))) lines.push(line)
  }
  return lines
}

const nameOf = ({ item }: CutLine, { network, words }: ReportData): string => {
  const known = network.assetOf(item.id)
  return known && known.label !== item.id ? known.label : `${words(`kinds:kind.${item.kind}`)} ${item.id}`
}

/** `0+120.50`: hundreds of metres as roads count them. */
const stationName = (chainageM: number): string => {
  const whole = Math.floor(chainageM / 1000 + 1e-9)
  const rest = (chainageM - 1000 * whole).toFixed(2).padStart(6, '0')
  return `${whole}+${rest.replace(/\.00$/, '')}`
}

function overviewSheet(data: ReportData, order: SheetOrder, layers: SheetLayers, lines: readonly CutLine[], strips: readonly LineStrip[], window: PaperBox, count: number): DrawingSheet {
  const { origin } = data.network.columns
  const digPoints = data.digs.flatMap(({ planned: { shape } }) => (shape.type === 'pit' ? shape.outline : shape.type === 'trench' ? shape.line : shape.axis).map(([e, n]) => [e - origin[0], n - origin[1]] as const))
  const points = [...lines.flatMap(({ axis }) => axis.map(([x, y]) => [x, y] as const)), ...digPoints]
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) [minX, minY, maxX, maxY] = [Math.min(minX, x), Math.min(minY, y), Math.max(maxX, x), Math.max(maxY, y)]
  const scale = scaleFor(OVERVIEW_SCALES, maxX - minX, maxY - minY, window, 0.8)
  const frame = planFrame(window, scale, [(minX + maxX) / 2, (minY + maxY) / 2], 0)
  const pen = new SheetPen()
  const plan = drawPlan(pen, layers, data, frame, new LabelRoom(), scale <= 500)
  drawIndex(pen, layers, strips, frame)
  const title = data.words('sheets:overview')
  drawFrame(pen, layers, data, order, { ...plan, title, number: 1, count, northDeg: 0, hasProfile: false, scales: `1 : ${scale}` })
  return { ...sheetOf(order, pen), number: 1, title }
}

/** Where each following sheet lies. */
function drawIndex(pen: SheetPen, { fixed: { match } }: SheetLayers, strips: readonly LineStrip[], { toSheet, window }: PlanFrame): void {
  for (const { frame, number } of strips) {
    const { minX, minY, maxX, maxY } = frame.window
    const corners = ([[minX, minY], [maxX, minY], [maxX, maxY], [minX, maxY]] as const).map(at => toSheet(...frame.toWorld(at)))
    if (corners.some(([x, y]) => x < window.minX || x > window.maxX || y < window.minY || y > window.maxY)) continue
    pen.ring(match, corners)
    const [[ax, ay], , , [dx, dy]] = corners as [PaperPoint, PaperPoint, PaperPoint, PaperPoint]
    pen.text(match, [dx + 0.06 * (ax - dx) + 1, dy + 0.06 * (ay - dy) - 1], String(number), 3.5)
  }
}

/** Ticks at whole chainages, square to the line. */
function drawChainages(pen: SheetPen, { fixed: { chainage } }: SheetLayers, { line, fromM, toM, frame }: LineStrip, room: LabelRoom): void {
  const step = [5, 10, 20, 50, 100, 200].find(each => (each * 1000) / frame.scale >= 18) ?? 500
  for (let at = Math.ceil(fromM / step) * step; at <= toM + 1e-9; at += step) {
    const { at: [x, y], dirX, dirY } = placeAt(line.axis, line.chainages, at)
    const [px, py] = frame.toSheet(x, y)
    const along = Math.atan2(dirY, dirX) + (frame.turnDeg * Math.PI) / 180
    const [nx, ny] = [-Math.sin(along), Math.cos(along)]
    pen.line(chainage, [[px - 1.6 * nx, py - 1.6 * ny], [px + 1.6 * nx, py + 1.6 * ny]])
    const turnDeg = uprightDeg((along * 180) / Math.PI + 90)
    const flip = Math.abs(((along * 180) / Math.PI + 90 - turnDeg) % 360) > 1
    const text = stationName(at)
    const turn = (turnDeg * Math.PI) / 180
    for (const side of [1, -1]) {
      const far = side * (flip ? -1 : 1) * (2.4 + textWidthMm(text, 1.8) / 2)
      const middle: PaperPoint = [px + far * nx + 0.8 * Math.sin(turn), py + far * ny - 0.8 * Math.cos(turn)]
      if (!room.takeText(text, 1.8, middle, turnDeg)) continue
      pen.text(chainage, middle, text, 1.8, { turnDeg, anchor: 'middle' })
      break
    }
  }
}

/** Where the next sheet takes over, in plan and in profile. */
function drawMatchLines(pen: SheetPen, { fixed: { match } }: SheetLayers, { words }: ReportData, strip: LineStrip, strips: readonly LineStrip[], plan: PaperBox, profile: PaperBox, room: LabelRoom): void {
  const { line, frame, fromM } = strip
  const own = strips.filter(other => other.line === line)
  const place = own.indexOf(strip)
  for (const [side, other] of [['from', own[place - 1]], ['to', own[place + 1]]] as const) {
    if (!other) continue
    const chainageM = strip[side === 'from' ? 'fromM' : 'toM']
    const { at: [x, y] } = placeAt(line.axis, line.chainages, chainageM)
    const [px, py] = frame.toSheet(x, y)
    const text = words('sheets:match', { chainage: stationName(chainageM), sheet: other.number })
    const half = 0.36 * (plan.maxY - plan.minY)
    pen.line(match, [[px, Math.max(plan.minY + 1, py - half)], [px, Math.min(plan.maxY - 1, py + half)]])
    // Inside of the sheet, so that the frame does not cut it.
    const inward = side === 'from' ? 3 : -1
    const middle: PaperPoint = [px + inward, Math.max(plan.minY + 2, py - half + 1) + textWidthMm(text, 2.2) / 2]
    room.takeText(text, 2.2, middle, 90)
    pen.text(match, middle, text, 2.2, { turnDeg: 90, anchor: 'middle' })
    const at = profile.minX + BAND_NAMES_MM + 1.5 + ((chainageM - fromM) * 1000) / frame.scale
    pen.line(match, [[at, profile.minY + BAND_MM], [at, profile.maxY - 1]])
  }
}
