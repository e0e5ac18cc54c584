import { unzipSync } from 'fflate'
import type { JobControl } from '../../../core/job.ts'
import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { ImportLimits, SourceFile } from '../../source.ts'
import { childText, descendants, readXml, type XmlNode } from '../../xml/read-xml.ts'
import type { Table } from './table.ts'

/** What the parts of a workbook may come to when unpacked: beyond it the file is a bomb or no survey. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024
const MAX_PART_RATIO = 500
const MAX_COLUMNS = 2000
const WANTED = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/

/**
 * Reads the sheets of an .xlsx workbook as text (ECMA-376 part 1 §18). Formulas are not evaluated: their stored results
 * count. Read with a bound on what is unpacked, which spreadsheet libraries do not offer.
 * @throws SourceRefused no workbook, encrypted, damaged, or beyond a limit.
 */
export function readXlsx(file: SourceFile, limits: ImportLimits, job: JobControl, log: IssueLog): Table[] {
  const parts = unpack(file.bytes)
  const xml = (path: string, wanted: readonly string[]): XmlNode[] => {
    const bytes = parts[path]
    if (!bytes) return []
    const nodes: XmlNode[] = []
    readXml({ name: path, bytes }, { open: name => wanted.includes(name), take: node => nodes.push(node) }, limits, job, log)
    return nodes
  }
  const sheets = xml('xl/workbook.xml', ['sheet'])
  if (sheets.length === 0) throw new SourceRefused('schema_invalid', { problem: 'not_a_workbook' })
  const targets = new Map(xml('xl/_rels/workbook.xml.rels', ['Relationship']).map(({ attributes }) => [attributes['Id'] ?? '', attributes['Target'] ?? '']))
  const strings = xml('xl/sharedStrings.xml', ['si']).map(textOf)
  let cells = 0
  return sheets.map(({ attributes }) => {
    const target = targets.get(attributes['id'] ?? '') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    const rows: string[][] = []
    for (const row of xml(path, ['row'])) {
      if (rows.length >= limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
      const values: string[] = []
      for (const cell of row.children) {
        if (cell.name !== 'c' || ++cells > limits.maxVertices) continue
        const column = columnOf(cell.attributes['r'] ?? '') ?? values.length
        if (column >= MAX_COLUMNS) continue
        while (values.length < column) values.push('')
        values[column] = valueOf(cell, strings)
      }
      rows.push(values)
    }
    return { name: attributes['name'] ?? path, rows }
  })
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  let unpacked = 0
  try {
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (!WANTED.test(name)) return false
        unpacked += originalSize
        if (unpacked > MAX_UNPACKED_BYTES || originalSize > MAX_PART_RATIO * Math.max(size, 1024)) throw new SourceRefused('outside_limits', { problem: 'unpacked', limit: MAX_UNPACKED_BYTES })
        return true
      },
    })
  } catch (cause) {
    if (cause instanceof SourceRefused) throw cause
    throw new SourceRefused('schema_invalid', { problem: 'not_a_workbook' })
  }
}

function valueOf(cell: XmlNode, strings: readonly string[]): string {
  if (cell.attributes['t'] === 'inlineStr') return textOf(cell)
  const value = childText(cell, 'v')
  return cell.attributes['t'] === 's' ? (strings[Number(value)] ?? '') : value
}

/** Rich text comes in runs; phonetic guides stand beside it and are not part of it. */
const textOf = (node: XmlNode): string => descendants({ ...node, children: node.children.filter(child => child.name !== 'rPh') }, 't').map(part => part.text).join('')

/** `C7` → 2; null where the reference is missing. */
function columnOf(reference: string): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0]
  return letters ? [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1 : null
}
