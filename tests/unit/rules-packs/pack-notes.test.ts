import { describe, expect, it } from 'vitest'
import { shippedPacks } from '#main/services/rule-packs.ts'
import { combineRulePacks } from '#shared/rules/combine-packs.ts'
import { noteWords } from '#shared/rules/rule-pack.ts'

/** Every note of a pack's cells, wherever it stands. */
function notesOf(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, child] of Object.entries(value)) {
    if (key === 'note' && typeof child === 'string') found.add(child)
    else notesOf(child, found)
  }
  return found
}

describe('notes of cells', () => {
  it.each(shippedPacks().map(({ pack }) => [pack.id, pack] as const))('of %s are Chinese to who reads Chinese, and as the file has them to others', (_, pack) => {
    for (const note of notesOf(pack)) {
      expect(noteWords(pack, note, 'en')).toBe(note)
      // A bare figure ("900 mm") needs no words.
      if (/[a-z]{3}/i.test(note.replace(/\b(GB|CJJ|mm|kV)\b/g, ''))) expect(noteWords(pack, note, 'zh-CN'), note).toMatch(/\p{Script=Han}/u)
    }
    const known = Object.keys(pack.translations?.['zh-CN'] ?? {})
    expect(known.filter(note => !notesOf(pack).has(note)), 'words for a note that is not there').toEqual([])
  })

  it('of combined packs keep their words; a note somebody wrote stays as written', () => {
    const [gb, gas] = ['gb50289-2016', 'gb50028-2006'].map(id => shippedPacks().find(({ pack }) => pack.id === id)!.pack)
    const combined = combineRulePacks([gb!, gas!])
    if (!combined.ok) throw new Error('cannot be combined')
    expect(noteWords(combined.value, 'pole base', 'zh-CN')).toBe('至杆（塔）基础')
    expect(noteWords(combined.value, 'measured to the foundation', 'zh-CN')).toBe('量至基础')
    for (const own of ['seen in print', 'constructor', '__proto__']) expect(noteWords(combined.value, own, 'zh-CN')).toBe(own)
  })
})
