import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { decodeGeometry, encodeGeometry } from '#shared/project-format/gpkg-geometry.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { aProposal, aSmallTwin } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { IDS } from '#tests/builders/twin-builder.ts'
import { randomNetwork } from '#tests/oracle/random-network.ts'

async function run(args: readonly string[], language: CliIo['language'] = 'en') {
  let [out, err] = ['', '']
  const code = await runCli(args, { out: text => (out += text), err: text => (err += text), isTerminal: false, language, signal: new AbortController().signal })
  return { code, out, err }
}

type Row = Record<string, unknown>
interface Report {
  engine: string
  pack: { id: string; version: string; hash: string; file?: string }
  inputs: { file: string; hash: string; scenario?: { name: string; revision: number; hash: string } }[]
  sets?: string
  findings: Row[]
  pairs: Row[]
}
interface Answer { agrees: boolean; differences: { what: string; was: unknown; is: unknown }[] }

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T
const change = <T>(path: string, edit: (value: T) => void): void => {
  const value = readJson<T>(path)
  edit(value)
  writeFileSync(path, JSON.stringify(value))
}

async function verify(report: string) {
  const { code, out, err } = await run(['verify', report, '--json'])
  return { code, err, ...(JSON.parse(out || '{}') as Partial<Answer>) }
}
const whats = (answer: Partial<Answer>) => answer.differences?.map(({ what }) => what)

/** A crowded network of 40 assets, its report, and what was passed to check. */
async function checkedNetwork(...options: readonly string[]): Promise<{ folder: string; network: string; report: string }> {
  const folder = temporaryFolder()
  const [network, report] = [join(folder, '管网.geojson'), join(folder, 'report.json')]
  writeFileSync(network, JSON.stringify(randomNetwork({ seed: 77, assets: 40, missingShare: 0 })))
  expect((await run(['check', network, ...options, '--json', report])).code).toBe(1)
  return { folder, network, report }
}

async function checkedProject(...options: readonly string[]): Promise<{ project: string; report: string }> {
  const folder = temporaryFolder()
  const [path, report] = [join(folder, 'city.gpkg'), join(folder, 'report.json')]
  const project = await ProjectFile.create(path, { records: aSmallTwin() })
  const { document: { id } } = await project.createScenario('方案')
  await project.execute(id, 0, { op: 'proposal.add', proposal: aProposal('X', { kind: 'water', axis: [[430_000, 4_581_020.5, 32], [430_040, 4_581_020.5, 32]] }) })
  await project.close()
  expect((await run(['check', path, ...options, '--json', report])).code).toBe(1)
  return { project: path, report }
}

const ownPack = {
  format: 'underplan-rules/1', id: 'own', version: '3', title: { en: 'own', 'zh-CN': '自定' }, semantics: 'distance',
  classes: [{ id: 'water', match: { kind: 'water' } }, { id: 'gas', match: { kind: 'gas' } }, { id: 'sewer', match: { kind: ['sewer_foul', 'sewer_storm'] } }],
  distance: [{ a: 'gas', b: 'water', minM: 1.5, clause: '1', basis: 'quoted' }, { a: 'sewer', b: 'water', minM: 1, clause: '2', basis: 'quoted' }],
}
async function checkedWithOwnPack() {
  const folder = temporaryFolder()
  const pack = join(folder, 'rules.json')
  writeFileSync(pack, JSON.stringify(ownPack))
  return { pack, ...(await checkedNetwork('--rules', pack)) }
}

