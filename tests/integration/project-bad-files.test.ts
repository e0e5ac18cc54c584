import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, vi } from 'vitest'
import { Database } from '#main/services/project/database.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { FORMAT_VERSION } from '#shared/project-format/layout.ts'
import { aProposal, anImportEntry, created, importedRecords, opened } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

async function closedProject(folder = temporaryFolder(), name = 'city.gpkg'): Promise<string> {
  const project = await created(join(folder, name))
  await project.close()
  return project.path
}

const opening = (path: string) => ProjectFile.open(path).then(async ({ project }) => {
  await project.close()
  return 'opened'
}, (cause: unknown) => cause)

describe('a file that is no project', () => {
  it.each([
    ['text', 'hello', 'not_sqlite'], ['empty', '', 'empty'], ['one byte', 'S', 'not_sqlite'], ['JSON', '{"type":"FeatureCollection"}', 'not_sqlite'],
  ])('%s is refused with the reason, untouched', async (_, content, reason) => {
    const path = join(temporaryFolder(), 'a.gpkg')
    writeFileSync(path, content)
    expect(await opening(path)).toMatchObject({ code: content === 'S' ? 'corrupt' : 'not_a_project', details: { name: 'a.gpkg', ...(content !== 'S' && { reason }) } })
    expect(readFileSync(path, 'utf8')).toBe(content)
    expect(readdirSync(dirname(path))).toEqual(['a.gpkg'])
  })
  it('a folder', async () => {
    expect(await opening(temporaryFolder())).toMatchObject({ code: 'not_a_project', details: { reason: 'not_a_file' } })
  })
  it('nothing there', async () => {
    expect(await opening(join(temporaryFolder(), 'none.gpkg'))).toMatchObject({ code: 'file_gone', details: { name: 'none.gpkg' } })
    expect(await opening(join(temporaryFolder(), 'no', 'folder', 'none.gpkg'))).toMatchObject({ code: 'file_gone' })
  })
  it('another SQLite database', async () => {
    const path = join(temporaryFolder(), 'other.gpkg')
    new DatabaseSync(path).exec('CREATE TABLE assets (a)')
    expect(await opening(path)).toMatchObject({ code: 'not_a_project', details: { reason: 'no_project_tables' } })
  })
  it('random bytes behind SQLite\'s first line', async () => {
    const path = join(temporaryFolder(), 'a.gpkg')
    writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0', 'latin1'), Buffer.alloc(5000, 0xa5)]))
    expect(['not_a_project', 'corrupt']).toContain(((await opening(path)) as { code: string }).code)
  })
})

describe('a project from a newer version', () => {
  it('is refused with both versions, untouched', async () => {
    const path = await closedProject()
    new DatabaseSync(path).exec(`UPDATE underplan_format SET version = ${FORMAT_VERSION + 1}`)
    const before = readFileSync(path)
    expect(await opening(path)).toMatchObject({ code: 'newer_format', details: { found: FORMAT_VERSION + 1, supported: FORMAT_VERSION } })
    expect(readFileSync(path).equals(before)).toBe(true)
  })
  it('that only adds to this format opens for reading', async () => {
    const path = await closedProject()
    new DatabaseSync(path).exec('UPDATE underplan_format SET minor = 99')
    const { project } = await opened(path)
    expect(project.info()).toMatchObject({ readOnly: 'newer_minor', assetCount: 3 })
    await expect(project.createScenario('A')).rejects.toMatchObject({ code: 'read_only', details: { reason: 'newer_minor' } })
  })
})

