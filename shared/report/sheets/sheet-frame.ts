import type { PaperPoint } from '../../io/export/drawing-sheet.ts'
import { ASSET_KINDS, type AssetKind } from '../../twin/kinds.ts'
import { weightWords } from '../finding-words.ts'
import type { ReportData, ReportFinding } from '../report-data.ts'
import { findingText } from '../report-words.ts'
import { ruleFigure } from '../rule-figure.ts'
import type { PaperBox } from './clip.ts'
import { findingMark } from './finding-mark.ts'
import type { SheetLayers } from './sheet-layers.ts'
import { SHEET_SIZES, type SheetOrder } from './sheet-order.ts'
import type { SheetPen } from './sheet-pen.ts'

/** What of a sheet is for drawing, and what for notes and title. */
export interface SheetRoom {
  readonly drawing: PaperBox
  readonly column: PaperBox
}

export function sheetRoom(size: SheetOrder['size']): SheetRoom {
  const { widthMm, heightMm, bindMm, marginMm, columnMm } = SHEET_SIZES[size]
  const right = widthMm - marginMm
  return {
    drawing: { minX: bindMm, minY: marginMm, maxX: right - columnMm, maxY: heightMm - marginMm },
    column: { minX: right - columnMm, minY: marginMm, maxX: right, maxY: heightMm - marginMm },
  }
}

/** What a sheet says about itself. */
export interface SheetFacts {
  readonly title: string
  readonly number: number
  readonly count: number
  readonly scales: string
  /** Direction of north on the sheet: anticlockwise from up, degrees. */
  readonly northDeg: number
  readonly kinds: ReadonlySet<AssetKind>
  readonly proposedKinds: ReadonlySet<AssetKind>
  readonly findings: readonly ReportFinding[]
  readonly hasProfile: boolean
}

const [BODY, SMALL, HEADING] = [2.5, 2.2, 3.5]
const TITLE_HEIGHT = 74
const LEGEND_STEP = 5.2

/** Frame, north arrow, legend, findings of the sheet, notes and title block. */
export function drawFrame(pen: SheetPen, layers: SheetLayers, data: ReportData, order: SheetOrder, facts: SheetFacts): void {
  const { widthMm, heightMm } = SHEET_SIZES[order.size]
  const { drawing, column } = sheetRoom(order.size)
  const { frame, table } = layers.fixed
  pen.box(table, { minX: 0, minY: 0, maxX: widthMm, maxY: heightMm })
  pen.box(frame, { ...drawing, maxX: column.maxX }, 0.5)
  pen.line(frame, [[column.minX, column.minY], [column.minX, column.maxY]])
  drawTitleBlock(pen, layers, data, order, facts, column)
  let top = drawNorth(pen, layers, facts, column)
  top = drawLegend(pen, layers, data, facts, column, top)
  drawFindings(pen, layers, data, facts, column, top, drawNotes(pen, layers, data, facts, column, column.minY + TITLE_HEIGHT))
}

function drawNorth(pen: SheetPen, { fixed: { text, table } }: SheetLayers, { northDeg, title }: SheetFacts, { minX, maxX, maxY }: PaperBox): number {
  const at: PaperPoint = [maxX - 14, maxY - 15]
  const turn = (northDeg * Math.PI) / 180
  const turned = (x: number, y: number): PaperPoint => [at[0] + x * Math.cos(turn) - y * Math.sin(turn), at[1] + x * Math.sin(turn) + y * Math.cos(turn)]
  pen.ring(table, [turned(0, 9), turned(3.4, -7), turned(0, -4), turned(-3.4, -7)])
  pen.line(table, [turned(0, 9), turned(0, -4)])
  const [nx, ny] = turned(0, 11.4)
  pen.text(text, [nx, ny - BODY / 2], 'N', BODY, { anchor: 'middle' })
  pen.paragraph(text, [minX + 4, maxY - 5], title, HEADING, maxX - minX - 36)
  return maxY - 32
}

