/** A cell: what is unknown stays empty. */
export type Cell = string | number | null

/**
 * CSV as spreadsheets take it (RFC 4180): UTF-8 with a byte order mark, without which they read Chinese as their own
 * code page.
 * @yields one line after another.
 */
export function* writeCsv(heading: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  yield `\uFEFF${lineOf(heading)}`
  for (const row of rows) yield lineOf(row)
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = isFormula(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Spreadsheets run a text that begins like this; an apostrophe makes it a text. Numbers written as text are none. */
const isFormula = (text: string): boolean => /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[-+]?\d+(\.\d+)?$/.test(text)
