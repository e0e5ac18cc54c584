import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RecentFiles } from '#main/services/files/recent-files.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

describe('recent files', () => {
  it('lists the newest first, each once, and says which are missing', () => {
    const folder = temporaryFolder()
    const there = join(folder, '城市.gpkg')
    writeFileSync(there, '')
    const recent = new RecentFiles(folder)
    for (const path of [there, join(folder, 'gone.gpkg'), there]) recent.note(path)
    expect(recent.list().map(({ path, missing }) => [path, missing])).toEqual([[there, false], [join(folder, 'gone.gpkg'), true]])
  })
  it('makes its folder when first needed and keeps twenty entries', () => {
    const folder = join(temporaryFolder(), 'new', 'data')
    const recent = new RecentFiles(folder)
    for (let i = 0; i < 25; i++) recent.note(`/x/${i}.gpkg`)
    expect(recent.list()).toHaveLength(20)
    expect(recent.list()[0]?.path).toBe('/x/24.gpkg')
  })
  it.each(['', '{', '{"a":1}', 'null', '[1,null,{"path":3}]'])('takes a spoilt list (%s) for an empty one', text => {
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'recent.json'), text)
    expect(new RecentFiles(folder).list()).toEqual([])
    new RecentFiles(folder).note('/a.gpkg')
    expect(JSON.parse(readFileSync(join(folder, 'recent.json'), 'utf8'))).toHaveLength(1)
  })
  it('leaves out single entries that are spoilt', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'recent.json'), JSON.stringify([{ path: 7 }, { path: '/a.gpkg', openedAt: '2026-01-01T00:00:00Z' }]))
    expect(new RecentFiles(folder).list().map(entry => entry.path)).toEqual(['/a.gpkg'])
  })
})
