import { describe, expect, it } from 'vitest'
import { freeLineName } from '#shared/review/merge-schemes.ts'

describe('the name of a line made from another', () => {
  const name = (wanted: string, ...taken: string[]) => freeLineName(wanted, new Set(taken))
  it('is the one wanted where it is free, or counted on', () => {
    expect(name('Main')).toBe('Main')
    expect(name('Main', 'Main')).toBe('Main (2)')
    expect(name('Main', 'Main', 'Main (2)', 'Main (4)')).toBe('Main (3)')
  })
  it('counts on from the stem, whichever part is split again', () => {
    expect(name('Main (2)', 'Main', 'Main (2)')).toBe('Main (3)')
    expect(name('给水 1 副本', '给水 1 副本')).toBe('给水 1 副本 (2)')
  })
})
