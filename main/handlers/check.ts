import { ClearanceOverload } from '#shared/clearance/grid/overload.ts'
import { compareFindings, tallyDifferences } from '#shared/clearance/findings/compare-findings.ts'
import { ENGINE, type Finding } from '#shared/clearance/findings/finding.ts'
import type { PartialListener } from '#shared/clearance/findings/partial-findings.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { CheckScope } from '#shared/contract/shapes.ts'
import { partOf } from '#shared/core/job.ts'
import { changesOf } from '#shared/hazards/analysis/subject.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { assetKind } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { CheckWorker } from '../services/check/check-worker-host.ts'
import type { CheckAnswer } from '../services/check/check-task.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { packFor, type HashedPack } from '../services/rule-packs.ts'
import { scopeOf } from '../services/check/selection-sets.ts'
import { analysisBaseline, analysisKey, analysisWorker, lifelineSettingsOf } from './analysis.ts'
import { CallFailure, openProject, type CallContext, type Handlers } from './handler.ts'

/** One worker for everything that checks: it keeps the prepared baseline. */
export const checkWorker = new CheckWorker()

/** More findings than this no table is worked off from, and the answer would outgrow what travels in one message. */
const MOST_FINDINGS = 200_000

/** A difference carries two findings: more rows than this nobody reads, and they would take seconds to carry. */
const MOST_DIFFERENCES = 10_000

/** The scheme that takes part: what was built lies in the twin, and as a proposal beside itself it would hit itself. */
const schemeOf = (project: ProjectFile, scenarioId: string | null): ScenarioDocument | null =>
  scenarioId === null || project.isBuilt(scenarioId) ? null : project.scenarioDocument(scenarioId)

/**
 * Checks what is open in a scope; a scheme's lifeline is another worker's.
 * @param tell Hears of findings while the check goes on.
 * @throws CancelledError
 */
export async function runCheck(
  project: ProjectFile, scenarioId: string | null, scope: CheckScope, pack: RulePack, { job, signal }: Pick<CallContext, 'job' | 'signal'>, tell?: PartialListener,
): Promise<Pick<CheckAnswer, 'findings' | 'pairCount' | 'total'>> {
  const scheme = schemeOf(project, scenarioId)
  if (scope === 'lifeline') {
    if (!scheme) return { findings: [], pairCount: 0, total: 0 }
    const task = { scheme: changesOf(scheme), thisYear: new Date().getFullYear(), settings: lifelineSettingsOf(project) }
    const findings = await analysisWorker.lifeline(analysisKey(project), () => analysisBaseline(project), task, job, signal)
    return { findings, pairCount: 0, total: findings.length }
  }
  const { twinHash } = project
  const setup = { proposals: Object.values(scheme?.proposals ?? {}), removed: Object.keys(scheme?.removals ?? {}) }
  const selection = await scopeOf(project, scope, setup, job)
  return checkWorker.check(
    `${project.path}\n${twinHash}`,
    () => ({ key: twinHash, columns: project.columns(), context: packContext(project.context()) }),
    { ...setup, excavations: Object.values(scheme?.excavations ?? {}), pack, scope: selection, wantsPairs: false, most: MOST_FINDINGS },
    job, signal, tell,
  ).catch((cause: unknown) => {
    throw cause instanceof ClearanceOverload ? new CallFailure<'check.run'>('too_many_conflicts', { most: cause.most }) : cause
  })
}

export const checkHandlers: Pick<Handlers, 'check.run' | 'check.compare' | 'check.latest'> = {
  async 'check.run'({ scenarioId, scope, packId }, context) {
    const project = openProject(context)
    const pack = packOf(project, packId)
    const label = labelOf(project, scenarioId, pack)
    const startedAt = performance.now()
    // The contract's arrays and tuples are mutable in type only.
    const resultOf = (findings: readonly Finding[], pairCount: number, rest: { readonly partial: boolean; readonly total?: number }) =>
      ({ label, scope, findings, pairCount, durationMs: performance.now() - startedAt, checkedAt: new Date().toISOString(), ...rest }) as unknown as CallOutput<'check.run'>
    // A scheme's own check is over before anybody could read a part of it.
    const tell: PartialListener | undefined = scope === 'proposals' ? undefined : ({ findings, conflicts }) => context.session.emit('check.found', resultOf(findings, conflicts, { partial: true }))
    const { findings, pairCount, total } = await runCheck(project, scenarioId, scope, pack.pack, context, tell)
    const result = resultOf(findings, pairCount, total > findings.length ? { partial: true, total } : { partial: false })
    // A result can always be computed again: one that cannot be kept (read-only, full disk) is still an answer.
    if (project.readOnly === null && context.session.project === project) await project.storeCheck(result).catch(() => undefined)
    return result
  },

  async 'check.compare'({ scenarioId, scope, left, right }, context) {
    const project = openProject(context)
    const packs = [packOf(project, left), packOf(project, right)] as const
    const labels = packs.map(pack => labelOf(project, scenarioId, pack))
    const found: (readonly Finding[])[] = []
    for (const [k, { pack }] of packs.entries()) {
      found.push((await runCheck(project, scenarioId, scope, pack, { signal: context.signal, job: partOf(context.job, k / 2, (k + 1) / 2) })).findings)
    }
    const { same, differences } = compareFindings(found[0]!, found[1]!)
    return {
      left: labels[0], right: labels[1], scope, checkedAt: new Date().toISOString(), same, total: differences.length,
      tallies: tallyDifferences(differences, kindIn(project, scenarioId)), differences: differences.slice(0, MOST_DIFFERENCES),
    } as unknown as CallOutput<'check.compare'>
  },

  'check.latest'({ scenarioId, scope }, context) {
    const project = openProject(context)
    const result = project.latestCheck(scenarioId, scope)
    return { result: result && scope === 'lifeline' && isOutrun(project, result.checkedAt) ? null : result }
  },
}

function packOf(project: ProjectFile, id: string): HashedPack {
  const found = packFor(project, id)
  if (!found) throw new CallFailure<'check.run'>('pack_missing', { pack: id })
  return found
}

/** What a result is computed from, taken before it is computed: what changes meanwhile makes it stale. */
function labelOf(project: ProjectFile, scenarioId: string | null, { pack: { id, version }, hash }: HashedPack) {
  const revision = scenarioId === null ? 0 : project.scenarioState(scenarioId).revision
  return { twinHash: project.twinHash, scenarioId, scenarioRevision: revision, pack: { id, version, hash }, engine: ENGINE }
}

function kindIn(project: ProjectFile, scenarioId: string | null): (id: string) => AssetKind | null {
  const columns = project.columns()
  const proposals = schemeOf(project, scenarioId)?.proposals ?? {}
  return id => {
    const index = assetIndexOf(columns, id)
    return proposals[id]?.kind ?? (index === null ? null : assetKind(columns, index))
  }
}

/** Storm, radius or catchments were changed after a check of the four hazards: its label does not tell. */
const isOutrun = (project: ProjectFile, checkedAt: string): boolean => project.recordsOf(['lifeline', 'catchments']).some(({ changedAt }) => changedAt > checkedAt)
