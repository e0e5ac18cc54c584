import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { cellAt, confirmedCell, differencesOf, PAIR_TABLES, matrixCells, withCell } from '#shared/rules/edit-pack.ts'
import { LimitLookup } from '#shared/rules/limit-lookup.ts'
import { parseRulePack } from '#shared/rules/parse-rule-pack.ts'
import { isMandatory, type RulePack } from '#shared/rules/rule-pack.ts'

const shipped = (name: string): RulePack => {
  const parsed = parseRulePack(JSON.parse(readFileSync(join(import.meta.dirname, '../../../assets/rules', `${name}.json`), 'utf8')))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}
const pack = shipped('gb50289-2016')
const cell = { minM: 0.77, clause: 'X', basis: 'memory' as const }

describe('the matrix of a pack', () => {
  it.each(PAIR_TABLES)('%s: shows for every two classes the limit the check looks up', table => {
    const lookup = new LimitLookup(pack, pack.classes.map((_, i) => [i]))
    pack.classes.forEach((a, i) => pack.classes.forEach((b, j) => {
      const limits = lookup.pair(i, j)
      const expected = table === 'vertical' ? limits.firstAbove : limits[table]
      expect(cellAt(pack, table, a.id, b.id)?.minM ?? null).toBe(expected?.minM ?? null)
    }))
  })

  it('takes another limit where a cell is changed, and changes no other', () => {
    const changed = withCell(pack, 'horizontal', 'sewer', 'water_le200', cell)
    expect(cellAt(changed, 'horizontal', 'water_le200', 'sewer')).toMatchObject(cell)
    expect(differencesOf(pack, changed)).toMatchObject([{ table: 'horizontal', left: { minM: 1 }, right: { minM: 0.77 } }])
    expect(parseRulePack(changed).ok).toBe(true)
  })

  it('a cell that cites no clause yet is a cell of a pack', () => {
    const changed = withCell(pack, 'horizontal', 'water_le200', 'water_le200', { ...cell, clause: '' })
    expect(parseRulePack(changed).ok).toBe(true)
    expect(cellAt(changed, 'horizontal', 'water_le200', 'water_le200')).toMatchObject({ ...cell, clause: '' })
  })

  it('tells who is above in the vertical table, unless it holds for both', () => {
    const bare: RulePack = { ...pack, vertical: [] }
    const oneWay = withCell(bare, 'vertical', 'water', 'gas', cell)
    expect([cellAt(oneWay, 'vertical', 'water', 'gas')?.minM, cellAt(oneWay, 'vertical', 'gas', 'water')]).toEqual([0.77, null])
    const both = withCell(oneWay, 'vertical', 'water', 'gas', { ...cell, either: true })
    expect(cellAt(both, 'vertical', 'gas', 'water')?.minM).toBe(0.77)
    expect(matrixCells(withCell(both, 'vertical', 'gas', 'water', null), 'vertical')).toEqual([])
  })

  it('makes a confirmed limit mandatory and keeps who looked it up, when, and what it was', () => {
    const advisory = pack.horizontal.find(({ basis }) => basis === 'sister')!
    const changed = withCell(pack, 'horizontal', advisory.a, advisory.b, confirmedCell(advisory, '王工', '2026-11-26T00:00:00Z'))
    const confirmed = cellAt(changed, 'horizontal', advisory.a, advisory.b)!
    expect([isMandatory(advisory.basis), isMandatory(confirmed.basis)]).toEqual([false, true])
    expect(confirmed.confirmed).toEqual({ by: '王工', at: '2026-11-26T00:00:00Z', was: 'sister' })
    expect(parseRulePack(JSON.parse(JSON.stringify(changed))).ok).toBe(true)
  })
})

describe('the comparison of two packs', () => {
  it('is empty for a pack and itself in another order, and turns round with its sides', () => {
    const reordered = { ...pack, horizontal: pack.horizontal.toReversed().map(({ a, b, ...rest }) => ({ ...rest, a: b, b: a })), vertical: pack.vertical.toReversed() }
    expect(differencesOf(pack, reordered)).toEqual([])
    const other = shipped('gb50028-2006')
    const key = ({ table, a, b }: { table: string; a: string; b: string }) => `${table} ${table === 'vertical' ? `${a} ${b}` : [a, b].toSorted().join(' ')}`
    expect(differencesOf(pack, other).map(key).toSorted()).toEqual(differencesOf(other, pack).map(key).toSorted())
  })

  it('names just the cells that were changed (seed 7)', () => {
    const random = seededRandom(7)
    const cells = Array.from({ length: 12 }, () => random.pick(pack.horizontal))
    const changed = cells.reduce((sofar, { a, b }) => withCell(sofar, 'horizontal', a, b, cell), pack)
    const pair = ({ a, b }: { a: string; b: string }) => [a, b].toSorted().join(' ')
    expect(new Set(differencesOf(pack, changed).map(pair))).toEqual(new Set(cells.map(pair)))
  })
})
