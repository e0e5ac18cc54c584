import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { EventName } from '#shared/contract/contract.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { segmentCount } from '#shared/twin/asset-columns.ts'
import { startHostSession, type HostSession } from '#tests/builders/host-session.ts'
import { aProposal, aSmallTwin } from '#tests/builders/project-fixtures.ts'
import { IDS } from '#tests/builders/twin-builder.ts'

function session(): HostSession {
  const started = startHostSession()
  onTestFinished(() => started.close())
  return started
}

/** A ticket for a project in the session's workspace; the file holds the small twin unless it is yet to be made. */
async function ticketOf({ workspace, ticketFor }: HostSession, name: string, exists = true): Promise<string> {
  const path = join(workspace, name)
  if (exists) await (await ProjectFile.create(path, { records: aSmallTwin() })).close()
  return ticketFor(path, exists ? 'open_project' : 'save_project')
}

const eventsOf = ({ client }: HostSession, name: EventName): unknown[] => {
  const seen: unknown[] = []
  client.on(name, payload => seen.push(payload))
  return seen
}

describe('project calls', () => {
  it('answer no_project until one is open', async () => {
    const { client } = session()
    expect(await client.call('project.current', {})).toEqual({ opened: null, toOpen: null })
    for (const name of ['project.info', 'twin.columns', 'twin.context', 'scenario.list'] as const) await expect(client.call(name, {})).rejects.toMatchObject({ code: 'no_project' })
  })

  it('open a project, give its twin in binary and its attributes by id', async () => {
    const started = session()
    const { client } = started
    const opened = await client.call('project.open', { ticket: await ticketOf(started, '城市.gpkg') })
    expect(opened).toMatchObject({ recovery: null, migratedFrom: null, project: { name: '城市.gpkg', readOnly: null, assetCount: 3 } })
    const columns = await client.call('twin.columns', {})
    expect(columns.xyz).toBeInstanceOf(Float64Array)
    expect(segmentCount(columns)).toBe(4)
    expect((await client.call('twin.context', {})).ground?.type).toBe('grid')
    expect((await client.call('twin.attributes', { assetId: IDS.W1 })).attributes).toMatchObject({ year: 1987 })
    await expect(client.call('twin.attributes', { assetId: 'none' })).rejects.toMatchObject({ code: 'not_found' })
    expect((await client.call('project.current', {})).opened).toEqual(opened)
    expect(started.faults).toEqual([])
  })

  it('opening the project that is open again, even twice at once, keeps it open for writing', async () => {
    const started = session()
    const ticket = await ticketOf(started, 'a.gpkg')
    const all = await Promise.all([1, 2, 3].map(() => started.client.call('project.open', { ticket })))
    expect(all.map(({ project }) => project.readOnly)).toEqual([null, null, null])
  })

  it('a file opened before any window asks is what is open, and its window opens it no second time', async () => {
    const started = session()
    const path = join(started.workspace, 'early.gpkg')
    await ticketOf(started, 'early.gpkg')
    expect(started.host.openAhead(path)).toBe(true)
    // A page that asks before it is open is told what to wait for, and waits with progress.
    const { opened, toOpen } = await started.client.call('project.current', {})
    expect(opened).toBeNull()
    expect((await started.client.call('project.open', { ticket: toOpen! })).project).toMatchObject({ name: 'early.gpkg', readOnly: null })
    expect(await started.client.call('project.current', {})).toMatchObject({ opened: { project: { name: 'early.gpkg' } }, toOpen: null })
    // With a project open nothing is opened behind its back, and once closed it does not come again.
    await ticketOf(started, 'other.gpkg')
    expect(started.host.openAhead(join(started.workspace, 'other.gpkg'))).toBe(false)
    await started.client.call('project.close', {})
    expect(await started.client.call('project.current', {})).toEqual({ opened: null, toOpen: null })
  })

  it('a page that asks when the file given at the start is open shows it and is asked to open nothing', async () => {
    const started = session()
    await ticketOf(started, 'early.gpkg')
    started.host.openAhead(join(started.workspace, 'early.gpkg'))
    await vi.waitFor(async () => expect(await started.client.call('project.current', {})).toMatchObject({ opened: { project: { name: 'early.gpkg' } }, toOpen: null }))
    await started.client.call('project.close', {})
    expect(await started.client.call('project.current', {})).toEqual({ opened: null, toOpen: null })
  })

  it('a file that cannot be opened early is refused, with its reason, to the window that asks', async () => {
    const started = session()
    const path = join(started.workspace, 'wrong.gpkg')
    writeFileSync(path, 'text')
    started.host.openAhead(path)
    const { toOpen } = await started.client.call('project.current', {})
    await expect(started.client.call('project.open', { ticket: toOpen! })).rejects.toMatchObject({ code: 'not_a_project' })
    expect(await started.client.call('project.current', {})).toEqual({ opened: null, toOpen: null })
    expect(started.log).toEqual([])
  })

  it('opening another closes the first; a failed opening leaves it open', async () => {
    const started = session()
    await started.client.call('project.open', { ticket: await ticketOf(started, 'a.gpkg') })
    writeFileSync(join(started.workspace, 'wrong.gpkg'), 'text')
    await expect(started.client.call('project.open', { ticket: started.ticketFor(join(started.workspace, 'wrong.gpkg'), 'open_project') })).rejects.toMatchObject({ code: 'not_a_project', details: { name: 'wrong.gpkg' } })
    expect((await started.client.call('project.info', {})).name).toBe('a.gpkg')
    await started.client.call('project.open', { ticket: await ticketOf(started, 'b.gpkg') })
    expect((await started.client.call('project.info', {})).name).toBe('b.gpkg')
    const { project } = await ProjectFile.open(join(started.workspace, 'a.gpkg'))
    expect(project.readOnly).toBeNull()
    await project.close()
  })

  it('create, save, save as and close', async () => {
    const started = session()
    const { client } = started
    const ticket = await ticketOf(started, 'new.gpkg', false)
    expect((await client.call('project.create', { ticket })).project).toMatchObject({ name: 'new.gpkg', assetCount: 0, crs: null })
    await client.call('scenario.create', { name: 'A', copyFrom: null })
    expect(await client.call('project.save', { name: 'first' })).toMatchObject({ savedRevision: { name: 'first' }, changedSinceSave: false })
    await expect(client.call('project.saveAs', { ticket: await ticketOf(started, 'there.gpkg').then(() => started.ticketFor(join(started.workspace, 'there.gpkg'), 'save_project')) })).rejects.toMatchObject({ code: 'already_exists' })
    const copy = await client.call('project.saveAs', { ticket: started.ticketFor(join(started.workspace, 'there.gpkg'), 'save_project'), overwrite: true })
    expect(copy.project).toMatchObject({ name: 'there.gpkg', scenarios: [{ name: 'A' }] })
    await client.call('project.close', {})
    expect(await client.call('project.current', {})).toEqual({ opened: null, toOpen: null })
    expect(readdirSync(started.workspace).sort()).toEqual(['new.gpkg', 'there.gpkg'])
  })

  it('a ticket for another purpose opens nothing', async () => {
    const started = session()
    await ticketOf(started, 'a.gpkg')
    const ticket = started.ticketFor(join(started.workspace, 'a.gpkg'), 'import')
    await expect(started.client.call('project.open', { ticket })).rejects.toMatchObject({ code: 'file_gone' })
    await expect(started.client.call('project.create', { ticket })).rejects.toMatchObject({ code: 'file_gone' })
  })

  it('list recent projects with tickets that open them, and say which are missing', async () => {
    const started = session()
    for (const name of ['a.gpkg', 'b.gpkg']) await started.client.call('project.open', { ticket: await ticketOf(started, name) })
    rmSync(join(started.workspace, 'a.gpkg'))
    const { files } = await started.client.call('project.recent', {})
    expect(files.map(({ name, missing }) => [name, missing])).toEqual([['b.gpkg', false], ['a.gpkg', true]])
    await started.client.call('project.close', {})
    expect((await started.client.call('project.open', { ticket: files[0]!.ticket })).project.name).toBe('b.gpkg')
    await expect(started.client.call('project.open', { ticket: files[1]!.ticket })).rejects.toMatchObject({ code: 'file_gone' })
  })

  it('open the sample city, labelled synthetic, and keep the user\'s edits in it', { timeout: 60_000 }, async () => {
    const started = session()
    const { client } = started
    const { project } = await client.call('project.openSample', {})
    expect(project.synthetic).toBe(true)
    expect(project.segmentCount).toBeGreaterThan(15_000)
    await client.call('scenario.create', { name: 'mine', copyFrom: null })
    await client.call('project.close', {})
    expect((await client.call('project.openSample', {})).project.scenarios.map(({ name }) => name)).toContain('mine')
    await client.call('project.close', {})
    const [file] = readdirSync(started.dataFolder).filter(name => name.endsWith('.gpkg'))
    writeFileSync(join(started.dataFolder, file!), 'spoilt')
    expect((await client.call('project.openSample', {})).project.synthetic).toBe(true)
    expect(readdirSync(started.dataFolder).filter(name => name.endsWith('.gpkg'))).toHaveLength(2)
  })
})

