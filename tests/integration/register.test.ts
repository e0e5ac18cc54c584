import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ProjectFile } from '#main/services/project-file.ts'
import type { RecordChange } from '#shared/register/collections.ts'
import { startHostSession, type HostSession } from '#tests/builders/host-session.ts'
import { aSmallTwin } from '#tests/builders/project-fixtures.ts'

const aView = (name: string): RecordChange => ({
  collection: 'views', id: name,
  body: { name, note: '', camera: { position: [0, 0, 10], target: [0, 0, 0] }, hiddenKinds: ['gas'], hiddenOwners: [], colourBy: 'kind', showGround: true, showBuildings: false, heightScale: 3, isXray: true, clip: { type: 'plane', at: [10, 20], bearing: 0.5, offsetM: 2 }, groundOpacity: 0.4, scenarioId: null, order: 1 },
})

async function session(): Promise<{ started: HostSession; path: string }> {
  const started = startHostSession()
  onTestFinished(() => started.close())
  const path = join(started.workspace, 'city.gpkg')
  await (await ProjectFile.create(path, { records: aSmallTwin() })).close()
  await started.client.call('project.open', { ticket: started.ticketFor(path, 'open_project') })
  return { started, path }
}

const names = async ({ client }: HostSession) => (await client.call('register.list', { collections: ['views'] })).records.map(({ id }) => id)

describe('records of a project', () => {
  it('are durable once answered, announced, and there after opening again', async () => {
    const { started, path } = await session()
    const seen: unknown[] = []
    started.client.on('register.changed', payload => seen.push(payload))
    await started.client.call('register.apply', { changes: [aView('东侧'), aView('b')] })
    expect(await names(started)).toEqual(['b', '东侧'])
    expect(seen).toMatchObject([{ records: [{ id: 'b' }, { id: '东侧', revision: 1 }], removed: [] }])
    await started.client.call('project.close', {})
    await started.client.call('project.open', { ticket: started.ticketFor(path, 'open_project') })
    expect(await names(started)).toEqual(['b', '东侧'])
    expect(await started.client.call('project.info', {})).toMatchObject({ changedSinceSave: true })
  })

  it('are taken back by the changes an answer gives, whatever was done in one go', async () => {
    const { started } = await session()
    const { client } = started
    await client.call('register.apply', { changes: [aView('a')] })
    const before = await client.call('register.list', { collections: ['views'] })
    const answer = await client.call('register.apply', { changes: [{ ...aView('a'), body: { ...(aView('a').body as object), note: 'changed' } }, aView('b'), { collection: 'views', id: 'a', body: null }] })
    expect(await names(started)).toEqual(['b'])
    await client.call('register.apply', { changes: answer.before })
    const after = await client.call('register.list', { collections: ['views'] })
    expect(after.records.map(({ id, body }) => ({ id, body }))).toEqual(before.records.map(({ id, body }) => ({ id, body })))
  })

  it('tell their history, removal included', async () => {
    const { client } = (await session()).started
    await client.call('register.apply', { changes: [aView('a')] })
    await client.call('register.apply', { changes: [{ collection: 'views', id: 'a', body: null }] })
    const { entries } = await client.call('register.history', { collection: 'views', id: 'a' })
    expect(entries.map(({ body }) => (body as { name: string } | null)?.name ?? null)).toEqual(['a', null])
  })

  it('of a shape that does not fit are refused, and none of their company is kept', async () => {
    const { started } = await session()
    await expect(started.client.call('register.apply', { changes: [aView('a'), { collection: 'views', id: 'b', body: { name: 'b' } }] })).rejects.toMatchObject({ code: 'invalid' })
    expect(await names(started)).toEqual([])
  })

  it('that another program spoilt are left out, and the rest is shown', async () => {
    const { started, path } = await session()
    await started.client.call('register.apply', { changes: [aView('a'), aView('b')] })
    await started.client.call('project.close', {})
    const db = new DatabaseSync(path)
    db.exec("UPDATE register SET body_json = '{' WHERE record_id = 'a'")
    db.close()
    await started.client.call('project.open', { ticket: started.ticketFor(path, 'open_project') })
    expect(await names(started)).toEqual(['b'])
  })
})

describe('a scheme that was handed in', () => {
  it('is not changed, undone or redone until it is taken back to the draft', async () => {
    const { client } = (await session()).started
    const { document: { id } } = await client.call('scenario.create', { name: 'A', copyFrom: null })
    const describe = (baseRevision: number, description: string) => client.call('scenario.execute', { id, baseRevision, command: { op: 'scenario.describe', description } })
    await describe(0, 'one')
    const stage = (stage: 'draft' | 'in_review'): RecordChange => ({ collection: 'schemeStages', id, body: { stage, steps: [] } })
    await client.call('register.apply', { changes: [stage('in_review')] })
    await expect(describe(1, 'two')).rejects.toMatchObject({ code: 'rejected', details: { reason: 'stage_locked' } })
    await expect(client.call('scenario.undo', { id })).rejects.toMatchObject({ code: 'rejected', details: { reason: 'stage_locked' } })
    expect(await client.call('scenario.get', { id })).toMatchObject({ revision: 1, document: { description: 'one' } })
    await client.call('register.apply', { changes: [stage('draft')] })
    expect(await describe(1, 'two')).toMatchObject({ revision: 2 })
  })
})