function drawLegend(pen: SheetPen, layers: SheetLayers, { words, digs }: ReportData, { kinds, proposedKinds, hasProfile }: SheetFacts, { minX, maxX }: PaperBox, top: number): number {
  const { text, ground, limit, dig, mandatory, advisory } = layers.fixed
  pen.text(text, [minX + 4, top - BODY], words('sheets:legend'), BODY)
  const halfMm = (maxX - minX) / 2
  const entries: { name: string; draw: (x: number, y: number) => void }[] = [
    ...ASSET_KINDS.filter(kind => proposedKinds.has(kind)).map(kind => ({ name: words('sheets:proposed', { kind: words(`kinds:kind.${kind}`) }), draw: (x: number, y: number) => pen.line(layers.kind(kind, true), [[x, y], [x + 11, y]], 0.9) })),
    ...ASSET_KINDS.filter(kind => kinds.has(kind)).map(kind => ({ name: words(`kinds:kind.${kind}`), draw: (x: number, y: number) => pen.line(layers.kind(kind, false), [[x, y], [x + 11, y]], 0.3) })),
    ...(digs.length > 0 ? [{ name: words('sheets:layer.dig'), draw: (x: number, y: number) => pen.line(dig, [[x, y], [x + 11, y]]) }] : []),
    ...(hasProfile ? [{ name: words('sheets:layer.ground'), draw: (x: number, y: number) => pen.line(ground, [[x, y], [x + 11, y]]) }, { name: words('sheets:layer.limit'), draw: (x: number, y: number) => pen.line(limit, [[x, y], [x + 11, y]]) }] : []),
    { name: words('sheets:layer.mandatory'), draw: (x, y) => findingMark(pen, mandatory, [x + 5.5, y], true) },
    { name: words('sheets:layer.advisory'), draw: (x, y) => findingMark(pen, advisory, [x + 5.5, y], false) },
  ]
  entries.forEach(({ name, draw }, i) => {
    const [x, y] = [minX + 4 + (i % 2) * halfMm, top - 8 - Math.floor(i / 2) * LEGEND_STEP]
    draw(x, y + SMALL / 2)
    pen.fitted(text, [x + 13, y], name, SMALL, halfMm - 18)
  })
  return top - 8 - Math.ceil(entries.length / 2) * LEGEND_STEP - 2
}

/** Findings of the sheet in the room between legend and notes; what has none is counted. */
function drawFindings(pen: SheetPen, layers: SheetLayers, data: ReportData, { findings }: SheetFacts, { minX, maxX }: PaperBox, top: number, bottom: number): void {
  const { words } = data
  const { text, table, mandatory, advisory } = layers.fixed
  pen.line(table, [[minX, top + 2], [maxX, top + 2]])
  pen.text(text, [minX + 4, top - BODY - 1], words('sheets:findings'), BODY)
  let y = top - BODY - 4
  if (findings.length === 0) pen.fitted(text, [minX + 4, y - SMALL], words('sheets:noFindings'), SMALL, maxX - minX - 8)
  for (const [i, row] of findings.entries()) {
    const { finding, number } = row
    if (y - 11 < bottom + (i + 1 < findings.length ? 5 : 0)) {
      pen.fitted(text, [minX + 4, y - SMALL - 1], words('sheets:moreFindings', { count: findings.length - i }), SMALL, maxX - minX - 8)
      break
    }
    const said = findingText(data, row)
    findingMark(pen, finding.mandatory ? mandatory : advisory, [minX + 6.5, y - 2.6], finding.mandatory)
    pen.text(text, [minX + 10, y - 3.6], String(number), BODY)
    pen.fitted(text, [minX + 17, y - 3.4], `${said.rule} · ${weightWords(words, finding)} · ${words(`findings:verdict.${finding.verdict}`)}`, SMALL, maxX - minX - 20)
    pen.fitted(text, [minX + 17, y - 7.2], `${said.a} / ${said.b}`, SMALL, maxX - minX - 20)
    pen.fitted(text, [minX + 17, y - 11], words('sheets:hasNeeds', { found: ruleFigure(finding.rule, finding.found), required: ruleFigure(finding.rule, finding.required), clause: finding.clause || '–' }), SMALL, maxX - minX - 20)
    y -= 13.5
  }
}

