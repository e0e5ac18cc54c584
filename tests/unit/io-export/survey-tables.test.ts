import { describe, expect, it } from 'vitest'
import type { ExportNetwork } from '#shared/io/export/export-network.ts'
import { lineTable, pointTable } from '#shared/io/export/survey-tables.ts'
import { writeCsv } from '#shared/io/export/write-csv.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'
import { anAsset, flatGround } from '#tests/builders/twin-builder.ts'

const NOTHING: ExportNetwork = { crs: null, assets: [], nodes: [], proposals: [], ground: null }
const key = (text: string) => text.replace(/^cli-export:(column|end)\./, '')
/** Rows by heading. */
function rowsOf({ heading, rows }: ReturnType<typeof lineTable>) {
  return [...rows].map(row => {
    expect(row).toHaveLength(heading.length)
    return Object.fromEntries(heading.map((name, i) => [name, row[i]]))
  })
}

describe('table of lines', () => {
  it('says levels, cover and sizes of both ends, found independently', () => {
    const assets = [
      anAsset({ id: 'w', kind: 'water', axis: [[0, 0, -2], [3, 4, -1], [3, 10, -3]], section: { shape: 'circle', diameterM: 0.3 }, assumed: 3, attributes: { 材质: '铸铁' } }),
      anAsset({ id: 'd', kind: 'power', axis: [[0, 0, -2], [500, 0, -2]], section: { shape: 'rectangle', widthM: 0.6, heightM: 0.28 } }),
    ]
    const [water, duct] = rowsOf(lineTable({ ...NOTHING, assets, ground: flatGround(1) }, 'assets', key))
    expect(water).toMatchObject({
      lineId: 'w', kind: 'kinds:kind.water', size: 300, fromeasting: 0, tonorthing: 10, fromaxis: -2, fromcrown: -1.85, frombottom: -2.15, fromground: 1, fromcover: 2.85,
      tocover: 3.85, leastCover: 1.85, length: 11, vertices: 3, voltage: null, assumed: 'cli-export:assumed.level; cli-export:assumed.size', 材质: '铸铁',
    })
    // The ground ends at x = 100: beyond it nothing is known, and nothing is said.
    expect(duct).toMatchObject({ size: '600×280', voltage: 10, fromcover: 2.86, toground: null, tocover: null, leastCover: 2.86, assumed: '', 材质: null })
  })
  it('proposals carry the name of their scheme', () => {
    const proposals = [{ scheme: '方案A', proposal: aProposal('X', { name: '新管' }) }]
    expect(rowsOf(lineTable({ ...NOTHING, proposals }, 'proposals', key))).toMatchObject([{ lineId: 'X', status: 'kinds:status.planned', scheme: '方案A', name: '新管' }])
  })
})

it('table of points says bottom and depth where they are known', () => {
  const node = { nodeType: 'manhole' as const, kind: 'sewer_foul' as const, owner: '排水公司', at: [1.00049, 2, 300.5] as const, attributes: {} }
  expect(rowsOf(pointTable({ ...NOTHING, nodes: [{ ...node, id: 'a', bottomZ: 297.25, diameterM: 0.7 }, { ...node, id: 'b' }] }, key))).toMatchObject([
    { pointId: 'a', easting: 1, level: 300.5, nodeBottom: 297.25, depth: 3.25, size: 700 }, { pointId: 'b', nodeBottom: null, depth: null, size: null },
  ])
})

describe('CSV', () => {
  it('begins with a byte order mark; quotes what needs it', () => {
    expect([...writeCsv(['编号', 'a,b'], [['说"明"', 'two\nlines'], [1.5, null]])].join('')).toBe('\uFEFF编号,"a,b"\r\n"说""明""","two\nlines"\r\n1.5,\r\n')
  })
  it.each(['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])('%j is a text, not a formula', text => {
    const [, line] = [...writeCsv([text], [[text]])]
    expect(line!.replace(/^"/, '')).toMatch(/^'/)
  })
  it('numbers stay numbers, as text too', () => {
    expect([...writeCsv(['a'], [[-1.5], ['-1.5'], ['+3'], [NaN]])].slice(1)).toEqual(['-1.5\r\n', '-1.5\r\n', '+3\r\n', '\r\n'])
  })
})
