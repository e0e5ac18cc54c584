import { unzipSync } from 'fflate'
import { partOf, type JobControl } from '../../../core/job.ts'
import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { ImportLimits, SourceFile } from '../../source.ts'
import { readXml, type XmlHandler } from '../../xml/read-xml.ts'
import type { Table } from './table.ts'

/** What the parts of a workbook may come to when unpacked: beyond it the file is a bomb or no survey. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024
const MAX_PART_RATIO = 500
const MAX_COLUMNS = 2000
/** Texts kept once however many cells say them; later ones are kept as they come. */
const MAX_SHARED_TEXTS = 65_536

/**
 * Reads the sheets of an .xlsx workbook as text (ECMA-376 part 1 §18). Formulas are not evaluated: their stored results
 * count. Parts are unpacked and read one after the other with a bound on what they come to, which spreadsheet libraries
 * do not offer; no cell is ever an object.
 * @throws SourceRefused no workbook, encrypted, damaged, or beyond a limit. @throws CancelledError
 */
export function readXlsx(file: SourceFile, limits: ImportLimits, job: JobControl, log: IssueLog): Table[] {
  const budget: Budget = { bytes: MAX_UNPACKED_BYTES, cells: limits.maxVertices }
  const read = (path: string, handler: XmlHandler, part: JobControl): void => {
    const bytes = unpack(file.bytes, path, budget)
    if (bytes) readXml({ name: path, bytes }, handler, limits, part, log)
  }
  const attributesOf = (path: string, element: string): Readonly<Record<string, string>>[] => {
    const found: Readonly<Record<string, string>>[] = []
    read(path, { open: (name, attributes) => name === element && found.push(attributes) < 0, take: () => undefined }, partOf(job, 0, 0))
    return found
  }
  const sheets = attributesOf('xl/workbook.xml', 'sheet')
  if (sheets.length === 0) throw new SourceRefused('schema_invalid', { problem: 'not_a_workbook' })
  const targets = new Map(attributesOf('xl/_rels/workbook.xml.rels', 'Relationship').map(attributes => [attributes['Id'] ?? '', attributes['Target'] ?? '']))
  const strings: string[] = []
  read('xl/sharedStrings.xml', stringReader(strings, limits), partOf(job, 0, 0.2))
  const seen = new Set<string>()
  return sheets.map((attributes, i) => {
    const target = targets.get(attributes['id'] ?? '') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    const rows: string[][] = []
    const isNew = SHEET.test(path) && !seen.has(path)
    seen.add(path)
    if (isNew) read(path, sheetReader(rows, strings, budget, limits), partOf(job, 0.2 + (0.8 * i) / sheets.length, 0.2 + (0.8 * (i + 1)) / sheets.length))
    return { name: attributes['name'] ?? path, rows }
  })
}

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/

/** What a workbook may still come to, all its parts together. */
interface Budget {
  bytes: number
  cells: number
}

/** One part of the workbook; null where it has none of that name. */
function unpack(bytes: Uint8Array, path: string, budget: Budget): Uint8Array | null {
  try {
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (name !== path) return false
        budget.bytes -= originalSize
        if (budget.bytes < 0 || originalSize > MAX_PART_RATIO * Math.max(size, 1024)) throw new SourceRefused('outside_limits', { problem: 'unpacked', limit: MAX_UNPACKED_BYTES })
        return true
      },
    })[path] ?? null
  } catch (cause) {
    if (cause instanceof SourceRefused) throw cause
    throw new SourceRefused('schema_invalid', { problem: 'not_a_workbook' })
  }
}

/** Takes the shared strings. Rich text comes in runs; phonetic guides stand beside it and are not part of it. */
function stringReader(strings: string[], limits: ImportLimits): XmlHandler {
  let text = ''
  return {
    open(name) {
      if (name === 'si') text = ''
      return false
    },
    take: () => undefined,
    text(piece, path) {
      if (path.at(-1) === 't' && !path.includes('rPh')) text += piece
    },
    close(name) {
      if (name === 'si' && strings.push(text) > limits.maxVertices) throw new SourceRefused('outside_limits', { problem: 'cells', limit: limits.maxVertices })
    },
  }
}

/** Takes the rows of a sheet, each cell as its text. */
function sheetReader(rows: string[][], strings: readonly string[], budget: Budget, limits: ImportLimits): XmlHandler {
  const known = new Map<string, string>()
  const shared = (text: string): string => {
    const kept = known.get(text)
    if (kept !== undefined) return kept
    if (known.size < MAX_SHARED_TEXTS) known.set(text, text)
    return text
  }
  let row: string[] = []
  let [column, type, value, inline] = [0, '', '', '']
  return {
    open(name, attributes, path) {
      if (name === 'row') row = []
      else if (name === 'c' && path.at(-1) === 'row') {
        if (--budget.cells < 0) throw new SourceRefused('outside_limits', { problem: 'cells', limit: limits.maxVertices })
        column = columnOf(attributes['r'] ?? '') ?? row.length
        type = attributes['t'] ?? ''
        value = inline = ''
      }
      return false
    },
    take: () => undefined,
    text(piece, path) {
      const of = path.at(-1)
      if (of === 'v') value += piece
      else if (of === 't' && !path.includes('rPh')) inline += piece
    },
    close(name, path) {
      if (name === 'row') {
        if (rows.push(row) > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
      } else if (name === 'c' && path.at(-1) === 'row' && column < MAX_COLUMNS) {
        while (row.length < column) row.push('')
        row[column] = type === 'inlineStr' ? shared(inline) : type === 's' ? (strings[Number(value.trim())] ?? '') : value.trim()
      }
    },
  }
}

/** `C7` → 2; null where the reference is missing. */
function columnOf(reference: string): number | null {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    if (at === 3) return null
    column = column * 26 + letter
  }
  return column > 0 ? column - 1 : null
}
