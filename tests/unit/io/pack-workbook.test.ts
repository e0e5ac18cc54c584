import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { writeXlsx, type SheetCell } from '#shared/io/export/write-xlsx.ts'
import { packFromWorkbook, packWorkbook } from '#shared/io/pack-workbook.ts'
import { cellAt, PAIR_TABLES } from '#shared/rules/edit-pack.ts'
import { rulePackSchema, type RulePack } from '#shared/rules/rule-pack.ts'
import gb50289 from '#assets/rules/gb50289-2016.json' with { type: 'json' }

const PACK = rulePackSchema.parse(gb50289)

/** A workbook with one sheet: a heading row and rows. */
const sheet = (name: string, heading: readonly string[], ...rows: readonly (readonly SheetCell[])[]): Uint8Array => writeXlsx([{ name, columns: heading.map(title => ({ title })), rows }])

const problemsOf = (bytes: Uint8Array) => {
  const read = packFromWorkbook(PACK, bytes)
  return read.ok ? [] : read.error
}

describe('a pack as a workbook of matrices', () => {
  it.each(['zh-CN', 'en'] as const)('comes back as it was, sources and all (%s)', language => {
    const read = packFromWorkbook(PACK, packWorkbook(PACK, language))
    expect(read).toEqual({ ok: true, value: PACK })
  })

  it('a changed figure is from memory until confirmed, an emptied one is gone, the others keep their source', () => {
    const was = cellAt(PACK, 'horizontal', 'water_le200', 'sewer')
    expect(was).toMatchObject({ minM: 1, basis: 'quoted' })
    const changed = packFromWorkbook(PACK, sheet('horizontal', ['a \\ b', 'drains [sewer]', '再生水 [reclaimed]'], ['water [water_le200]', 1.25, null]))
    if (!changed.ok) throw new Error(JSON.stringify(changed.error))
    expect(cellAt(changed.value, 'horizontal', 'sewer', 'water_le200')).toMatchObject({ minM: 1.25, basis: 'memory', clause: was!.clause })
    expect(cellAt(changed.value, 'horizontal', 'water_le200', 'reclaimed')).toBeNull()
    const others = (pack: RulePack) => pack.horizontal.filter(({ a, b }) => ![a, b].includes('water_le200'))
    expect(others(changed.value)).toEqual(others(PACK))
    expect(changed.value.vertical).toEqual(PACK.vertical)
  })

  it('of a cell that holds whoever is above, each order can be changed alone, or both', () => {
    expect(cellAt(PACK, 'vertical', 'water', 'sewer')).toMatchObject({ minM: 0.4, either: true, basis: 'quoted' })
    const one = packFromWorkbook(PACK, sheet('vertical', ['', 'x [sewer]'], ['y [water]', 0.6]))
    expect(one.ok && [cellAt(one.value, 'vertical', 'water', 'sewer'), cellAt(one.value, 'vertical', 'sewer', 'water')])
      .toMatchObject([{ minM: 0.6, basis: 'memory' }, { minM: 0.4, basis: 'quoted' }])
    const both = packFromWorkbook(PACK, sheet('vertical', ['', 'x [sewer]', 'y [water]'], ['y [water]', 0.6, null], ['x [sewer]', null, 0.6]))
    expect(both.ok && [cellAt(both.value, 'vertical', 'water', 'sewer'), cellAt(both.value, 'vertical', 'sewer', 'water')])
      .toMatchObject([{ minM: 0.6, either: true }, { minM: 0.6, either: true }])
  })

  it('random figures come back from the sheet as they were put in (seed 21, 200 cells)', () => {
    const random = seededRandom(21)
    const ids = PACK.classes.map(({ id }) => id)
    for (let k = 0; k < 200; k++) {
      const table = random.pick(PAIR_TABLES.filter(name => name !== 'distance'))
      const [a, b] = [random.pick(ids), random.pick(ids)]
      const minM = Math.round(random.range(0, 5000)) / 1000
      const read = packFromWorkbook(PACK, sheet(table, ['', `x [${b}]`], [`y [${a}]`, minM]))
      expect(read.ok && cellAt(read.value, table, a, b)?.minM, `${table} ${a} ${b}`).toBe(minM)
    }
  })

  it('names the cell that cannot be read', () => {
    expect(problemsOf(sheet('horizontal', ['', 'x [sewer]', 'y [nowhere]'], ['z [water_le200]', 'deep', 1]))).toEqual([
      { cell: 'horizontal!C1', code: 'unknown_class', detail: 'y [nowhere]' }, { cell: 'horizontal!B2', code: 'wrong_shape', detail: 'deep' },
    ])
    expect(problemsOf(sheet('vertical', ['', 'x [sewer]'], ['water', 1])).map(({ cell, code }) => `${cell} ${code}`)).toEqual(['vertical!A2 unknown_class'])
    expect(problemsOf(sheet('horizontal', ['', 'x [sewer]'], ['z [water_le200]', -1])).map(({ code }) => code)).toEqual(['wrong_shape'])
    const twice = sheet('horizontal', ['', 'x [sewer]', 'z [water_le200]'], ['z [water_le200]', 2, null], ['x [sewer]', null, 3])
    expect(problemsOf(twice)).toContainEqual({ cell: 'horizontal!C3', code: 'contradicts', detail: 'horizontal!B2' })
  })

  it('refuses what is no workbook or holds no matrix', () => {
    expect(problemsOf(new TextEncoder().encode('{"format":"underplan-rules/1"}')).map(({ code }) => code)).toEqual(['no_workbook'])
    expect(problemsOf(sheet('other', ['a'], [1])).map(({ code }) => code)).toEqual(['no_matrix'])
  })
})
