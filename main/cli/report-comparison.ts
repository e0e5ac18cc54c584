import { extname } from 'node:path'
import type { TFunction } from 'i18next'
import type { NodeRecord } from '#shared/twin/asset.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import type { CheckBaseline } from '../services/check/check-task.ts'
import { CheckWorker } from '../services/check/check-worker-host.ts'
import { comparedSchemes } from '../services/report/compared-schemes.ts'
import type { CheckedScheme } from '../services/report/report-data.ts'
import { checkFailure } from './check-run.ts'
import type { CheckSubject } from './check-subject.ts'
import type { CliIo } from './command.ts'
import { openForCommand } from './open-project.ts'
import { terminalJob } from './terminal-job.ts'

/**
 * The schemes that the report sets beside its own, as that of the application has them: each checked by the subject's pack for
 * what involves its proposals. None without a scheme, and where sets were asked for, which say nothing of other schemes.
 * @throws CliFailure; CancelledError.
 */
export async function reportedBeside({ path, scenarioId, pack: { pack } }: CheckSubject, sets: string | null, io: CliIo, t: TFunction): Promise<readonly CheckedScheme[]> {
  if (scenarioId === null || sets !== null || extname(path).toLowerCase() !== '.gpkg') return []
  const project = await openForCommand(path, 'read', io)
  const worker = new CheckWorker()
  try {
    const { ground, surfaceFeatures, nodes } = project.context()
    const baseline: CheckBaseline = { key: project.twinHash, columns: project.columns(), ground, surfaceFeatures: surfaceFeatures as readonly SurfaceFeature[], nodes: nodes as readonly NodeRecord[] }
    return await comparedSchemes(project, scenarioId, async id => {
      const { proposals, excavations, removals } = project.scenarioDocument(id)
      const task = { proposals: Object.values(proposals), removed: Object.keys(removals), excavations: Object.values(excavations), pack, scope: 'proposals', wantsPairs: false } as const
      return (await worker.check(baseline.key, () => baseline, task, terminalJob(io, t), io.signal)).findings
    })
  } catch (cause) {
    throw checkFailure(cause)
  } finally {
    await worker.close()
    await project.close()
  }
}
