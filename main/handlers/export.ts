import { ExportTooLarge, exportInWorker } from '../services/export/export-worker-host.ts'
import { makeExport } from '../services/export/export-task.ts'
import { CallFailure, openProject, type Handlers } from './handler.ts'

/** Fewer are written sooner than a thread has started and read them. */
const OWN_THREAD_FROM = 20_000

export const exportHandlers: Pick<Handlers, 'export.make'> = {
  async 'export.make'(choices, context) {
    const project = openProject(context)
    const { assetCount } = project.info()
    if (assetCount < OWN_THREAD_FROM) return sent(await makeExport(project, choices, context.job))
    if (choices.scenarioId !== null) project.scenarioDocument(choices.scenarioId)
    try {
      return sent(await exportInWorker({ path: project.path, choices }, context.job, context.signal))
    } catch (cause) {
      throw cause instanceof ExportTooLarge ? new CallFailure<'export.make'>('too_many_assets', { count: assetCount }) : cause
    }
  },
}

const sent = <T extends { readonly losses: readonly string[] }>(made: T) => ({ ...made, losses: [...made.losses] })
