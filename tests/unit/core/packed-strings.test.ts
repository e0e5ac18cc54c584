import { describe, expect, it } from 'vitest'
import { indexStrings, indicesOf, packStrings, unpackStrings } from '#shared/core/packed-strings.ts'
import { seededRandom } from '#shared/core/random.ts'

describe('packed strings', () => {
  it.each([[['a', '', 'bc']], [['井-1', 'A', '管线点', '']], [['\ufeff井', '😀b', '', '\ufeff', 'é1', 'plain']], [[]]])('come back as they were: %j', texts => {
    expect(unpackStrings(packStrings(texts))).toEqual(texts)
  })

  it('finds each of many strings where it stands first, and none that is not there (seed 7)', () => {
    const random = seededRandom(7)
    const texts = Array.from({ length: 5000 }, () => `${random.chance(0.5) ? 'WS' : '污水'}-${Math.floor(random.range(0, 4000))}`)
    const find = indexStrings(packStrings(texts))
    for (const text of texts) expect(find(text)).toBe(texts.indexOf(text))
    for (const text of ['', 'WS-', 'WS-4000', '污水-4001', 'WS-0 ']) expect(find(text)).toBe(-1)
    const asked = [...texts.slice(0, 900), ...texts.slice(0, 3), '', '污水-4001']
    expect(indicesOf(packStrings(texts), asked)).toEqual(asked.map(text => texts.indexOf(text)))
  })
})
