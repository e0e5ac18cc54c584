import { describe, expect, it } from 'vitest'
import { arrangeLedger, type LedgerColumn } from '#renderer/panels/ledger/ledger-rows.ts'
import { tableText } from '#renderer/ui/data-table.tsx'
import { seededRandom } from '#shared/core/random.ts'
import { assetRecord, buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import { ASSET_KINDS, LAYINGS } from '#shared/twin/kinds.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const facts = (columns: AssetColumns) => ({ columns, blocks: [], twinHash: '', attributes: {} })

describe.each([1, 2])('the ledger of 200 random lines, seed %i', seed => {
  const random = seededRandom(seed)
  const columns = buildAssetColumns(Array.from({ length: 200 }, (_, i) => anAsset({
    id: `L-${random.int(1000)}-${i}`, kind: random.pick(ASSET_KINDS), owner: random.pick(['North', 'South', '']), laying: random.pick(LAYINGS),
    section: { shape: 'circle', diameterM: random.pick([0.1, 0.2, 0.3]) }, axis: [[0, 0, random.range(0, 9)], [random.range(1, 99), 0, random.range(0, 9)]],
  })), [0, 0, 0])
  const records = Array.from({ length: 200 }, (_, i) => assetRecord(columns, i))
  const everything = new Uint8Array(200).fill(1)
  const rows = (by: LedgerColumn, descending = false, mask = everything) => [...arrangeLedger(columns, mask, facts(columns), by, descending, 'en')]

  it('keeps exactly the lines of the mask', () => {
    const wanted = records.flatMap(({ owner }, i) => (owner === 'North' ? [i] : []))
    expect(rows('id', false, Uint8Array.from(records, ({ owner }) => Number(owner === 'North'))).toSorted((a, b) => a - b)).toEqual(wanted)
  })

  const value: Partial<Record<LedgerColumn, (record: AssetRecord) => number>> = {
    length: ({ axis }) => Math.hypot(...axis[1]!.map((c, k) => c - axis[0]![k]!)),
    from: ({ axis }) => axis[0]![2], to: ({ axis }) => axis[1]![2],
    size: ({ section }) => (section.shape === 'circle' ? section.diameterM : 0), kind: ({ kind }) => ASSET_KINDS.indexOf(kind),
  }
  it.each(Object.entries(value))('sorting by %s is that of the records, both ways, and stable', (by, of) => {
    for (const descending of [false, true]) {
      const sorted = rows(by as LedgerColumn, descending)
      expect(new Set(sorted).size).toBe(200)
      for (let k = 1; k < sorted.length; k++) {
        const [before, after] = [of(records[sorted[k - 1]!]!), of(records[sorted[k]!]!)]
        expect(descending ? before - after : after - before).toBeGreaterThanOrEqual(-1e-9)
        if (Math.abs(before - after) < 1e-12) expect(sorted[k - 1]!).toBeLessThan(sorted[k]!)
      }
    }
  })
})

it('ids sort as people count: L-9 before L-10', () => {
  const columns = buildAssetColumns([anAsset({ id: 'L-10' }), anAsset({ id: 'L-9' })], [0, 0, 0])
  expect([...arrangeLedger(columns, Uint8Array.of(1, 1), facts(columns), 'id', false, 'en')]).toEqual([1, 0])
})

it('a table copied as a sheet has a heading with units, and a row is never broken by what is in a cell', () => {
  const column = (id: string, text: (row: number) => string, unit?: string) => ({ id, title: id, width: '1px', render: () => null, text, ...(unit && { unit }) })
  const columns = [column('id', row => `L-${row}\tx\n`), column('length', row => row.toFixed(2), 'm')]
  expect(tableText(columns, 2, i => i)).toBe('id\tlength (m)\nL-0 x \t0.00\nL-1 x \t1.00')
})
