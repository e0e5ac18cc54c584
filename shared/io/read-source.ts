import type { JobControl } from '../core/job.ts'
import { readGeoJson } from './formats/geojson/read-geojson.ts'
import { readCityGml } from './formats/citygml/read-citygml.ts'
import { isDxf, readDxf } from './formats/dxf/read-dxf.ts'
import { isIfc, readIfc } from './formats/ifc/read-ifc.ts'
import { readInp } from './formats/inp/read-inp.ts'
import { isImkl, readImkl } from './formats/imkl/read-imkl.ts'
import { readXtf } from './formats/interlis/read-xtf.ts'
import { readLandXml } from './formats/landxml/read-landxml.ts'
import { isAsciiGrid, readAsciiGrid } from './formats/raster/read-ascii-grid.ts'
import { readGeoTiff } from './formats/raster/read-geotiff.ts'
import { readTables } from './formats/table/read-tables.ts'
import { isAgs, readAgs } from './formats/soil/read-ags.ts'
import { readBro } from './formats/soil/read-bro.ts'
import { isGef, readGef } from './formats/soil/read-gef.ts'
import { readShapefile } from './formats/shapefile/read-shapefile.ts'
import { beginsWith } from './formats/json/json-text.ts'
import { readCityJson } from './formats/json/read-cityjson.ts'
import { readOpenFibre } from './formats/json/read-open-fibre.ts'
import { readPandasNet } from './formats/json/read-pandas-net.ts'
import { isSideFile, LEAD_ENDINGS } from './file-sets.ts'
import { SourceRefused } from './issue-log.ts'
import { groundCorners, type SourceGround } from './source-ground.ts'
import { xmlRoot } from './xml/read-xml.ts'
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
  { format: 'landxml', detect: files => xmlRoot(files[0]?.bytes ?? new Uint8Array()) === 'LandXML', read: (files, limits, job) => readLandXml(files[0]!, limits, job) },
  { format: 'citygml', detect: files => xmlRoot(files[0]?.bytes ?? new Uint8Array()) === 'CityModel', read: (files, limits, job) => readCityGml(files[0]!, limits, job) },
  { format: 'imkl', detect: files => /^(FeatureCollection|SpatialDataSet)$/.test(xmlRoot(files[0]?.bytes ?? new Uint8Array()) ?? '') && isImkl(files[0]!.bytes), read: (files, limits, job) => readImkl(files[0]!, limits, job) },
  { format: 'interlis', detect: files => hasEnding(files, 'xtf') || xmlRoot(files[0]?.bytes ?? new Uint8Array()) === 'TRANSFER', read: (files, limits, job) => readXtf(files[0]!, limits, job) },
  { format: 'ifc', detect: files => hasEnding(files, 'ifc') || isIfc(files[0]?.bytes ?? new Uint8Array()), read: (files, limits, job) => readIfc(files[0]!, limits, job) },
  { format: 'ags', detect: files => hasEnding(files, 'ags') || isAgs(files[0]?.bytes ?? new Uint8Array()), read: (files, limits, job) => readAgs(files[0]!, limits, job) },
  { format: 'gef', detect: files => hasEnding(files, 'gef') || isGef(files[0]?.bytes ?? new Uint8Array()), read: (files, limits) => readGef(files[0]!, limits) },
  { format: 'bro', detect: files => /^(dispatchDataResponse|registrationRequest)$/.test(xmlRoot(files[0]?.bytes ?? new Uint8Array()) ?? ''), read: (files, limits, job) => readBro(files[0]!, limits, job) },
  { format: 'dxf', detect: files => hasEnding(files, 'dxf') || isDxf(files[0]?.bytes ?? new Uint8Array()), read: (files, limits, job) => readDxf(files[0]!, limits, job) },
  { format: 'ascii-grid', detect: files => hasEnding(files, 'asc') || isAsciiGrid(files[0]?.bytes ?? new Uint8Array()), read: readAsciiGrid },
  { format: 'geotiff', detect: files => hasEnding(files, 'tif', 'tiff'), read: readGeoTiff },
  { format: 'table', detect: files => hasEnding(files, 'csv', 'xlsx', 'tsv'), read: readTables },
  { format: 'shapefile', detect: files => hasEnding(files, 'shp') || isSideFile(files[0]?.name ?? ''), read: readShapefile },
  { format: 'cityjson', detect: files => beginsWith(files[0], /"type"\s*:\s*"CityJSON"/), read: (files, limits) => readCityJson(files[0]!, limits) },
  { format: 'pandas-net', detect: files => beginsWith(files[0], /"_module"\s*:\s*"panda(pipes|power)/), read: (files, limits) => readPandasNet(files[0]!, limits) },
  { format: 'open-fibre', detect: files => beginsWith(files[0], /^\s*\{\s*"networks"\s*:/), read: (files, limits) => readOpenFibre(files[0]!, limits) },
  { format: 'unknown', detect: isUnreadable, read: refuseUnknown },
  { format: 'geojson', detect: () => true, read: (files, limits, job) => readGeoJson(files[0]!, limits, job) },
]

/** Neither called JSON nor beginning like it: nothing the last reader could say would help. */
function isUnreadable(files: readonly SourceFile[]): boolean {
  if (hasEnding(files, 'geojson', 'json', 'geojsonl', 'ndjson')) return false
  // Blanks, record separators, NULs of UTF-16 and byte order marks may stand before it.
  const first = (files[0]?.bytes ?? new Uint8Array()).subarray(0, 200).find(byte => byte > 32 && byte < 0x80)
  return first !== 0x7b && first !== 0x5b
}

function refuseUnknown(files: readonly SourceFile[]): never {
  if (files[0]?.bytes.length === 0) throw new SourceRefused('schema_invalid', { problem: 'empty' })
  throw new SourceRefused('feature_unsupported', { problem: 'format_unknown', readable: LEAD_ENDINGS.map(ending => `.${ending}`).join(' ') })
}

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
    const reading = reader.read(files, limits, job)
    const nowhere = reading.value.grounds.find(ground => !isSomewhere(ground))
    if (nowhere) throw new SourceRefused('coordinates_invalid', { surface: nowhere.name.slice(0, 80) })
    return reading
  } catch (cause) {
    if (!(cause instanceof SourceRefused)) throw cause
    const issue = { ref: files[0]?.name ?? '', ...cause.issue }
    return { value: { format: reader.format, layers: [], grounds: [] }, issues: [issue] }
  }
}

const MAX_COORDINATE = 1e9

const isSomewhere = (ground: SourceGround): boolean => {
  const { surface } = ground
  return groundCorners(ground).every(corner => corner.every(value => Math.abs(value) <= MAX_COORDINATE)) && (surface.type === 'tin' || (surface.stepX > 0 && surface.stepY > 0))
}

/** The issue for which a source was refused as a whole; null where it was read. */
export const refusalOf = (reading: WithIssues<SourceReading>) =>
  reading.value.layers.length === 0 && reading.value.grounds.length === 0 && (reading.value.boreholes ?? []).length === 0 && (reading.value.alignments ?? []).length === 0 ? (reading.issues.find(issue => issue.severity === 'error') ?? null) : null
