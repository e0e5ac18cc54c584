/**
 * An app action: everything a menu, a button, a key or the command palette can start, once.
 * Ids are those of the desktop menu (`file.open`, `edit.undo`, `view.fit` …).
 */
export interface AppAction {
  readonly id: string
  /** Catalogue key of the label, e.g. `app:action.file.open`. */
  readonly labelKey: string
  /** `Mod` is Ctrl, or Command on a Mac: `Mod+Shift+S`. */
  readonly shortcut?: string
  /** Group in the palette and menus. */
  readonly group: 'file' | 'edit' | 'view' | 'tools' | 'check' | 'help'
  isEnabled(): boolean
  run(): void | Promise<void>
}
