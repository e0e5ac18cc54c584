import { describe, expect, it } from 'vitest'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { PACK_IDS, shipped } from './packs.ts'

const LIMITS = ['horizontal', 'vertical', 'distance', 'cover', 'surroundings'] as const

it('the packs people are promised are there', () => {
  expect(PACK_IDS).toEqual([
    'de-practice', 'en805', 'gb50014-2021', 'gb50028-2006', 'gb50217-2007', 'gb50289-2016', 'gb50373', 'gb50838-2015',
    'template-empty', 'ten-states', 'uk-street-works', 'us-49cfr192',
  ])
})

describe.each(PACK_IDS)('%s', id => {
  const pack = shipped(id)

  it('is named after its file, in both languages, and says what a reader must know', () => {
    expect(pack.id).toBe(id)
    expect(pack.title['zh-CN']).toMatch(/[\u4e00-\u9fff]/)
    expect(pack.title.en).toMatch(/^[\x20-\x7e]+$/)
    expect(pack.notes.length).toBeGreaterThan(0)
    for (const text of [...pack.notes, ...pack.classes.map(({ title }) => title!)]) {
      expect(text['zh-CN'].trim()).not.toBe('')
      expect(text.en).not.toMatch(/[\u4e00-\u9fff]/)
    }
  })

  it('names a clause for every cell, and tests no class that no cell uses', () => {
    const clauses = LIMITS.flatMap(table => pack[table].map(({ clause }) => clause.trim()))
    expect(clauses.filter(clause => clause === '')).toEqual([])
    const used = new Set([
      ...[...pack.horizontal, ...pack.distance].flatMap(({ a, b }) => [a, b]),
      ...pack.vertical.flatMap(({ upper, lower }) => [upper, lower]),
      ...[...pack.cover, ...pack.surroundings, ...pack.structures, ...pack.slope, ...pack.levelJump, ...pack.velocity, ...pack.bend, ...pack.turn].map(cell => cell.class),
      ...pack.crossingAngle.flatMap(cell => [cell.class, cell.with ?? cell.class]), ...(pack.levelOrder?.ranks.flat() ?? []),
    ])
    expect(pack.classes.map(ruleClass => ruleClass.id).filter(classId => !used.has(classId))).toEqual([])
  })

  it('says one thing of one pair, whichever way round it is written', () => {
    expect(contradictions(pack)).toEqual([])
  })

  it('fills only the tables its semantics reads', () => {
    if (pack.semantics === 'distance') expect([pack.horizontal, pack.vertical]).toEqual([[], []])
    else expect(pack.distance).toEqual([])
  })
})

it('a contradiction is seen, in either order', () => {
  const pack = shipped('ten-states')
  const [cell] = pack.horizontal
  const reversed = { ...cell!, a: cell!.b, b: cell!.a, minM: 1 }
  expect(contradictions({ ...pack, horizontal: [...pack.horizontal, reversed] })).toEqual(['horizontal sewer water: 3.048, 1'])
  const [level] = pack.vertical
  expect(contradictions({ ...pack, vertical: [level!, { ...level!, upper: level!.lower, lower: level!.upper, either: false, minM: 1 }] })).toHaveLength(1)
})

/** Pairs with more than one value in the same table, written out. */
function contradictions(pack: RulePack): string[] {
  const values = new Map<string, Set<number | string>>()
  const add = (key: string, value: number | string): void => void values.set(key, (values.get(key) ?? new Set()).add(value))
  for (const table of ['horizontal', 'distance'] as const) {
    for (const { a, b, minM } of pack[table]) add(`${table} ${[a, b].sort().join(' ')}`, minM)
  }
  for (const { upper, lower, either, minM } of pack.vertical) {
    add(`vertical ${upper} over ${lower}`, minM)
    if (either && upper !== lower) add(`vertical ${lower} over ${upper}`, minM)
  }
  for (const { class: classId, surface, minM, maxM } of pack.cover) add(`cover ${classId} ${surface}`, `${minM}…${maxM}`)
  for (const { class: classId, feature, minM } of pack.surroundings) add(`surroundings ${classId} ${feature}`, minM)
  return [...values].filter(([, found]) => found.size > 1).map(([key, found]) => `${key}: ${[...found].join(', ')}`)
}