describe('verify agrees with a report nobody touched', () => {
  it('of a network file, whatever the layout of its JSON', async () => {
    const { report } = await checkedNetwork()
    expect(readJson<Report>(report).findings.length).toBeGreaterThan(5)
    expect(await verify(report)).toEqual({ code: 0, err: '', agrees: true, differences: [] })
    writeFileSync(report, `\uFEFF${JSON.stringify(readJson(report))}`)
    expect((await verify(report)).code).toBe(0)
  })
  it('with sets, and with a pack of its own', async () => {
    expect(await verify((await checkedNetwork('--sets', 'water,gas:all')).report)).toMatchObject({ code: 0, agrees: true })
    expect(await verify((await checkedWithOwnPack()).report)).toMatchObject({ code: 0, agrees: true })
  })
  it('of a project and of a scheme in it, also after VACUUM', async () => {
    const { report, project } = await checkedProject('--scenario', '方案')
    expect(readJson<Report>(report).inputs[0]!.scenario).toMatchObject({ name: '方案', revision: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
    expect(await verify(report)).toMatchObject({ code: 0, agrees: true })
    new DatabaseSync(project).exec('VACUUM')
    expect(await verify(report)).toMatchObject({ code: 0, agrees: true })
  })
  it('where report and input were moved together, and where the report was printed in the working folder', async () => {
    const { folder, network, report } = await checkedNetwork()
    const moved = join(temporaryFolder(), 'elsewhere')
    mkdirSync(moved)
    cpSync(folder, moved, { recursive: true })
    rmSync(network)
    expect(await verify(join(moved, 'report.json'))).toMatchObject({ code: 0, agrees: true })
    const printed = await run(['check', join(moved, '管网.geojson'), '--json'])
    writeFileSync(report, printed.out)
    expect(await verify(report)).toMatchObject({ code: 0, agrees: true })
  })
  it('says so in words, in both languages', async () => {
    const { report } = await checkedNetwork()
    expect((await run(['verify', report])).out).toMatch(/^Agrees: the same \d+ findings and \d+ pairs under gb50289-2016/)
    expect((await run(['verify', report], 'zh-CN')).out).toMatch(/^一致.*逐位相同/)
  })
})

describe('verify catches', () => {
  it('a coordinate changed in the network file: hash and figures', async () => {
    const { network, report } = await checkedNetwork()
    const [{ at, a }] = readJson<Report>(report).pairs as unknown as [{ at: { a: number[] }; a: string }]
    change<{ features: { properties: { id: string }; geometry: { coordinates: number[][] } }[] }>(network, ({ features }) => {
      const { geometry } = features.find(({ properties }) => properties.id === a)!
      geometry.coordinates.forEach(position => { position[2]! += 0.01 })
    })
    const answer = await verify(report)
    expect(answer).toMatchObject({ code: 1, agrees: false })
    expect(answer.differences![0]).toMatchObject({ what: 'inputs[0].hash', was: readJson<Report>(report).inputs[0]!.hash, is: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
    expect(answer.differences).toContainEqual({ what: expect.stringMatching(/^pairs\[.*\]\.at\.a\[2\]$/) as string, was: at.a[2], is: expect.closeTo(at.a[2]! + 0.01, 9) as number })
  })
  it('a level changed in the rows of a project behind the back of its triggers and its cache', async () => {
    const { project, report } = await checkedProject('--scenario', '方案')
    const db = new DatabaseSync(project)
    const triggers: string[] = []
    for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'assets'").all()) {
      const { sql } = db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(name!) as { sql: string }
      db.exec(`DROP TRIGGER "${String(name)}"`)
      triggers.push(sql)
    }
    const { geom } = db.prepare('SELECT geom FROM assets WHERE asset_id = ?').get(IDS.G1) as { geom: Uint8Array }
    const { xyz } = decodeGeometry(geom)!
    const lifted = Array.from({ length: xyz.length / 3 }, (_, i): Vec3 => [xyz[3 * i]!, xyz[3 * i + 1]!, xyz[3 * i + 2]! + 0.05])
    db.prepare('UPDATE assets SET geom = ? WHERE asset_id = ?').run(encodeGeometry('line', lifted, 25_831), IDS.G1)
    for (const sql of triggers) db.exec(sql)
    db.close()
    const answer = await verify(report)
    expect(answer.code).toBe(1)
    expect(whats(answer)).toContain('inputs[0].hash')
    expect(whats(answer)!.some(what => what.startsWith('findings['))).toBe(true)
  })
  it('a proposal moved in the scheme, and a scheme that is gone', async () => {
    const { project, report } = await checkedProject('--scenario', '方案')
    const edits = join(dirname(project), 'edits.jsonl')
    writeFileSync(edits, JSON.stringify({ op: 'moveVertex', scenario: '方案', id: 'X', index: 0, to: [430_000, 4_581_020.6, 32] }))
    expect((await run(['script', project, edits])).code).toBe(0)
    expect(whats(await verify(report))).toEqual(expect.arrayContaining(['inputs[0].scenario.revision', 'inputs[0].scenario.hash']))
    change<Report>(report, ({ inputs }) => { inputs[0]!.scenario!.name = '另一方案' })
    expect(await verify(report)).toMatchObject({ code: 1, differences: [{ what: 'inputs[0].scenario', is: null }] })
  })
  it('a cell changed in the pack', async () => {
    const { pack, report } = await checkedWithOwnPack()
    change<typeof ownPack>(pack, ({ distance }) => { distance[0]!.minM = 1.6 })
    const answer = await verify(report)
    expect(answer.code).toBe(1)
    expect(whats(answer)![0]).toBe('pack.hash')
    expect(answer.differences).toContainEqual({ what: expect.stringMatching(/^findings\[.*\]\.required$/) as string, was: 1.5, is: 1.6 })
  })
  it.each<[string, (report: Report) => void, RegExp]>([
    ['the last digit of a found distance', ({ pairs }) => { pairs[0]!['found'] = nextUp(pairs[0]!['found'] as number) }, /^pairs\[[^\]]+\]\.found$/],
    ['a point', ({ findings }) => { (findings[0]!['at'] as { a: number[] }).a[0]! += 1e-6 }, /^findings\[[^\]]+\]\.at\.a\[0\]$/],
    ['a verdict', ({ findings }) => { findings[0]!['verdict'] = 'clear' }, /\.verdict$/],
    ['a clause', ({ findings }) => { findings[0]!['clause'] = '9.9.9' }, /\.clause$/],
    ['a key that was taken away', ({ findings }) => { delete findings[0]!['mandatory'] }, /\.mandatory$/],
    ['a key that was added', ({ findings }) => { findings[0]!['accepted'] = true }, /\.accepted$/],
    ['a finding dropped', ({ findings }) => { findings.splice(1, 1) }, /^findings\[[^\]]+\]$/],
    ['a pair dropped', ({ pairs }) => { pairs.pop() }, /^pairs\[[^\]]+\]$/],
    ['a pair written twice', ({ pairs }) => { pairs.push(pairs[0]!) }, /^pairs\[.* #2\]$/],
    ['rows in another order', ({ findings }) => { findings.reverse() }, /^findings\.order$/],
    ['a row that is none', ({ findings }) => { (findings as unknown[])[0] = 'fine' }, /^findings\[/],
    ['the hash of the input', ({ inputs }) => { inputs[0]!.hash = '0'.repeat(64) }, /^inputs\[0\]\.hash$/],
    ['the version of the pack', ({ pack }) => { pack.version = '0' }, /^pack\.version$/],
    ['the hash of the pack', ({ pack }) => { pack.hash = '' }, /^pack\.hash$/],
    ['another engine', report => { report.engine = 'underplan-clearance/0' }, /^engine$/],
    ['sets that fit nothing', report => { report.sets = 'water:nobody' }, /^sets$/],
  ])('%s', async (_, edit, what) => {
    const { report } = await checkedNetwork()
    change<Report>(report, edit)
    const answer = await verify(report)
    expect(answer).toMatchObject({ code: 1, agrees: false })
    // Only what was planted.
    for (const place of whats(answer)!) expect(place.replace(/^findings\[\?\]$/, 'findings[x]')).toMatch(what)
    expect(answer.differences!.every(({ was, is }) => was !== is)).toBe(true)
  })
  it('and says it in words', async () => {
    const { report } = await checkedNetwork()
    change<Report>(report, ({ pairs }) => { pairs.splice(0, 1) })
    const { code, out } = await run(['verify', report], 'zh-CN')
    expect(code).toBe(1)
    expect(out).toMatch(/不一致（1 处差异）：\n {2}pairs\[.*\]：报告为 无，重新核查为 \{"a"/)
  })
})

describe('verify that cannot run says why in one line, exit code 2', () => {
  const reportWith = async (edit: (report: Report) => void) => {
    const { report } = await checkedNetwork()
    change(report, edit)
    return report
  }
  const fileOf = (text: string) => {
    const path = join(temporaryFolder(), 'report.json')
    writeFileSync(path, text)
    return path
  }
  it.each<[string, () => string[] | Promise<string[]>, RegExp]>([
    ['no report named', () => [], /needs <report\.json>/],
    ['a report that is not there', () => ['nowhere.json'], /nowhere\.json is not there/],
    ['a folder', () => [temporaryFolder()], /Cannot read/],
    ['not JSON', () => [fileOf('{')], /not a report of check/],
    ['JSON of something else', () => [fileOf('{"type":"FeatureCollection","features":[]}')], /not a report of check: engine/],
    ['an input that is gone', async () => [await reportWith(({ inputs }) => { inputs[0]!.file = 'gone.geojson' })], /gone\.geojson, is neither there/],
    ['a pack nobody ships', async () => [await reportWith(({ pack }) => { pack.id = 'iso-0' })], /"iso-0".*gb50289-2016/],
    ['the file of a pack that is gone', async () => {
      const { pack, report } = await checkedWithOwnPack()
      rmSync(pack)
      return [report]
    }, /rule pack "own".*rules\.json/],
  ])('%s', async (_, args, text) => {
    const { code, err, out } = await run(['verify', ...(await args())])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(text)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
  it('has help in both languages', async () => {
    expect((await run(['verify', '--help'])).out).toMatch(/to the last digit/)
    expect((await run(['verify', '--help'], 'zh-CN')).out).toMatch(/逐位比对/)
  })
})

/** The next double above. */
function nextUp(value: number): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  view.setBigInt64(0, view.getBigInt64(0) + 1n)
  return view.getFloat64(0)
}
