import { speak } from '../../i18n/setup.ts'
import { viewStore, type ViewState } from '../../state/view/view-store.ts'
import { ask } from '../host.ts'

/** What the user chose about the interface itself: applied at once, kept by the host. */

export function setLanguage(language: ViewState['language']): void {
  viewStore.setState({ language })
  void speak(language)
  void ask('preferences.set', { language })
}

export function setTheme(theme: ViewState['theme']): void {
  viewStore.setState({ theme })
  void ask('preferences.set', { theme })
}

export function setColours(colours: ViewState['colours']): void {
  viewStore.setState({ colours })
  void ask('preferences.set', { colours })
}

export function setShade(shade: ViewState['shade']): void {
  viewStore.setState({ shade })
  void ask('preferences.set', { shade })
}

export const toggleLanguage = (): void => setLanguage(viewStore.getState().language === 'en' ? 'zh-CN' : 'en')

/** Dark or light, whichever is not on now; `system` counts as what the system shows. */
export const toggleTheme = (): void => setTheme(isDark(viewStore.getState().theme) ? 'light' : 'dark')

export const isDark = (theme: ViewState['theme']): boolean =>
  theme === 'system' ? globalThis.matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
