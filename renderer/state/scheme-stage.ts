import type { SchemeStage } from '#shared/register/scheme-stage.ts'
import { findingKey } from '#shared/review/finding-key.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { CheckResult } from './findings-store.ts'
import { registerStore, type RegisterState } from './register-store.ts'

export const stageOf = (register: RegisterState, scenarioId: string): SchemeStage => register.schemeStages[scenarioId]?.body.stage ?? 'draft'

export interface OpenFindings {
  readonly mandatory: number
  readonly advisory: number
  /** Of all, those accepted with an exception. */
  readonly accepted: number
  /** Mandatory and not accepted: what keeps a scheme from being approved. */
  readonly openMandatory: number
}

/** What a check's findings come to once the exceptions are taken off. Touching is no problem. */
export function openFindings({ findings, label: { scenarioId } }: CheckResult, document: ScenarioDocument): OpenFindings {
  const { findingStates } = registerStore.getState()
  const isProposal = (id: string) => document.proposals[id] !== undefined || document.excavations[id] !== undefined
  const counted = findings.filter(({ rule }) => rule !== 'touching')
  const isAccepted = (finding: CheckResult['findings'][number]) => findingStates[findingKey(finding, scenarioId, isProposal).key]?.body.status === 'accepted'
  const mandatory = counted.filter(finding => finding.mandatory)
  return { mandatory: mandatory.length, advisory: counted.length - mandatory.length, accepted: counted.filter(isAccepted).length, openMandatory: mandatory.filter(finding => !isAccepted(finding)).length }
}
