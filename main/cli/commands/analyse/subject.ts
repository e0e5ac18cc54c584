import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import type { TFunction } from 'i18next'
import type { Issue, IssueCode } from '#shared/core/issues.ts'
import type { JobControl } from '#shared/core/job.ts'
import { analysisSubject, changesOf, NO_CHANGES, type AnalysisBaseline, type AnalysisSubject, type SchemeChanges } from '#shared/hazards/analysis/subject.ts'
import { lifelineSettings, type LifelineSettings } from '#shared/hazards/lifeline/lifeline-settings.ts'
import { importReadings } from '#shared/io/apply/import-readings.ts'
import { proposeMapping } from '#shared/io/propose/propose-mapping.ts'
import { declaredLinks } from '#shared/network/declared-links.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { refusalWords } from '#shared/report/refusal-words.ts'
import type { StoredRecord } from '#shared/register/collections.ts'
import type { Owner } from '#shared/register/owner.ts'
import { originFor } from '#shared/twin/twin.ts'
import { ImportRefused, readImportFile } from '../../../services/import/import-files.ts'
import { ownersOf } from '../../../services/report/review-records.ts'
import { CliFailure, type CliIo } from '../../command.ts'
import { openForCommand } from '../../open-project.ts'

/** A network an analysis works on, whether it came from a project or a file (which brings no ground along). */
export interface Subject extends AnalysisSubject {
  readonly path: string
  readonly issues: readonly Issue[]
  /** Who is registered as an owner; nobody in a file. */
  readonly owners: readonly Owner[]
}

/** What an import notices that changes how the network hangs together; the rest (levels, sizes, owners) does not matter here. */
const TOPOLOGICAL: ReadonlySet<IssueCode> = new Set([
  'schema_invalid', 'geometry_null', 'geometry_mismatch', 'geometry_multipart', 'coordinates_invalid', 'zero_length', 'duplicate_id', 'feature_unsupported', 'outside_limits', 'status_unknown', 'kind_unknown',
])

/**
 * Reads a project, with a scheme's proposals where one is named, or a network file of any format that can be imported.
 * @throws CliFailure it cannot be read, or is wrong as a whole. @throws CancelledError
 */
export async function readSubject(path: string, scenario: string | null, job: JobControl, io: CliIo, t: TFunction): Promise<Subject> {
  if (!existsSync(path)) throw new CliFailure('cli-analyse:noFile', { file: path })
  if (extname(path).toLowerCase() === '.gpkg') return readProject(path, scenario, io)
  if (scenario !== null) throw new CliFailure('cli-analyse:scenarioNeedsProject', { file: path })
  return readFile(path, job, t)
}

async function readProject(path: string, scenario: string | null, io: CliIo): Promise<Subject> {
  const { baseline, scheme, owners } = await readBaseline(path, scenario, io)
  return { path, issues: [], owners, ...analysisSubject(baseline, scheme) }
}

/**
 * The twin of a project, what its findings of hazards are computed with, and what a scheme of it changes where one is named.
 * @throws CliFailure it is no project, cannot be read, or has no such scheme.
 */
export async function readBaseline(path: string, scenario: string | null, io: CliIo): Promise<{ readonly baseline: AnalysisBaseline; readonly scheme: SchemeChanges; readonly settings: LifelineSettings; readonly owners: readonly Owner[] }> {
  if (!existsSync(path)) throw new CliFailure('cli-analyse:noFile', { file: path })
  if (extname(path).toLowerCase() !== '.gpkg') throw new CliFailure('cli-analyse:needsProject', { file: path })
  const project = await openForCommand(path, 'read', io)
  try {
    const id = scenario === null ? null : project.scenarioNamed(scenario)
    if (scenario !== null && id === null) {
      throw new CliFailure('cli-analyse:noScenario', { scenario, names: project.scenarios().map(({ name }) => name).join(', ') || '–' })
    }
    // The contract's arrays are the records' own in all but type.
    const { nodes, surfaceFeatures, blocks, ground } = project.context() as unknown as Omit<AnalysisBaseline, 'columns' | 'attributes'>
    const catchments = (project.recordsOf(['catchments']) as StoredRecord<'catchments'>[]).map(({ id: record, body }) => ({ id: record, ...body }))
    const baseline = { catchments, columns: project.columns(), attributes: project.attributesForAnalysis(), nodes, surfaceFeatures, blocks, ground }
    const settings = lifelineSettings(project.recordsOf(['lifeline']) as StoredRecord<'lifeline'>[])
    return { baseline, settings, owners: ownersOf(project), scheme: id === null ? NO_CHANGES : changesOf(project.scenarioDocument(id)) }
  } finally {
    await project.close()
  }
}

function readFile(path: string, job: JobControl, t: TFunction): Subject {
  try {
    const { reading, issues } = readImportFile(path, [], job)
    const mappings = reading.layers.filter(layer => !layer.canonical).map(proposeMapping)
    const records = importReadings([{ reading, mappings }], { crs: 'own', surface: null, assetIds: [] }, job)
    const { proposals, nodes } = records.value
    const assets = [...records.value.assets, ...proposals]
    let [minX, minY] = [Infinity, Infinity]
    for (const { axis } of assets) {
      for (const [x, y] of axis) [minX, minY] = [Math.min(minX, x), Math.min(minY, y)]
    }
    const origin = originFor(minX, minY)
    return {
      path, owners: [], nodes, surfaceFeatures: records.value.surfaceFeatures, catchments: (records.value.catchments ?? []).map((one, k) => ({ id: String(k + 1), ...one })), blocks: [], ground: null, excavations: [], columns: buildAssetColumns(assets, origin), ids: assets.map(asset => asset.id),
      links: declaredLinks(assets.map(({ attributes }, asset) => ({ asset, attributes })), nodes), attributesOf: asset => assets[asset]!.attributes,
      proposalsFrom: assets.length - proposals.length, replaces: new Map(), issues: [...issues, ...records.issues].filter(({ code }) => TOPOLOGICAL.has(code)),
    }
  } catch (cause) {
    if (!(cause instanceof ImportRefused)) throw cause
    const detail = Object.entries(cause.issue?.context ?? {}).map(([name, value]) => `${name} ${value}`).join(', ')
    const text = cause.issue ? refusalWords(t, cause.issue) : t(`cli-import:system.${cause.reason}`, { defaultValue: cause.reason })
    throw new CliFailure('cli-analyse:refused', { file: path, reason: detail === '' ? text : `${detail}: ${text}` })
  }
}
