import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runCli } from '#main/cli/underplan.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { EVERYTHING, type AssetQuery } from '#shared/ledger/asset-query.ts'
import type { IgnoreRule, SetRef } from '#shared/ledger/selection-set.ts'
import type { RecordChange } from '#shared/register/collections.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { startHostSession } from '#tests/builders/host-session.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const across = (y: number, z: number): Vec3[] => [[430_000, 4_581_000 + y, z], [430_040, 4_581_000 + y, z]]
const down = (x: number, z: number): Vec3[] => [[430_000 + x, 4_580_990, z], [430_000 + x, 4_581_060, z]]

/** Three drains crossed by an old water main and a new one, 0.2 m apart each: six vertical shortfalls. */
const records = () => TwinBuilder.with().inCrs('EPSG:25831')
  .aPipe('old', down(10, 29), { owner: '旧水厂', attributes: { year: 1975 } }).aPipe('new', down(30, 29), { owner: '自来水公司', attributes: { year: 2015 } })
  .aPipe('S1', across(0, 28.5), { kind: 'sewer_foul' }).aPipe('S2', across(20, 28.5), { kind: 'sewer_foul' }).aPipe('S3', across(40, 28.5), { kind: 'sewer_foul', status: 'abandoned' })
  .build()

const query = (id: string, name: string, fields: Partial<AssetQuery>): RecordChange => ({ collection: 'queries', id, body: { name, query: { ...EVERYTHING, ...fields } } })
const job = (id: string, a: SetRef, b: SetRef): RecordChange => ({ collection: 'checkJobs', id, body: { name: `${id}核查`, a, b } })
const set = (id: string): SetRef => ({ type: 'query', id })
const RECORDS: readonly RecordChange[] = [
  query('old', '老旧 给水,1990前', { kinds: ['water'], years: { from: null, to: 1990 } }), query('live', '在用排水', { kinds: ['sewer_foul'], statuses: ['in_use'] }),
  job('kind', { type: 'kind', kind: 'water' }, { type: 'status', status: 'abandoned' }), job('owner', { type: 'owner', owner: '旧水厂' }, { type: 'kind', kind: 'sewer_foul' }),
  job('block', { type: 'block', id: '' }, { type: 'kind', kind: 'sewer_foul' }), job('nowhere', { type: 'block', id: '没有' }, { type: 'all' }),
  job('night', set('old'), set('live')), job('scheme', { type: 'proposals' }, { type: 'all' }), job('lost', set('gone'), { type: 'all' }),
]

async function project(): Promise<{ path: string; scenarioId: string }> {
  const path = join(temporaryFolder(), '城市.gpkg')
  const made = await ProjectFile.create(path, { records: records() })
  await made.changeRecords(RECORDS)
  const scenarioId = (await made.createScenario('方案')).document.id
  await made.execute(scenarioId, 0, { op: 'proposal.add', proposal: aProposal('P', { kind: 'water', axis: down(20, 29) }) })
  await made.close()
  return { path, scenarioId }
}

const pairsOf = (findings: readonly { a: readonly string[]; b: readonly string[]; rule: string }[]) => findings.filter(({ rule }) => rule === 'vertical').map(({ a, b }) => [...a, ...b].sort().join(' ')).sort()

