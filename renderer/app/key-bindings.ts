import { appActions } from '../actions/app-actions.ts'
import { sessionStore } from '../state/app/session-store.ts'

const IS_MAC = /Mac/i.test(navigator.platform)

/** A key press as shortcuts are written: `Mod+Shift+Z`, `Delete`, `F`, `?`. */
export function shortcutOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>, isMac = IS_MAC): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key === 'Backspace' ? 'Delete' : event.key
  const isSymbol = event.key.length === 1 && event.key.toUpperCase() === event.key.toLowerCase()
  return [
    (isMac ? event.metaKey : event.ctrlKey) && 'Mod',
    event.altKey && 'Alt',
    // `?` already is the shifted key.
    event.shiftKey && !isSymbol && 'Shift',
    key,
  ].filter(part => part !== false).join('+')
}

/** Second keys: for what the platforms press differently, and for stepping as lists are stepped through elsewhere. */
const ALSO: Readonly<Record<string, string>> = { 'Mod+Y': 'Mod+Shift+Z', J: 'N', K: 'Shift+N' }

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Runs actions by key. While typing or in a dialog only those with Mod and no clash with editing text do. @returns the means to stop. */
export function followKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat && event.key === 'Escape') return
    const pressed = shortcutOf(event)
    const shortcut = ALSO[pressed] ?? pressed
    const action = appActions.find(candidate => candidate.shortcut === shortcut)
    if (!action || sessionStore.getState().dialog !== null) return
    const isText = isTyping(event.target)
    if (isText && (!shortcut.startsWith('Mod') || /Z$/.test(shortcut))) return
    // The browser's own Ctrl+S or Ctrl+O helps nobody here, not even while ours has nothing to do.
    if (shortcut.startsWith('Mod') || action.isEnabled()) event.preventDefault()
    if (action.isEnabled()) void action.run()
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}
