import { unattendedJob, type JobControl } from '../../core/job.ts'
import { lookUpCrs } from '../crs.ts'
import { readGeoJson } from '../formats/geojson/read-geojson.ts'
import { IssueLog, SourceRefused } from '../issue-log.ts'
import { placeLayer, projectCrsFor } from '../place-layer.ts'
import { DEFAULT_IMPORT_LIMITS, type ImportedRecords, type SourceLayer, type WithIssues } from '../source.ts'
import { UniqueIds } from '../unique-ids.ts'
import { readCanonicalLayer } from './read-canonical-layer.ts'

const NOTHING: ImportedRecords = { crs: null, assets: [], nodes: [], surfaceFeatures: [], grounds: [], blocks: [], proposals: [] }

/**
 * Reads a network in the canonical GeoJSON of design §8, as `check` takes it.
 * @returns records in metres: in the file's own system, projected where that is in degrees; `crs` null for a local frame.
 *   A file that is wrong as a whole gives no records, and an issue of severity `error` that `fatal` repeats.
 */
export function readCanonicalGeoJson(bytes: Uint8Array, job: JobControl = unattendedJob): WithIssues<ImportedRecords> & { readonly fatal: SourceRefused['issue'] | null } {
  const log = new IssueLog()
  try {
    const { value, issues } = readGeoJson({ name: '', bytes }, DEFAULT_IMPORT_LIMITS, job)
    log.addAll(issues)
    const ids = { assetIds: new UniqueIds(log), nodeIds: new UniqueIds(log) }
    const crs = value.layers.map(projectCrsFor).find(code => code !== null) ?? null
    const records = value.layers.map(layer => readCanonicalLayer(layer, log, { ...ids, place: placing(layer, crs, log) }))
    return {
      value: { ...NOTHING, crs, assets: records.flatMap(part => part.assets), nodes: records.flatMap(part => part.nodes), proposals: records.flatMap(part => part.proposals) },
      issues: log.issues, fatal: null,
    }
  } catch (cause) {
    if (!(cause instanceof SourceRefused)) throw cause
    return { value: NOTHING, issues: [...log.issues, cause.issue], fatal: cause.issue }
  }
}

/** Without a `crs` member the form means a local frame: nothing to place, and nothing to remark. */
function placing(layer: SourceLayer, crs: string | null, log: IssueLog) {
  if (layer.crs === null) return (position: readonly number[]) => [position[0]!, position[1]!] as const
  return placeLayer(layer, crs === null ? null : lookUpCrs(crs), log).place
}
