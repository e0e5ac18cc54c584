import type { JobControl } from '../../../core/job.ts'
import { lookUpCrs } from '../../crs.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { crsOfPrj } from '../shapefile/read-shapefile.ts'
import { readPixels } from './tiff-pixels.ts'
import { geoKeys, readTiffTags, type TiffTags } from './tiff-tags.ts'

const KEY = { geographic: 2048, projected: 3072, verticalUnits: 4099, rasterType: 1025 } as const
const PIXEL_IS_POINT = 2
const USER_DEFINED = 32767
const UNITS_M: Readonly<Record<number, number>> = { 9001: 1, 9002: 0.3048, 9003: 1200 / 3937 }
const NO_DATA_TAG = 42113

/**
 * Reads a one-band GeoTIFF (OGC 19-008r4) or a TIFF with a world file as ground. Read here rather than by a library: the
 * known one is asynchronous and unbounded, and a terrain model needs a fraction of it.
 * @throws SourceRefused wrong as a whole, of a kind that is not read, or without a place.
 */
export function readGeoTiff(files: readonly SourceFile[], limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const file = files.find(candidate => /\.tiff?$/i.test(candidate.name)) ?? files[0]!
  const name = file.name.replace(/\.[^.]*$/, '')
  const tags = readTiffTags(file.bytes, limits.maxVertices)
  const [cols, rows] = [tags.numbers.get(256)?.[0] ?? 0, tags.numbers.get(257)?.[0] ?? 0]
  if (!(cols > 0 && rows > 0)) throw new SourceRefused('schema_invalid', { problem: 'tiff_size' })
  if (cols * rows > limits.maxVertices) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: limits.maxVertices })
  const keys = geoKeys(tags)
  const place = placeOf(tags, keys, files)
  if (!place) throw new SourceRefused('schema_invalid', { problem: 'no_georeference' })
  const pixels = readPixels(file.bytes, tags, cols, rows, fraction => {
    job.progress(fraction, 'import:stage.reading')
    job.throwIfCancelled()
  })
  const noData = Number(tags.texts.get(NO_DATA_TAG) ?? NaN)
  const metres = UNITS_M[keys.get(KEY.verticalUnits) ?? 9001] ?? 1
  const z = new Float64Array(cols * rows)
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < cols; i++) {
      const value = pixels[j * cols + i]!
      // The first row is the northern one; here it is the last.
      z[(rows - 1 - j) * cols + i] = value === noData || !Number.isFinite(value) || Math.abs(value) > 1e6 ? NaN : value * metres
    }
  }
  const code = keys.get(KEY.projected) ?? keys.get(KEY.geographic)
  const prj = files.find(candidate => candidate.name.toLowerCase().endsWith('.prj'))
  const stated = code !== undefined && code !== USER_DEFINED && lookUpCrs(`EPSG:${code}`) ? `EPSG:${code}` : null
  const crs = stated ?? (prj ? crsOfPrj(prj, log) : null)
  return {
    value: { format: 'geotiff', layers: [], grounds: [{ name, crs, surface: { type: 'grid', cols, rows, x0: place.x, y0: place.y - (rows - 1) * place.stepY, stepX: place.stepX, stepY: place.stepY, z } }] },
    issues: log.issues,
  }
}

/** Centre of the upper left pixel and the size of pixels; null where the file says no place. Turned images are refused. */
function placeOf(tags: TiffTags, keys: ReadonlyMap<number, number>, files: readonly SourceFile[]): { x: number; y: number; stepX: number; stepY: number } | null {
  const [scale, tie] = [tags.numbers.get(33550), tags.numbers.get(33922)]
  if (scale && tie && scale[0]! > 0 && scale[1]! > 0) {
    const half = keys.get(KEY.rasterType) === PIXEL_IS_POINT ? 0 : 0.5
    return { x: tie[3]! + (half - tie[0]!) * scale[0]!, y: tie[4]! - (half - tie[1]!) * scale[1]!, stepX: scale[0]!, stepY: scale[1]! }
  }
  const world = files.find(candidate => candidate.name.toLowerCase().endsWith('.tfw'))
  // Some writers use their country's decimal comma.
  const lines = world ? new TextDecoder('latin1').decode(world.bytes.subarray(0, 1000)).trim().split(/\s+/).map(word => Number(word.replace(',', '.'))) : []
  const [a, d, b, e, x, y] = lines
  if (lines.length < 6 || !lines.every(Number.isFinite) || !(a! > 0) || !(e! < 0)) return null
  if (d !== 0 || b !== 0) throw new SourceRefused('feature_unsupported', { problem: 'turned_raster' })
  return { x: x!, y: y!, stepX: a!, stepY: -e! }
}
