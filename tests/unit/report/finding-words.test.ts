import i18next, { type TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import enFindings from '#assets/locales/en/findings.json' with { type: 'json' }
import enKinds from '#assets/locales/en/kinds.json' with { type: 'json' }
import zhFindings from '#assets/locales/zh-CN/findings.json' with { type: 'json' }
import zhKinds from '#assets/locales/zh-CN/kinds.json' with { type: 'json' }
import { arrangeRows, findingRows } from '#renderer/panels/findings/finding-rows.ts'
import { findingSentence, packCitation, severityRank, severityWords, sideWords, uncertaintyWords } from '#shared/report/finding-words.ts'
import type { Subject } from '#renderer/state/twin/subjects.ts'
import { RULE_NAMES, VERDICTS, type Finding } from '#shared/clearance/findings/finding.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'

async function translator(lng: 'en' | 'zh-CN'): Promise<TFunction> {
  const instance = i18next.createInstance()
  await instance.init({ lng, interpolation: { escapeValue: false }, resources: { en: { findings: enFindings, kinds: enKinds }, 'zh-CN': { findings: zhFindings, kinds: zhKinds } } })
  return instance.t
}
const [en, zh] = [await translator('en'), await translator('zh-CN')]
const subject = (id: string, kind: Subject['kind']): Subject => ({ type: 'asset', id, label: id, kind, owner: '', section: { shape: 'circle', diameterM: 0.3 } })
const sides = (t: TFunction) => ({ a: sideWords(t, ['JS-0031'], subject('JS-0031', 'water')), b: sideWords(t, ['RQ-0007'], subject('RQ-0007', 'gas')) })

describe('the sentence of a finding', () => {
  it('has who, what, the figures and the clause, in Chinese as the trade writes it', () => {
    expect(findingSentence(zh, aFinding(), sides(zh), 'GB 50289-2016')).toBe('给水 JS-0031 与燃气 RQ-0007 水平净距 0.310 m，规范要求不小于 0.500 m，差 0.190 m（GB 50289-2016 4.1.9）。')
  })

  it('and in English', () => {
    expect(findingSentence(en, aFinding(), sides(en), 'GB 50289-2016')).toBe('Water JS-0031 and Gas RQ-0007 are 0.310 m apart in plan; at least 0.500 m is required, 0.190 m short (GB 50289-2016, 4.1.9).')
  })

  it('a clash says how far the lines run into each other and cites nothing', () => {
    expect(findingSentence(en, aFinding({ rule: 'hard', found: -0.12, required: 0, shortfall: 0.12, clause: '' }), sides(en), 'GB')).toBe('Water JS-0031 and Gas RQ-0007 run into each other by 0.120 m.')
  })

  it('what overlaps without a clash is said to overlap, not to be a negative distance apart', () => {
    const overlap = (rule: Finding['rule'], fields: Partial<Finding> = {}) => aFinding({ rule, found: -0.06, required: 0.15, shortfall: 0.21, clause: '', ...fields })
    expect(findingSentence(en, overlap('stacked'), sides(en), 'GB')).toBe('Water JS-0031 and Gas RQ-0007 lie partly one above the other and overlap by 0.060 m in level; at least 0.150 m is required between them, 0.210 m short.')
    expect(findingSentence(zh, overlap('horizontal'), sides(zh), 'GB')).toBe('给水 JS-0031 与燃气 RQ-0007 平面重叠 0.060 m，规范要求水平净距不小于 0.150 m，差 0.210 m。')
    expect(findingSentence(en, overlap('cover', { b: [], surface: { surface: 'green', isAssumed: false } }), sides(en), 'GB')).toBe('Water JS-0031 stands 0.060 m out of the ground (Green); at least 0.150 m of cover is required.')
    for (const t of [en, zh]) for (const rule of RULE_NAMES) expect(findingSentence(t, overlap(rule), sides(t), 'GB')).not.toMatch(/\{\{|sentence\.|undefined/)
  })

  it('lines in the wrong order are told by name: who passes below and should be above', () => {
    const order = aFinding({ rule: 'level_order', required: 0, found: -0.4, shortfall: 0.4, clause: '4.1.12', at: { a: [0, 0, -1.4], b: [0, 0, -1] } })
    expect(findingSentence(en, order, sides(en), 'GB')).toBe('Water JS-0031 passes 0.400 m below Gas RQ-0007; by the order of levels it should pass above it (GB, 4.1.12).')
    expect(findingSentence(zh, { ...order, at: { a: order.at.b, b: order.at.a } }, sides(zh), 'GB')).toBe('燃气 RQ-0007 从给水 JS-0031 下方 0.400 m 处穿过，按竖向次序应在其上方（GB 4.1.12）。')
  })

  it('cover names the use of the ground the limit holds for', () => {
    const cover = aFinding({ rule: 'cover', b: [], surface: { surface: 'roadway', isAssumed: false }, clause: '4.1.1' })
    expect(findingSentence(en, cover, sides(en), 'GB')).toContain('0.310 m of cover (Roadway)')
    expect(findingSentence(zh, cover, sides(zh), 'GB')).toContain('在机动车道下覆土 0.310 m')
  })

  it.each(RULE_NAMES)('of rule %s leaves no placeholder and no key open in either language', rule => {
    for (const t of [en, zh]) expect(findingSentence(t, aFinding({ rule }), sides(t), 'GB')).not.toMatch(/\{\{|sentence\.|undefined/)
  })

  it('what keeps apart as drawn and may yet clash is not given a clash in metres', () => {
    const passing = aFinding({ rule: 'hard', found: 0.29, required: 0, shortfall: -0.29, clause: '', verdict: 'possible', uncertaintyM: 0.4 })
    expect(findingSentence(en, passing, sides(en), 'GB')).toBe('Water JS-0031 and Gas RQ-0007 are 0.290 m apart as drawn, but their positions are not known well enough to be sure that they do not run into each other.')
    expect(findingSentence(zh, passing, sides(zh), 'GB')).toBe('给水 JS-0031 与燃气 RQ-0007 按图相距 0.290 m，但位置精度不足以排除碰撞。')
    expect(uncertaintyWords(en, passing)).toContain('± 0.400 m')
    expect(uncertaintyWords(en, aFinding({ verdict: 'certain' }))).toBeNull()
  })

  it.each(RULE_NAMES)('of rule %s that passes as drawn leaves no placeholder open, of two lines and of one', rule => {
    for (const t of [en, zh]) for (const b of [['RQ-0007'], []]) expect(findingSentence(t, aFinding({ rule, b, shortfall: -0.01, verdict: 'possible' }), sides(t), 'GB')).not.toMatch(/\{\{|sentence\.|undefined/)
  })

  it('names a run by its first member and the count of the others', () => {
    expect(sideWords(en, ['A', 'B', 'C'], subject('A', 'water'))).toBe('Water A and 2 more')
    expect(sideWords(en, ['gone'], null)).toBe('gone')
  })
})

describe('severity', () => {
  it('has a word and a rank of its own for every weight and verdict', () => {
    const all = [true, false].flatMap(mandatory => VERDICTS.map(verdict => ({ rule: 'vertical' as const, mandatory, verdict })))
    expect(new Set(all.map(severityRank)).size).toBe(6)
    expect(new Set(all.map(row => severityWords(zh, row))).size).toBe(6)
    expect(severityWords(en, { rule: 'vertical', mandatory: true, verdict: 'possible' })).toBe('Mandatory · possible')
    expect(severityWords(en, { rule: 'gas_space', mandatory: false, verdict: 'possible' })).toBe('Screening · possible')
  })
})

describe('the rows of the table', () => {
  const findings = [
    aFinding({ id: '1', mandatory: false, shortfall: 0.9, a: ['JS-1'], b: ['RQ-1'] }),
    aFinding({ id: '2', verdict: 'possible', shortfall: 0.2, a: ['JS-10'], b: ['RQ-2'] }),
    aFinding({ id: '3', shortfall: 0.1, a: ['JS-2'], b: [], rule: 'cover', clause: '4.1.1' }),
    aFinding({ id: '4', shortfall: 0.3, a: ['JS-3'], b: ['RQ-2'] }),
  ]
  const rows = findingRows(en, findings, id => subject(id, id.startsWith('JS') ? 'water' : 'gas'))
  const order = (filter: string, columnId: string, descending = false) => arrangeRows(rows, filter, { columnId, descending }, 'en').map(row => row.finding.id)

  it('the heaviest come first, among equals the greatest shortfall', () => {
    expect(order('', 'severity')).toEqual(['4', '3', '2', '1'])
  })

  it('ids sort as people count', () => {
    expect(order('', 'a')).toEqual(['1', '3', '4', '2'])
    expect(order('', 'a', true)).toEqual(['2', '4', '3', '1'])
  })

  it('a filter keeps rows that hold each of its words, in any column', () => {
    expect(order('rq-2', 'severity')).toEqual(['4', '2'])
    expect(order('cover 4.1.1', 'severity')).toEqual(['3'])
    expect(order('ground', 'severity')).toEqual(['3'])
    expect(order('rq-2 4.1.1', 'severity')).toEqual([])
  })
})

it('a pack is cited by the number of its standard, else by its title', () => {
  expect(packCitation('GB 50289-2016 城市工程管线综合规划规范')).toBe('GB 50289-2016')
  expect(packCitation('CJJ/T 61-2017 rules')).toBe('CJJ/T 61-2017')
  expect(packCitation('Our own limits')).toBe('Our own limits')
})

describe('a possible finding that passes as drawn', () => {
  it('speaks of no shortfall', () => {
    const passing = aFinding({ verdict: 'possible', found: 0.513, shortfall: -0.013 })
    expect(findingSentence(en, passing, sides(en), 'GB')).toBe('Water JS-0031 and Gas RQ-0007: Horizontal clearance is 0.513 m as drawn and at least 0.500 m is required, but the positions are not known well enough to be sure (GB, 4.1.9).')
    expect(findingSentence(zh, passing, sides(zh), 'GB')).toContain('按图为 0.513 m')
    expect(findingSentence(en, { ...passing, rule: 'cover', b: [] }, sides(en), 'GB')).toContain('0.513 m of cover as drawn')
  })
})
