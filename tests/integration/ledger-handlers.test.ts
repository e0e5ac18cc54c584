import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ProjectFile } from '#main/services/project-file.ts'
import { assetId } from '#shared/twin/asset-columns.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { startHostSession } from '#tests/builders/host-session.ts'
import { aSmallTwin } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { IDS } from '#tests/builders/twin-builder.ts'

async function session() {
  const path = join(temporaryFolder(), 'city.gpkg')
  await (await ProjectFile.create(path, { records: aSmallTwin() })).close()
  const started = startHostSession()
  onTestFinished(() => started.close())
  const { project } = await started.client.call('project.open', { ticket: started.ticketFor(path, 'open_project') })
  return { started, client: started.client, twinHash: project.twinHash }
}

const signed = { who: '李工', why: '外业核实' }

describe('the ledger calls', () => {
  it('say first how many lines an edit would change, then change those, tell every window and take it back', async () => {
    const { started, client, twinHash } = await session()
    const told: unknown[] = []
    started.connect().on('twin.changed', payload => told.push(payload))
    const edit = { twinHash, assets: Uint32Array.of(0, 1, 2), fields: { owner: '供电局' }, held: 'axis' as const }
    expect(await client.call('ledger.preview', edit)).toEqual({ changes: 2 })
    const done = await client.call('ledger.edit', { ...edit, signed })
    expect(done.edit).toMatchObject({ kind: 'fields', ...signed, counts: { changed: 2 }, detail: { fields: 'owner' } })
    expect(done.project.twinHash).not.toBe(twinHash)
    expect((await client.call('twin.columns', {})).owners).toEqual(['供电局'])
    expect((await client.call('ledger.history', { assetId: IDS.W1 })).events).toMatchObject([{ what: 'changed', fields: [{ field: 'owner', before: 'water company', after: '供电局' }] }])
    expect((await client.call('ledger.undo', {})).project.twinHash).toBe(twinHash)
    expect((await client.call('ledger.edits', {})).edits).toMatchObject([{ state: 'undone' }])
    expect((await client.call('ledger.redo', {})).project.twinHash).toBe(done.project.twinHash)
    expect(told).toHaveLength(3)
  })

  it('refuse what was meant for another state of the twin', async () => {
    const { client, twinHash } = await session()
    await client.call('ledger.edit', { twinHash, assets: Uint32Array.of(0), fields: { owner: 'X' }, held: 'axis', signed })
    await expect(client.call('ledger.edit', { twinHash, assets: Uint32Array.of(1), fields: { owner: 'Y' }, held: 'axis', signed })).rejects.toMatchObject({ code: 'twin_changed' })
    await expect(client.call('ledger.fix', { twinHash, fixes: [{ fix: 'remove_duplicate', id: IDS.W1 }], signed })).rejects.toMatchObject({ code: 'twin_changed' })
  })

  it('say that nothing changed where nothing did', async () => {
    const { client, twinHash } = await session()
    const { edit } = await client.call('ledger.edit', { twinHash, assets: Uint32Array.of(2, 99), fields: { owner: '供电局' }, held: 'axis', signed })
    expect(edit).toBeNull()
    await expect(client.call('ledger.undo', {})).rejects.toMatchObject({ code: 'nothing_to_undo' })
  })

  it('mend flaws as one step; a fix that no longer fits changes nothing', async () => {
    const { client, twinHash } = await session()
    const { edit } = await client.call('ledger.fix', { twinHash, signed, fixes: [
      { fix: 'remove_duplicate', id: IDS.G1 }, { fix: 'join_end', id: IDS.W1, end: 'start', to: [430_003.25, 4_581_007.5, 31.2] },
      { fix: 'join_end', id: IDS.P1, end: 'end', to: [0, 0, 0] }, { fix: 'read_as_mm', id: IDS.P1 }, { fix: 'remove_duplicate', id: 'nobody' },
    ] })
    expect(edit).toMatchObject({ kind: 'fix', counts: { changed: 1, removed: 1, added: 0 } })
    const columns = (await client.call('twin.columns', {})) as unknown as AssetColumns
    expect(Array.from({ length: columns.count }, (_, i) => assetId(columns, i))).toEqual([IDS.W1, IDS.P1])
    expect(columns.xyz[2]! + columns.origin[2]).toBeCloseTo(31.2, 9)
  })
})
