import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { ProjectFile } from '#main/services/project-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'underplan 示例 '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(...argv: string[]) {
  const text = { out: '', err: '' }
  const io: CliIo = { out: part => (text.out += part), err: part => (text.err += part), isTerminal: false, language: 'en', signal: new AbortController().signal }
  return { code: await runCli(['sample', ...argv], io), ...text }
}

describe('underplan sample', () => {
  it('makes a project that says it is synthetic, with as many segments as asked for', async () => {
    const path = join(folder, '城市 1.gpkg')
    const { code, out, err } = await run(path, '--segments', '3000', '--seed', '5', '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const answer = JSON.parse(out) as { assets: { total: number; byKind: Record<string, number> }; nodes: number }
    const { project } = await ProjectFile.open(path, { readOnly: true })
    expect(project.info()).toMatchObject({ synthetic: true, crs: 'EPSG:4545', assetCount: answer.assets.total, nodeCount: answer.nodes })
    expect(Math.abs(project.info().segmentCount - 3000)).toBeLessThanOrEqual(60)
    expect(Object.keys(answer.assets.byKind).length).toBeGreaterThanOrEqual(8)
    expect(project.scenarios()).toHaveLength(2)
    await project.close()
  })

  it.each([
    ['no file', [], /needs <out\.gpkg>/],
    ['another ending', ['city.geojson'], /ends in \.gpkg/],
    ['too few segments', ['city.gpkg', '--segments', '10'], /--segments 10: needs a whole number/],
    ['no number', ['city.gpkg', '--segments', '2e4'], /--segments 2e4/],
    ['a seed that is none', ['city.gpkg', '--seed', 'x'], /--seed x/],
    ['an unknown option', ['city.gpkg', '--size', '1'], /size/],
    ['a folder that is not there', ['nowhere/city.gpkg', '--segments', '1000'], /folder/],
    ['an answer that cannot be written', ['city.gpkg', '--segments', '1000', '--json', join(folder, 'nowhere', 'a.json')], /Cannot write/],
  ])('refuses %s in one line, leaving nothing behind', async (_, argv, message) => {
    const before = readdirSync(folder)
    const { code, out, err } = await run(...argv.map((arg, i) => (i === 0 ? join(folder, arg) : arg)))
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(message)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(readdirSync(folder)).toEqual(before)
  })

  it('does not overwrite a project', async () => {
    const path = join(folder, 'kept.gpkg')
    expect((await run(path, '--segments', '1000')).code).toBe(0)
    const again = await run(path, '--segments', '1000')
    expect(again.code).toBe(2)
    expect(again.err).toContain('not overwritten')
    expect(existsSync(path)).toBe(true)
  })
})
