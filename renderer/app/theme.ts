import { isDark } from '../actions/viewing/preference-actions.ts'
import { viewStore } from '../state/view/view-store.ts'

/** Keeps the page in the chosen theme, the system's included. @returns the means to stop. */
export function followTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    document.documentElement.dataset['theme'] = isDark(viewStore.getState().theme) ? 'dark' : 'light'
  }
  apply()
  system.addEventListener('change', apply)
  const stop = viewStore.subscribe(apply)
  return () => {
    system.removeEventListener('change', apply)
    stop()
  }
}
