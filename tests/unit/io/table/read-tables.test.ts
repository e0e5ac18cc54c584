import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { readXlsx } from '#shared/io/formats/table/read-xlsx.ts'
import { IssueLog } from '#shared/io/issue-log.ts'
import { DEFAULT_IMPORT_LIMITS } from '#shared/io/source.ts'
import { isSideOf } from '#shared/io/file-sets.ts'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'

const file = (name: string, text: string) => ({ name, bytes: strToU8(text) })

const POINTS = `管线点成果表
权属单位:某市燃气集团,,,,,,
物探点号,特征,附属物,X,Y,地面高程,埋深
TR1,三通,,3280000.00,500000.00,260.50,1.20
TR2,,阀门井,3280050.00,500000.00,260.00,1.10
TR3,直线点,,3280050.00,500040.00,259.50,1.00
`
const LINES = `起点点号,终点点号,管线种类,管径(mm),材质,权属单位,埋设方式,起点埋深,终点埋深
TR1,TR2,燃气,200,PE,某市燃气集团,直埋,1.20,1.10
TR2,TR3,燃气,110,PE,某市燃气集团,直埋,1.10,1.00
TR3,TR2,燃气,110,PE,某市燃气集团,直埋,1.00,1.10
TR3,TR9,燃气,110,PE,,直埋,1.00,1.00
TR3,TR3,燃气,110,PE,,直埋,1.00,1.00
`
const SET = [file('燃气管线线.csv', LINES), file('燃气管线点.csv', POINTS)]

/** A workbook of inline texts and shared strings, as Excel writes it. */
function workbook(sheets: Record<string, string>): Uint8Array {
  const names = Object.keys(sheets)
  const strings = [...new Set(Object.values(sheets).flatMap(text => text.split('\n').flatMap(row => row.split(','))))]
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const sheet = (text: string) => `<worksheet><sheetData>${text.trim().split('\n').map((row, r) => `<row r="${r + 1}">${row.split(',').map((cell, c) => (cell === '' ? '' : `<c r="${String.fromCharCode(65 + c)}${r + 1}" ${/^-?[\d.]+$/.test(cell) ? `><v>${cell}</v>` : `t="s"><v>${strings.indexOf(cell)}</v>`}</c>`)).join('')}</row>`).join('')}</sheetData></worksheet>`
  return zipSync({
    'xl/workbook.xml': strToU8(`<workbook xmlns:r="r"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships>${names.map((_n, i) => `<Relationship Id="r${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`),
    'xl/sharedStrings.xml': strToU8(`<sst>${strings.map(text => `<si><t>${escape(text)}</t></si>`).join('')}</sst>`),
    ...Object.fromEntries(names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, strToU8(sheet(sheets[name]!))])),
  })
}

