import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CheckScope } from '#shared/contract/shapes.ts'
import { unattendedJob, type JobControl } from '#shared/core/job.ts'
import { attributesAsked, matchAssets, type AssetQuery, type QueryAttribute } from '#shared/ledger/asset-query.ts'
import { queryOfSet, type CheckJob, type SavedQuery, type SetRef } from '#shared/ledger/selection-set.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AttributeRole } from '#shared/twin/attribute-roles.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import type { CheckTask } from './check-task.ts'
import { loadMessages } from '../messages.ts'
import type { ProjectFile } from '../project-file.ts'

type Project = Pick<ProjectFile, 'recordsOf' | 'columns' | 'context' | 'attributeColumn'>

/**
 * What a check of this scope looks at, the assets of a scheme after those of the baseline.
 * @throws CallFailure `not_found` a job, or a query it is made of, that is no more.
 */
export async function scopeOf(project: Project, scope: Exclude<CheckScope, 'lifeline'>, scheme: { readonly proposals: readonly Proposal[]; readonly removed: readonly string[] }, job: JobControl): Promise<CheckTask['scope']> {
  if (scope === 'network' || scope === 'proposals') return scope
  const id = scope.slice('job:'.length)
  const found = project.recordsOf(['checkJobs']).find(record => record.id === id)?.body as CheckJob | undefined
  if (!found) throw new CallFailure<'check.run'>('not_found', { id })
  const columns = effectiveNetwork(project.columns(), scheme.proposals, scheme.removed)
  return { a: await maskOfSet(project, found.a, columns, job), b: await maskOfSet(project, found.b, columns, job) }
}

/** Per asset of `columns` (the baseline, with a scheme's proposals after it) 1 where it is in the set. */
export async function maskOfSet(project: Project, set: SetRef, columns: AssetColumns, job: JobControl): Promise<Uint8Array> {
  if (set.type === 'all') return new Uint8Array(columns.count).fill(1)
  if (set.type === 'proposals') return new Uint8Array(columns.count).fill(1, project.columns().count)
  const query = queryOfSet(set, wanted => savedQueries(project).find(({ id }) => id === wanted)?.query)
  if (!query) throw new CallFailure<'check.run'>('not_found', { id: set.type === 'query' ? set.id : set.type })
  return maskOfQuery(project, query, columns, job)
}

/** @param columns The baseline's, or these with proposals after them: of those no attribute is known. */
export async function maskOfQuery(project: Project, query: AssetQuery, columns: AssetColumns, job: JobControl = unattendedJob): Promise<Uint8Array> {
  const attributes: Partial<Record<AttributeRole, QueryAttribute>> = {}
  for (const role of attributesAsked(query)) attributes[role] = await project.attributeColumn(role, job)
  return matchAssets(query, { columns, blocks: project.context().blocks, attributes, kindWords: await kindWords() })
}

export const savedQueries = (project: Pick<Project, 'recordsOf'>): readonly (SavedQuery & { readonly id: string })[] =>
  project.recordsOf(['queries']).map(({ id, body }) => ({ ...(body as SavedQuery), id }))

/** People type the kind in either language. */
async function kindWords(): Promise<readonly string[]> {
  const [en, zh] = [await loadMessages('en'), await loadMessages('zh-CN')]
  return ASSET_KINDS.map(kind => `${en(`kinds:kind.${kind}`)} ${zh(`kinds:kind.${kind}`)}`.toLowerCase())
}
