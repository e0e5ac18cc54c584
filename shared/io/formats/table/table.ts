/** A sheet or a CSV file: cells as text, rows as they stand. */
export interface Table {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

/** Rows below a heading, by column name. */
export interface HeadedTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly records: readonly TableRecord[]
}

export interface TableRecord {
  /** One-based row of the sheet. */
  readonly row: number
  readonly values: Readonly<Record<string, string>>
}

const MAX_HEADING_ROW = 20

/** The heading is the first of the top rows in which `score` finds the most; title lines stand above it in survey tables. */
export function headed(table: Table, score: (columns: readonly string[]) => number): HeadedTable | null {
  let best = { at: -1, score: 0 }
  table.rows.slice(0, MAX_HEADING_ROW).forEach((cells, at) => {
    const found = score(cells.map(cell => cell.trim()))
    if (found > best.score) best = { at, score: found }
  })
  if (best.at < 0) return null
  const columns = uniqueNames(table.rows[best.at]!.map(cell => cell.trim()))
  const records = table.rows.slice(best.at + 1).flatMap((cells, i): TableRecord[] => {
    const values = Object.fromEntries(columns.flatMap((column, c) => (column === '' || (cells[c] ?? '').trim() === '' ? [] : [[column, cells[c]!.trim()]])))
    return Object.keys(values).length === 0 ? [] : [{ row: best.at + i + 2, values }]
  })
  return { name: table.name, columns: columns.filter(column => column !== ''), records }
}

function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map(said => {
    const base = said === '__proto__' ? '_proto_' : said.replace(/\s+/g, ' ').slice(0, 200)
    let name = base
    for (let n = 2; name !== '' && taken.has(name); n++) name = `${base}_${n}`
    taken.add(name)
    return name
  })
}

/** A number as surveys write it: with a decimal comma too; null where there is none. */
export function numberOfCell(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null
  const value = Number(/^-?\d+,\d+$/.test(text.trim()) ? text.trim().replace(',', '.') : text)
  return Number.isFinite(value) ? value : null
}
