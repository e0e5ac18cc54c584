import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ProjectFile } from '#main/services/project-file.ts'
import { assetId } from '#shared/twin/asset-columns.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { startHostSession } from '#tests/builders/host-session.ts'
import { aSmallTwin } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { ASSUMED, type AssetRecord, type Vec3 } from '#shared/twin/asset.ts'
import { anAsset, IDS } from '#tests/builders/twin-builder.ts'

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
    expect(told).toEqual(Array.from({ length: 3 }, () => expect.objectContaining({ columns: true, context: false })))
  })

  it('say that what surrounds the lines changed where a fix puts a manhole', async () => {
    const { started, client, twinHash } = await session()
    const told: unknown[] = []
    started.connect().on('twin.changed', payload => told.push(payload))
    const nodes = async () => (await client.call('twin.context', {})).nodes.nodeType.length
    const before = await nodes()
    await client.call('ledger.fix', { twinHash, fixes: [{ fix: 'put_joint', id: IDS.W1, kind: 'water', owner: '', at: [430_010, 4_581_010, 33], bottomZ: 30 }], signed })
    expect(await nodes()).toBe(before + 1)
    expect(told).toEqual([expect.objectContaining({ columns: false, context: true })])
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

  it('keep blocks of responsibility as recorded steps: drawn, renamed, taken out and back', async () => {
    const { started, client, twinHash } = await session()
    const told: unknown[] = []
    started.connect().on('twin.changed', payload => told.push(payload))
    const before = (await client.call('twin.context', {})).blocks
    const block = { id: 'block-1', name: '一号街区', responsible: '某街道办', ring: [[430_000, 4_581_000], [430_050, 4_581_000], [430_050, 4_581_050]] as [number, number][] }
    const { edit, project } = await client.call('ledger.blocks', { twinHash, changes: [{ id: block.id, after: block }], signed })
    expect(edit).toMatchObject({ kind: 'blocks', counts: { added: 1, changed: 0, removed: 0 }, detail: { blocks: '一号街区' } })
    expect((await client.call('twin.context', {})).blocks).toEqual([...before, block])
    const renamed = await client.call('ledger.blocks', { twinHash: project.twinHash, changes: [{ id: block.id, after: { ...block, name: '二号街区' } }], signed })
    expect(renamed.edit).toMatchObject({ counts: { changed: 1 } })
    const gone = await client.call('ledger.blocks', { twinHash: renamed.project.twinHash, changes: [{ id: block.id, after: null }], signed })
    expect(gone.edit).toMatchObject({ counts: { removed: 1 }, detail: { blocks: '二号街区' } })
    for (let n = 0; n < 2; n++) await client.call('ledger.undo', {})
    expect((await client.call('twin.context', {})).blocks).toEqual([...before, block])
    expect((await client.call('ledger.undo', {})).project.twinHash).toBe(twinHash)
    expect((await client.call('twin.context', {})).blocks).toEqual(before)
    expect(told).toEqual(Array.from({ length: 6 }, () => expect.objectContaining({ columns: false, context: true })))
    await expect(client.call('ledger.blocks', { twinHash, changes: [{ id: 'x', after: { ...block, id: 'x', ring: block.ring.slice(0, 2) } }], signed })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('fill levels by a named method, say before how many, and take it back', async () => {
    const path = join(temporaryFolder(), 'levels.gpkg')
    const at = (x: number, z: number): Vec3 => [430_000 + x, 4_581_000, z]
    const line = (id: string, axis: Vec3[], assumed = 0): AssetRecord => anAsset({ id, axis, assumed })
    const assets = [line('a', [at(0, 30), at(10, 30)]), line('b', [at(10, 0), at(30, 0)], ASSUMED.level), line('c', [at(30, 28), at(40, 28)]), line('d', [at(40, 0), at(60, 0)], ASSUMED.level)]
    await (await ProjectFile.create(path, { records: { ...aSmallTwin(), assets, nodes: [], surfaceFeatures: [], ground: null } })).close()
    const started = startHostSession()
    onTestFinished(() => started.close())
    const { client } = started
    const { project: { twinHash } } = await client.call('project.open', { ticket: started.ticketFor(path, 'open_project') })
    const fill = { twinHash, assets: Uint32Array.of(0, 1, 2, 3), method: { type: 'between' as const } }
    expect(await client.call('ledger.previewLevels', fill)).toEqual({ changes: 1, left: { known: 2, no_neighbour: 1, no_ground: 0 } })
    expect((await client.call('ledger.fillLevels', { ...fill, signed })).edit).toMatchObject({ kind: 'levels', counts: { changed: 1 }, detail: { method: 'between' } })
    expect((await client.call('ledger.history', { assetId: 'b' })).events).toMatchObject([{ what: 'changed', fields: [{ field: 'levelMethod', before: null, after: 'interpolated' }], movedM: 30 }])
    expect((await client.call('ledger.undo', {})).project.twinHash).toBe(twinHash)
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
