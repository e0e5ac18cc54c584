import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8 } from 'fflate'
import { describe, expect, it, onTestFinished } from 'vitest'
import { BLANK_OWNER } from '#shared/register/owner.ts'
import { startHostSession } from '#tests/builders/host-session.ts'

const GAS = { ...BLANK_OWNER, name: '某市燃气集团', aliases: ['燃气集团'], contact: '张工', phone: '8888 0001', emergencyPhone: '023-96777', address: '渝中区 <1> 号', duty: '市政燃气管道', kinds: ['gas'] }
const line = (id: string, owner: string, y: number) => ({ type: 'Feature', properties: { id, kind: 'gas', owner, diameter_mm: 200 }, geometry: { type: 'LineString', coordinates: [[500_000, 3_270_000 + y, 259], [500_040, 3_270_000 + y, 259]] } })

/** Two gas mains whose owner is written in two ways, and a water main drawn across both. */
async function session() {
  const started = startHostSession({ printPdf: html => Promise.resolve(new TextEncoder().encode(html)) })
  onTestFinished(() => started.close())
  const { client, workspace, ticketFor } = started
  await client.call('project.create', { ticket: ticketFor(join(workspace, 'owners.gpkg'), 'save_project') })
  const path = join(workspace, 'gas.geojson')
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features: [line('G1', '某市燃气集团', 0), line('G2', '燃气集团', 10)] }))
  return { client, ticket: ticketFor(path, 'import') }
}

describe('what goes out to owners', () => {
  it('letters: one for a body of two names, with address, duty and the number that answers at all hours', async () => {
    const { client, ticket } = await session()
    const { files } = await client.call('import.inspect', { tickets: [ticket] })
    await client.call('import.commit', { files: files.map(file => ({ ticket: file.ticket, layers: file.layers.map(layer => layer.mapping) })), crs: 'EPSG:4547' })
    await client.call('register.apply', { changes: [{ collection: 'owners', id: 'o1', body: GAS }] })
    const { document } = await client.call('scenario.create', { name: 'A', copyFrom: null })
    await client.call('scenario.execute', { id: document.id, baseRevision: 0, command: { op: 'proposal.add', proposal: { id: 'W', name: 'W', kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis: [[500_020, 3_269_995, 258.9], [500_020, 3_270_015, 258.9]] } } })
    const html = strFromU8((await client.call('papers.make', { paper: 'letters', form: 'html', scenarioId: document.id, scope: 'proposals', language: 'zh-CN', findingIds: null, meeting: null })).bytes)
    expect(html.match(/致某市燃气集团/g)).toHaveLength(1)
    expect(html).not.toContain('致燃气集团')
    for (const text of ['渝中区 &lt;1&gt; 号', '24 小时抢修：023-96777', '张工 8888 0001', '管理职责：市政燃气管道', '2 条管线']) expect(html).toContain(text)
  })
})
