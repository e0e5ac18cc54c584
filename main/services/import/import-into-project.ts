import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import type { IssueSummary } from '#shared/core/issues.ts'
import type { JobControl } from '#shared/core/job.ts'
import type { LayerMapping } from '#shared/io/mapping.ts'
import type { TrialImport } from './import-task.ts'
import { ImportRefused } from './import-files.ts'
import { importInWorker } from './import-worker-host.ts'
import type { ImportEntry } from '../project/import-store.ts'
import type { ProjectFile } from '../project-file.ts'

export interface ImportRequest {
  /** Layers without a mapping are mapped as proposed. */
  readonly files: readonly { readonly path: string; readonly mappings: readonly LayerMapping[] }[]
  /** For an empty project: its system (null: a local frame), or `own`, that of the files. A project that holds something keeps its own. */
  readonly crs: string | null | 'own'
  /** True: ids that the project has already stay as the source has them, to be found again. */
  readonly keepsIds?: boolean
}

/**
 * Reads and maps files for a project, in a worker; the project is not touched.
 * @throws ImportRefused, CancelledError
 */
export async function mapForProject(project: ProjectFile, { files, crs, keepsIds = false }: ImportRequest, withRecords: boolean, job: JobControl, signal: AbortSignal): Promise<TrialImport> {
  for (const { path } of files) refuseItself(project, path)
  const { ground } = project.context()
  return importInWorker({
    do: 'import', files, withRecords,
    crs: !project.isEmpty ? { fixed: project.crs } : crs === 'own' ? 'own' : { fixed: crs },
    ground: ground && { surface: ground, origin: project.info().origin },
    assetIds: keepsIds ? null : project.columns().ids,
  }, job, signal)
}

/** A project brought into itself would hold everything twice. */
function refuseItself(project: ProjectFile, path: string): void {
  if (placeOf(path) !== placeOf(project.path)) return
  throw new ImportRefused('unreadable', basename(path), { ref: basename(path), code: 'schema_invalid', severity: 'error', context: { problem: 'itself' } }, '')
}

/** Where a path leads, by whatever way it is named; a file that is not there is told by who reads it. */
function placeOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/**
 * Puts what was mapped into the project: one transaction with the files' names and hashes, the mapping and the issues.
 * @returns the issues as stored. @throws CallFailure, CancelledError
 */
export async function storeImport(project: ProjectFile, { records, files, crs, mappings, issues }: TrialImport, job: JobControl, who = ''): Promise<readonly IssueSummary[]> {
  if (!records) throw new Error('a trial run has no records to store')
  const stored = await project.addRecords(records, importSource({ files, crs, mappings, issues }), job, who)
  for (const entry of mappings) await project.rememberMapping(entry.signature, entry.mapping)
  return stored.issues
}

/** What a project remembers of files that were mapped. */
export function importSource({ files, crs, mappings, issues }: Pick<TrialImport, 'files' | 'crs' | 'mappings' | 'issues'>): ImportEntry {
  const mapping = mappings.length > 0 ? { format: 'underplan-mapping/1' as const, layers: mappings.map(entry => entry.mapping) } : null
  return { files, crs, mapping, issues }
}
