import { Tooltip } from 'radix-ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Client } from '#shared/contract/client.ts'
import { followHost } from '../actions/host-events.ts'
import { setHost } from '../actions/host.ts'
import { learnHost } from '../actions/host-actions.ts'
import { openSample, showCurrentProject } from '../actions/project-actions.ts'
import { browserLanguage } from '../i18n/language.ts'
import { setUpTexts, speak } from '../i18n/setup.ts'
import { projectStore } from '../state/project-store.ts'
import { viewStore } from '../state/view-store.ts'
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
  try {
    const client = await connection
    setHost(client)
    followHost(client)
  } catch {
    root.render(<HostMissing />)
    return
  }
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
