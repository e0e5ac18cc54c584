import type { JobControl } from '../../../core/job.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { crsOfPrj } from '../shapefile/read-shapefile.ts'

const HEADER_KEYS = new Set(['ncols', 'nrows', 'xllcorner', 'yllcorner', 'xllcenter', 'yllcenter', 'cellsize', 'dx', 'dy', 'nodata_value'])
const PROGRESS_EVERY = 1 << 16

/**
 * Reads an Esri ASCII grid (.asc) as ground, with the coordinate system of the .prj beside it. Levels are metres, as the
 * format has no word for anything else.
 * @throws SourceRefused wrong as a whole: a header without sizes, or fewer values than it promises.
 */
export function readAsciiGrid(files: readonly SourceFile[], limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const file = files.find(candidate => candidate.name.toLowerCase().endsWith('.asc')) ?? files[0]!
  const prj = files.find(candidate => candidate.name.toLowerCase().endsWith('.prj'))
  if (!prj) log.add('part_missing', 'warning', file.name, { part: '.prj' })
  const name = file.name.replace(/\.[^.]*$/, '')
  const words = new Words(file.bytes)
  const header = readHeader(words)
  const [cols, rows] = [header.get('ncols') ?? 0, header.get('nrows') ?? 0]
  const [stepX, stepY] = [header.get('dx') ?? header.get('cellsize') ?? 0, header.get('dy') ?? header.get('cellsize') ?? 0]
  if (!(Number.isInteger(cols) && Number.isInteger(rows) && cols > 0 && rows > 0 && stepX > 0 && stepY > 0)) throw new SourceRefused('schema_invalid', { problem: 'grid_header' })
  if (cols * rows > limits.maxVertices) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: limits.maxVertices })
  // A value takes two bytes at least: a header that promises more than the file can hold is not believed.
  if (cols * rows * 2 > file.bytes.length + 1) throw new SourceRefused('schema_invalid', { problem: 'truncated', values: cols * rows })
  const x0 = header.get('xllcenter') ?? (header.get('xllcorner') ?? 0) + stepX / 2
  const y0 = header.get('yllcenter') ?? (header.get('yllcorner') ?? 0) + stepY / 2
  const noData = header.get('nodata_value') ?? -9999
  const z = new Float64Array(cols * rows)
  for (let i = 0; i < z.length; i++) {
    if (i % PROGRESS_EVERY === 0) {
      job.progress(i / z.length, 'import:stage.reading')
      job.throwIfCancelled()
    }
    const word = words.next()
    const value = word === null ? NaN : Number(word)
    if (word === null || Number.isNaN(value) && !/^-?nan$/i.test(word)) throw new SourceRefused('schema_invalid', { problem: word === null ? 'truncated' : 'grid_value', value: (word ?? '').slice(0, 20), index: i })
    // Rows come from the north; here they begin in the south.
    z[(rows - 1 - Math.floor(i / cols)) * cols + (i % cols)] = value === noData || !Number.isFinite(value) ? NaN : value
  }
  const crs = prj ? crsOfPrj(prj, log) : null
  return { value: { format: 'ascii-grid', layers: [], grounds: [{ name, crs, surface: { type: 'grid', cols, rows, x0, y0, stepX, stepY, z } }] }, issues: log.issues }
}

function readHeader(words: Words): Map<string, number> {
  const header = new Map<string, number>()
  for (;;) {
    const key = words.peek()?.toLowerCase()
    if (key === undefined || !HEADER_KEYS.has(key)) return header
    words.next()
    header.set(key, Number(words.next()?.replace(',', '.') ?? NaN))
  }
}

/** Words of a text one after another, without ever splitting the whole of it. */
class Words {
  private readonly bytes: Uint8Array
  private at = 0
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  next(): string | null {
    const { bytes } = this
    while (this.at < bytes.length && bytes[this.at]! <= 32) this.at++
    if (this.at === bytes.length) return null
    const start = this.at
    while (this.at < bytes.length && bytes[this.at]! > 32) this.at++
    return String.fromCharCode(...bytes.subarray(start, Math.min(this.at, start + 64)))
  }

  peek(): string | null {
    const at = this.at
    const word = this.next()
    this.at = at
    return word
  }
}

/** True for the first words of an ASCII grid. */
export const isAsciiGrid = (bytes: Uint8Array): boolean => /^\s*ncols\s+\d/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 100)))
