import { useStore } from 'zustand'
import { Banners } from '../panels/banners.tsx'
import { StatusBar } from '../panels/status-bar.tsx'
import { Toasts } from '../panels/toasts.tsx'
import { Toolbar } from '../panels/toolbar.tsx'
import { MeetingRoom } from '../meeting/meeting-room.tsx'
import { meetingStore } from '../state/meeting-store.ts'
import { projectStore } from '../state/project-store.ts'
import { Dialogs } from './dialogs.tsx'
import { Dock } from './dock.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { SecondWindows } from './second-windows.tsx'
import { StartScreen } from './start-screen.tsx'

interface AppProps {
  /** The dock layout as it was left; null for the usual one. */
  readonly layout: string | null
}

export function App({ layout }: AppProps) {
  const hasProject = useStore(projectStore, state => state.columns !== null)
  const isArriving = useStore(projectStore, state => state.status === 'arriving')
  const isMeeting = useStore(meetingStore, state => state.meeting !== null)
  // In a meeting nothing is on the screen but what is talked about.
  if (hasProject && isMeeting) return <div className="app"><ErrorBoundary scope="panel"><MeetingRoom /></ErrorBoundary><Toasts /><SecondWindows /></div>
  return (
    <div className="app">
      <header><Toolbar /><Banners /></header>
      <main className="app__desk">
        {(hasProject || isArriving) && <Dock layout={layout} />}
        {!hasProject && <StartScreen />}
      </main>
      <StatusBar />
      <Toasts />
      <Dialogs />
      <SecondWindows />
    </div>
  )
}
