import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FilePicker } from '#main/services/files/file-picker.ts'
import { Tickets } from '#main/services/files/tickets.ts'
import { createWorkspacePicker } from '#main/services/files/workspace-picker.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

function workspace(): { folder: string; outside: string; tickets: Tickets; picker: FilePicker } {
  const top = temporaryFolder()
  const folder = join(top, 'work')
  const outside = join(top, 'outside')
  mkdirSync(join(folder, '第2期'), { recursive: true })
  mkdirSync(join(folder, '第10期'))
  mkdirSync(outside)
  for (const name of ['b.gpkg', 'a.gpkg', 'net.geojson', '.hidden.gpkg', 'notes.txt']) writeFileSync(join(folder, name), name)
  writeFileSync(join(outside, 'secret.gpkg'), 'x')
  const tickets = new Tickets()
  return { folder, outside, tickets, picker: createWorkspacePicker([folder], tickets) }
}

describe('the picker of a workspace', () => {
  it('lists folders, then the files of the purpose, as people number things', async () => {
    const { picker } = workspace()
    const page = await picker.browse(null, 'open_project')
    expect(page.folder.name).toBe('work')
    expect(page.parent).toBeNull()
    expect(page.entries.map(entry => entry.name)).toEqual(['第2期', '第10期', 'a.gpkg', 'b.gpkg'])
    expect((await picker.browse(null, 'import')).entries.map(entry => entry.name)).toEqual(['第2期', '第10期', 'a.gpkg', 'b.gpkg', 'net.geojson'])
  })

  it('gives tickets that open the file for that purpose', async () => {
    const { picker, tickets, folder } = workspace()
    const entry = (await picker.browse(null, 'open_project')).entries.find(candidate => candidate.name === 'a.gpkg')!
    expect(tickets.resolve(entry.ticket, 'open_project')).toBe(join(folder, 'a.gpkg'))
    expect(() => tickets.resolve(entry.ticket, 'import')).toThrow('file_gone')
  })

  it('goes into a folder and back, but not above the workspace', async () => {
    const { picker } = workspace()
    const top = await picker.browse(null, 'import')
    const inner = await picker.browse(top.entries[0]!.ticket, 'import')
    expect(inner.folder.name).toBe('第2期')
    expect((await picker.browse(inner.parent, 'import')).folder.name).toBe('work')
  })

  it('makes the workspace when it is first looked at', async () => {
    const folder = join(temporaryFolder(), 'Documents', 'Underplan')
    const picker = createWorkspacePicker([folder], new Tickets())
    expect((await picker.browse(null, 'open_project')).entries).toEqual([])
  })

  it('lists several workspaces on a page of their own', async () => {
    const [a, b] = [temporaryFolder(), temporaryFolder()]
    const picker = createWorkspacePicker([a, b], new Tickets())
    const top = await picker.browse(null, 'import')
    expect(top.entries.map(entry => entry.name)).toEqual([a, b])
    const inner = await picker.browse(top.entries[1]!.ticket, 'import')
    expect((await picker.browse(inner.parent, 'import')).entries).toHaveLength(2)
  })

  it.skipIf(process.platform === 'win32')('does not follow links out of the workspace', async () => {
    const { picker, folder, outside, tickets } = workspace()
    symlinkSync(outside, join(folder, 'way-out'))
    symlinkSync(join(outside, 'secret.gpkg'), join(folder, 'link.gpkg'))
    symlinkSync(join(folder, '第2期'), join(folder, 'inside'))
    const names = (await picker.browse(null, 'open_project')).entries.map(entry => entry.name)
    expect(names).toContain('inside')
    expect(names).not.toContain('way-out')
    expect(names).not.toContain('link.gpkg')
    // Even with a ticket from before the link was put there.
    const later = tickets.issue(join(folder, 'way-out'), 'folder')
    await expect(picker.browse(later, 'open_project')).rejects.toThrow('file_gone')
    expect(() => picker.nameIn(later, 'x.gpkg')).toThrow('file_gone')
    const top = (await picker.browse(null, 'save_project')).folder.ticket
    expect(() => picker.nameIn(top, 'link.gpkg')).toThrow('bad_name')
  })

  it('says that a folder is gone', async () => {
    const { picker, folder } = workspace()
    const inner = (await picker.browse(null, 'import')).entries[0]!
    rmSync(join(folder, '第2期'), { recursive: true })
    await expect(picker.browse(inner.ticket, 'import')).rejects.toThrow('file_gone')
  })

  it('names a file to be written, adds the extension and says whether it is there', async () => {
    const { picker, tickets, folder } = workspace()
    const { ticket } = (await picker.browse(null, 'save_project')).folder
    const fresh = picker.nameIn(ticket, '嘉陵江 方案')
    expect(fresh).toMatchObject({ exists: false, file: { name: '嘉陵江 方案.gpkg' } })
    expect(tickets.resolve(fresh.file.ticket, 'save_project')).toBe(join(folder, '嘉陵江 方案.gpkg'))
    expect(picker.nameIn(ticket, 'a.gpkg').exists).toBe(true)
  })

  it.each(['..', '../x', 'a/b', 'a\\b', 'C:x', 'a\u0000b', 'con', 'LPT1.gpkg', 'x.', ' ', '名'.repeat(90)])('refuses the name %j', async name => {
    const { picker } = workspace()
    const { ticket } = (await picker.browse(null, 'save_project')).folder
    expect(() => picker.nameIn(ticket, name)).toThrow('bad_name')
  })
})
