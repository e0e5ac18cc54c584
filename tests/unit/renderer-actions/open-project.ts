import { followHost } from '#renderer/actions/host-events.ts'
import { setHost } from '#renderer/actions/host.ts'
import { resetChecks } from '#renderer/actions/check/check-actions.ts'
import { resetLanes } from '#renderer/actions/scheme/edit-lane.ts'
import { openSample } from '#renderer/actions/files/project-actions.ts'
import { jobsStore } from '#renderer/state/app/jobs-store.ts'
import { resetProject } from '#renderer/state/twin/project-store.ts'
import { scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { FakeHost, type FakeHostOptions } from '#tests/builders/fake-host.ts'
import { IDS, TwinBuilder } from '#tests/builders/twin-builder.ts'

/** Everything the stores hold, as at the start of the app. */
export function resetStores(): void {
  resetChecks()
  resetLanes()
  resetProject()
  scenarioStore.setState({ activeId: null, byId: {}, order: [] })
  sessionStore.setState(sessionStore.getInitialState(), true)
  jobsStore.setState({ jobs: [], toasts: [] })
}

/** A host with a small twin and the project opened on it, through the actions the app uses. */
export async function openOn(options: Partial<FakeHostOptions> = {}): Promise<FakeHost> {
  resetStores()
  const records = TwinBuilder.with()
    .aPipe(IDS.W1, [[0, 0, -2], [40, 0, -2]])
    .aPipe(IDS.G1, [[20, -20, -1], [20, 20, -1]], { kind: 'gas' })
    .build()
  const host = new FakeHost({ records, scenarios: ['Scheme 1'], ...options })
  setHost(host.client)
  followHost(host.client)
  await openSample()
  return host
}

/** Lets every promise that is ready run. */
export const settled = async (): Promise<void> => {
  for (let i = 0; i < 50; i++) await Promise.resolve()
}
