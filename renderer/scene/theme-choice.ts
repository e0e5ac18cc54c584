import { useSyncExternalStore } from 'react'
import { viewStore } from '#renderer/state/view/view-store.ts'
import type { ThemeName } from './scene-colours.ts'

const system = () => window.matchMedia('(prefers-color-scheme: dark)')

function subscribe(changed: () => void): () => void {
  const media = system()
  media.addEventListener('change', changed)
  const stop = viewStore.subscribe(changed)
  return () => {
    media.removeEventListener('change', changed)
    stop()
  }
}

const current = (): ThemeName => {
  const { theme } = viewStore.getState()
  return theme === 'system' ? (system().matches ? 'dark' : 'light') : theme
}

/** The theme shown now, the system's choice resolved. */
export const useThemeName = (): ThemeName => useSyncExternalStore(subscribe, current)
