import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { anImportEntry, aSmallTwin, created, importedRecords, opened } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

async function run(args: readonly string[], language: CliIo['language'] = 'en', signal = new AbortController().signal) {
  let [out, err] = ['', '']
  const code = await runCli(args, { out: text => (out += text), err: text => (err += text), isTerminal: false, language, signal })
  return { code, out, err }
}

async function closedProject(): Promise<string> {
  const project = await created(join(temporaryFolder(), '城市.gpkg'), { records: { ...aSmallTwin(), synthetic: true } })
  await project.addRecords(importedRecords({}), { ...anImportEntry('arcs.geojson'), issues: [{ code: 'size_missing', severity: 'warning', count: 4, example: 'arc 7' }] })
  await project.close()
  return project.path
}

function scriptOf(...lines: (object | string)[]): string {
  const path = join(temporaryFolder(), '编辑.jsonl')
  writeFileSync(path, lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return path
}

const scenario = 'S'
const make = { op: 'scenario', name: scenario }
const coordinates = [[430_000, 4_581_000, 30], [430_050, 4_581_040, 30]]
const gas = { op: 'addProposal', scenario, id: 'g', kind: 'gas', diameterM: 0.3, laying: 'direct', coordinates }
const cable = { op: 'addProposal', scenario, id: 'c', kind: 'power', widthM: 0.6, heightM: 0.3, laying: 'duct', coordinates }
const move = { op: 'moveVertex', scenario, id: 'g', index: 1, to: [430_060, 4_581_040, 29] }

describe('info', () => {
  it('answers with the keys of cli.md', async () => {
    const { code, out, err } = await run(['info', await closedProject(), '--json'])
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({
      name: '城市.gpkg', assets: { total: 3, byKind: { water: 1, gas: 1, power: 1 } }, nodes: 2, surfaces: [{ name: 'ground', type: 'grid', cols: 3, rows: 2 }], boreholes: 0,
      crs: 'EPSG:25831', extent: [430_000, 4_581_000, 30.5, 430_040, 4_581_040, 34], synthetic: true, scenarios: [],
      issues: [{ code: 'size_missing', severity: 'warning', count: 4, example: 'arc 7' }], imports: [{ files: [{ name: 'arcs.geojson' }] }],
    })
  })
  it('writes the same to a file and says it in words', async () => {
    const target = join(temporaryFolder(), 'info.json')
    const path = await closedProject()
    const { out } = await run(['info', path, '--json', target], 'zh-CN')
    expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ nodes: 2 })
    expect(out).toMatch(/城市\.gpkg（?.*模拟数据[\s\S]*管线：3 条[\s\S]*给水[\s\S]*arcs\.geojson/)
    expect(out).not.toMatch(/\{\{|cli-project:|info\./)
  })
  it('reads a project that is open and being edited', async () => {
    const path = await closedProject()
    const { project } = await opened(path)
    await project.createScenario('A')
    expect(JSON.parse((await run(['info', path, '--json'])).out)).toMatchObject({ scenarios: [{ name: 'A', proposals: 0, edits: 0, revision: 0 }] })
  })
  it.each(['en', 'zh-CN'] as const)('says in one line why it cannot read a file (%s)', async language => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'text.gpkg'), 'text')
    for (const args of [['info'], ['info', join(folder, 'none.gpkg')], ['info', join(folder, 'text.gpkg')], ['info', folder]]) {
      const { code, out, err } = await run(args, language)
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(/^[^\n]+\n$/)
      expect(err).not.toMatch(/cli-project:|failure\.|\{\{/)
    }
  })
})

describe('script', () => {
  it('acknowledges each line, and what it did is in the project', async () => {
    const path = await closedProject()
    const script = scriptOf(make, gas, cable, '', move, { op: 'undo', scenario }, { op: 'redo', scenario }, { op: 'removeProposal', scenario, id: 'c' }, make, move)
    const { code, out, err } = await run(['script', path, script])
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe([1, 2, 3, 5, 6, 7, 8, 9, 10].map(n => `ack ${n}\n`).join(''))
    const { project } = await opened(path, { readOnly: true })
    expect(project.scenarios()).toMatchObject([{ id: 'scenario-1', name: 'S', proposals: 1, excavations: 0, edits: 6, revision: 6 }])
    expect(project.scenarioDocument('scenario-1').proposals).toEqual({
      g: { id: 'g', name: '', owner: '', kind: 'gas', section: { shape: 'circle', diameterM: 0.3 }, laying: 'direct', axis: [coordinates[0], move.to] },
    })
  })
  it.each<[string, object | string, RegExp]>([
    ['what is not JSON', '{"op":', /Line 3 is not JSON/], ['an unknown op', { op: 'explode' }, /Line 3 .*op/], ['an unknown key', { ...move, colour: 'red' }, /Line 3 .*colour/],
    ['a wrong kind', { ...cable, kind: 'lava' }, /Line 3 .*kind/], ['no size', { ...cable, widthM: undefined }, /Line 3 needs either diameterM/], ['two sizes', { ...cable, diameterM: 1 }, /Line 3 needs either/],
    ['one vertex', { ...cable, coordinates: coordinates.slice(0, 1) }, /Line 3 .*coordinates/], ['an infinite coordinate', JSON.stringify(move).replace('430060', '1e999'), /Line 3/],
    ['an unknown scenario', { ...move, scenario: 'T' }, /Line 3: there is no scenario "T"/], ['an unknown proposal', { ...move, id: 'x' }, /Line 3 .*no proposal "x"/],
    ['a taken id', gas, /Line 3 .*already has/], ['an index out of range', { ...move, index: 2 }, /Line 3 .*has 2 vertices/], ['nothing to redo', { op: 'redo', scenario }, /Line 3: there is nothing to redo/],
  ])('stops at %s, naming the line; what was acknowledged stays', async (_, wrong, message) => {
    const path = await closedProject()
    const { code, out, err } = await run(['script', path, scriptOf(make, gas, wrong, cable)])
    expect([code, out]).toEqual([2, 'ack 1\nack 2\n'])
    expect(err).toMatch(message)
    expect(err).toMatch(/^[^\n]+\n$/)
    expect((await opened(path, { readOnly: true })).project.scenarios()).toMatchObject([{ proposals: 1, edits: 1 }])
  })
  it('answers with --json in place of acknowledgements', async () => {
    const { out } = await run(['script', await closedProject(), scriptOf(make, gas), '--json'])
    expect(JSON.parse(out)).toEqual({ acknowledged: 2, scenarios: [{ name: 'S', proposals: 1, edits: 1, revision: 1 }] })
  })
  it('says in one line where it cannot begin, changing nothing', async () => {
    const path = await closedProject()
    const { project } = await opened(path)
    expect(await run(['script', path, scriptOf(make)])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('open in another window') as string })
    await project.close()
    expect(await run(['script', path, join(temporaryFolder(), 'none.jsonl')])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/none\.jsonl.*ENOENT/) as string })
    expect(await run(['script', path])).toMatchObject({ code: 2, out: '' })
    expect((await ProjectFile.open(path, { readOnly: true })).project.scenarios()).toEqual([])
  })
  it('stops between lines when interrupted', async () => {
    const controller = new AbortController()
    controller.abort()
    expect(await run(['script', await closedProject(), scriptOf(make)], 'en', controller.signal)).toMatchObject({ code: 2, out: '' })
  })
})