describe('a saved check job', () => {
  it('checks one set against another, the scheme with it, and keeps its result under its own name', async () => {
    const { path, scenarioId } = await project()
    const session = startHostSession()
    onTestFinished(() => session.close())
    const { client } = session
    const { project: { packId } } = await client.call('project.open', { ticket: session.ticketFor(path, 'open_project') })
    const night = await client.call('check.run', { scenarioId: null, scope: 'job:night', packId })
    expect(pairsOf(night.findings)).toEqual(['S1 old', 'S2 old'])
    const scheme = await client.call('check.run', { scenarioId, scope: 'job:scheme', packId })
    expect(pairsOf(scheme.findings)).toEqual(['P S1', 'P S2', 'P S3'])
    expect((await client.call('check.latest', { scenarioId: null, scope: 'job:night' })).result).toEqual(night)
    await expect(client.call('check.run', { scenarioId: null, scope: 'job:lost', packId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.call('check.run', { scenarioId: null, scope: 'job:none', packId })).rejects.toMatchObject({ code: 'not_found' })
    const { name, bytes } = await client.call('papers.make', { paper: 'findings', form: 'csv', scenarioId: null, scope: 'job:night', language: 'zh-CN', findingIds: null, meeting: null })
    expect([name.endsWith('.csv'), new TextDecoder().decode(bytes).split('\n').filter(line => /S\d/.test(line)).length]).toEqual([true, 2])
  })
})

it('a job names kinds, owners, blocks and statuses without a query; proposals count by their own', async () => {
  const { path, scenarioId } = await project()
  const session = startHostSession()
  onTestFinished(() => session.close())
  const { client } = session
  const { project: { packId } } = await client.call('project.open', { ticket: session.ticketFor(path, 'open_project') })
  const pairs = async (id: string, scheme: string | null) => pairsOf((await client.call('check.run', { scenarioId: scheme, scope: `job:${id}`, packId })).findings)
  expect(await pairs('kind', null)).toEqual(['S3 new', 'S3 old'])
  expect(await pairs('kind', scenarioId)).toEqual(['P S3', 'S3 new', 'S3 old'])
  expect(await pairs('owner', scenarioId)).toEqual(['S1 old', 'S2 old', 'S3 old'])
  expect(await pairs('block', null)).toEqual(['S1 new', 'S1 old', 'S2 new', 'S2 old', 'S3 new', 'S3 old'])
  expect(await pairs('nowhere', null)).toEqual([])
})

async function check(...args: readonly string[]) {
  let [out, err] = ['', '']
  const code = await runCli(['check', ...args], { out: text => (out += text), err: text => (err += text), isTerminal: false, language: 'en', signal: new AbortController().signal })
  return { code, out, err }
}

describe('check --set --against', () => {
  it('names queries saved in the project, whatever is in their names; one side alone is against everything', async () => {
    const { path } = await project()
    const answer = async (...args: string[]) => pairsOf((JSON.parse((await check(path, ...args, '--json')).out) as { findings: Parameters<typeof pairsOf>[0] }).findings)
    expect(await answer('--set', '老旧 给水,1990前', '--against', '在用排水')).toEqual(['S1 old', 'S2 old'])
    expect(await answer('--set', '老旧 给水,1990前')).toEqual(['S1 old', 'S2 old', 'S3 old'])
    expect(await answer('--scenario', '方案', '--set', 'scenario', '--against', '在用排水')).toEqual(['P S1', 'P S2'])
    expect((await check(path, '--sets', 'water:gas', '--set', 'water')).code).toBe(2)
    expect((await check(path, '--set', '没有')).err).toContain('没有')
  })

  it('leaves out what ignore rules hide, says how many and why, and verifies as it was written', async () => {
    const { path } = await project()
    const rule: IgnoreRule = { reason: '旧管停用在即', person: '李工', date: '2026-11-27', expires: null, a: set('old'), b: { type: 'all' }, rules: [], alsoMandatory: true, isActive: true }
    const opened = (await ProjectFile.open(path)).project
    await opened.changeRecords([{ collection: 'ignoreRules', id: 'r1', body: rule }, { collection: 'ignoreRules', id: 'r2', body: { ...rule, isActive: false, a: { type: 'all' } } }])
    await opened.close()
    const report = join(temporaryFolder(), 'report.json')
    const { out } = await check(path, '--sets', 'water:sewer_foul', '--apply-ignore-rules', '--json', report)
    expect(out).toContain('3 findings left out by an ignore rule: 旧管停用在即')
    let verified = ''
    const code = await runCli(['verify', report], { out: text => (verified += text), err: text => (verified += text), isTerminal: false, language: 'en', signal: new AbortController().signal })
    expect([code, verified.includes('3')]).toEqual([0, true])
    const plain = JSON.parse((await check(path, '--sets', 'water:sewer_foul', '--json')).out) as { findings: object[]; ignored?: object }
    expect([plain.findings.length, plain.ignored]).toEqual([6, undefined])
  })

  it('needs a project for ignore rules', async () => {
    const { code, err } = await check('x.geojson', '--apply-ignore-rules')
    expect([code, err.length > 0]).toEqual([2, true])
  })
})
