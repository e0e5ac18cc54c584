import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { oraclePairs } from '#tests/oracle/oracle.ts'
import { randomNetwork } from '#tests/oracle/random-network.ts'
import { shuffleOrder } from '#tests/oracle/transforms.ts'
import type { FeatureCollection, OraclePack } from '#tests/oracle/types.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

async function run(args: readonly string[], language: CliIo['language'] = 'en', signal = new AbortController().signal) {
  let [out, err] = ['', '']
  const code = await runCli(args, { out: text => (out += text), err: text => (err += text), isTerminal: false, language, signal })
  return { code, out, err }
}

type Extra = Readonly<Record<string, unknown>>
const line = (id: string, kind: string, coordinates: number[][], properties: Extra = {}, more: Extra = {}) =>
  ({ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { id, kind, diameterM: 0.3, ...properties }, ...more })
const network = (...features: object[]) => ({ type: 'FeatureCollection', features })

function fileOf(content: object | string, name = '管网.geojson'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** Water 0.3 over sewer 0.3, axes 0.5 apart: a vertical gap of 0.2 where GB 50289 asks for 0.4. */
const crossing = network(
  line('w', 'water', [[0, 0, -1], [40, 0, -1]], { owner: '自来水公司' }, { scenario: true }),
  line('s', 'sewer_foul', [[20, -20, -1.5], [20, 20, -1.5]], { owner: '排水公司' }),
  line('far', 'gas', [[0, 500, -1], [40, 500, -1]], { pressureClass: 'low', owner: '燃气公司' }),
)

async function jsonOf(...args: readonly string[]) {
  const { code, out, err } = await run(['check', ...args, '--json'])
  return { code, err, answer: JSON.parse(out || 'null') as { engine: string; pack: object; inputs: { file: string; hash: string }[]; findings: Record<string, unknown>[]; pairs: Record<string, unknown>[]; issues: object[] } }
}

describe('check on a network file', () => {
  it('answers with the keys of cli.md and design §8, exit code 1', async () => {
    const path = fileOf(crossing)
    const { code, err, answer } = await jsonOf(path)
    expect([code, err]).toEqual([1, ''])
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(['engine', 'pack', 'inputs', 'findings', 'pairs']))
    expect(answer.pack).toMatchObject({ id: 'gb50289-2016', version: expect.any(String) as string, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
    expect(answer.inputs[0]!.hash).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'))
    expect(answer.pairs).toEqual([{ a: 's', b: 'w', rule: 'vertical', required: 0.4, found: expect.closeTo(0.2, 9) as number, at: { a: [20, 0, -1.5].map(x => expect.closeTo(x, 6) as number), b: [20, 0, -1].map(x => expect.closeTo(x, 6) as number) } }])
    expect(answer.findings).toHaveLength(1)
    expect(answer.findings[0]).toMatchObject({
      id: 's|w|vertical|1', rule: 'vertical', a: ['s'], b: ['w'], required: 0.4, verdict: 'possible', clause: '4.1.14', basis: 'quoted',
      stretch: { from: expect.any(Array) as number[], to: expect.any(Array) as number[] },
    })
  })

  it('writes the answer to a file, tells it in words on standard output, and names the input from there', async () => {
    const path = fileOf(crossing)
    const target = join(temporaryFolder(), 'out.json')
    const { code, out } = await run(['check', path, '--json', target], 'zh-CN')
    expect(code).toBe(1)
    expect(out).toMatch(/问题 1 处[\s\S]*强制 · 可能：污水 s 与给水 w 交叉处垂直净距 0\.200 m，规范要求不小于 0\.400 m，差 0\.200 m（GB 50289-2016 4\.1\.14）/)
    expect(out).not.toMatch(/\{\{|cli-check:/)
    const { inputs } = JSON.parse(readFileSync(target, 'utf8')) as { inputs: { file: string }[] }
    expect(existsSync(join(target, '..', inputs[0]!.file))).toBe(true)
  })

  it('gives the same bytes from run to run and whatever the order of the file', async () => {
    const given = randomNetwork({ seed: 77, assets: 40, missingShare: 0 })
    const text = async (content: FeatureCollection) => {
      const { out } = await run(['check', fileOf(content), '--json'])
      const { findings, pairs } = JSON.parse(out) as { findings: unknown[]; pairs: unknown[] }
      return JSON.stringify({ findings, pairs })
    }
    const first = await text(given)
    expect(first.length).toBeGreaterThan(1000)
    expect(await text(given)).toBe(first)
    expect(await text(shuffleOrder(given, 5))).toBe(first)
  })

  it('gives the oracle’s pairs under a pack from a file (seed 78)', async () => {
    const cite = { clause: '1', basis: 'sister' }
    const pack = {
      format: 'underplan-rules/1', id: 'own', version: '3', title: { en: 'own', 'zh-CN': '自定' }, semantics: 'crossing-alongside', alongsideMaxVerticalGapM: 2,
      classes: [{ id: 'gas', match: { kind: 'gas' } }, { id: 'wet', match: { kind: ['water', 'sewer_foul', 'sewer_storm'] } }],
      horizontal: [{ a: 'gas', b: 'wet', minM: 1.2, ...cite }], vertical: [{ upper: 'gas', lower: 'wet', either: true, minM: 0.3, ...cite }],
    }
    const given = randomNetwork({ seed: 78, assets: 40, missingShare: 0, awkwardnesses: ['crossing', 'grazing', 'tee', 'riser', 'stacked', 'rectangle', 'bend'] })
    const { answer } = await jsonOf(fileOf(given), '--rules', fileOf(pack, 'rules.json'))
    const wanted = oraclePairs(given, pack as unknown as OraclePack)
    expect(answer.pairs.map(({ a, b, rule, required }) => [a, b, rule, required])).toEqual(wanted.map(({ a, b, rule, required }) => [a, b, rule, required]))
    wanted.forEach((row, i) => expect(answer.pairs[i]!['found']).toBeCloseTo(row.found, 7))
    expect(answer.pack).toMatchObject({ id: 'own', version: '3' })
    expect(answer.findings.every(finding => finding['rule'] === 'hard' || finding['rule'] === 'touching' || finding['mandatory'] === false)).toBe(true)
  })

  it('exit code 0 where nothing is short, also for an empty network', async () => {
    expect(await jsonOf(fileOf(network(line('w', 'water', [[0, 0, -1], [9, 0, -1]]))))).toMatchObject({ code: 0, answer: { findings: [], pairs: [] } })
    expect(await jsonOf(fileOf(network()))).toMatchObject({ code: 0, answer: { findings: [], pairs: [] } })
  })

  it('levels given at the crown or the invert are turned into the axis', async () => {
    const given = network(
      line('w', 'water', [[0, 0, -0.85], [40, 0, -0.85]], { levelReference: 'crown' }),
      line('s', 'sewer_foul', [[20, -20, -1.35], [20, 20, -1.35]], { levelReference: 'crown' }),
    )
    expect((await jsonOf(fileOf(given))).answer.pairs[0]).toMatchObject({ rule: 'vertical', found: expect.closeTo(0.2, 9) as number })
  })

  it('an asset that was removed takes no part', async () => {
    const given = network(line('w', 'water', [[0, 0, -1], [40, 0, -1]], { status: 'removed' }), line('s', 'sewer_foul', [[20, -20, -1.5], [20, 20, -1.5]]))
    expect((await jsonOf(fileOf(given))).answer.pairs).toEqual([])
  })

  it('a network in degrees is checked in metres', async () => {
    // 0.00001° of latitude is 1.1 m: two parallel lines that far apart, axis to axis.
    const given = network(
      line('w', 'water', [[106.5, 29.5, 200], [106.501, 29.5, 200]]), line('s', 'sewer_foul', [[106.5, 29.50001, 200], [106.501, 29.50001, 200]]),
    )
    const { answer } = await jsonOf(fileOf({ ...given, crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } } }))
    expect(answer.pairs).toMatchObject([{ a: 's', b: 'w', rule: 'horizontal', required: 1.5 }])
    expect(answer.pairs[0]!['found'] as number).toBeGreaterThan(0.75)
    expect(answer.pairs[0]!['found'] as number).toBeLessThan(0.85)
  })
})

describe('check --sets', () => {
  it.each([
    ['scenario:all', 1], ['all:all', 1], ['water:sewer_foul', 1], ['自来水公司:排水公司', 1], ['gas,water:sewer_foul', 1], ['gas:all', 0], ['water:water', 0],
  ])('%s', async (sets, count) => {
    expect((await jsonOf(fileOf(crossing), '--sets', sets)).answer.pairs).toHaveLength(count)
  })
  it.each([['water', /colon/], ['water:wine', /"wine"/], [':', /""/]])('%s is refused', async (sets, text) => {
    const { code, err, out } = await run(['check', fileOf(crossing), '--sets', sets])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(text)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('check that cannot run says why in one line, exit code 2', () => {
  const pack = (content: object) => fileOf({ format: 'underplan-rules/1', id: 'p', version: '1', title: { en: 'p', 'zh-CN': 'p' }, semantics: 'distance', classes: [], ...content }, 'rules.json')
  it.each<[string, () => string[], RegExp]>([
    ['no file named', () => [], /needs <project\.gpkg/],
    ['two files', () => ['a.geojson', 'b.geojson'], /needs <project\.gpkg/],
    ['a file that is not there', () => ['nowhere.geojson'], /nowhere\.geojson is not there/],
    ['cut off', () => [fileOf('{"type":"FeatureCollection","features":[')], /cannot be checked/],
    ['empty', () => [fileOf('')], /cannot be checked/],
    ['not a network', () => [fileOf({ type: 'Topology' })], /cannot be checked/],
    ['a project that is none', () => [fileOf('not SQLite', 'a.gpkg')], /not an Underplan project|damaged/],
    ['a pack that is not there', () => [fileOf(crossing), '--rules', 'iso-0'], /iso-0.*gb50289-2016/],
    ['a pack that is not JSON', () => [fileOf(crossing), '--rules', fileOf('{', 'rules.json')], /not JSON/],
    ['a cell of an unknown class', () => [fileOf(crossing), '--rules', pack({ distance: [{ a: 'x', b: 'x', minM: 1, clause: '', basis: 'quoted' }] })], /distance\[0\]\.a: there is no class "x" \(2 problems/],
    ['a cell of the wrong form', () => [fileOf(crossing), '--rules', pack({ distance: [{ a: 'x' }] })], /distance\[0\]\.b/],
    ['a scheme of a file', () => [fileOf(crossing), '--scenario', 'A'], /needs a project/],
    ['an option nobody knows', () => [fileOf(crossing), '--loud'], /--loud/],
    ['nowhere to write', () => [fileOf(crossing), '--json', join(temporaryFolder(), 'no', 'out.json')], /Cannot write/],
  ])('%s', async (_, args, text) => {
    const { code, err, out } = await run(['check', ...args()])
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(text)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('cancelled', async () => {
    const controller = new AbortController()
    controller.abort()
    expect(await run(['check', fileOf(crossing)], 'en', controller.signal)).toMatchObject({ code: 2, out: '' })
  })

  it('has help in both languages', async () => {
    expect((await run(['check', '--help'])).out).toMatch(/--sets A:B/)
    expect((await run(['check', '--help'], 'zh-CN')).out).toMatch(/规则包/)
  })
})
