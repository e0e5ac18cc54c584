import { describe, expect, it } from 'vitest'
import { contentHash } from '#main/services/content-hash.ts'
import { shippedPacks } from '#main/services/rule-packs.ts'
import { withCell } from '#shared/rules/edit-pack.ts'
import { LISTED_TABLES, confirmedListed, listedCells, listedDifferences, withListedCell } from '#shared/rules/listed-cells.ts'
import { parseRulePack } from '#shared/rules/parse-rule-pack.ts'
import type { PackTest, RulePack } from '#shared/rules/rule-pack.ts'
import { runPackTests } from '#shared/rules/run-pack-tests.ts'

const gb = shippedPacks().find(({ pack }) => pack.id === 'gb50289-2016')!.pack
const WATER: PackTest['a'] = { kind: 'water', diameterM: 0.3 }
const GAS: PackTest['a'] = { kind: 'gas', diameterM: 0.2, pressureClass: 'medium_a' }
const test = (fields: Partial<PackTest>): PackTest => ({ a: WATER, b: GAS, limit: 'horizontal', needsM: 0.5, because: 'Table 4.1.9', ...fields })
const passes = (pack: RulePack, ...tests: PackTest[]) => runPackTests({ ...pack, tests }).map(outcome => outcome.passes)

describe('tests kept in a pack', () => {
  it('water 300 mm beside gas medium A needs 0.5, over and under it 0.15; a trench has no cover of its own', () => {
    expect(passes(gb, test({}), test({ needsM: 1 }), test({ limit: 'first_above', needsM: 0.15 }), test({ limit: 'second_above', needsM: 0.15 }), test({ limit: 'cover', surface: 'roadway', needsM: 0.7 }))).toEqual([true, false, true, true, true])
    expect(passes(gb, test({ a: { kind: 'unknown', diameterM: 1 }, needsM: null }), test({ a: { kind: 'unknown', diameterM: 1 }, needsM: 0.5 }))).toEqual([true, false])
  })

  it('say at once that a cell was changed or a class no longer takes the line', () => {
    const kept = { ...gb, tests: [test({})] }
    expect(runPackTests(withCell(kept, 'horizontal', 'water_gt200', 'gas_mp_a', { minM: 0.8, clause: '', basis: 'memory' }))).toMatchObject([{ passes: false, limit: { minM: 0.8 } }])
    const narrowed = { ...kept, classes: kept.classes.map(known => (known.id === 'gas_mp_a' ? { ...known, match: { kind: 'gas' as const, pressureClass: 'low' as const } } : known)) }
    expect(runPackTests(narrowed)[0]!.passes).toBe(false)
  })

  it('travel with the pack; a pack without any is what it was before packs had tests', () => {
    const kept = { ...gb, tests: [test({})] }
    expect(parseRulePack(JSON.parse(JSON.stringify(kept)))).toEqual({ ok: true, value: kept })
    expect(contentHash(parseRulePack(JSON.parse(JSON.stringify(gb))).ok && gb)).toBe(contentHash(gb))
    expect('tests' in gb).toBe(false)
  })
})

describe('limits of one class', () => {
  it('are the figures of the file; written back unchanged they change nothing (every shipped pack, every table)', () => {
    for (const { pack } of shippedPacks()) {
      for (const table of LISTED_TABLES) {
        for (const [at, cell] of listedCells(pack, table).entries()) expect(withListedCell(pack, table, at, cell), `${pack.id} ${table}[${at}]`).toEqual(pack)
      }
    }
  })

  it('a changed or confirmed one is that cell alone, and what the comparison tells', () => {
    const [first] = listedCells(gb, 'cover')
    const deeper = withListedCell(gb, 'cover', 0, { ...first!, figures: { ...first!.figures, minM: 1.05 }, basis: 'memory' })
    expect(parseRulePack(deeper).ok).toBe(true)
    expect(listedDifferences(gb, deeper)).toMatchObject([{ table: 'cover', left: { figures: { minM: 0.7 } }, right: { figures: { minM: 1.05 }, basis: 'memory' } }])
    const confirmed = withListedCell(gb, 'cover', 0, confirmedListed(first!, 'Li', '2026-11-27T09:00:00Z'))
    expect(confirmed.cover[0]).toMatchObject({ basis: 'confirmed', confirmed: { by: 'Li', was: first!.basis } })
    expect(confirmed.cover.slice(1)).toEqual(gb.cover.slice(1))
    expect(withListedCell(gb, 'cover', 0, null).cover).toEqual(gb.cover.slice(1))
  })

  it('slopes are shown per thousand', () => {
    const sloped: RulePack = { ...gb, slope: [{ class: 'sewer', min: 0.003, clause: '', basis: 'memory' }] }
    expect(listedCells(sloped, 'slope')[0]!.figures).toEqual({ min: 3 })
    expect(withListedCell(sloped, 'slope', 0, { ...listedCells(sloped, 'slope')[0]!, figures: { min: 5, max: 60 } }).slope[0]).toMatchObject({ min: 0.005, max: 0.06 })
  })
})
