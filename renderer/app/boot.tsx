import { Tooltip } from 'radix-ui'
import { StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { followHost } from '../actions/host-events.ts'
import { setHost } from '../actions/host.ts'
import { learnHost } from '../actions/host-actions.ts'
import { openSample, showCurrentProject } from '../actions/project-actions.ts'
import { connectHost } from '../host/connect.ts'
import { browserLanguage } from '../i18n/language.ts'
import { setUpTexts, speak } from '../i18n/setup.ts'
import { graphicsSupport } from '../scene/graphics-support.ts'
import { projectStore } from '../state/project-store.ts'
import { viewStore } from '../state/view-store.ts'
import { App } from './app.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { HostMissing } from './host-missing.tsx'
import { followKeys } from './key-bindings.ts'
import { followTitle } from './page-title.ts'
import { followTheme } from './theme.ts'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/dock.css'

/** Composition root: texts, host, preferences, keys; then the picture; then the project that is or was open. */
async function boot(root: Root): Promise<void> {
  const language = browserLanguage(navigator.languages)
  viewStore.setState({ language })
  await setUpTexts(language)
  followTheme()
  followTitle()
  try {
    const client = await connectHost()
    setHost(client)
    followHost(client)
  } catch {
    root.render(<HostMissing />)
    return
  }
  const preferences = await learnHost()
  if (preferences) {
    const { language: chosen, theme, colours } = preferences
    viewStore.setState({ theme, colours, ...(chosen && { language: chosen }) })
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
  // The graphics start up while the host is still reading.
  setTimeout(graphicsSupport)
  // The desktop may have asked for a file already: then that is what opens.
  if (projectStore.getState().status === 'none' && !(await showCurrentProject())) await openSample()
}

void boot(createRoot(document.getElementById('root')!))
