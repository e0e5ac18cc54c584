import { ClearanceOverload } from '#shared/clearance/check-blocks.ts'
import { ENGINE } from '#shared/clearance/finding.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { CheckWorker } from '../services/check-worker-host.ts'
import { packFor } from '../services/rule-packs.ts'
import { CallFailure, openProject, type Handlers } from './handler.ts'

/** One worker for everything that checks: it keeps the prepared baseline. */
export const checkWorker = new CheckWorker()

export const checkHandlers: Pick<Handlers, 'check.run' | 'check.latest'> = {
  async 'check.run'({ scenarioId, scope, packId }, context) {
    const project = openProject(context)
    const found = packFor(project, packId)
    if (!found) throw new CallFailure<'check.run'>('pack_missing', { pack: packId })
    const scenario = scenarioId === null ? null : project.scenarioState(scenarioId)
    const scheme = scenarioId === null ? null : project.scenarioDocument(scenarioId)
    const { twinHash } = project
    const startedAt = performance.now()
    const { findings, pairCount } = await checkWorker.check(
      `${project.path}\n${twinHash}`,
      () => {
        const { ground, surfaceFeatures, nodes } = project.context()
        return { key: twinHash, columns: project.columns(), ground, surfaceFeatures: surfaceFeatures as readonly SurfaceFeature[], nodes: nodes as readonly NodeRecord[] }
      },
      { proposals: Object.values(scheme?.proposals ?? {}), removed: Object.keys(scheme?.removals ?? {}), pack: found.pack, scope, wantsPairs: false },
      context.job, context.signal,
    ).catch((cause: unknown) => {
      throw cause instanceof ClearanceOverload ? new CallFailure<'check.run'>('too_many_conflicts', { most: cause.most }) : cause
    })
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

  'check.latest': ({ scenarioId, scope }, context) => ({ result: openProject(context).latestCheck(scenarioId, scope) }),
}
