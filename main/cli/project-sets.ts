import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { unpackStrings } from '#shared/core/packed-strings.ts'
import type { JobControl } from '#shared/core/job.ts'
import { hiddenBy, isInForce, type IgnoreRule, type SetRef, type SetTest } from '#shared/ledger/selection-set.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { localDay } from '../services/report/report-data.ts'
import { maskOfQuery, maskOfSet, savedQueries } from '../services/check/selection-sets.ts'
import type { NamedSets } from './asset-sets.ts'
import type { AppliedIgnoreRule } from './check-subject.ts'

interface Scheme {
  readonly proposals: readonly Proposal[]
  readonly removed: readonly string[]
}

/** Every query saved in a project as a mask, by its name. */
export async function querySets(project: ProjectFile, { proposals, removed }: Scheme, job: JobControl): Promise<NamedSets> {
  const columns = effectiveNetwork(project.columns(), proposals, removed)
  const sets = new Map<string, Uint8Array>()
  for (const { name, query } of savedQueries(project)) sets.set(name, await maskOfQuery(project, query, columns, job))
  return sets
}

/** The project's ignore rules that are in force today. */
export async function appliedIgnoreRules(project: ProjectFile, { proposals, removed }: Scheme, job: JobControl): Promise<AppliedIgnoreRule[]> {
  const columns = effectiveNetwork(project.columns(), proposals, removed)
  const index = new Map(unpackStrings(columns.ids).map((id, i) => [id, i]))
  const testOf = async (set: SetRef): Promise<SetTest> => {
    const mask = await maskOfSet(project, set, columns, job)
    return id => mask[index.get(id) ?? -1] === 1
  }
  const rules = (project.recordsOf(['ignoreRules']).map(({ body }) => body) as IgnoreRule[]).filter(rule => isInForce(rule, localDay(new Date())))
  return Promise.all(rules.map(async rule => {
    const tests = new Map([[rule.a, await testOf(rule.a)], [rule.b, await testOf(rule.b)]])
    return { reason: rule.reason, hides: findings => hiddenBy(rule, findings, set => tests.get(set)!) }
  }))
}
