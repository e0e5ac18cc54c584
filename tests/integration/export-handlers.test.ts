import { join } from 'node:path'
import { strFromU8 } from 'fflate'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ProjectFile } from '#main/services/project-file.ts'
import { makeExport } from '#main/services/export/export-task.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'
import { EXPORT_CHOICES } from '#shared/contract/export-shapes.ts'
import { startHostSession } from '#tests/builders/host-session.ts'

/** A project with a surveyed main and sewer, and a scheme with one planned line. */
async function withNetwork() {
  const session = startHostSession()
  onTestFinished(() => session.close())
  const { client, workspace, ticketFor } = session
  await client.call('project.create', { ticket: ticketFor(join(workspace, '城市.gpkg'), 'save_project') })
  const line = (id: string, kind: string, y: number) => ({ type: 'Feature', properties: { id, kind, owner: '水务公司', diameterM: 0.3 }, geometry: { type: 'LineString', coordinates: [[0, y, -1.2], [40, y, -1.3]] } })
  const bytes = new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features: [line('JS-1', 'water', 0), line('WS-1', 'sewer_foul', 5)] }))
  const { file } = await client.call('files.upload', { upload: null, name: 'net.geojson', offset: 0, totalBytes: bytes.length, bytes })
  await client.call('import.commit', { files: [{ ticket: file!.ticket, layers: [] }], crs: null })
  const { document } = await client.call('scenario.create', { name: '方案A', copyFrom: null })
  await client.call('scenario.execute', { id: document.id, baseRevision: 0, command: { op: 'proposal.add', proposal: { id: 'G-1', name: '', kind: 'gas', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis: [[0, 9, -1], [40, 9, -1]] } } })
  return { client, scenarioId: document.id }
}

describe('export.make', () => {
  it.each(EXPORT_CHOICES)('writes %s with the ending programs know it by', async format => {
    const { client, scenarioId } = await withNetwork()
    const { name, bytes } = await client.call('export.make', { format, scenarioId, language: 'en' })
    const ending = { dxf_plan: 'dxf', epanet: 'inp', swmm: 'inp' }[format as string] ?? format
    expect(name).toBe(`城市${ending === 'inp' ? '' : ' 方案A'}.${ending}`)
    expect(bytes.length).toBeGreaterThan(100)
  })

  it('takes the scheme\'s lines along only where they are wanted, and says what a format cannot carry', async () => {
    const { client, scenarioId } = await withNetwork()
    const ids = async (scheme: string | null) => {
      const { bytes } = await client.call('export.make', { format: 'geojson', scenarioId: scheme, language: 'en' })
      return (JSON.parse(strFromU8(bytes)) as { features: { properties: { id: string } }[] }).features.map(({ properties }) => properties.id).sort()
    }
    expect(await ids(scenarioId)).toEqual(['G-1', 'JS-1', 'WS-1'])
    expect(await ids(null)).toEqual(['JS-1', 'WS-1'])
    expect((await client.call('export.make', { format: 'epanet', scenarioId, language: 'en' })).losses).toEqual(expect.arrayContaining(['otherKinds', 'proposals']))
    expect((await client.call('export.make', { format: 'ifc', scenarioId, language: 'en' })).losses).toEqual([])
  })

  it('writes a large project in a thread of its own: the same file, with progress, ended at once where nobody wants it any more', { timeout: 240_000 }, async () => {
    const session = startHostSession()
    onTestFinished(() => session.close())
    const { client, workspace, ticketFor } = session
    const path = join(workspace, 'large.gpkg')
    const assets = Array.from({ length: 20_500 }, (_, i) => anAsset({ id: `L${i}`, axis: [[430_000 + (i % 200) * 12, 4_581_000 + Math.floor(i / 200) * 12, -1], [430_010 + (i % 200) * 12, 4_581_000 + Math.floor(i / 200) * 12, -1.1]] }))
    const made = await ProjectFile.create(path, { records: { crs: 'EPSG:25831', assets, nodes: [], surfaceFeatures: [], blocks: [], ground: null, synthetic: false } })
    const expected = await makeExport(made, { format: 'geojson', scenarioId: null, language: 'en' }, unattendedJob)
    await made.close()
    await client.call('project.open', { ticket: ticketFor(path, 'open_project') })
    let steps = 0
    const answer = await client.call('export.make', { format: 'geojson', scenarioId: null, language: 'en' }, { onProgress: () => steps++ })
    expect([answer.name, answer.losses, steps > 0]).toEqual([expected.name, [...expected.losses], true])
    expect(Buffer.compare(answer.bytes, expected.bytes)).toBe(0)
    const controller = new AbortController()
    const cancelled = client.call('export.make', { format: 'dxf', scenarioId: null, language: 'en' }, { signal: controller.signal })
    controller.abort()
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    // The project is free for the next edit and the next file.
    expect((await client.call('export.make', { format: 'dxf_plan', scenarioId: null, language: 'en' })).bytes.length).toBeGreaterThan(1_000_000)
  })

  it('refuses a scheme that is not there', async () => {
    const { client } = await withNetwork()
    await expect(client.call('export.make', { format: 'dxf', scenarioId: 'scenario-99', language: 'en' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
