import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

/** Sheets as others read them: GDAL, from the drawing the command writes. */
const hasGdal = spawnSync('ogrinfo', ['--version']).error === undefined

interface Feature { properties: { Layer: string; Text: string | null }; geometry: { type: string; coordinates: unknown } }

/** A water main, 300 m to the east falling from −1 to −4, over a sewer at 100 m and under a cable at 250 m. */
const NETWORK = {
  type: 'FeatureCollection', scenario: false,
  features: [
    { type: 'Feature', properties: { id: '主干管', kind: 'water', owner: '水务', diameterM: 0.4 }, geometry: { type: 'LineString', coordinates: [[0, 0, -1], [150, 0, -2.5], [300, 0, -4]] } },
    { type: 'Feature', properties: { id: 'S', kind: 'sewer_foul', owner: '排水', diameterM: 0.6 }, geometry: { type: 'LineString', coordinates: [[100, -20, -2.6], [100, 20, -2.6]] } },
    { type: 'Feature', properties: { id: 'P', kind: 'power', owner: '', widthM: 0.4, heightM: 0.2 }, geometry: { type: 'LineString', coordinates: [[250, -20, -1], [250, 20, -1]] } },
  ],
}

async function run(args: readonly string[]) {
  let [out, err] = ['', '']
  const code = await runCli(args, { out: text => (out += text), err: text => (err += text), isTerminal: false, language: 'en' as CliIo['language'], signal: new AbortController().signal })
  return { code, out, err }
}

async function sheets(ending: string, ...options: readonly string[]) {
  const folder = temporaryFolder()
  const [network, file] = [join(folder, '管网.geojson'), join(folder, `图纸${ending}`)]
  writeFileSync(network, JSON.stringify(NETWORK))
  const { code, err } = await run(['report', network, '--sheets', file, '--lang', 'zh-CN', ...options])
  return { code, err, file }
}

function read(file: string): Feature[] {
  const { stdout, status } = spawnSync('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', file], { encoding: 'utf8', maxBuffer: 1 << 28 })
  expect(status).toBe(0)
  return (JSON.parse(stdout) as { features: Feature[] }).features
}

const lengthOf = (points: readonly (readonly number[])[]): number => points.slice(1).reduce((sum, [x = 0, y = 0], i) => sum + Math.hypot(x - points[i]![0]!, y - points[i]![1]!), 0)

describe.skipIf(!hasGdal)('drawing sheets, read by GDAL', () => {
  it('are a general plan and three stretches of 300 m on A3 at 1 : 500, with every text of the title block intact', async () => {
    const { code, file } = await sheets('.dxf', '--line', '主干管', '--number', 'UP-01', '--drawn', '张工', '--checked', '李工', '--approved', '王<工>', '--revision', 'A')
    expect(code).toBe(0)
    const features = read(file)
    const texts = features.flatMap(({ properties: { Text } }) => Text ?? [])
    // 420 − 25 − 5 − 82 − 30 − 6 mm for the profile are 136 m: three sheets, each 100 m.
    expect(texts.filter(text => /^第 \d 张 共 4 张$/.test(text))).toEqual(['第 1 张 共 4 张', '第 2 张 共 4 张', '第 3 张 共 4 张', '第 4 张 共 4 张'])
    for (const [text, times] of [['UP-01', 4], ['张工', 4], ['李工', 4], ['王<工>', 4], ['管网.geojson', 4], ['总平面图', 2], ['桩号 m', 3], ['管外底高程 m', 3]] as const) expect([text, texts.filter(each => each === text).length]).toEqual([text, times])
    expect(texts.some(text => text.includes('平面及纵断面图 – 给水 主干管，0+000 至 0+100'))).toBe(true)
    expect(texts.filter(text => text.startsWith('接图线'))).toEqual(['接图线 0+100 · 见第 3 张', '接图线 0+100 · 见第 2 张', '接图线 0+200 · 见第 4 张', '接图线 0+200 · 见第 3 张'])
  }, 60_000)

  it('draw the plan true to scale and the profile with levels, gaps and slopes computed by hand', async () => {
    const { file } = await sheets('.dxf', '--line', '主干管', '--paper', 'A1', '--scale', '1:500')
    const features = read(file)
    const texts = new Set(features.flatMap(({ properties: { Text } }) => Text ?? []))
    // A1 has room for 332 m: one sheet beside the general plan.
    expect(texts.has('第 2 张 共 2 张')).toBe(true)
    // 300 m at 1 : 500 are 600 mm, the main drawn once in plan there; the sewer and the cable 80 mm.
    const second = features.filter(({ geometry: { type, coordinates } }) => type === 'LineString' && (coordinates as number[][]).every(([x = 0]) => x > 841 + 50))
    const lengths = (layer: string) => second.filter(({ properties }) => properties.Layer === layer).map(({ geometry }) => Math.round(lengthOf(geometry.coordinates as number[][]) * 1000) / 1000)
    expect(lengths('给水')).toContain(600)
    expect(lengths('污水')).toContain(80)
    expect(lengths('电力')).toContain(80)
    // Crown = axis + 0.2, underside = axis − 0.2 (drawing programs know no true minus); no ground in the file.
    for (const figure of ['0.00', '150.00', '300.00', '-0.80', '-1.20', '-2.30', '-2.70', '-3.80', '-4.20', '-10.0 / 150.00']) expect([figure, texts.has(figure)]).toEqual([figure, true])
    // The sewer lies under the main: axis -2 there; its crown -2.3. Slope 1 %: over ±0.5 m the main falls and rises 5 mm. Gap 0.6 - 0.2 - 0.3 - 0.005.
    expect(texts.has('管顶 -2.30')).toBe(true)
    expect([...texts].some(text => /^净距 0\.(10|09|095)/.test(text))).toBe(true)
    // The cable passes over: axis -3.5 there, underside -1.1.
    expect(texts.has('管外底 -1.10')).toBe(true)
    expect(texts.has('电力 400 × 200')).toBe(true)
  }, 60_000)

  it('go out as PDF-ready pages too, which load nothing', async () => {
    const { file } = await sheets('.html', '--line', 'S')
    const page = readFileSync(file, 'utf8')
    expect(page).toContain('@page { size: 420mm 297mm')
    expect(page.match(/<svg /g)).toHaveLength(2)
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  }, 60_000)
})

describe('drawing sheets that cannot be', () => {
  it.each([
    [['--line', 'nobody'], 'There is nothing to draw'], [[], 'There is nothing to draw'], [['--paper', 'B5', '--line', 'S'], '--paper B5'], [['--scale', '333', '--line', 'S'], '--scale 333'],
  ])('%j: says why and writes nothing', async (options, why) => {
    const { code, err, file } = await sheets('.dxf', ...options)
    expect(code).toBe(2)
    expect(err).toContain(why)
    expect(() => readFileSync(file)).toThrow()
  }, 60_000)
  it('are refused in a form that is none of theirs before the check runs', async () => {
    const { code, err } = await sheets('.dwg', '--line', 'S')
    expect([code, err.includes('.dxf, .pdf, .html')]).toEqual([2, true])
  })
})
