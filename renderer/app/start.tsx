import { Tooltip } from 'radix-ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Client } from '#shared/contract/client.ts'
import { followHost } from '../actions/host-events.ts'
import { setHost } from '../actions/host.ts'
import { learnHost } from '../actions/host-actions.ts'
import { openSample, showCurrentProject } from '../actions/files/project-actions.ts'
import { browserLanguage } from '../i18n/language.ts'
import { setUpTexts, speak } from '../i18n/setup.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { viewStore } from '../state/view/view-store.ts'
import { App } from './app.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { HostMissing } from './host-missing.tsx'
import { followKeys } from './key-bindings.ts'
import { followTitle } from './page-title.ts'
import { followTheme } from './theme.ts'
import './styles/fonts.css'
import './styles/dock.css'

/** Composition root: texts, host, preferences, keys; then the picture; then the project that is or was open. */
export async function start(connection: Promise<Client>): Promise<void> {
  const root = createRoot(document.getElementById('root')!)
  const language = browserLanguage(navigator.languages)
  viewStore.setState({ language })
  await setUpTexts(language)
  followTheme()
  followTitle()
  const client = await sayingIfLate(connection, () => root.render(<HostMissing />))
  setHost(client)
  followHost(client)
  const preferences = await learnHost()
  if (preferences) {
    const { language: chosen, theme, colours, shade } = preferences
    viewStore.setState({ theme, colours, shade, ...(chosen && { language: chosen }) })
    if (chosen && chosen !== language) await speak(chosen)
  }
  followKeys()
  root.render(
    <StrictMode>
      <ErrorBoundary scope="app">
        <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
          <App layout={preferences?.layout ?? null} />
        </Tooltip.Provider>
      </ErrorBoundary>
    </StrictMode>,
  )
  // The desktop may have asked for a file already: then that is what opens.
  if (projectStore.getState().status === 'none' && !(await showCurrentProject())) await openSample()
}

/** Ticks without an answer after which the host is called missing. Ticks, not a time: while graphics start up on a slow machine the page hears nothing at all. */
const LATE_TICKS = 10
const TICK_MS = 500

async function sayingIfLate<T>(answer: Promise<T>, say: () => void): Promise<T> {
  let ticks = 0
  const timer = setInterval(() => ++ticks === LATE_TICKS && say(), TICK_MS)
  return answer.finally(() => clearInterval(timer))
}
