import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { writeXlsx, type SheetCell } from '#shared/io/export/write-xlsx.ts'

const unzip = (bytes: Uint8Array) => Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]))
const sheetOf = (rows: readonly (readonly SheetCell[])[], columns = [{ title: 'Name' }, { title: 'Gap', decimals: 3 as const }]) =>
  unzip(writeXlsx([{ name: 'Findings', columns, rows }]))['xl/worksheets/sheet1.xml']!

describe('a workbook', () => {
  it('holds a heading and one row each, figures as figures and texts as texts', () => {
    const xml = sheetOf([['G-1', 0.25], ['W-1', null]])
    expect(xml.match(/<row /g)).toHaveLength(3)
    expect(xml).toContain('<c r="A2" t="inlineStr"><is><t xml:space="preserve">G-1</t></is></c><c r="B2" s="5"><v>0.25</v></c>')
    expect(xml).toContain('<row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve">W-1</t></is></c></row>')
    expect(xml).toContain('<dimension ref="A1:B3"/>')
  })

  it('never runs a text as a formula', () => {
    const xml = sheetOf([['=HYPERLINK("x")', 1], ['@SUM(1)', 2], ['-1+1', 3]])
    expect(xml).not.toMatch(/<f[ >]/)
    expect(xml.match(/t="inlineStr"/g)).toHaveLength(2 + 3)
    expect(xml).toContain('=HYPERLINK(&quot;x&quot;)')
  })

  it('keeps what XML cannot hold out, and cuts what a cell cannot hold', () => {
    const xml = sheetOf([['a\u0000b\ud800c<&>\u{1f600}', 1], ['x'.repeat(40_000), 2]])
    expect(xml).toContain('>abc&lt;&amp;&gt;\u{1f600}<')
    expect(xml).toContain(`>${'x'.repeat(32_766)}…<`)
  })

  it('counts days as sheets do: 2000-01-01 is 36526, 2024-02-29 is 45351; what is no day stays a text', () => {
    const xml = sheetOf([[{ date: '2000-01-01' }, null], [{ date: '2024-02-29' }, null], [{ date: '2023-02-29' }, null]])
    expect(xml).toContain('<c r="A2" s="6"><v>36526</v></c>')
    expect(xml).toContain('<c r="A3" s="6"><v>45351</v></c>')
    expect(xml).toContain('>2023-02-29<')
  })

  it('names columns beyond Z and tabs unlike each other', () => {
    const columns = Array.from({ length: 704 }, (_, i) => ({ title: String(i) }))
    const files = unzip(writeXlsx([{ name: 'a/b', columns, rows: [] }, { name: 'A B', columns: [], rows: [] }]))
    expect(files['xl/worksheets/sheet1.xml']).toContain('r="AAB1"')
    expect(files['xl/workbook.xml']).toContain('<sheet name="a b" sheetId="1"')
    expect(files['xl/workbook.xml']).toContain('<sheet name="A B 2" sheetId="2"')
  })

  it('is the same file for the same tables', () => {
    const once = () => writeXlsx([{ name: 'x', columns: [{ title: 'a' }], rows: [['b']] }])
    expect(once()).toEqual(once())
  })
})
