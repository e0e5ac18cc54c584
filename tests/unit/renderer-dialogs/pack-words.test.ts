import i18next, { type TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import enKinds from '#assets/locales/en/kinds.json' with { type: 'json' }
import enPacks from '#assets/locales/en/packs.json' with { type: 'json' }
import zhKinds from '#assets/locales/zh-CN/kinds.json' with { type: 'json' }
import zhPacks from '#assets/locales/zh-CN/packs.json' with { type: 'json' }
import { shippedPack, shippedPacks } from '#main/services/rule-packs.ts'
import { classHeadings, conditionWords } from '#renderer/dialogs/packs/pack-words.ts'
import { rulePackSchema } from '#shared/rules/rule-pack.ts'

async function translator(lng: 'en' | 'zh-CN'): Promise<TFunction> {
  const instance = i18next.createInstance()
  await instance.init({ lng, interpolation: { escapeValue: false }, resources: { en: { packs: enPacks, kinds: enKinds }, 'zh-CN': { packs: zhPacks, kinds: zhKinds } } })
  return instance.t
}
const [en, zh] = [await translator('en'), await translator('zh-CN')]
const gb = shippedPack('gb50289-2016')!.pack
const IDS = ['water_le200', 'water_gt200', 'sewer', 'gas_low', 'gas_mp_b', 'power_direct', 'power_conduit']

describe('headings of a matrix, as the print has them', () => {
  it('classes of one kind share a heading, and each has what its name adds', () => {
    expect(classHeadings(zh, gb, IDS, 'zh-CN').map(({ group, span, label }) => [group, span, label])).toEqual([
      ['给水管线', 2, 'd≤200mm'], ['', 0, 'd>200mm'], ['污水、雨水管线', 1, null], ['燃气', 2, '低压 P<0.01MPa'], ['', 0, '中压B 0.01≤P≤0.2MPa'], ['电力管线', 2, '直埋'], ['', 0, '保护管'],
    ])
    expect(classHeadings(en, gb, IDS, 'en').map(({ group, span, label }) => [group, span, label])).toEqual([
      ['water main', 2, 'd ≤ 200 mm'], ['', 0, 'd > 200 mm'], ['foul and storm sewers', 1, null], ['gas', 2, 'low pressure'], ['', 0, 'medium pressure B'], ['power cable', 2, 'direct buried'], ['', 0, 'in conduit'],
    ])
  })

  it('classes without names are told by kind and conditions', () => {
    const pack = rulePackSchema.parse({
      format: 'underplan-rules/1', id: 'p', version: '1', title: { en: 'p', 'zh-CN': 'p' }, semantics: 'crossing-alongside',
      classes: [{ id: 'x', match: { kind: 'power', maxVoltageKv: 10 } }, { id: 'y', match: { kind: 'power', minVoltageKv: 10, laying: ['duct', 'tunnel'] } }, { id: 'z', match: { kind: 'power' } }],
    })
    expect(classHeadings(en, pack, ['x', 'y', 'z'], 'en').map(({ group, label }) => [group, label])).toEqual([['Power', 'U ≤ 10 kV'], ['', 'In duct, In tunnel · U > 10 kV'], ['', 'any']])
    expect(conditionWords(en, { id: 'w', match: { minDiameterM: 0.2, maxDiameterM: 0.315 } }, 'en')).toBe('200 < d ≤ 315 mm')
  })

  it('spans add up and no two under one heading are called the same (every shipped pack, both languages)', () => {
    for (const { pack } of shippedPacks()) {
      for (const [t, language] of [[en, 'en'], [zh, 'zh-CN']] as const) {
        const headings = classHeadings(t, pack, pack.classes.map(({ id }) => id), language)
        expect(headings.reduce((sum, { span }) => sum + span, 0), pack.id).toBe(pack.classes.length)
        for (const [k, { span }] of headings.entries()) {
          const labels = headings.slice(k, k + span).map(({ label }) => label)
          expect(new Set(labels).size, `${pack.id} ${labels.join(' | ')}`).toBe(span === 0 ? 0 : span)
        }
      }
    }
  })
})
