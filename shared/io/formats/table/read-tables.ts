import type { JobControl } from '../../../core/job.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { layersOf } from '../../source-layers.ts'
import { isEndTable, readEndTable, scoreEndTable } from './end-table.ts'
import { isHydx, readHydx, scoreHydx } from './hydx.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { columnsOf, scoreColumns } from './survey-columns.ts'
import { isLineTable, isPointTable, readSurvey } from './survey-tables.ts'
import { headed, type HeadedTable } from './table.ts'

/**
 * Reads survey tables (管线点、管线线成果表) from CSV files or the sheets of a workbook, and the Dutch HydX tables. Points
 * and lines may stand in one table, in two sheets or in two files; lines may also carry the places of their ends themselves.
 * @throws SourceRefused no table with points, or with lines between points.
 */
export function readTables(files: readonly SourceFile[], limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const name = files[0]!.name.replace(/\.[^.]*$/, '')
  const tables = files.flatMap(file => (isWorkbook(file) ? readXlsx(file, limits, job, log) : [readCsv(file, limits, log)]))
  const score = (columns: readonly string[]) => Math.max(scoreColumns(columns), scoreHydx(columns), scoreEndTable(columns))
  const withHeads = tables.map(table => headed(table, score)).filter((table): table is HeadedTable => table !== null)
  if (isHydx(withHeads)) {
    const layers = readHydx(withHeads, log)
    if (layers.length === 0) throw new SourceRefused('part_missing', { part: 'Knooppunt.csv, Verbinding.csv' })
    return { value: { format: 'hydx', layers, grounds: [] }, issues: log.issues }
  }
  const whole = withHeads.filter(({ columns }) => isEndTable(columns))
  const surveyed = withHeads.filter(table => !whole.includes(table))
  const columns = surveyed.map(table => columnsOf(table.columns))
  if (whole.length === 0 && !columns.some(isPointTable)) throw new SourceRefused(columns.some(isLineTable) ? 'part_missing' : 'schema_invalid', columns.some(isLineTable) ? { part: '管线点' } : { problem: 'table_columns', needed: '点号, X, Y' })
  const { points, lines } = readSurvey(surveyed, log)
  const layers = [...whole.map(table => readEndTable(table, log)), ...layersOf(name, lines, null), ...layersOf(`${name}:管线点`, points, null)].filter(layer => layer.features.length > 0)
  if (layers.length === 0) log.add('schema_invalid', 'warning', files[0]!.name, { problem: 'no_features' })
  return { value: { format: files.some(isWorkbook) ? 'xlsx' : 'csv', layers, grounds: [] }, issues: log.issues }
}

const isWorkbook = ({ bytes }: SourceFile): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