/** Draws the notes upwards from a bottom edge. @returns the top edge. */
function drawNotes(pen: SheetPen, { fixed: { text, table } }: SheetLayers, data: ReportData, { hasProfile }: SheetFacts, { minX, maxX }: PaperBox, bottom: number): number {
  const { words, crs, pack: { pack }, language, isSynthetic, dataHash } = data
  const notes = [
    words('sheets:note.units'), words('sheets:note.frame', { crs: crs ?? words('report:statement.localFrame') }), ...(hasProfile ? [words('sheets:note.profile')] : []),
    words('sheets:note.rules', { pack: `${pack.title[language]} (${pack.version})` }), words('sheets:note.accuracy'), words('sheets:note.data', { hash: dataHash.slice(0, 12) }), ...(isSynthetic ? [words('sheets:note.synthetic')] : []),
  ].map((note, i) => `${i + 1}. ${note}`)
  let y = bottom + 3
  for (const note of notes.toReversed()) y = pen.paragraphUp(text, [minX + 4, y], note, SMALL, maxX - minX - 8) + 1.6
  pen.text(text, [minX + 4, y + 1.5], words('sheets:notes'), BODY)
  const top = y + BODY + 4
  pen.line(table, [[minX, top], [maxX, top]])
  return top
}

/** Rows of the title block from its top: what stands where, as shares of the column's width. */
function drawTitleBlock(pen: SheetPen, { fixed: { text, table, frame } }: SheetLayers, data: ReportData, { title }: SheetOrder, { title: drawing, number, count, scales }: SheetFacts, { minX, minY, maxX }: PaperBox): void {
  const { words, project, scheme, crs, today } = data
  const width = maxX - minX
  const name = project.replace(/\.gpkg$/i, '')
  const rows: { heightMm: number; cells: (readonly [share: number, label: string, value: string, size?: number])[] }[] = [
    { heightMm: 11, cells: [[1, words('sheets:title.project'), name, HEADING]] },
    { heightMm: 10, cells: [[1, words('sheets:title.scheme'), scheme ? words('sheets:title.schemeOf', { name: scheme.name, revision: scheme.revision }) : words('report:cover.baseline')]] },
    { heightMm: 10, cells: [[1, words('sheets:title.drawing'), drawing]] },
    ...(['drawn', 'checked', 'approved'] as const).map(role => ({ heightMm: 8, cells: [[0.38, words(`sheets:title.${role}`), title[role]], [0.29, words('sheets:title.signature'), ''], [0.33, words('sheets:title.date'), role === 'drawn' ? today : '']] as const as (readonly [number, string, string])[] })),
    { heightMm: 9.5, cells: [[0.5, words('sheets:title.scale'), scales], [0.5, words('sheets:title.frame'), crs ?? words('report:statement.localFrame')]] },
    { heightMm: 9.5, cells: [[0.44, words('sheets:title.number'), title.number], [0.3, words('sheets:title.sheet'), words('sheets:title.sheetOf', { number, count })], [0.26, words('sheets:title.revision'), title.revision]] },
  ]
  let y = minY + TITLE_HEIGHT
  pen.line(frame, [[minX, y], [maxX, y]])
  for (const { heightMm, cells } of rows) {
    let x = minX
    for (const [share, label, value, size = BODY] of cells) {
      pen.fitted(text, [x + 1.5, y - 2.6], label, 1.8, share * width - 3)
      pen.fitted(text, [x + 1.5, y - heightMm + 1.6], value, size, share * width - 3)
      x += share * width
      if (x < maxX - 1) pen.line(table, [[x, y], [x, y - heightMm]])
    }
    y -= heightMm
    pen.line(table, [[minX, y], [maxX, y]])
  }
}
