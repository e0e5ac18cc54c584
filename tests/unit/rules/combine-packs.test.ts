import { describe, expect, it } from 'vitest'
import { classesOf, type ClassedProperties } from '#shared/rules/asset-classes.ts'
import { combineRulePacks } from '#shared/rules/combine-packs.ts'
import { LimitLookup, type Limit } from '#shared/rules/limit-lookup.ts'
import { parseRulePack, type PackProblem } from '#shared/rules/parse-rule-pack.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { shipped } from '../rules-packs/packs.ts'

const base = { format: 'underplan-rules/1', id: 'p', version: '1', title: { en: 'p', 'zh-CN': 'p' }, semantics: 'crossing-alongside', classes: [{ id: 'w', match: { kind: 'water' } }, { id: 'g', match: { kind: 'gas' } }] }
const source = { clause: 'c', basis: 'quoted' }

function combined(...ids: string[]): RulePack {
  const result = combineRulePacks(ids.map(shipped))
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function horizontal(pack: RulePack, a: ClassedProperties, b: ClassedProperties): Limit | null {
  const lookup = new LimitLookup(pack, [classesOf(a, pack), classesOf(b, pack)])
  return lookup.pair(0, 1).horizontal
}

const gas = { kind: 'gas', diameterM: 0.2, pressureClass: 'medium_a' } as const
const cable = { kind: 'power', diameterM: 0.1, laying: 'direct', voltageKv: 10 } as const
const heat = { kind: 'heat', diameterM: 0.3, laying: 'direct' } as const

describe('several packs as one', () => {
  it('hold the strictest limit, with its pack, clause and basis', () => {
    const pack = combined('gb50289-2016', 'gb50217-2007')
    expect(pack).toMatchObject({ id: 'gb50289-2016+gb50217-2007', version: '2+2' })
    // Table 4.1.9 has 0.5 for a cable beside gas, GB 50217 has 1.0.
    expect(horizontal(pack, gas, cable)).toEqual({ minM: 1, clause: 'Table 5.3.5', basis: 'quoted', pack: 'gb50217-2007' })
    expect(horizontal(pack, heat, { ...gas, pressureClass: 'sub_high_a' })).toMatchObject({ minM: 2, pack: 'gb50289-2016' })
  })

  it('give the largest of what each gives, for every two of the properties packs look at, in whichever order they are named', () => {
    const ids = ['gb50289-2016', 'gb50028-2006', 'gb50217-2007', 'gb50373', 'gb50014-2021']
    const [pack, reversed] = [combined(...ids), combined(...[...ids].reverse())]
    const lines: ClassedProperties[] = (['water', 'sewer_foul', 'gas', 'heat', 'power', 'telecom'] as const).flatMap(kind => ([0.1, 0.35, 0.6] as const).flatMap(diameterM =>
      ([undefined, 'direct', 'duct'] as const).flatMap(laying => ([undefined, 'low', 'sub_high_b'] as const).map(pressureClass => ({ kind, diameterM, laying, pressureClass, voltageKv: diameterM * 100 })))))
    const limitsUnder = (one: RulePack) => {
      const lookup = new LimitLookup(one, lines.map(line => classesOf(line, one)))
      return (i: number, k: number) => lookup.pair(i, k).horizontal?.minM ?? null
    }
    const [whole, turned] = [limitsUnder(pack), limitsUnder(reversed)]
    const parts = ids.map(id => limitsUnder(shipped(id)))
    let compared = 0
    for (let i = 0; i < lines.length; i++) {
      for (let k = i; k < lines.length; k += 3) {
        const each = parts.flatMap(limit => limit(i, k) ?? [])
        expect(whole(i, k), JSON.stringify([lines[i], lines[k]])).toBe(each.length === 0 ? null : Math.max(...each))
        expect(turned(i, k)).toBe(whole(i, k))
        if (each.length > 1) compared++
      }
    }
    expect(compared).toBeGreaterThan(50)
  })

  it('keep each cell’s own pack, and take the strictest setting', () => {
    const parsed = parseRulePack({ ...base, id: 'mine', touchBandM: 0.005, snapToleranceM: 0.02, crossingMinAngleDeg: 20 })
    if (!parsed.ok) throw new Error()
    const result = combineRulePacks([shipped('gb50289-2016'), parsed.value])
    expect(result.ok && [result.value.touchBandM, result.value.snapToleranceM, result.value.crossingMinAngleDeg, result.value.alongsideMaxVerticalGapM]).toEqual([0.005, 0.01, 30, null])
    expect(result.ok && new Set(result.value.surroundings.map(cell => cell.pack))).toEqual(new Set(['gb50289-2016']))
  })

  it('of different semantics, or one alone, are refused', () => {
    const codes = (...ids: string[]) => {
      const result = combineRulePacks(ids.map(shipped))
      return result.ok ? [] : result.error.map(problem => problem.code)
    }
    expect(codes('gb50289-2016', 'ten-states')).toEqual(['other_semantics'])
    expect(codes('gb50289-2016')).toEqual(['one_pack'])
    expect(codes('gb50289-2016', 'gb50289-2016')).toEqual(['one_pack'])
  })
})

describe('packs that cannot be meant', () => {
  const problems = (tables: object): PackProblem[] => {
    const parsed = parseRulePack({ ...base, ...tables })
    return parsed.ok ? [] : [...parsed.error]
  }

  it.each([
    ['a class there is not', { slope: [{ class: 'x', min: 0.1, ...source }] }, 'slope[0].class', 'unknown_class'],
    ['a negative limit', { surroundings: [{ class: 'w', feature: 'tree', minM: -1, ...source }] }, 'surroundings[0].minM', 'wrong_shape'],
    ['a feature there is not', { surroundings: [{ class: 'w', feature: 'bench', minM: 1, ...source }] }, 'surroundings[0].feature', 'wrong_shape'],
    ['no bound at all', { velocity: [{ class: 'w', roughness: 0.013, ...source }] }, 'velocity[0]', 'no_limit'],
    ['a least slope above the greatest', { slope: [{ class: 'w', min: 0.2, max: 0.1, ...source }] }, 'slope[0].min', 'min_above_max'],
    ['two cells that contradict each other', { cover: [{ class: 'w', surface: 'green', minM: 1, ...source }, { class: 'w', surface: 'green', maxM: 0.5, ...source }] }, 'cover[1].maxM', 'min_above_max'],
    ['an angle to nothing', { crossingAngle: [{ class: 'w', minDeg: 60, ...source }] }, 'crossingAngle[0]', 'no_other'],
    ['an angle to two things', { crossingAngle: [{ class: 'w', with: 'g', feature: 'rail', minDeg: 60, ...source }] }, 'crossingAngle[0]', 'no_other'],
    ['a class of two ranks', { levelOrder: { ranks: [['w'], ['g', 'w']], ...source } }, 'levelOrder.ranks[1][1]', 'ranked_twice'],
    ['giving way in a circle', { yielding: [{ yields: 'w', to: 'g' }, { yields: 'g', to: 'sewer' }, { yields: 'sewer', to: 'w' }] }, 'yielding', 'yields_in_circle'],
    ['giving way to itself', { yielding: [{ yields: 'w', to: 'w' }] }, 'yielding', 'yields_in_circle'],
  ])('%s', (_, tables, cell, code) => {
    expect(problems(tables).map(problem => [problem.cell, problem.code])).toContainEqual([cell, code])
  })

  it('a circle is told all the way round', () => {
    expect(problems({ yielding: [{ yields: 'w', to: 'g' }, { yields: 'g', to: 'w' }] })[0]!.detail).toBe('w → g → w')
  })

  it('limits given twice are none of these: the stricter holds', () => {
    expect(problems({ horizontal: [{ a: 'w', b: 'g', minM: 1, ...source }, { a: 'g', b: 'w', minM: 2, ...source }] })).toEqual([])
  })
})
