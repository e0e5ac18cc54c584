import { LIFELINE_RECORD, lifelineSettings, type LifelineSettings } from '#shared/hazards/lifeline/lifeline-settings.ts'
import { analysisStore } from '../../state/findings/analysis-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { checkLifeline } from './check-actions.ts'
import { changeRecords } from '../ledger/register-actions.ts'

/** Makes these the figures that findings, comparisons and reports of the four hazards go by; the active scheme is checked anew. */
export async function keepLifelineSettings(settings: LifelineSettings): Promise<void> {
  if (!(await changeRecords([{ collection: 'lifeline', id: LIFELINE_RECORD, body: settings }]))) return
  if (activeScenario(scenarioStore.getState())) void checkLifeline()
}

/** The form of the lifeline starts with what the project goes by. */
export const showLifelineSettings = (): void =>
  analysisStore.setState(({ drafts }) => ({ drafts: { ...drafts, lifeline: lifelineSettings(Object.values(registerStore.getState().lifeline)) } }))
