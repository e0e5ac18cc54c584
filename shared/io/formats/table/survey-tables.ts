import type { Attributes, AttributeValue } from '../../../twin/asset.ts'
import type { IssueLog } from '../../issue-log.ts'
import type { SourceFeature } from '../../source.ts'
import { columnsOf, isBareXy, isXNorth, type Columns } from './survey-columns.ts'
import { numberOfCell, type HeadedTable, type TableRecord } from './table.ts'

interface SurveyPoint {
  readonly place: readonly number[]
  readonly groundM: number | null
  readonly levelM: number | null
  readonly depthM: number | null
}

/** Points and lines of a survey, easting first, with the source's own columns as attributes. */
export interface Survey {
  readonly points: SourceFeature[]
  readonly lines: SourceFeature[]
}

/**
 * Puts point tables and line tables together. Lines are named by their points; a point table that names the next point
 * (连接点号) holds the lines itself. Repeated and reversed lines are one; what refers to nothing is told and left out.
 */
export function readSurvey(tables: readonly HeadedTable[], log: IssueLog): Survey {
  const known = new Map<string, SurveyPoint>()
  const points: SourceFeature[] = []
  const lines: SourceFeature[] = []
  const described = tables.map(table => ({ table, columns: columnsOf(table.columns) }))
  for (const { table, columns } of described) if (isPointTable(columns)) takePoints(table, columns, known, points, log)
  const drawn = new Set<string>()
  for (const { table, columns } of described) {
    if (isPointTable(columns)) {
      if (columns.connected) takeLines(table, columns.point ?? columns.sketchPoint!, columns.connected, columns, known, drawn, lines, log, true)
    } else if (columns.start && columns.end) takeLines(table, columns.start, columns.end, columns, known, drawn, lines, log, false)
  }
  return { points, lines }
}

export const isPointTable = (columns: Columns): boolean => columns.north !== undefined && columns.east !== undefined && (columns.point !== undefined || columns.sketchPoint !== undefined)
export const isLineTable = (columns: Columns): boolean => columns.start !== undefined && columns.end !== undefined

function takePoints(table: HeadedTable, columns: Columns, known: Map<string, SurveyPoint>, points: SourceFeature[], log: IssueLog): void {
  const turned = isBareXy(columns.north!) && isBareXy(columns.east!) && !isXNorth(table.columns)
  const idColumn = columns.point ?? columns.sketchPoint!
  const places = new Map<string, string>()
  for (const record of table.records) {
    const id = record.values[idColumn]
    if (id === undefined) continue
    const ref = `${table.name}#${record.row}`
    const [north, east] = [numberOfCell(record.values[columns.north!]), numberOfCell(record.values[columns.east!])]
    const isFirst = !known.has(id)
    if (north === null || east === null || Math.max(Math.abs(north), Math.abs(east)) > 1e9) {
      // A point listed once per line it joins has its place in one of the rows.
      if (isFirst && !columns.connected) log.add('coordinates_invalid', 'error', `${id} (${ref})`)
      continue
    }
    const at = turned ? [north, east] : [east, north]
    const point: SurveyPoint = {
      place: at, groundM: cell(record, columns.ground), levelM: cell(record, columns.level), depthM: cell(record, columns.depth),
    }
    const earlier = known.get(id)
    if (earlier && columns.connected) continue // the same point with its next line
    if (earlier && (earlier.place[0] !== at[0] || earlier.place[1] !== at[1])) log.add('duplicate_id', 'warning', `${id} (${ref})`, { problem: 'two_places' })
    if (isFirst) known.set(id, point)
    checkLevels(point, `${id} (${ref})`, log)
    const spot = `${at[0]} ${at[1]} ${point.levelM ?? point.depthM ?? ''}`
    const neighbour = places.get(spot)
    if (neighbour !== undefined && neighbour !== id) log.add('duplicate_id', 'warning', `${id} (${ref})`, { problem: 'same_place', other: neighbour.slice(0, 50) })
    else places.set(spot, id)
    const [feature, fitting] = [columns.feature, columns.fitting].map(column => (column === undefined ? undefined : record.values[column]))
    // A point is one or the other (import checks used in practice).
    if (feature !== undefined && fitting !== undefined) log.add('property_invalid', 'warning', `${id} (${ref})`, { feature: feature.slice(0, 30), fitting: fitting.slice(0, 30) })
    const type = fitting ?? feature
    points.push({ id, ref, geometry: 'point', parts: [[at]], properties: { ...(type !== undefined && { 点类型: type }), ...attributesOf(record, columns) } })
  }
}