describe('a damaged project', () => {
  it('cut off at any tenth of its length is refused as cut off, untouched', async () => {
    const path = await closedProject()
    const whole = statSync(path).size
    for (let tenth = 1; tenth < 10; tenth++) {
      const cut = join(temporaryFolder(), 'cut.gpkg')
      copyFileSync(path, cut)
      truncateSync(cut, Math.floor((whole * tenth) / 10))
      expect(await opening(cut)).toMatchObject({ code: 'corrupt', details: { name: 'cut.gpkg', reason: 'truncated' } })
      expect(readdirSync(dirname(cut))).toEqual(['cut.gpkg'])
    }
    for (const bytes of [1, 50, 99, 100, whole - 1]) {
      const cut = join(temporaryFolder(), 'cut.gpkg')
      copyFileSync(path, cut)
      truncateSync(cut, bytes)
      expect(await opening(cut)).toMatchObject({ code: 'corrupt' })
    }
  })
  it('with pages overwritten answers corrupt or opens with all its data, never anything else', async () => {
    const path = await closedProject()
    const whole = readFileSync(path)
    for (let page = 1; page * 4096 < whole.length; page += 3) {
      const damaged = join(temporaryFolder(), 'damaged.gpkg')
      writeFileSync(damaged, Buffer.from(whole).fill(0x5a, page * 4096, (page + 1) * 4096))
      const outcome = await opening(damaged)
      expect(outcome === 'opened' || (outcome as { code?: string }).code === 'corrupt').toBe(true)
    }
  })
  it('whose scenario does not read as one is refused', async () => {
    const project = await created(join(temporaryFolder(), 'a.gpkg'))
    await project.createScenario('A')
    await project.close()
    new DatabaseSync(project.path).exec('UPDATE scenarios SET document_json = \'{"id":1}\'')
    expect(await opening(project.path)).toMatchObject({ code: 'corrupt', details: { reason: 'scenario' } })
  })
})

describe('names', () => {
  it('with Chinese, spaces, quotes, percent and question marks work throughout', async () => {
    const folder = join(temporaryFolder(), "重庆 市 100% #1 d'été?")
    mkdirSync(folder)
    const path = await closedProject(folder, '地下 管线 50% ?a=1.gpkg')
    const { project } = await opened(path)
    await project.createScenario('方案一')
    const { project: copy } = await project.saveAs(join(folder, '另存 为.gpkg'))
    expect(copy.info()).toMatchObject({ name: '另存 为.gpkg', readOnly: null, scenarios: [{ name: '方案一' }] })
    await copy.close()
    expect(readdirSync(folder).sort()).toEqual(['另存 为.gpkg', '地下 管线 50% ?a=1.gpkg'].sort())
  })
  it('with a path of 250 characters work throughout', async () => {
    const root = temporaryFolder()
    const folder = join(root, 'x'.repeat(100), 'y'.repeat(240 - root.length - 102))
    mkdirSync(folder, { recursive: true })
    const path = await closedProject(folder, 'abcd.gpkg')
    expect(path.length).toBe(250)
    const { project } = await opened(path)
    expect((await project.createScenario('A')).revision).toBe(0)
  })
  it('of 247 bytes work, longer ones are refused before anything is written', async () => {
    const folder = temporaryFolder()
    const { project } = await opened(await closedProject(folder, `${'管'.repeat(80)}ab.gpkg`))
    await project.createScenario('A')
    await project.close()
    await expect(ProjectFile.create(join(folder, `${'n'.repeat(243)}.gpkg`))).rejects.toMatchObject({ code: 'bad_name' })
    expect(readdirSync(folder)).toHaveLength(1)
  })
})

describe('creating a project', () => {
  it('never overwrites unasked and leaves no draft behind', async () => {
    const folder = temporaryFolder()
    const path = await closedProject(folder)
    const before = readFileSync(path)
    await expect(ProjectFile.create(path)).rejects.toMatchObject({ code: 'already_exists' })
    await expect(ProjectFile.create(join(folder, 'none', 'a.gpkg'))).rejects.toMatchObject({ code: 'file_gone' })
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(['city.gpkg'])
  })
  it('replaces a file with its crashed log when asked to, and the log does not leak into the new one', async () => {
    const folder = temporaryFolder()
    const victim = await created(join(folder, 'a.gpkg'))
    await victim.createScenario('old')
    // As a kill would leave it: the log is beside the file.
    copyFileSync(`${victim.path}-wal`, join(folder, 'wal'))
    await victim.close()
    renameSync(join(folder, 'wal'), `${victim.path}-wal`)
    const project = await created(victim.path, { overwrite: true })
    expect(project.scenarios()).toEqual([])
  })
})

