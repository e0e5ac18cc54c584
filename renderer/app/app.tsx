import { lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import { learnAll } from '../i18n/setup.ts'
import { Banners } from '../panels/banners.tsx'
import { StatusBar } from '../panels/status-bar.tsx'
import { Toasts } from '../panels/toasts.tsx'
import { Toolbar } from '../panels/toolbar.tsx'
import { meetingStore } from '../state/app/meeting-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { Dock } from './dock.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { SecondWindows } from './second-windows.tsx'
import { StartScreen } from './start-screen.tsx'

// Read when they are first wanted: the first picture does not wait for them.
const Dialogs = lazy(async () => {
  const [{ Dialogs: content }] = await Promise.all([import('./dialogs.tsx'), learnAll()])
  return { default: content }
})
const MeetingRoom = lazy(async () => ({ default: (await import('../meeting/meeting-room.tsx')).MeetingRoom }))

interface AppProps {
  /** The dock layout as it was left; null for the usual one. */
  readonly layout: string | null
}

export function App({ layout }: AppProps) {
  const hasProject = useStore(projectStore, state => state.columns !== null)
  const isArriving = useStore(projectStore, state => state.status === 'arriving')
  const hasDialog = useStore(sessionStore, state => state.dialog !== null)
  const isMeeting = useStore(meetingStore, state => state.meeting !== null)
  // In a meeting nothing is on the screen but what is talked about.
  if (hasProject && isMeeting) return <div className="app"><ErrorBoundary scope="panel"><Suspense><MeetingRoom /></Suspense></ErrorBoundary><Toasts /><SecondWindows /></div>
  return (
    <div className="app">
      <header><Toolbar /><Banners /></header>
      <main className="app__desk">
        {(hasProject || isArriving) && <Dock layout={layout} />}
        {!hasProject && <StartScreen />}
      </main>
      <StatusBar />
      <Toasts />
      {hasDialog && <Suspense><Dialogs /></Suspense>}
      <SecondWindows />
    </div>
  )
}
