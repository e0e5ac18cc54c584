import Papa from 'papaparse'
import type { JobControl } from '../../../core/job.ts'
import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { ImportLimits } from '../../source.ts'

export interface AgsGroup {
  readonly name: string
  headings: readonly string[]
  readonly rows: Record<string, string>[]
}

const PROGRESS_EVERY = 8192

/**
 * The groups of an AGS file. AGS 4 names each line's part (GROUP, HEADING, UNIT, TYPE, DATA); AGS 3 marks groups with `**`,
 * headings with `*` (over several lines) and goes on in `<CONT>` lines, whose cells are appended.
 * @throws SourceRefused too much.
 */
export function agsGroups(text: string, file: string, limits: ImportLimits, job: JobControl, log: IssueLog): ReadonlyMap<string, AgsGroup> {
  const groups = new Map<string, AgsGroup>()
  let current: AgsGroup | null = null
  let [line, broken] = [0, 0]
  for (const source of text.split(/\r\n|\n|\r/)) {
    line++
    if (line % PROGRESS_EVERY === 0) {
      job.progress(null, 'import:stage.reading')
      job.throwIfCancelled()
    }
    if (line > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
    if (source.trim() === '') continue
    // Every line is a row of quoted cells (AGS4 rules 3 to 6); a cell with a line break in it is none.
    if (!/^\ufeff?\s*".*",?\s*$/.test(source)) {
      if (broken++ === 0) log.add('schema_invalid', 'error', `${file}#${line}`, { problem: 'line_not_quoted' })
      continue
    }
    const cells = Papa.parse<string[]>(source.replace(/,\s*$/, ''), { delimiter: ',', header: false }).data[0] ?? []
    current = takeRow(cells, current, groups)
  }
  if (broken > 1) log.add('schema_invalid', 'warning', file, { problem: 'lines_not_quoted', count: broken })
  return groups
}

/** Takes one row in; returns the group the next rows belong to. */
function takeRow(cells: readonly string[], current: AgsGroup | null, groups: Map<string, AgsGroup>): AgsGroup | null {
  const first = (cells[0] ?? '').replace(/^\ufeff/, '')
  const opened = first === 'GROUP' ? (cells[1] ?? '') : first.startsWith('**') ? first.replace(/^\*\*\??/, '') : null
  if (opened !== null) {
    const group: AgsGroup = groups.get(opened) ?? { name: opened, headings: [], rows: [] }
    groups.set(opened, group)
    return group
  }
  if (!current) return null
  if (first === 'HEADING' && current.headings.length === 0) current.headings = cells.slice(1)
  else if (first.startsWith('*')) current.headings = [...current.headings, ...cells.filter(cell => cell !== '').map(cell => cell.replace(/^\*\??/, ''))]
  else if (first === '<CONT>') appendTo(current.rows.at(-1), current.headings, cells)
  else if (first === 'DATA' && current.headings.length > 0 && !first.startsWith('<')) current.rows.push(rowOf(current.headings, cells.slice(1)))
  else if (!/^(UNIT|TYPE|<UNITS>)$/.test(first)) current.rows.push(rowOf(current.headings, cells))
  return current
}

const rowOf = (headings: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(headings.map((heading, i) => [heading === '__proto__' ? '_proto_' : heading, cells[i] ?? '']))

function appendTo(row: Record<string, string> | undefined, headings: readonly string[], cells: readonly string[]): void {
  if (!row) return
  // The first cell is the mark itself.
  headings.forEach((heading, i) => {
    if (i > 0 && cells[i]) row[heading] = (row[heading] ?? '') + cells[i]
  })
}
