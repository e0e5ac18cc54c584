import { zipSync } from 'fflate'

/** A cell: texts stay texts (never run as formulas), figures figures, `YYYY-MM-DD` in `date` a day; what is unknown stays empty. */
export type SheetCell = string | number | boolean | null | { readonly date: string }

/** How the figures of a column are shown: as they are, or with this many decimals. */
export interface SheetColumn {
  readonly title: string
  /** Characters. */
  readonly width?: number
  readonly decimals?: 0 | 1 | 2 | 3
}

/** A table under one heading row, which stays in sight and filters. */
export interface Sheet {
  /** Made fit for a tab: at most 31 characters, none of those that Excel forbids, unlike the others'. */
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: Iterable<readonly SheetCell[]>
}

/** Rows and columns a sheet may have (ECMA-376 leaves it open; the programs do not). */
export const MAX_SHEET_ROWS = 1_048_575
const MAX_CELL_CHARACTERS = 32_767

/**
 * A workbook (ECMA-376, strings inline, no formulas).
 * @throws RangeError for a sheet with more rows than programs open: ask before.
 */
export function writeXlsx(sheets: readonly Sheet[]): Uint8Array {
  const encoder = new TextEncoder()
  const names = tabNames(sheets)
  const files: Record<string, Uint8Array> = {}
  const put = (path: string, text: string): void => void (files[path] = encoder.encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`))
  put('[Content_Types].xml', `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${MAIN_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${MAIN_TYPE}.styles+xml"/>${sheets.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${MAIN_TYPE}.worksheet+xml"/>`).join('')}</Types>`)
  put('_rels/.rels', `<Relationships xmlns="${PACKAGE_RELS}"><Relationship Id="rId1" Type="${DOCUMENT_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
  put('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT_RELS}"><sheets>${names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`)
  put('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE_RELS}">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${DOCUMENT_RELS}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${DOCUMENT_RELS}/styles" Target="styles.xml"/></Relationships>`)
  put('xl/styles.xml', STYLES)
  sheets.forEach((sheet, i) => put(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)))
  // A fixed time: the same tables give the same file.
  return zipSync(files, { mtime: '2000-01-01T00:00:00' })
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const MAIN_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const PACKAGE_RELS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const DOCUMENT_RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Cell styles by index: plain, heading, 0 to 3 decimals, day. */
const STYLE = { heading: 1, decimals: [2, 3, 4, 5], date: 6 } as const
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="0.0"/><numFmt numFmtId="165" formatCode="0.000"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8ECF2"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>${[1, 164, 2, 165, 166].map(id => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`

function sheetXml({ columns, rows }: Sheet): string {
  const body: string[] = []
  for (const row of rows) {
    if (body.length >= MAX_SHEET_ROWS) throw new RangeError('too many rows for a sheet')
    const number = body.length + 2
    body.push(`<row r="${number}">${row.map((cell, k) => cellXml(cell, `${columnName(k)}${number}`, columns[k]?.decimals)).join('')}</row>`)
  }
  const heading = columns.map(({ title }, k) => textCell(title, `${columnName(k)}1`, STYLE.heading)).join('')
  const last = `${columnName(Math.max(0, columns.length - 1))}${body.length + 1}`
  const widths = columns.map(({ title, width }, k) => `<col min="${k + 1}" max="${k + 1}" width="${width ?? Math.min(40, Math.max(10, title.length + 4))}" customWidth="1"/>`).join('')
  return `<worksheet xmlns="${MAIN}"><dimension ref="A1:${last}"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${columns.length > 0 ? `<cols>${widths}</cols>` : ''}<sheetData><row r="1">${heading}</row>${body.join('')}</sheetData>${columns.length > 0 && body.length > 0 ? `<autoFilter ref="A1:${last}"/>` : ''}</worksheet>`
}

function cellXml(cell: SheetCell, at: string, decimals: SheetColumn['decimals']): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c r="${at}"${decimals === undefined ? '' : ` s="${STYLE.decimals[decimals]}"`}><v>${Object.is(cell, -0) ? 0 : cell}</v></c>` : ''
  if (typeof cell === 'string') return textCell(cell, at)
  const day = dayNumber(cell.date)
  return day === null ? textCell(cell.date, at) : `<c r="${at}" s="${STYLE.date}"><v>${day}</v></c>`
}

const textCell = (text: string, at: string, style = 0): string =>
  `<c r="${at}" t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${escaped(cut(text))}</t></is></c>`

/** A longer text would make the file unreadable: it ends in an ellipsis. */
function cut(text: string): string {
  if (text.length <= MAX_CELL_CHARACTERS) return text
  return `${text.slice(0, MAX_CELL_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Days since 1899-12-30, as sheets count them; null for what is no day after 1900-03-01, before which they disagree. */
function dayNumber(date: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match) return null
  const at = new Date(`${date}T00:00:00Z`)
  const isDay = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date)
  const days = (at.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000
  return isDay && days >= 61 ? days : null
}

function columnName(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26))
}

function tabNames(sheets: readonly Sheet[]): string[] {
  const used = new Set<string>()
  return sheets.map(({ name }, i) => {
    const plain = name.replace(/[\\/?*[\]:]/g, ' ').replace(/^'|'$/g, ' ').trim().slice(0, 28) || String(i + 1)
    let candidate = plain
    for (let n = 2; used.has(candidate.toLowerCase()); n++) candidate = `${plain} ${n}`
    used.add(candidate.toLowerCase())
    return candidate
  })
}

/** XML text without what XML 1.0 cannot hold: control characters, lone surrogates. */
function escaped(text: string): string {
  return text
    // eslint-disable-next-line no-control-regex -- control characters are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
