import type { JobControl } from '../../../core/job.ts'
import type { Attributes } from '../../../twin/asset.ts'
import { crsOfWkt } from '../../crs-wkt.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { layersOf } from '../../source-layers.ts'
import { readDbf } from './read-dbf.ts'
import { readShp } from './read-shp.ts'

/**
 * Reads a shapefile: geometries from the .shp, attributes from the .dbf beside it, the coordinate system from the .prj.
 * Records are read in their order; the .shx is not needed, only missed.
 * @throws SourceRefused wrong as a whole.
 */
export function readShapefile(files: readonly SourceFile[], limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const part = (ending: string) => files.find(file => file.name.toLowerCase().endsWith(`.${ending}`)) ?? null
  const shp = part('shp')
  if (!shp) throw new SourceRefused('part_missing', { part: '.shp' })
  const name = shp.name.replace(/\.[^.]*$/, '')
  for (const ending of ['dbf', 'shx', 'prj']) if (!part(ending)) log.add('part_missing', ending === 'shx' ? 'info' : 'warning', shp.name, { part: `.${ending}` })
  const shapes = readShp(shp.bytes, name, limits, job, log)
  const rows = attributesOf(part('dbf'), part('cpg'), shapes.length, log)
  const features: SourceFeature[] = []
  shapes.forEach((shape, i) => {
    const row = rows?.[i]
    if (shape && row !== null) features.push({ id: null, ref: `${name}#${i + 1}`, ...shape, properties: row ?? {} })
  })
  const prj = part('prj')
  const crs = prj && crsOfPrj(prj, log)
  if (shapes.length === 0) log.add('schema_invalid', 'warning', shp.name, { problem: 'no_features' })
  return { value: { format: 'shapefile', layers: layersOf(name, features, crs), grounds: [] }, issues: log.issues }
}

/** Code of a .prj; one that is not known is told with its own name. */
export function crsOfPrj(prj: SourceFile, log: IssueLog): string | null {
  const text = new TextDecoder().decode(prj.bytes.subarray(0, 20_000))
  const crs = crsOfWkt(text)
  if (!crs) log.add('crs_missing', 'warning', prj.name, { said: /"([^"]*)"/.exec(text)?.[1]?.slice(0, 80) ?? '' })
  return crs
}

/** Rows of the .dbf by record; null where there is no table. One row per record, or the two do not belong together. */
function attributesOf(dbf: SourceFile | null, cpg: SourceFile | null, count: number, log: IssueLog): readonly (Attributes | null)[] | null {
  if (!dbf) return null
  const { rows } = readDbf(dbf.bytes, cpg && new TextDecoder().decode(cpg.bytes.subarray(0, 100)), dbf.name, log)
  if (rows.length !== count) log.add('schema_invalid', 'warning', dbf.name, { problem: 'rows_and_shapes', rows: rows.length, shapes: count })
  return rows
}