describe('while a project is open', () => {
  it('a full disk refuses the edit, keeps what was acknowledged and works again once there is room', async () => {
    const project = await created(join(temporaryFolder(), 'a.gpkg'))
    const { document: { id } } = await project.createScenario('A')
    await project.execute(id, 0, { op: 'proposal.add', proposal: aProposal('X') })
    const connections: Database[] = []
    const begin = vi.spyOn(Database.prototype, 'begin').mockImplementation(function (this: Database) {
      connections.push(this)
      this.exec('BEGIN IMMEDIATE')
    })
    await project.execute(id, 1, { op: 'proposal.add', proposal: aProposal('Y') })
    begin.mockRestore()
    const db = connections[0]!
    const pages = Number(db.get('PRAGMA page_count')?.['page_count'])
    db.exec(`PRAGMA max_page_count = ${pages}`)
    const long = Array.from({ length: 5000 }, (_, i): [number, number, number] => [430_000 + i, 4_581_000, 30])
    await expect(project.execute(id, 2, { op: 'proposal.add', proposal: { ...aProposal('Z'), axis: long } })).rejects.toMatchObject({ code: 'disk_full' })
    await expect(project.addRecords(importedRecords({ assets: Array.from({ length: 500 }, (_, i) => anAsset({ id: `n${i}`, axis: long.slice(0, 50) })) }), anImportEntry())).rejects.toMatchObject({ code: 'disk_full' })
    expect(project.scenarioState(id).revision).toBe(2)
    expect(project.info().assetCount).toBe(3)
    db.exec('PRAGMA max_page_count = 1073741823')
    await project.execute(id, 2, { op: 'proposal.add', proposal: { ...aProposal('Z'), axis: long } })
    await project.close()
    const { project: again } = await opened(project.path)
    expect(Object.keys(again.scenarioDocument(id).proposals)).toEqual(['X', 'Y', 'Z'])
    expect(again.info().assetCount).toBe(3)
  })

  it.each(['deleted', 'renamed', 'replaced'])('a file that is %s acknowledges nothing more, and Save As rescues what is open', async how => {
    const folder = temporaryFolder()
    const project = await created(join(folder, 'a.gpkg'))
    const { document: { id } } = await project.createScenario('A')
    await project.execute(id, 0, { op: 'proposal.add', proposal: aProposal('X') })
    if (how === 'deleted') rmSync(project.path)
    else renameSync(project.path, join(folder, 'moved.gpkg'))
    if (how === 'replaced') writeFileSync(project.path, 'somebody else\'s file')
    await expect(project.execute(id, 1, { op: 'proposal.add', proposal: aProposal('Y') })).rejects.toMatchObject({ code: 'file_gone' })
    await expect(project.save('s')).rejects.toMatchObject({ code: 'file_gone' })
    expect(project.scenarioState(id).revision).toBe(1)
    const target = how === 'replaced' ? join(folder, 'rescued.gpkg') : project.path
    const { project: rescued } = await project.saveAs(target)
    expect(rescued.info().readOnly).toBeNull()
    await rescued.execute(id, 1, { op: 'proposal.add', proposal: aProposal('Y') })
    await rescued.close()
    expect(Object.keys((await opened(target)).project.scenarioDocument(id).proposals)).toEqual(['X', 'Y'])
    if (how === 'replaced') expect(readFileSync(project.path, 'utf8')).toBe('somebody else\'s file')
  })

  it('its log deleted under it acknowledges nothing more', async () => {
    const project = await created(join(temporaryFolder(), 'a.gpkg'))
    const { document: { id } } = await project.createScenario('A')
    rmSync(`${project.path}-wal`)
    await expect(project.execute(id, 0, { op: 'proposal.add', proposal: aProposal('Y') })).rejects.toMatchObject({ code: 'file_gone' })
  })

  it('a second opener reads along with the reason, and may write once the first has closed', async () => {
    const project = await created(join(temporaryFolder(), 'a.gpkg'))
    const { document: { id } } = await project.createScenario('A')
    const { project: second } = await opened(project.path)
    expect(second.info().readOnly).toBe('open_elsewhere')
    expect(second.scenarioState(id).revision).toBe(0)
    await expect(second.execute(id, 0, { op: 'proposal.add', proposal: aProposal('Y') })).rejects.toMatchObject({ code: 'read_only', details: { reason: 'open_elsewhere' } })
    await project.execute(id, 0, { op: 'proposal.add', proposal: aProposal('X') })
    await second.close()
    await project.close()
    const third = await opened(project.path)
    expect([third.recovery, third.project.info().readOnly]).toEqual([null, null])
    expect(third.project.scenarioDocument(id).proposals).toHaveProperty('X')
  })

  it('another program writing to it at the same time does not look like a crash', async () => {
    const path = await closedProject()
    const gis = new DatabaseSync(path)
    gis.exec("PRAGMA journal_mode = WAL; CREATE TABLE of_the_gis (a); INSERT INTO of_the_gis VALUES (1)")
    const { project, recovery } = await opened(path)
    expect(recovery).toBeNull()
    await project.createScenario('A')
    gis.exec('INSERT INTO of_the_gis VALUES (2)')
    await project.close()
    gis.close()
    const again = await opened(path)
    expect([again.recovery, again.project.scenarios().length]).toEqual([null, 1])
  })

  it('a session that does not get to close the file is told of, with the edits since the last save', async () => {
    const folder = temporaryFolder()
    const project = await created(join(folder, 'a.gpkg'))
    const { document: { id } } = await project.createScenario('A')
    await project.save('s')
    await project.execute(id, 0, { op: 'proposal.add', proposal: aProposal('X') })
    await project.undo(id)
    for (const suffix of ['', '-wal']) copyFileSync(project.path + suffix, join(folder, `crashed.gpkg${suffix}`))
    const crashed = await opened(join(folder, 'crashed.gpkg'))
    expect(crashed.recovery).toEqual({ uncleanEnd: true, editsSinceSave: 2, lastEditAt: expect.stringMatching(/^\d{4}-/) as string })
    await crashed.project.close()
    const reader = await opened(join(folder, 'crashed.gpkg'), { readOnly: true })
    expect(reader.recovery).toBeNull()
  })

  it('a reader that stays does not make the next opening look like a crash', async () => {
    const project = await created(join(temporaryFolder(), 'a.gpkg'))
    await project.createScenario('A')
    const { project: reader } = await opened(project.path)
    reader.info()
    await project.close()
    await reader.close()
    expect((await opened(project.path)).recovery).toBeNull()
  })
})

