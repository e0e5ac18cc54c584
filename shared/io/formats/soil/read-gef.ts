import type { Stratum } from '../../../twin/borehole.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { toUtf8 } from '../../text-encoding.ts'
import { numberOr } from '../../xml/read-xml.ts'

/** True for a GEF file: its header begins with `#GEFID`. */
export const isGef = (bytes: Uint8Array): boolean => /^\ufeff?\s*#(GEFID|[A-Z]+\s*=)/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))

/** Systems of `#XYID` (GEF-CPT 1.1.3): Dutch grid, and Belgian Lambert 72. */
const SYSTEMS: Readonly<Record<string, string>> = { '31000': 'EPSG:28992', '28992': 'EPSG:28992', '32000': 'EPSG:31370' }

/**
 * Reads a bore log or a cone penetration test in the Dutch GEF form: a header of `#KEY= values` and rows of figures.
 * Strata come from the depth columns of a bore report; a sounding has none.
 * @throws SourceRefused not GEF, or without a place.
 */
export function readGef(file: SourceFile, limits: ImportLimits): WithIssues<SourceReading> {
  const log = new IssueLog()
  const { bytes, encoding } = toUtf8(file.bytes)
  if (encoding !== 'utf-8') log.add('encoding', 'info', file.name, { encoding })
  const text = new TextDecoder().decode(bytes)
  const end = /^#EOH\s*=.*$/m.exec(text)
  if (!end) throw new SourceRefused('schema_invalid', { problem: 'gef_header' })
  const header = text.slice(0, end.index)
  const valuesOf = (key: string): string[] => (new RegExp(`^#${key}\\s*=(.*)$`, 'm').exec(header)?.[1] ?? '').split(',').map(word => word.trim())
  const [system = '', x, y] = valuesOf('XYID')
  const [east, north] = [numberOr(x), numberOr(y)]
  if (east === null || north === null || Math.max(Math.abs(east), Math.abs(north)) > 1e9) throw new SourceRefused('geometry_null', { problem: 'XYID' })
  const crs = Object.hasOwn(SYSTEMS, system) ? SYSTEMS[system]! : null
  const id = valuesOf('TESTID')[0] || file.name.replace(/\.[^.]*$/, '')
  const isBore = /BORE/i.test(valuesOf('(?:REPORTCODE|PROCEDURECODE)')[0] ?? '')
  const rows = rowsOf(text.slice(end.index + end[0].length), valuesOf('COLUMNSEPARATOR')[0] || null, valuesOf('RECORDSEPARATOR')[0] || null, limits)
  const strata = isBore ? rows.flatMap((cells, i) => stratumOf(cells, `${file.name}#${i + 1}`, log)) : []
  const depths = rows.map(cells => Math.abs(Number(cells[isBore ? 1 : 0]))).filter(Number.isFinite)
  const attributes = Object.fromEntries([...header.matchAll(/^#(PROJECTID|COMPANYID|FILEDATE|STARTDATE|REPORTCODE|PROCEDURECODE|PROJECTNAME)\s*=\s*(.*)$/gm)].map(([, key, value]) => [key!, value!.trim().slice(0, 1000)]))
  const borehole = {
    id, ref: file.name, crs, place: [east, north] as const, groundM: numberOr(valuesOf('ZID')[1]),
    depthM: depths.length > 0 ? depths.reduce((most, depth) => Math.max(most, depth), 0) : null, strata, attributes,
  }
  return { value: { format: 'gef', layers: [], grounds: [], boreholes: [borehole] }, issues: log.issues }
}

function rowsOf(body: string, column: string | null, record: string | null, limits: ImportLimits): string[][] {
  const lines = body.split(/\r\n|\n|\r/).map(line => line.trim()).filter(line => line !== '')
  if (lines.length > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
  return lines.map(line => (record === null ? line : line.replaceAll(record, '')).split(column ?? /\s+/).map(cell => cell.trim().replace(/^'(.*)'$/, '$1')))
}

/** Columns 1 and 2 of a bore report are the depths, 9 figures follow, then the soil's codes as texts. */
function stratumOf(cells: readonly string[], ref: string, log: IssueLog): Stratum[] {
  const [topM, baseM] = [numberOr(cells[0]), numberOr(cells[1])]
  const words = cells.slice(2).filter(cell => cell !== '' && !Number.isFinite(Number(cell)))
  if (topM !== null && baseM !== null && baseM >= topM) return [{ topM, baseM, code: words[0] ?? '', description: words.slice(1).join(' ') }]
  log.add('property_invalid', 'warning', ref, { property: 'depth' })
  return []
}
