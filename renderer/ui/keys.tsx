const IS_MAC = typeof navigator !== 'undefined' && /Mac/i.test(navigator.platform)

const SYMBOLS: Readonly<Record<string, string>> = IS_MAC
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Delete: '⌫', Escape: 'esc', Enter: '↩' }
  : { Mod: 'Ctrl', Escape: 'Esc', Delete: 'Del' }

/** A shortcut as the keyboard prints it: `Mod+Shift+S` → Ctrl Shift S, or ⌘ ⇧ S on a Mac. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className="keys">
      {shortcut.split('+').map(key => <kbd key={key}>{SYMBOLS[key] ?? key}</kbd>)}
    </span>
  )
}
