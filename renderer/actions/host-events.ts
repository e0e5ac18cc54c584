import type { Client } from '#shared/contract/client.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { scenarioStore } from '../state/scheme/scenario-store.ts'
import { runAction } from './app-actions.ts'
import { scheduleSchemeCheck, takePartialFindings } from './check/check-actions.ts'
import { onDurable } from './scheme/edit-lane.ts'
import { openTicket, reloadTwin, showCurrentProject } from './files/project-actions.ts'
import { takeRecords } from './ledger/register-actions.ts'
import { takeScenarioChange, takeScenarioList } from './scheme/scenario-actions.ts'

/** Wires what the host says unasked to the actions. @returns the means to stop. */
export function followHost(client: Client): () => void {
  onDurable(id => {
    if (id === scenarioStore.getState().activeId) scheduleSchemeCheck()
  })
  const stops = [
    client.on('project.changed', info => {
      if (!projectStore.getState().info) return
      projectStore.setState({ info })
      takeScenarioList(info.scenarios.map(({ id }) => id))
    }),
    client.on('register.changed', takeRecords),
    client.on('twin.changed', changed => void reloadTwin(changed)),
    client.on('scenario.changed', takeScenarioChange),
    client.on('check.found', takePartialFindings),
    client.on('project.trouble', ({ code }) => projectStore.setState({ trouble: code })),
    client.on('app.command', ({ action, ticket }) => {
      if (action === 'file.open' && ticket !== null) void openTicket(ticket)
      else runAction(action)
    }),
    client.onState(followConnection()),
  ]
  return () => stops.forEach(stop => stop())
}

/** While the connection is down nothing can be stored, and the interface says so; when it is back, all is read again. */
function followConnection(): (state: 'open' | 'closed') => void {
  let wasLost = false
  return state => {
    if (state === 'closed') {
      wasLost = true
      projectStore.setState({ trouble: 'host_gone' })
    } else if (wasLost) {
      wasLost = false
      projectStore.setState({ trouble: null })
      void showCurrentProject()
    }
  }
}
