import type { SchemeStage } from '#shared/register/scheme-stage.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { CheckResult } from '../findings/findings-store.ts'
import { projectStore } from '../twin/project-store.ts'
import { registerStore, type RegisterState } from '../twin/register-store.ts'
import { standingIn } from '../findings/standings.ts'

export const stageOf = (register: RegisterState, scenarioId: string): SchemeStage => register.schemeStages[scenarioId]?.body.stage ?? 'draft'

export interface OpenFindings {
  readonly mandatory: number
  readonly advisory: number
  /** Of all, those accepted with an exception. */
  readonly accepted: number
  /** Mandatory and not accepted: what keeps a scheme from being approved. */
  readonly openMandatory: number
}

/** What a check's findings come to once the exceptions that still hold are taken off. Touching is no problem. */
export function openFindings({ findings }: CheckResult, document: ScenarioDocument): OpenFindings {
  const source = { project: projectStore.getState(), document, records: registerStore.getState().findingStates }
  const counted = findings.filter(({ rule }) => rule !== 'touching')
  // An exception that ran out, or whose lines moved since, keeps no finding off the list.
  const isAccepted = (finding: CheckResult['findings'][number]) => standingIn(finding, source).status === 'accepted'
  const mandatory = counted.filter(finding => finding.mandatory)
  return { mandatory: mandatory.length, advisory: counted.length - mandatory.length, accepted: counted.filter(isAccepted).length, openMandatory: mandatory.filter(finding => !isAccepted(finding)).length }
}