describe('scenario calls', () => {
  async function withScenario() {
    const started = session()
    await started.client.call('project.open', { ticket: await ticketOf(started, 'a.gpkg') })
    const { document } = await started.client.call('scenario.create', { name: 'A', copyFrom: null })
    return { started, client: started.client, id: document.id }
  }

  it('edit, undo, redo, copy and remove', async () => {
    const { client, id, started } = await withScenario()
    const command = { op: 'proposal.add' as const, proposal: aProposal('X') }
    expect(await client.call('scenario.execute', { id, baseRevision: 0, command })).toEqual({ revision: 1, undoLabel: 'scenario:label.addProposal', redoLabel: null })
    await expect(client.call('scenario.execute', { id, baseRevision: 0, command })).rejects.toMatchObject({ code: 'revision_mismatch' })
    await expect(client.call('scenario.execute', { id, baseRevision: 1, command })).rejects.toMatchObject({ code: 'rejected', details: { reason: 'duplicate_id', id: 'X' } })
    expect((await client.call('scenario.undo', { id })).document.proposals).toEqual({})
    expect(await client.call('scenario.redo', { id })).toMatchObject({ revision: 3, document: { proposals: { X: { kind: 'gas' } } } })
    const copy = await client.call('scenario.create', { name: 'B', copyFrom: id })
    expect(Object.keys(copy.document.proposals)).toEqual(['X'])
    await expect(client.call('scenario.create', { name: 'B', copyFrom: null })).rejects.toMatchObject({ code: 'name_taken' })
    await client.call('scenario.remove', { id })
    expect((await client.call('scenario.list', {})).scenarios.map(({ name }) => name)).toEqual(['B'])
    await expect(client.call('scenario.get', { id })).rejects.toMatchObject({ code: 'not_found' })
    expect([started.faults, started.log]).toEqual([[], []])
  })

  it('tell every window when the project goes from saved to changed', async () => {
    const { client, id, started } = await withScenario()
    await client.call('project.save', { name: 's' })
    const seen = eventsOf(started, 'project.changed')
    for (let i = 0; i < 3; i++) await client.call('scenario.execute', { id, baseRevision: i, command: { op: 'proposal.add', proposal: aProposal(`X${i}`) } })
    expect(seen).toMatchObject([{ changedSinceSave: true }])
  })

  it('tell every window when the file under the project is gone', async () => {
    const { client, id, started } = await withScenario()
    const seen = eventsOf(started, 'project.trouble')
    rmSync(join(started.workspace, 'a.gpkg'))
    await expect(client.call('scenario.execute', { id, baseRevision: 0, command: { op: 'proposal.add', proposal: aProposal('X') } })).rejects.toMatchObject({ code: 'file_gone' })
    expect(seen).toEqual([{ code: 'file_gone' }])
    const saved = await client.call('project.saveAs', { ticket: started.ticketFor(join(started.workspace, 'a.gpkg'), 'save_project') })
    expect(saved.project).toMatchObject({ readOnly: null, scenarios: [{ name: 'A' }] })
    expect(existsSync(join(started.workspace, 'a.gpkg'))).toBe(true)
  })
})