describe('survey tables', () => {
  it('joins lines to points, X being the north, levels from depth below each point\'s ground', () => {
    const { assets, nodes } = importOf(SET)
    expect(assets.map(asset => [asset.id, asset.kind, asset.owner, asset.laying, asset.section])).toEqual([
      ['TR1-TR2', 'gas', '某市燃气集团', 'direct', { shape: 'circle', diameterM: 0.2 }], ['TR2-TR3', 'gas', '某市燃气集团', 'direct', { shape: 'circle', diameterM: 0.11 }],
      ['TR3-TR2', 'gas', '某市燃气集团', 'direct', { shape: 'circle', diameterM: 0.11 }],
    ])
    // Depth to the top of a gas main; half its diameter further to the axis.
    expect(assets[0]!.axis).toEqual([[500000, 3280000, expect.closeTo(260.5 - 1.2 - 0.1, 9)], [500000, 3280050, expect.closeTo(260 - 1.1 - 0.1, 9)]])
    expect(nodes.map(({ id, nodeType, at }) => [id, nodeType, at[2]])).toEqual([['TR1', 'junction', 260.5], ['TR2', 'valve', 260], ['TR3', 'junction', 259.5]])
  })

  it('makes the checks used in practice: line twice, unknown point, start equal to end', () => {
    const { issues } = importOf(SET)
    const of = (code: string) => issues.filter(issue => issue.code === code).map(issue => issue.ref)
    expect(of('duplicate_id')).toEqual(['TR3–TR2 (燃气管线线#4)'])
    expect([of('geometry_null'), of('zero_length')]).toEqual([['TR3–TR9 (燃气管线线#5)'], ['TR3–TR3 (燃气管线线#6)']])
  })

  it('checks levels: too deep, above the ground, ground less level against depth, two points in one place', () => {
    const points = (...rows: string[]) => importOf([file('水点.csv', ['物探点号,特征,X,Y,地面高程,管线高程,埋深', ...rows].join('\n')), file('水线.csv', '起点点号,终点点号,管线种类,管径(mm),起点埋深,终点埋深\nA,B,给水,200,25,1.0\nA,C,给水,200,1.0,1.0\n')])
    const { issues } = points('A,三通,3280000,500000,260.5,259.5,1.0', 'B,弯头,3280050,500000,260.5,260.9,1.0', 'C,弯头,3280060,500000,260.5,259.5,2.0', 'D,弯头,3280000,500000,260.5,259.5,1.0', 'E,弯头,3280000,500000,260.5,255.5,5.02')
    expect(issues.filter(issue => issue.code === 'level_suspect').map(({ ref, context }) => [ref, context])).toEqual([
      ['B (水点#3)', { problem: 'above_ground', levelM: 260.9, groundM: 260.5 }], ['B (水点#3)', { problem: 'level_and_depth', differenceM: 1.4 }], ['C (水点#4)', { problem: 'level_and_depth', differenceM: 1 }],
      ['A–B (水线#2)', { problem: 'depth_beyond', depthM: 25 }],
    ])
    expect(issues.filter(issue => issue.code === 'duplicate_id').map(({ ref, context }) => [ref, context])).toEqual([['D (水点#5)', { problem: 'same_place', other: 'A' }]])
  })

  it('takes a kind that is not said for unknown where a table holds several kinds', () => {
    const { assets, count } = importOf([file('点.csv', POINTS), file('线.csv', '起点点号,终点点号,管线种类,管径(mm),起点埋深,终点埋深\nTR1,TR2,燃气,200,1,1\nTR2,TR3,给水,110,1,1\nTR1,TR3,,110,1,1\n')])
    expect(assets.map(asset => asset.kind)).toEqual(['gas', 'water', 'unknown'])
    expect(count('kind_unknown')).toBe(1)
  })

  it.each([
    ['0', '1'], ['起点→终点', '终点→起点'], ['正向', '反向'], ['自起点至终点', '自终点至起点'], ['with', 'against'], ['Start to end', 'End to start'],
  ])('keeps the surveyed direction of flow, written %s and %s', (along, back) => {
    const [first, second, ...rest] = LINES.trim().split('\n').slice(1)
    const { assets, issues } = importOf([file('污水管线线.csv', [`${LINES.split('\n')[0]},流向`, `${first},${along}`, `${second},${back}`, ...rest.map(row => `${row},`)].join('\n').replaceAll('燃气,', '污水,')), SET[1]!])
    expect(assets.slice(0, 2).map(asset => asset.attributes['flowDirection'])).toEqual(['with', 'against'])
    expect(assets.slice(2).every(asset => !('flowDirection' in asset.attributes))).toBe(true)
    expect(issues.filter(issue => issue.code === 'property_invalid')).toEqual([])
  })

  it('says what it did not understand of a direction of flow', () => {
    const rows = LINES.trim().split('\n').slice(0, 3)
    const { issues } = importOf([file('污水管线线.csv', [`${rows[0]},流向`, `${rows[1]},0`, `${rows[2]},向东`].join('\n')), SET[1]!])
    expect(issues.find(issue => issue.code === 'property_invalid')!.context).toEqual({ property: '流向', value: '向东' })
  })

  it('asks about a main of six metres, not about a utility tunnel of that size', () => {
    const { issues } = importOf([file('点.csv', POINTS), file('线.csv', '起点点号,终点点号,管线种类,管径(mm),起点埋深,终点埋深\nTR1,TR2,综合管廊,6600X3900,6,6\nTR2,TR3,给水,6600,1,1\n')])
    expect(issues.filter(issue => issue.code === 'unit_suspect').map(issue => issue.ref)).toEqual(['TR2-TR3 (线#3)'])
  })

  it('reads the same from the sheets of one workbook, in GB18030 from CSV, and from a point table that names the next point', () => {
    const fromCsv = importOf(SET).assets
    const fromBook = importOf([{ name: '成果.xlsx', bytes: workbook({ 燃气管线线: LINES, 燃气管线点: POINTS }) }]).assets
    expect(fromBook.map(({ id, axis, section, kind }) => ({ id, axis, section, kind }))).toEqual(fromCsv.map(({ id, axis, section, kind }) => ({ id, axis, section, kind })))
    const joined = importOf([file('WS.csv', '物探点号,连接点号,X,Y,地面高程,管线高程,管径,管线种类\nW1,W2,100,10,50,47,300,污水\nW2,W1,200,10,49,46,300,污水\n')])
    expect(joined.assets).toHaveLength(1)
    // Sewers are surveyed at the inside bottom: inner 300 with a wall of 30.
    expect(joined.assets[0]!.axis.map(([, , z]) => z)).toEqual([expect.closeTo(47.15, 9), expect.closeTo(46.15, 9)])
    expect(joined.nodes).toHaveLength(2)
  })

  it('takes X for the easting where nothing says it is a Chinese survey', () => {
    const { nodes } = importOf([file('p.csv', 'point_id,x,y\na,1000,2000\n')])
    expect(nodes[0]!.at.slice(0, 2)).toEqual([1000, 2000])
  })

  it('knows which files belong together', () => {
    expect([isSideOf('燃气管线点.csv', '燃气管线线.csv'), isSideOf('JS_POINT.csv', 'JS_LINE.csv'), isSideOf('Knooppunt.csv', 'Verbinding.csv')]).toEqual([true, true, true])
    expect([isSideOf('竣工管线点.csv', '竣工管线.csv'), isSideOf('给水管线_点.csv', '给水管线_线.csv'), isSideOf('管线点成果表.xlsx', '管线线成果表.xlsx'), isSideOf('Points 2025.csv', 'Lines 2025.csv')]).toEqual([true, true, true, true])
    expect([isSideOf('燃气管线点.csv', '给水管线线.csv'), isSideOf('JS_LINE.csv', 'JS_POINT.csv'), isSideOf('a.csv', 'a.csv')]).toEqual([false, false, false])
  })

  it('reads a workbook as others write it: runs of rich text without their phonetic guides, gaps, cells without a reference, prefixes', () => {
    const text = (said: string) => `<x:is><x:r><x:t>${said.slice(0, 1)}</x:t></x:r><x:r><x:t>${said.slice(1)}</x:t></x:r><x:rPh sb="0" eb="1"><x:t>guide</x:t></x:rPh></x:is>`
    const bytes = zipSync({
      'xl/workbook.xml': strToU8('<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="点" sheetId="1" r:id="r1"/><x:sheet name="gone" sheetId="2" r:id="r9"/></x:sheets></x:workbook>'),
      'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="r1" Target="/xl/worksheets/sheet1.xml"/></Relationships>'),
      'xl/sharedStrings.xml': strToU8('<sst><si><r><t>物探</t></r><r><t xml:space="preserve">点号</t></r><rPh sb="0" eb="2"><t>wutan</t></rPh></si><si><t>X</t></si></sst>'),
      'xl/worksheets/sheet1.xml': strToU8(`<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c r="AB1" t="inlineStr">${text('权属 A&amp;B')}</x:c></x:row><x:row r="2"/><x:row r="3"><x:c r="B3"><x:f>1+1</x:f><x:v> 2 </x:v></x:c><x:c r="C3" t="s"><x:v>77</x:v></x:c></x:row></x:sheetData></x:worksheet>`),
    })
    const tables = readXlsx({ name: 'w.xlsx', bytes }, DEFAULT_IMPORT_LIMITS, unattendedJob, new IssueLog())
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([['点', [['物探点号', 'X', ...Array<string>(25).fill(''), '权属 A&B'], [], ['', '2', '']]], ['gone', []]])
  })

  it.each([['rows', { maxFeatures: 5 }, 'features'], ['cells', { maxVertices: 60 }, 'cells']])('refuses a workbook of more %s than are read', (_name, limit, problem) => {
    const bytes = workbook({ 管线点: POINTS, 管线线: LINES })
    expect(() => readXlsx({ name: 'w.xlsx', bytes }, { ...DEFAULT_IMPORT_LIMITS, ...limit }, unattendedJob, new IssueLog())).toThrow(expect.objectContaining({ issue: expect.objectContaining({ context: expect.objectContaining({ problem }) }) }))
  })

  it('reads a sheet once, however many names stand for it', () => {
    const bytes = zipSync({
      'xl/workbook.xml': strToU8(`<workbook>${'<sheet name="s" r:id="r1"/>'.repeat(3000)}</workbook>`), 'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>'),
      'xl/worksheets/s.xml': strToU8('<worksheet><row><c><v>1</v></c></row></worksheet>'),
    })
    const tables = readXlsx({ name: 'w.xlsx', bytes }, DEFAULT_IMPORT_LIMITS, unattendedJob, new IssueLog())
    expect([tables.length, tables.flatMap(({ rows }) => rows)]).toEqual([3000, [['1']]])
  })

  it.each([
    ['a table of something else', [file('t.csv', 'time,pressure\n0,1\n')], 'schema_invalid'], ['lines without their points', [SET[0]!], 'part_missing'], ['nothing', [file('e.csv', '')], 'schema_invalid'],
    ['a workbook that is none', [file('e.xlsx', 'PK not a zip')], 'schema_invalid'],
    ['a bomb', [{ name: 'b.xlsx', bytes: zipSync({ 'xl/workbook.xml': new Uint8Array(30_000_000) }) }], 'outside_limits'],
  ])('refuses %s', (_name, files, code) => {
    expect(importOf(files).refusal).toMatchObject({ code })
  })

  it.each([['lines', SET, 0, 61], ['points', SET, 1, 62]] as const)('mutated %s are read or refused', (_name, files, which, seed) => {
    const { read } = expectMutantsUnharmed(files, which, [',', '"', '\n', '1e999', 'NaN', '__proto__', ';', '=1+1', '\t'], seed, 300)
    expect(read).toBeGreaterThan(50)
  })

  it('mutated workbooks are read or refused (seed 63)', () => {
    const { refused } = expectMutantsUnharmed([{ name: 'w.xlsx', bytes: workbook({ 管线线: LINES, 管线点: POINTS }) }], 0, ['PK', '\0\0', '\xff\xff'], 63, 300)
    expect(refused).toBeGreaterThan(20)
  })
})

describe.skipIf(!hasSharedData('gwsw-hydx/Verbinding.csv'))('a Dutch HydX set', () => {
  it('gives 85 nodes and 96 connections, five of them between two nodes in one place', () => {
    const { assets, nodes, count } = importOf(sharedData('gwsw-hydx/Verbinding.csv', 'gwsw-hydx/Knooppunt.csv', 'gwsw-hydx/Profiel.csv'))
    expect([assets.length, count('zero_length'), nodes.length]).toEqual([91, 5, 85])
    const sized = assets.find(asset => asset.attributes['PRO_IDE'] === 'BET1000')!
    expect(sized.section).toEqual({ shape: 'circle', diameterM: expect.closeTo(1.2, 9) as number })
  })
})
