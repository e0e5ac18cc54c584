import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Preferences } from '#main/services/host/preferences.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

const DEFAULTS = { language: null, theme: 'system', colours: 'standard', shade: 'auto', layout: null }

describe('preferences', () => {
  it('start as the defaults and keep what is set, over a restart too', () => {
    const folder = temporaryFolder()
    const preferences = new Preferences(join(folder, 'made', 'when needed'))
    expect(preferences.get()).toEqual(DEFAULTS)
    preferences.set({ theme: 'dark' })
    preferences.set({ language: 'zh-CN' })
    expect(new Preferences(join(folder, 'made', 'when needed')).get()).toEqual({ ...DEFAULTS, theme: 'dark', language: 'zh-CN' })
    expect(readdirSync(join(folder, 'made', 'when needed'))).toEqual(['preferences.json'])
  })

  it.each(['', '{', 'null', '[]', '{"theme":"pink"}', '{"extra":1}', '7'])('fall back to the defaults where the file holds %j', text => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'preferences.json'), text)
    expect(new Preferences(folder).get()).toEqual(DEFAULTS)
  })

  it('take over what a file of an earlier version has', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'preferences.json'), '{"theme":"light"}')
    expect(new Preferences(folder).get()).toEqual({ ...DEFAULTS, theme: 'light' })
  })

  it('tell who listens', () => {
    const preferences = new Preferences(temporaryFolder())
    const seen: unknown[] = []
    preferences.onChange(values => seen.push(values.language))
    preferences.set({ language: 'en' })
    expect(seen).toEqual(['en'])
  })
})
