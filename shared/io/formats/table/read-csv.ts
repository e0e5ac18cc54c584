import Papa from 'papaparse'
import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { ImportLimits, SourceFile } from '../../source.ts'
import { toUtf8 } from '../../text-encoding.ts'
import type { Table } from './table.ts'

const MAX_COLUMNS = 2000

/** Reads comma-, semicolon- or tab-separated text in UTF-8, UTF-16, GB18030 or Windows-1252. */
export function readCsv(file: SourceFile, limits: ImportLimits, log: IssueLog): Table {
  const { bytes, encoding } = toUtf8(file.bytes)
  if (encoding !== 'utf-8') log.add('encoding', 'info', file.name, { encoding })
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '') throw new SourceRefused('schema_invalid', { problem: 'empty' })
  const { data } = Papa.parse<string[]>(text, { header: false, skipEmptyLines: 'greedy', delimitersToGuess: [',', ';', '\t', '|'], preview: limits.maxFeatures + 1 })
  if (data.length > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
  return { name: file.name.replace(/\.[^.]*$/, ''), rows: data.map(row => row.slice(0, MAX_COLUMNS)) }
}
