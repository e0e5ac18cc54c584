import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ProjectFile } from '#main/services/project-file.ts'
import { USUAL_SURVEY_OPTIONS } from '#shared/ledger/survey/compare-survey.ts'
import { unpackStrings } from '#shared/core/packed-strings.ts'
import { startHostSession } from '#tests/builders/host-session.ts'
import { aProposal, aSmallTwin } from '#tests/builders/project-fixtures.ts'
import { IDS } from '#tests/builders/twin-builder.ts'

type Position = readonly number[]
const feature = (id: string, kind: string, coordinates: Position[], properties = {}) => ({ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { id, kind, diameterM: 0.3, ...properties } })

async function session(...features: object[]) {
  const started = startHostSession()
  onTestFinished(() => started.close())
  const path = join(started.workspace, 'city.gpkg')
  const made = await ProjectFile.create(path, { records: aSmallTwin() })
  const { document: { id } } = await made.createScenario('方案一')
  await made.execute(id, 0, { op: 'proposal.add', proposal: { ...aProposal('P1', { axis: [[430_000, 4_581_005, 30], [430_050, 4_581_005, 30]] }), replaces: [IDS.G1] } })
  await made.execute(id, 1, { op: 'proposal.add', proposal: aProposal('P2', { axis: [[430_000, 4_581_045, 30], [430_050, 4_581_045, 30]] }) })
  await made.close()
  const { client } = started
  const { project } = await client.call('project.open', { ticket: started.ticketFor(path, 'open_project') })
  const file = join(started.workspace, '补测.geojson')
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25831' } }, features }))
  const ticket = started.ticketFor(file, 'import')
  await client.call('import.inspect', { tickets: [ticket] })
  const compare = (scenarioId: string | null) => client.call('survey.compare', { request: { files: [{ ticket, layers: [] }], crs: null }, scenarioId, options: USUAL_SURVEY_OPTIONS })
  const assets = async () => {
    const columns = await client.call('twin.columns', {})
    return unpackStrings(columns.ids)
  }
  return { client, compare, assets, project, scenarioId: id }
}

const signed = { who: '测量队', why: '年度补测' }

describe('a survey update', () => {
  it('shows what is new, gone, moved and changed, takes what is accepted as one step, and takes it back', async () => {
    const { client, compare, assets, project } = await session(
      feature(IDS.W1, 'water', [[430_003.25, 4_581_007.5, 31.125], [430_020, 4_581_000.5, 31], [430_040, 4_581_000, 30.5]]),
      feature('N1', 'power', [[430_000, 4_581_048, 33], [430_049, 4_581_048, 33]]), feature('N2', 'gas', [[430_000, 4_580_999, 33], [430_049, 4_580_999, 33]]),
    )
    const answer = await compare(null)
    expect(answer.entries.map(({ group, id, survey }) => [group, id ?? answer.ids[survey!]])).toEqual([['new', 'N1'], ['new', 'N2'], ['gone', IDS.G1], ['gone', IDS.P1], ['moved', IDS.W1]])
    expect(answer.entries.at(-1)!.planM).toBeCloseTo(0.47, 1)
    const { edit } = await client.call('survey.accept', { comparison: answer.comparison, entries: Uint32Array.of(0, 3, 4), withNodes: false, signed })
    expect(edit).toMatchObject({ kind: 'survey', ...signed, counts: { changed: 1, added: 1, removed: 1 }, detail: { files: '补测.geojson' } })
    expect(await assets()).toEqual([IDS.W1, IDS.G1, 'N1'])
    expect((await client.call('ledger.history', { assetId: IDS.W1 })).events[0]!.movedM).toBeCloseTo(0.5, 6)
    expect((await client.call('twin.attributes', { assetId: 'N1' })).importedFrom).toBe('补测.geojson')
    await expect(client.call('survey.accept', { comparison: answer.comparison, entries: Uint32Array.of(1), withNodes: false, signed })).rejects.toMatchObject({ code: 'twin_changed' })
    expect((await client.call('ledger.undo', {})).project.twinHash).toBe(project.twinHash)
  })

  it('of what was built is held against the scheme, and merged into the twin with what the scheme takes out', async () => {
    const { client, compare, assets, scenarioId } = await session(feature('实测1', 'gas', [[430_000, 4_581_005.2, 30.1], [430_050, 4_581_005.2, 30.1]]), feature('多余', 'gas', [[430_000, 4_581_090, 30], [430_050, 4_581_090, 30]]))
    const { entries, comparison, files, pointIds } = await compare(scenarioId)
    expect([files, pointIds]).toEqual([['补测.geojson'], []])
    expect(entries.map(({ group, id, matchedBy }) => [group, id, matchedBy])).toEqual([['new', null, null], ['gone', 'P2', null], ['moved', 'P1', 'place']])
    expect([entries[2]!.planM, entries[2]!.levelM]).toEqual([expect.closeTo(0.2, 6), expect.closeTo(0.1, 6)])
    const { edit } = await client.call('survey.accept', { comparison, entries: Uint32Array.of(2), withNodes: false, signed })
    expect(edit).toMatchObject({ kind: 'as_built', detail: { scheme: '方案一' }, counts: { added: 1, removed: 1 } })
    expect(await assets()).toEqual([IDS.W1, IDS.P1, '实测1'])
    expect((await client.call('twin.attributes', { assetId: '实测1' })).attributes).toMatchObject({ scheme: '方案一', proposal: 'P1', deviationPlanM: 0.2, deviationLevelM: 0.1 })
  })
})
