import { unattendedJob } from '../core/job.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { cellAt, PAIR_TABLES, matrixCells, withCell, type PairTable } from '../rules/edit-pack.ts'
import type { PackProblem } from '../rules/parse-rule-pack.ts'
import { rulePackSchema, type RulePack } from '../rules/rule-pack.ts'
import { writeXlsx, type Sheet, type SheetCell } from './export/write-xlsx.ts'
import { readXlsx } from './formats/table/read-xlsx.ts'
import { IssueLog, SourceRefused } from './issue-log.ts'
import { DEFAULT_IMPORT_LIMITS } from './source.ts'

/** A class as a heading: its name for people, its id in brackets for the way back. */
const headingOf = (pack: RulePack, id: string, language: 'zh-CN' | 'en'): string => `${pack.classes.find(known => known.id === id)?.title?.[language] ?? id} [${id}]`
const idOf = (heading: string): string | null => /\[([^[\]]+)\]\s*$/.exec(heading)?.[1] ?? null

/**
 * The pair tables of a pack as matrices, one sheet each, rows above columns in the table `vertical`, metres; and a sheet of
 * where each figure is from. All classes have a row, so that a limit can be put where there is none.
 */
export function packWorkbook(pack: RulePack, language: 'zh-CN' | 'en'): Uint8Array {
  const ids = pack.classes.map(({ id }) => id)
  const matrix = (table: PairTable): Sheet => ({
    name: table,
    columns: [{ title: table === 'vertical' ? 'upper \\ lower' : 'a \\ b', width: 36 }, ...ids.map(id => ({ title: headingOf(pack, id, language), width: 12, decimals: 3 as const }))],
    rows: ids.map((a): SheetCell[] => [headingOf(pack, a, language), ...ids.map(b => cellAt(pack, table, a, b)?.minM ?? null)]),
  })
  const sources: Sheet = {
    name: 'sources',
    columns: ['table', 'a', 'b', 'minM', 'clause', 'basis', 'note', 'confirmed'].map(title => ({ title, width: title === 'note' ? 48 : 16 })),
    rows: PAIR_TABLES.flatMap(table => matrixCells(pack, table).map(({ a, b, minM, clause, basis, note, confirmed }): SheetCell[] =>
      [table, a, b, minM, clause, basis, note ?? null, confirmed ? `${confirmed.by}, ${confirmed.at}` : null])),
  }
  return writeXlsx([...PAIR_TABLES.filter(table => table !== 'distance' || pack.semantics === 'distance').map(matrix), sources])
}

/**
 * A pack with the figures of a workbook of its matrices. A figure that was changed or added is from memory until somebody
 * confirms it; an emptied one is taken out; what is the same keeps its source.
 * @returns the pack, or every cell that cannot be read: `horizontal!C4`.
 */
export function packFromWorkbook(pack: RulePack, bytes: Uint8Array): Result<RulePack, readonly PackProblem[]> {
  const tables = sheetsOf(bytes)
  if (!tables.ok) return tables
  const problems: PackProblem[] = []
  let changed = pack
  for (const { name, rows } of tables.value) {
    const table = PAIR_TABLES.find(known => known === name)
    if (!table) continue
    const readHeading = (text: string, cell: string): string | null => {
      const id = idOf(text)
      if (id !== null && pack.classes.some(known => known.id === id)) return id
      if (text.trim() !== '') problems.push({ cell, code: 'unknown_class', detail: text.trim().slice(0, 200) })
      return null
    }
    const columns = (rows[0] ?? []).map((text, k) => (k === 0 ? null : readHeading(text, cellName(name, 0, k))))
    const written = new Map<string, { readonly minM: number | null; readonly cell: string }>()
    for (const [r, row] of rows.entries()) {
      const a = r === 0 ? null : readHeading(row[0] ?? '', cellName(name, r, 0))
      if (a === null) continue
      for (const [k, b] of columns.entries()) {
        if (b == null) continue
        const cell = cellName(name, r, k)
        const figure = figureOf(row[k] ?? '')
        if (figure === undefined) problems.push({ cell, code: 'wrong_shape', detail: (row[k] ?? '').slice(0, 200) })
        // What the workbook says as the pack does says nothing.
        else if (figure !== (cellAt(pack, table, a, b)?.minM ?? null)) {
          const key = table === 'vertical' || a <= b ? `${a}\u0000${b}` : `${b}\u0000${a}`
          const known = written.get(key)
          if (known && known.minM !== figure) problems.push({ cell, code: 'contradicts', detail: known.cell })
          else written.set(key, { minM: figure, cell })
        }
      }
    }
    for (const [key, { minM }] of written) {
      const [a, b] = key.split('\u0000') as [string, string]
      const was = cellAt(pack, table, a, b)
      const reverse = written.get(`${b}\u0000${a}`)
      const holdsEither = table === 'vertical' && was?.either === true && reverse?.minM === minM
      changed = withCell(changed, table, a, b, minM === null ? null : { minM, clause: was?.clause ?? '', basis: 'memory', ...(holdsEither && { either: true }) })
      // One cell held both orders and one of them was changed: the other keeps what it had.
      if (table === 'vertical' && was?.either === true && a !== b && !reverse) {
        const { minM: keptM, clause, basis, note, confirmed } = was
        changed = withCell(changed, table, b, a, { minM: keptM, clause, basis, note, confirmed })
      }
    }
  }
  return problems.length > 0 ? fail(problems) : ok(rulePackSchema.parse(changed))
}

function sheetsOf(bytes: Uint8Array): Result<ReturnType<typeof readXlsx>, readonly PackProblem[]> {
  try {
    const tables = readXlsx({ name: 'pack.xlsx', bytes }, DEFAULT_IMPORT_LIMITS, unattendedJob, new IssueLog())
    return tables.some(({ name }) => PAIR_TABLES.some(table => table === name)) ? ok(tables) : fail([{ cell: '', code: 'no_matrix', detail: PAIR_TABLES.join(', ') }])
  } catch (cause) {
    if (!(cause instanceof SourceRefused)) throw cause
    return fail([{ cell: '', code: 'no_workbook', detail: '' }])
  }
}

/** Null where a cell is empty, undefined where it holds no limit that a pack may have. */
function figureOf(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const value = Number(text.trim().replace(',', '.'))
  return Number.isFinite(value) && value >= 0 && value <= 1000 ? value : undefined
}

function cellName(sheet: string, row: number, column: number): string {
  let letters = ''
  for (let k = column + 1; k > 0; k = Math.floor((k - 1) / 26)) letters = String.fromCharCode(65 + ((k - 1) % 26)) + letters
  return `${sheet}!${letters}${row + 1}`
}
