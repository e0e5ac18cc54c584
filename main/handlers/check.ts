import { ClearanceOverload } from '#shared/clearance/overload.ts'
import { ENGINE, type Finding } from '#shared/clearance/finding.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { CheckScope } from '#shared/contract/shapes.ts'
import { changesOf } from '#shared/hazards/analysis/subject.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { CheckWorker } from '../services/check-worker-host.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { packFor } from '../services/rule-packs.ts'
import { scopeOf } from '../services/selection-sets.ts'
import { analysisBaseline, analysisKey, analysisWorker, lifelineSettingsOf } from './analysis.ts'
import { CallFailure, openProject, type CallContext, type Handlers } from './handler.ts'

/** One worker for everything that checks: it keeps the prepared baseline. */
export const checkWorker = new CheckWorker()

/** Checks what is open in a scope; a scheme's lifeline is another worker's. @throws CancelledError */
export async function runCheck(project: ProjectFile, scenarioId: string | null, scope: CheckScope, pack: RulePack, { job, signal }: Pick<CallContext, 'job' | 'signal'>): Promise<{ readonly findings: readonly Finding[]; readonly pairCount: number }> {
  // What was built lies in the twin: as a proposal beside itself it would hit itself.
  const scheme = scenarioId === null || project.isBuilt(scenarioId) ? null : project.scenarioDocument(scenarioId)
  if (scope === 'lifeline') {
    if (!scheme) return { findings: [], pairCount: 0 }
    const task = { scheme: changesOf(scheme), thisYear: new Date().getFullYear(), settings: lifelineSettingsOf(project) }
    return { findings: await analysisWorker.lifeline(analysisKey(project), () => analysisBaseline(project), task, job, signal), pairCount: 0 }
  }
  const { twinHash } = project
  const setup = { proposals: Object.values(scheme?.proposals ?? {}), removed: Object.keys(scheme?.removals ?? {}) }
  const selection = await scopeOf(project, scope, setup, job)
  return checkWorker.check(
    `${project.path}\n${twinHash}`,
    () => ({ key: twinHash, columns: project.columns(), context: packContext(project.context()) }),
    { ...setup, excavations: Object.values(scheme?.excavations ?? {}), pack, scope: selection, wantsPairs: false },
    job, signal,
  ).catch((cause: unknown) => {
    throw cause instanceof ClearanceOverload ? new CallFailure<'check.run'>('too_many_conflicts', { most: cause.most }) : cause
  })
}

export const checkHandlers: Pick<Handlers, 'check.run' | 'check.latest'> = {
  async 'check.run'({ scenarioId, scope, packId }, context) {
    const project = openProject(context)
    const found = packFor(project, packId)
    if (!found) throw new CallFailure<'check.run'>('pack_missing', { pack: packId })
    const scenario = scenarioId === null ? null : project.scenarioState(scenarioId)
    const { twinHash } = project
    const startedAt = performance.now()
    const { findings, pairCount } = await runCheck(project, scenarioId, scope, found.pack, context)
    const { id, version } = found.pack
    // The contract's arrays and tuples are mutable in type only.
    const result = {
      label: { twinHash, scenarioId, scenarioRevision: scenario?.revision ?? 0, pack: { id, version, hash: found.hash }, engine: ENGINE },
      scope, findings, pairCount, durationMs: performance.now() - startedAt, checkedAt: new Date().toISOString(), partial: false,
    } as unknown as CallOutput<'check.run'>
    // A result can always be computed again: one that cannot be kept (read-only, full disk) is still an answer.
    if (project.readOnly === null && context.session.project === project) await project.storeCheck(result).catch(() => undefined)
    return result
  },

  'check.latest'({ scenarioId, scope }, context) {
    const project = openProject(context)
    const result = project.latestCheck(scenarioId, scope)
    return { result: result && scope === 'lifeline' && isOutrun(project, result.checkedAt) ? null : result }
  },
}

/** Storm, radius or catchments were changed after a check of the four hazards: its label does not tell. */
const isOutrun = (project: ProjectFile, checkedAt: string): boolean => project.recordsOf(['lifeline', 'catchments']).some(({ changedAt }) => changedAt > checkedAt)
