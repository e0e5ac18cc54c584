import { describe, expect, it } from 'vitest'
import { appActions } from '#renderer/actions/app-actions.ts'
import { shortcutOf } from '#renderer/app/key-bindings.ts'
import { parseFigure, rangeText } from '#renderer/ui/fields.tsx'

describe('a typed figure', () => {
  it.each([['1.25', 1.25], ['1,25', 1.25], [' \u22120.5 ', -0.5], ['1 204.5', 1204.5], ['', null], ['abc', null], ['1.2.3', null], ['Infinity', null], ['1e3', 1000]])('%j is read as %s', (text, value) => {
    expect(parseFigure(text)).toBe(value)
  })

  it.each([[0.1, 300, '0.1 … 300'], [-3, Infinity, '≥ −3'], [-Infinity, 0.1 + 0.2, '≤ 0.3']])('from %d to %d is told as %s', (min, max, text) => {
    expect(rangeText(min, max)).toBe(text)
  })
})

describe('a key press', () => {
  const press = (key: string, mods: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
    ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...mods })

  it.each([
    [press('s', { ctrlKey: true }), false, 'Mod+S'], [press('s', { metaKey: true }), true, 'Mod+S'], [press('S', { ctrlKey: true, shiftKey: true }), false, 'Mod+Shift+S'],
    [press('?', { shiftKey: true }), false, '?'], [press('Backspace'), false, 'Delete'], [press('f'), false, 'F'], [press('N', { shiftKey: true }), false, 'Shift+N'],
  ])('%j reads as its shortcut', (event, isMac, shortcut) => {
    expect(shortcutOf(event, isMac)).toBe(shortcut)
  })
})

it('no two actions have the same id or the same key', () => {
  const shortcuts = appActions.flatMap(action => action.shortcut ?? [])
  expect(new Set(shortcuts).size).toBe(shortcuts.length)
  expect(new Set(appActions.map(action => action.id)).size).toBe(appActions.length)
})