/** Opens the project as a user without rights to it: root, who may do anything, becomes nobody. */
function openWithoutRights(path: string): { code?: string; readOnly?: string; proposals?: number; error?: string } {
  const program = `
    import { ProjectFile } from '#main/services/project-file.ts'
    const answer = await ProjectFile.open(process.argv[1]).then(
      async ({ project }) => {
        const edit = await project.createScenario('B').then(() => 'made', cause => cause.code)
        const info = project.info()
        await project.close()
        return { code: edit, readOnly: info.readOnly, proposals: info.scenarios[0]?.proposals ?? 0 }
      },
      cause => ({ code: cause.code, error: cause.message }))
    console.log(JSON.stringify(answer))`
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', program, path], { encoding: 'utf8', ...(process.getuid?.() === 0 && { uid: 65_534, gid: 65_534 }) })
  if (child.status !== 0) throw new Error(child.stderr)
  return JSON.parse(child.stdout) as ReturnType<typeof openWithoutRights>
}

describe.skipIf(process.platform === 'win32')('without permission', () => {
  async function withRights(fileMode: number, folderMode: number, prepare: (path: string) => Promise<void> = async () => undefined): Promise<string> {
    const path = await closedProject()
    await prepare(path)
    chmodSync(path, fileMode)
    chmodSync(dirname(path), folderMode)
    return path
  }
  it('to read, it says so', async () => {
    expect(openWithoutRights(await withRights(0o600, 0o755))).toMatchObject(process.getuid?.() === 0 ? { code: 'no_permission' } : {})
  })
  it('to write the file or beside it, it opens for reading', async () => {
    expect(openWithoutRights(await withRights(0o644, 0o755))).toEqual({ code: 'read_only', readOnly: 'no_permission', proposals: 0 })
    expect(openWithoutRights(await withRights(0o444, 0o555))).toEqual({ code: 'read_only', readOnly: 'no_permission', proposals: 0 })
  })
  it('and with a log from a crash, the edits in the log are read too', async () => {
    const path = await withRights(0o444, 0o555, async path => {
      const { project } = await ProjectFile.open(path)
      const { document: { id } } = await project.createScenario('A')
      await project.execute(id, 0, { op: 'proposal.add', proposal: aProposal('X') })
      copyFileSync(`${path}-wal`, `${path}.log`)
      copyFileSync(path, `${path}.main`)
      await project.close()
      renameSync(`${path}.main`, path)
      renameSync(`${path}.log`, `${path}-wal`)
      chmodSync(`${path}-wal`, 0o444)
    })
    expect(openWithoutRights(path)).toEqual({ code: 'read_only', readOnly: 'no_permission', proposals: 1 })
    expect(existsSync(`${path}-wal`)).toBe(true)
  })
})
