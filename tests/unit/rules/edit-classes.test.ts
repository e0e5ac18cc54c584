import { describe, expect, it } from 'vitest'
import { shippedPacks } from '#main/services/rule-packs.ts'
import { seededRandom } from '#shared/core/random.ts'
import { classesOf, type ClassedProperties } from '#shared/rules/asset-classes.ts'
import { classNotices, classUses, withClass, withoutClass } from '#shared/rules/edit-classes.ts'
import { LimitLookup } from '#shared/rules/limit-lookup.ts'
import { parseRulePack } from '#shared/rules/parse-rule-pack.ts'
import { rulePackSchema, type RuleClass, type RulePack } from '#shared/rules/rule-pack.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'

const gb = shippedPacks().find(({ pack }) => pack.id === 'gb50289-2016')!.pack
const packWith = (...classes: RuleClass[]): RulePack =>
  rulePackSchema.parse({ format: 'underplan-rules/1', id: 'p', version: '1', title: { en: 'p', 'zh-CN': 'p' }, semantics: 'crossing-alongside', classes })
const notices = (...classes: RuleClass[]) => classNotices(packWith(...classes)).filter(({ code }) => code !== 'unused').map(({ classId, code, detail }) => [classId, code, detail])

describe('classes of a pack', () => {
  it('under another id keep every limit they had (every shipped pack, every class)', () => {
    for (const { pack } of shippedPacks()) {
      for (const [at, ruleClass] of pack.classes.entries()) {
        const changed = withClass(pack, at, { ...ruleClass, id: 'another_id' })
        expect(parseRulePack(changed).ok, `${pack.id} ${ruleClass.id}`).toBe(true)
        expect(classUses(changed, 'another_id')).toBe(classUses(pack, ruleClass.id))
        expect(classUses(changed, ruleClass.id)).toBe(0)
        // Back again it is the pack of before, cell for cell.
        expect(withClass(changed, at, ruleClass)).toEqual(pack)
      }
    }
  })

  it('taken out leave a pack that still parses and names them nowhere (every shipped pack, every class)', () => {
    for (const { pack } of shippedPacks()) {
      for (const { id } of pack.classes) {
        const rest = withoutClass(pack, id)
        expect(parseRulePack(rest).ok, `${pack.id} ${id}`).toBe(true)
        expect([rest.classes.length, classUses(rest, id)]).toEqual([pack.classes.length - 1, 0])
      }
    }
  })

  it('other conditions change the limits of the lines that meet them, and of no others (seed 3)', () => {
    const at = gb.classes.findIndex(({ id }) => id === 'water_gt200')
    const changed = withClass(withClass(gb, at, { ...gb.classes[at]!, match: { kind: 'water', minDiameterM: 0.3 } }), gb.classes.findIndex(({ id }) => id === 'water_le200'), { id: 'water_le200', match: { kind: 'water', maxDiameterM: 0.3 } })
    const sewer: ClassedProperties = { kind: 'sewer_foul', diameterM: 0.4 }
    const limit = (pack: RulePack, line: ClassedProperties) => new LimitLookup(pack, [classesOf(line, pack), classesOf(sewer, pack)]).pair(0, 1).horizontal?.minM ?? null
    expect([0.2, 0.25, 0.3, 0.31].map(diameterM => limit(gb, { kind: 'water', diameterM }))).toEqual([1, 1.5, 1.5, 1.5])
    expect([0.2, 0.25, 0.3, 0.31].map(diameterM => limit(changed, { kind: 'water', diameterM }))).toEqual([1, 1, 1, 1.5])
    const random = seededRandom(3)
    for (let k = 0; k < 500; k++) {
      const line: ClassedProperties = { kind: random.pick(ASSET_KINDS.filter(kind => kind !== 'water')), diameterM: random.range(0.05, 1), laying: random.pick(LAYINGS), pressureClass: random.pick(PRESSURE_CLASSES) }
      expect(limit(changed, line)).toBe(limit(gb, line))
    }
  })
})

describe('what looks odd about classes', () => {
  it('bands that leave sizes out, overlap, or meet', () => {
    const water = (id: string, band: Partial<RuleClass['match']>): RuleClass => ({ id, match: { kind: 'water', ...band } })
    expect(notices(water('small', { maxDiameterM: 0.2 }), water('large', { minDiameterM: 0.2 }))).toEqual([])
    expect(notices(water('large', { minDiameterM: 0.3 }), water('small', { maxDiameterM: 0.2 }))).toEqual([['large', 'gap', '0.2 … 0.3 m']])
    expect(notices(water('small', { maxDiameterM: 0.3 }), water('large', { minDiameterM: 0.2 }))).toEqual([['large', 'overlaps', 'small']])
    const power = (id: string, band: Partial<RuleClass['match']>): RuleClass => ({ id, match: { kind: 'power', ...band } })
    expect(notices(power('low', { maxVoltageKv: 10 }), power('high', { minVoltageKv: 35 }))).toEqual([['high', 'gap', '10 … 35 kV']])
    const gas = (id: string, pressureClass: RuleClass['match']['pressureClass']): RuleClass => ({ id, match: { kind: 'gas', pressureClass } })
    expect(notices(gas('medium', ['medium_a', 'sub_high_b']), gas('high', 'sub_high_b'))).toEqual([['high', 'overlaps', 'medium']])
    expect(notices(gas('medium', ['medium_a', 'medium_b']), gas('high', 'sub_high_b'))).toEqual([])
    // Bands of different kinds have nothing to do with each other.
    expect(notices(water('small', { maxDiameterM: 0.2 }), { id: 'gas', match: { kind: 'gas', minDiameterM: 0.5 } })).toEqual([])
  })

  it('the same conditions however they are written, conditions that never hold, a class of everything', () => {
    expect(notices({ id: 'a', match: { kind: ['gas', 'water'], laying: 'duct' } }, { id: 'b', match: { laying: ['duct'], kind: ['water', 'gas'] } })).toEqual([['b', 'same_as', 'a']])
    expect(notices({ id: 'a', match: { kind: 'water', pressureClass: 'low' } })).toEqual([['a', 'never', '']])
    expect(notices({ id: 'a', match: { kind: 'heat', minVoltageKv: 10 } })).toEqual([['a', 'never', '']])
    expect(notices({ id: 'a', match: { kind: 'water', maxDiameterM: 0 } })).toEqual([['a', 'never', '']])
    expect(notices({ id: 'a', match: {} })).toEqual([['a', 'all_lines', '']])
  })

  it('a class no limit names; of the shipped packs none has conditions that never hold, and what is left out is left out in the source', () => {
    expect(classNotices(packWith({ id: 'a', match: { kind: 'water' } }))).toEqual([{ classId: 'a', code: 'unused', detail: '' }])
    const odd = shippedPacks().flatMap(({ pack }) => classNotices(pack).flatMap(({ classId, code, detail }) => (code === 'gap' || code === 'never' ? [[pack.id, classId, code, detail]] : [])))
    // British practice has figures for low voltage, 11 to 20 kV and 33 to 132 kV, and none between.
    expect(odd).toEqual([['uk-street-works', 'power_11_20', 'gap', '1 … 10.9 kV'], ['uk-street-works', 'power_33_132', 'gap', '20 … 32.9 kV']])
  })
})
