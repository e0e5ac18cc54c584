import type { SchemeRecord, SchemeStage } from '#shared/register/scheme-stage.ts'
import { findingsStore, resultOf } from '../../state/findings/findings-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { openFindings, stageOf } from '../../state/scheme/scheme-stage.ts'
import { localDay } from '../../state/findings/standings.ts'
import { checkScheme } from '../check/check-actions.ts'
import { changeRecords } from '../ledger/register-actions.ts'

/**
 * Signs a step of a scheme, with what its check had found at that moment. What is sent back, or built, is signed without:
 * a scheme whose lines were taken over from the as-built survey would be held to hit itself.
 * @returns true once it is durable.
 */
export async function signStep(scenarioId: string, to: SchemeStage, by: string, note: string): Promise<boolean> {
  const scenario = scenarioStore.getState().byId[scenarioId]
  if (!scenario) return false
  const known: SchemeRecord = registerStore.getState().schemeStages[scenarioId]?.body ?? { stage: 'draft', steps: [] }
  const result = to === 'draft' || to === 'as_built' ? null : resultOf(findingsStore.getState(), scenarioId, 'proposals')
  const found = result && openFindings(result, scenario.document)
  const at = new Date().toISOString()
  const step = {
    from: stageOf(registerStore.getState(), scenarioId), to, by, day: localDay(new Date()), at, note, revision: scenario.revision,
    check: result && found && { packId: result.label.pack.id, packVersion: result.label.pack.version, mandatory: found.mandatory, advisory: found.advisory, accepted: found.accepted, checkedAt: result.checkedAt },
  }
  const isSigned = (await changeRecords([{ collection: 'schemeStages', id: scenarioId, body: { stage: to, steps: [...known.steps, step] } }])) !== null
  // The host holds a built scheme's lines for part of the twin: what it was held to hit by then goes from the lists.
  if (isSigned && to === 'as_built' && scenarioStore.getState().activeId === scenarioId) await checkScheme()
  return isSigned
}
