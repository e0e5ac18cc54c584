import { describe, expect, it } from 'vitest'
import { count, figure, fileSize, metres, networkLength, size } from '#renderer/i18n/format.ts'
import { browserLanguage } from '#renderer/i18n/language.ts'

describe('figures', () => {
  it.each([
    [0.31, 3, '0.310'], [-0.12, 3, '\u22120.120'], [-0.0001, 3, '0.000'], [297.2334, 2, '297.23'], [null, 2, '–'], [NaN, 2, '–'], [Infinity, 1, '–'],
  ])('%s with %i decimals reads %s', (value, decimals, text) => {
    expect(figure(value, decimals)).toBe(text)
  })

  it('lengths carry their unit, an absent one does not', () => {
    expect(metres(0.5)).toBe('0.500 m')
    expect(metres(undefined)).toBe('–')
  })

  it('sizes are in whole millimetres', () => {
    expect(size({ shape: 'circle', diameterM: 0.3 })).toBe('Ø 300 mm')
    expect(size({ shape: 'rectangle', widthM: 0.6, heightM: 0.2804 })).toBe('600 × 280 mm')
  })

  it('counts and network lengths are read at a glance', () => {
    expect(count(1234567)).toBe('1\u2009234\u2009567')
    expect(networkLength(840.4)).toBe('840 m')
    expect(networkLength(12_340)).toBe('12.3 km')
    expect(fileSize(12_345_678)).toBe('12.3 MB')
  })
})

describe('the language of the first start', () => {
  it.each([[['zh-CN', 'en'], 'zh-CN'], [['zh-Hans-CN'], 'zh-CN'], [['zh'], 'zh-CN'], [['en-GB', 'zh-CN'], 'en'], [['de-DE'], 'en'], [[], 'en']] as const)(
    'a browser that asks for %j gets %s', (preferred, language) => {
      expect(browserLanguage(preferred)).toBe(language)
    })
})
