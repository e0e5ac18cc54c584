import type { CheckResult } from './findings-store.ts'
import type { ProjectState } from '../twin/project-store.ts'
import type { ScenarioState } from '../scheme/scenario-store.ts'

/** Why a result no longer speaks of what is open, or `fresh`; `none` where there is no result. */
export type Freshness = 'none' | 'fresh' | 'twin_changed' | 'scheme_changed' | 'pack_changed' | 'incomplete'

/** Compares what a result was computed from with what is open now. */
export function freshness(
  result: CheckResult | null,
  project: Pick<ProjectState, 'info' | 'pack'>,
  scenario: Pick<ScenarioState, 'revision' | 'pending'> | null,
): Freshness {
  if (!result || !project.info) return 'none'
  const { label } = result
  if (label.twinHash !== project.info.twinHash) return 'twin_changed'
  if (label.pack.id !== project.info.packId || (project.pack && project.pack.hash !== label.pack.hash)) return 'pack_changed'
  if (label.scenarioId !== null && (!scenario || scenario.revision !== label.scenarioRevision || scenario.pending > 0)) return 'scheme_changed'
  return result.partial ? 'incomplete' : 'fresh'
}
