import type { CallOutput } from '#shared/contract/contract.ts'
import { AnalysisRefused, changesOf, NO_CHANGES, type AnalysisBaseline } from '#shared/hazards/analysis/subject.ts'
import { ModelRefused } from '../services/analyse-pressure-result.ts'
import { AnalysisWorker } from '../services/analysis-worker-host.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { packFor } from '../services/rule-packs.ts'
import { CallFailure, openProject, type Handlers } from './handler.ts'

/** One worker for everything that analyses: it keeps the last baseline. */
export const analysisWorker = new AnalysisWorker()

export const analysisKey = ({ path, twinHash }: ProjectFile): string => `${path}\n${twinHash}`

export const analysisHandlers: Pick<Handlers, 'analysis.run'> = {
  async 'analysis.run'({ scenarioId, parameters, language }, context) {
    const project = openProject(context)
    const scenario = scenarioId === null ? null : project.scenarioState(scenarioId)
    const { twinHash } = project
    const found = packFor(project, project.packId)
    if (!found) throw new CallFailure<'analysis.run'>('pack_missing', { pack: project.packId })
    const startedAt = performance.now()
    const now = new Date()
    const scheme = scenarioId === null ? NO_CHANGES : changesOf(project.scenarioDocument(scenarioId))
    try {
      const answer = await analysisWorker.run(analysisKey(project), () => analysisBaseline(project), { scheme, parameters, pack: found.pack, thisYear: now.getFullYear(), language }, context.job, context.signal)
      // The contract's arrays and tuples are mutable in type only.
      return { ...answer, label: { twinHash, scenarioId, scenarioRevision: scenario?.revision ?? 0 }, durationMs: performance.now() - startedAt, computedAt: now.toISOString() } as unknown as CallOutput<'analysis.run'>
    } catch (cause) {
      if (cause instanceof AnalysisRefused) throw new CallFailure<'analysis.run'>(cause.code, cause.details)
      if (cause instanceof ModelRefused) throw new CallFailure<'analysis.run'>('model_refused', { reason: cause.reason })
      throw cause
    }
  },
}

export function analysisBaseline(project: ProjectFile): AnalysisBaseline {
  const { nodes, surfaceFeatures, blocks, ground } = project.context() as unknown as Omit<AnalysisBaseline, 'columns' | 'attributes'>
  return { columns: project.columns(), attributes: project.attributesForAnalysis(), nodes, surfaceFeatures, blocks, ground }
}
