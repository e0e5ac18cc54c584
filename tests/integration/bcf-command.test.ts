import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { temporaryFolder } from '../builders/temporary-folder.ts'
import { TOPIC, topicXml, VERSION_30, zipOf } from '../unit/io-bcf/small-archive.ts'

interface Answer { version: string; topics: { guid: string; title: string; status: string | null; type: string | null; comments: number; viewpoints: number }[]; written?: { version: string } }

async function run(args: string[], language: 'en' | 'zh-CN' = 'en'): Promise<{ code: number; out: string; err: string; answer: Answer }> {
  let [out, err] = ['', '']
  const io: CliIo = { out: text => (out += text), err: text => (err += text), isTerminal: false, language, signal: new AbortController().signal }
  const code = await runCli(['bcf', ...args], io)
  return { code, out, err, answer: (args.includes('--json') && out !== '' ? JSON.parse(out) : {}) as Answer }
}

function archive(files: Record<string, string | Uint8Array> = {}): { folder: string; path: string; output: string } {
  const folder = temporaryFolder()
  const path = join(folder, '问题 1.bcfzip')
  writeFileSync(path, zipOf({ [`${TOPIC}/markup.bcf`]: topicXml('', '<Comment Guid="c"><Date>d</Date><Author>a</Author><Comment>x</Comment></Comment>', 'TopicStatus="Open"'), ...files }))
  return { folder, path, output: join(folder, 'out.bcfzip') }
}

