import type { JobControl } from '../core/job.ts'
import { readGeoJson } from './formats/geojson/read-geojson.ts'
import { readInp } from './formats/inp/read-inp.ts'
import { readShapefile } from './formats/shapefile/read-shapefile.ts'
import { isSideFile } from './file-sets.ts'
import { SourceRefused } from './issue-log.ts'
import type { ImportLimits, SourceFile, SourceReading, WithIssues } from './source.ts'

/**
 * A format this app reads. Adding one: a folder `formats/<format>` with its reader, and a row in `READERS`.
 * A source is one file or the files that belong together (.shp with .dbf and .prj).
 */
interface FormatReader {
  readonly format: string
  /** Looks at names and first bytes only. */
  detect(files: readonly SourceFile[]): boolean
  /** @throws SourceRefused wrong as a whole. */
  read(files: readonly SourceFile[], limits: ImportLimits, job: JobControl): WithIssues<SourceReading>
}

/** Asked in this order; the last one takes what no other knows and says what is wrong with it. */
const READERS: readonly FormatReader[] = [
  { format: 'inp', detect: files => hasEnding(files, 'inp'), read: (files, limits, job) => readInp(files[0]!, limits, job) },
  { format: 'shapefile', detect: files => hasEnding(files, 'shp') || isSideFile(files[0]?.name ?? ''), read: readShapefile },
  { format: 'geojson', detect: () => true, read: (files, limits, job) => readGeoJson(files[0]!, limits, job) },
]

const hasEnding = (files: readonly SourceFile[], ...endings: string[]): boolean => endings.some(ending => files[0]?.name.toLowerCase().endsWith(`.${ending}`))

/**
 * Reads a source of any known format.
 * @returns its layers, with what was noticed; no layers and an issue of severity `error` where it is wrong as a whole.
 * @throws CancelledError
 */
export function readSource(files: readonly SourceFile[], limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const reader = READERS.find(candidate => candidate.detect(files))!
  try {
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
    if (bytes > limits.maxBytes) throw new SourceRefused('outside_limits', { problem: 'bytes', limit: limits.maxBytes })
    return reader.read(files, limits, job)
  } catch (cause) {
    if (!(cause instanceof SourceRefused)) throw cause
    const issue = { ref: files[0]?.name ?? '', ...cause.issue }
    return { value: { format: reader.format, layers: [], grounds: [] }, issues: [issue] }
  }
}

/** The issue for which a source was refused as a whole; null where it was read. */
export const refusalOf = (reading: WithIssues<SourceReading>) =>
  reading.value.layers.length === 0 && reading.value.grounds.length === 0 ? (reading.issues.find(issue => issue.severity === 'error') ?? null) : null