/** Deeper than open trenches and nearly all pipe jacking reach: a slip of the decimal point, or a line that deserves a look. */
const DEEPEST_M = 15
/** Ground less level and depth are rounded to centimetres apart from each other. */
const LEVELS_AGREE_M = 0.03

/** What a point's three figures say against each other (import checks used in practice); 0 stands for unknown and is told elsewhere. */
function checkLevels({ groundM, levelM, depthM }: SurveyPoint, told: string, log: IssueLog): void {
  if (depthM !== null) checkDepth(depthM, told, log)
  if (!groundM || !levelM) return
  if (levelM > groundM + LEVELS_AGREE_M) log.add('level_suspect', 'warning', told, { problem: 'above_ground', levelM, groundM })
  const differenceM = Math.abs(groundM - levelM - (depthM ?? groundM - levelM))
  if (depthM && differenceM > LEVELS_AGREE_M) log.add('level_suspect', 'warning', told, { problem: 'level_and_depth', differenceM: Math.round(differenceM * 1000) / 1000 })
}

function checkDepth(depthM: number, told: string, log: IssueLog): void {
  if (depthM > DEEPEST_M || depthM < 0) log.add('level_suspect', 'warning', told, { problem: depthM < 0 ? 'above_ground' : 'depth_beyond', depthM })
}

function takeLines(
  table: HeadedTable, startColumn: string, endColumn: string, columns: Columns, known: ReadonlyMap<string, SurveyPoint>, drawn: Set<string>, lines: SourceFeature[], log: IssueLog, isPoints: boolean,
): void {
  for (const record of table.records) {
    const [start, end] = [record.values[startColumn], record.values[endColumn]]
    if (start === undefined || end === undefined) continue
    const ref = `${table.name}#${record.row}`
    const told = `${start}–${end} (${ref})`
    const [from, to] = [known.get(start), known.get(end)]
    if (!from || !to) {
      log.add('geometry_null', 'error', told, { problem: 'unknown_point', point: (from ? end : start).slice(0, 50) })
      continue
    }
    if (start === end) {
      log.add('zero_length', 'warning', told)
      continue
    }
    const key = start < end ? `${start}\n${end}` : `${end}\n${start}`
    if (drawn.has(key)) {
      // In a point table every line is named from both its ends.
      if (!isPoints) log.add('duplicate_id', 'warning', told, { problem: 'line_twice' })
      if (isPoints) continue
    }
    drawn.add(key)
    for (const column of [columns.startDepth, columns.endDepth]) {
      const depthM = cell(record, column)
      if (depthM !== null) checkDepth(depthM, told, log)
    }
    lines.push({ id: `${start}-${end}`, ref, geometry: 'line', parts: [[from.place, to.place]], properties: { ...attributesOf(record, columns), ...endsOf(from, to, columns, isPoints) } })
  }
}

/** Levels at the ends from the points, under the names the mapping step knows, where the line itself gives none. */
function endsOf(from: SurveyPoint, to: SurveyPoint, columns: Columns, isPoints: boolean): Record<string, AttributeValue> {
  const ends: Record<string, AttributeValue> = { 起点地面高程: from.groundM, 终点地面高程: to.groundM }
  if (!columns.startLevel && !columns.startDepth) {
    if (from.levelM !== null || to.levelM !== null) Object.assign(ends, { 起点管线高程: from.levelM, 终点管线高程: to.levelM })
    if (from.depthM !== null || to.depthM !== null) Object.assign(ends, { 起点埋深: from.depthM, 终点埋深: to.depthM })
    // The point's own columns speak of one end only.
    if (isPoints) for (const column of [columns.level, columns.depth, columns.ground]) if (column !== undefined) ends[column] = null
  }
  return Object.fromEntries(Object.entries(ends).filter(([, value]) => value !== undefined))
}

const cell = (record: TableRecord, column: string | undefined): number | null => (column === undefined ? null : numberOfCell(record.values[column]))

/** Cells as attributes, but for the coordinates, which are the geometry: numbers where they are written as such and not as a code (`0012`). */
function attributesOf({ values }: TableRecord, { north, east }: Columns): Attributes {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== north && key !== east).map(([key, text]): [string, AttributeValue] => [key, /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text.slice(0, 10_000)]))
}
