import type { CallOutput } from '#shared/contract/contract.ts'
import { AnalysisRefused, changesOf, NO_CHANGES, type AnalysisBaseline } from '#shared/hazards/analysis/subject.ts'
import { lifelineSettings, type LifelineSettings } from '#shared/hazards/lifeline/lifeline-settings.ts'
import { ModelRefused } from '../services/analysis/analyse-pressure-result.ts'
import { AnalysisWorker } from '../services/analysis/analysis-worker-host.ts'
import { runSwmm, SwmmFailed } from '../services/analysis/run-swmm.ts'
import type { StoredRecord } from '#shared/register/collections.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { ownersOf } from '../services/report/review-records.ts'
import { packFor } from '../services/rule-packs.ts'
import { CallFailure, openProject, type Handlers } from './handler.ts'

/** One worker for everything that analyses: it keeps the last baseline. */
export const analysisWorker = new AnalysisWorker()

/** What the analysed twin is of: its tables and the catchments drawn over it. */
export const analysisKey = (project: ProjectFile): string => `${project.path}\n${project.twinHash}\n${catchmentsOf(project).map(({ id, revision }) => `${id}@${revision}`).join()}`

/** What the project's findings of the four hazards are computed with. */
export const lifelineSettingsOf = (project: ProjectFile): LifelineSettings => lifelineSettings(project.recordsOf(['lifeline']) as StoredRecord<'lifeline'>[])

const catchmentsOf = (project: ProjectFile) => project.recordsOf(['catchments']) as StoredRecord<'catchments'>[]

export const analysisHandlers: Pick<Handlers, 'analysis.run' | 'analysis.swmm' | 'analysis.useSwmm'> = {
  'analysis.swmm': (_, { session }) => ({ name: session.swmm.name() }),
  'analysis.useSwmm': ({ program }, { session }) => {
    if (!session.swmm.use(program === null ? null : session.tickets.resolve(program, 'program'))) throw new CallFailure<'analysis.useSwmm'>('not_a_program')
    return { name: session.swmm.name() }
  },

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
      const task = { scheme, parameters, pack: found.pack, thisYear: now.getFullYear(), language, owners: ownersOf(project) }
      const run = (more: { readonly swmmReport?: string } = {}) => analysisWorker.run(analysisKey(project), () => analysisBaseline(project), { ...task, ...more }, context.job, context.signal)
      const first = await run()
      const program = first.model === null ? null : context.session.swmm.find()
      if (program !== null) context.job.progress(null, 'analyses:stage.swmm')
      const answer = program === null ? first : await run({ swmmReport: await runSwmm(program, first.model!, context.signal) })
      // The contract's arrays and tuples are mutable in type only.
      return { ...answer, label: { twinHash, scenarioId, scenarioRevision: scenario?.revision ?? 0 }, durationMs: performance.now() - startedAt, computedAt: now.toISOString() } as unknown as CallOutput<'analysis.run'>
    } catch (cause) {
      if (cause instanceof AnalysisRefused) throw new CallFailure<'analysis.run'>(cause.code, cause.details)
      if (cause instanceof ModelRefused) throw new CallFailure<'analysis.run'>('model_refused', { reason: cause.reason })
      if (cause instanceof SwmmFailed) throw new CallFailure<'analysis.run'>(cause.kind === 'timeout' ? 'swmm_timeout' : 'swmm_failed', { reason: cause.reason })
      throw cause
    }
  },
}

export function analysisBaseline(project: ProjectFile): AnalysisBaseline {
  const { nodes, surfaceFeatures, blocks, ground } = project.context() as unknown as Omit<AnalysisBaseline, 'columns' | 'attributes'>
  return { catchments: catchmentsOf(project).map(({ id, body }) => ({ id, ...body })), columns: project.columns(), attributes: project.attributesForAnalysis(), nodes, surfaceFeatures, blocks, ground }
}