describe('bcf', () => {
  it('lists the topics with the keys of cli.md', async () => {
    const { code, answer } = await run([archive().path, '--json'])
    expect(code).toBe(0)
    expect(answer).toMatchObject({ version: '2.1', topics: [{ guid: TOPIC, title: 'T', status: 'Open', type: null, comments: 1, viewpoints: 0 }] })
  })

  it.each([[undefined, '2.1'], ['2.1', '2.1'], ['3.0', '3.0']])('writes it back; --version %s gives %s', async (version, written) => {
    const { path, output, folder } = archive()
    const { code, answer } = await run([path, '-o', output, ...(version === undefined ? [] : ['--version', version]), '--json'])
    expect(code).toBe(0)
    expect(answer).toMatchObject({ version: '2.1', written: { version: written } })
    expect((await run([output, '--json'])).answer).toMatchObject({ version: written, topics: answer.topics })
    expect(readdirSync(folder).sort()).toEqual(['out.bcfzip', '问题 1.bcfzip'])
  })

  it('keeps 3.0 without being asked, writes 1.0 as 2.1', async () => {
    const three = archive({ 'bcf.version': VERSION_30 })
    await run([three.path, '-o', three.output])
    expect((await run([three.output, '--json'])).answer.version).toBe('3.0')
  })

  it('may write over what it read', async () => {
    const { path } = archive()
    expect((await run([path, '-o', path, '--version', '3.0'])).code).toBe(0)
    expect((await run([path, '--json'])).answer.version).toBe('3.0')
  })

  it.each(['en', 'zh-CN'] as const)('says what is wrong in one line and leaves no file (%s)', async language => {
    const { folder, path, output } = archive({ 'bcf.version': '<Version VersionId="9"/>' })
    const { code, out, err } = await run([path, '-o', output, '--json'], language)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^[^\n]*9[^\n]*\n$/)
    expect(err).not.toMatch(/\{\{|cli-bcf|undefined/)
    expect(readdirSync(folder)).toEqual(['问题 1.bcfzip'])
  })

  it('refuses a version it does not write, and one without a file to write to', async () => {
    const { path, output } = archive()
    expect(await run([path, '-o', output, '--version', '2.0'])).toMatchObject({ code: 2, err: 'BCF 2.0 is not written; choose one of 2.1, 3.0.\n' })
    expect((await run([path, '--version', '3.0'])).code).toBe(2)
    expect(existsSync(output)).toBe(false)
  })

  it('a folder, a missing file or a place that cannot be written to: one line, what was there stays', async () => {
    const { folder, path, output } = archive()
    for (const args of [[folder], [join(folder, 'none')], [path, '-o', join(folder, 'no', 'such', 'place.bcfzip')], []]) {
      const { code, err } = await run(args)
      expect(code).toBe(2)
      expect(err.trimEnd().split('\n')).toHaveLength(1)
    }
    mkdirSync(output)
    expect((await run([path, '-o', output])).code).toBe(2)
    expect(readdirSync(folder).sort()).toEqual(['out.bcfzip', '问题 1.bcfzip'])
  })

  it('a failed write leaves the file that was there', async () => {
    const { path, output } = archive({ [`${TOPIC}/markup.bcf`]: '<Markup>' })
    writeFileSync(output, 'before')
    expect((await run([path, '-o', output])).code).toBe(2)
    expect(readFileSync(output, 'utf8')).toBe('before')
  })

  it('titles that would steer the terminal are shown without that', async () => {
    const { path } = archive({ [`${TOPIC}/markup.bcf`]: topicXml().replace('<Title>T</Title>', '<Title>a\u0085b&#x9b;31mred\nc</Title>') })
    const { out } = await run([path])
    expect(out).toContain('a b 31mred c')
  })
})

describe('check --bcf', () => {
  const line = (id: string, kind: string, coordinates: number[][]) => ({ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { id, kind, diameterM: 0.3 } })
  /** Water 0.3 over sewer 0.3, axes 0.5 apart: a vertical gap of 0.2 where GB 50289 asks for 0.4. */
  const crossing = (sewerZ: number) => JSON.stringify({ type: 'FeatureCollection', features: [
    line('w', 'water', [[500_000, 3_000_000, -1], [500_040, 3_000_000, -1]]), line('s', 'sewer_foul', [[500_020, 2_999_980, sewerZ], [500_020, 3_000_020, sewerZ]]),
  ] })

  async function check(path: string, output: string, language: 'en' | 'zh-CN' = 'en'): Promise<{ code: number; err: string }> {
    let err = ''
    const io: CliIo = { out: () => undefined, err: text => (err += text), isTerminal: false, language, signal: new AbortController().signal }
    return { code: await runCli(['check', path, '--bcf', output], io), err }
  }

  it('writes the findings as topics where the check says they are; again after a change, the same topics', async () => {
    const folder = temporaryFolder()
    const [path, output] = [join(folder, 'net.geojson'), join(folder, 'out.bcfzip')]
    writeFileSync(path, crossing(-1.5))
    expect((await check(path, output)).code).toBe(1)
    const { value, notices } = readBcf(new Uint8Array(readFileSync(output)))
    expect(notices).toEqual([])
    expect(value).toMatchObject({ version: '2.1', project: { name: 'net.geojson' } })
    const topic = value.topics.find(({ comments }) => /cross 0\.200 m apart in level; at least 0\.400 m is required/.test(comments![0]!.text!))!
    const { components, cameras } = topic.viewpoints![0]!.view!
    expect(components!.selection!.map(({ authoringToolId }) => authoringToolId).sort()).toEqual(['s', 'w'])
    expect(topic.labels).toEqual(['Foul sewer', 'Water', 'possible'])
    const { x, y, z } = cameras[0]!.viewPoint!
    expect(Math.hypot(Number(x) - 500_020, Number(y) - 3_000_000, Number(z) + 1.25)).toBeLessThan(20)
    writeFileSync(path, crossing(-1.45))
    await check(path, output, 'zh-CN')
    const again = readBcf(new Uint8Array(readFileSync(output))).value
    expect(again.topics.map(({ guid }) => guid)).toEqual(value.topics.map(({ guid }) => guid))
    expect(again.topics[0]!.comments![0]!.text).not.toBe(value.topics[0]!.comments![0]!.text)
  })

  it('without findings an archive without topics; a place that cannot be written to is exit 2', async () => {
    const folder = temporaryFolder()
    const [path, output] = [join(folder, 'net.geojson'), join(folder, 'out.bcfzip')]
    writeFileSync(path, crossing(-9))
    expect((await check(path, output)).code).toBe(0)
    expect(readBcf(new Uint8Array(readFileSync(output))).value.topics).toEqual([])
    const { code, err } = await check(path, join(folder, 'no', 'out.bcfzip'))
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
  })
})
