import { describe, expect, it } from 'vitest'
import { naturalRanks } from '#renderer/state/twin/natural-rank.ts'
import { seededRandom } from '#shared/core/random.ts'

describe('the place of each id', () => {
  it.each(['en', 'zh-CN'])('is that of a collator which counts, for all sorts of ids (%s, seed 61128)', language => {
    const random = seededRandom(61_128)
    const words = ['JS', 'js', 'JS-', 'JS_', 'J', '', '燃气', '给水-', 'pipe ', 'L-', 'L.', 'Ä', 'a']
    const ids = Array.from({ length: 1500 }, () => {
      const number = random.chance(0.9) ? String(random.int(30)).padStart(random.int(4), '0') : ''
      return random.pick(words) + number + (random.chance(0.4) ? random.pick(['-1', '~2', 'a', 'B', '·1', '-10', '-9']) : '')
    })
    const collator = new Intl.Collator(language, { numeric: true })
    const ranks = naturalRanks(ids, language)
    const order = ids.map((_, i) => i).sort((i, j) => ranks[i]! - ranks[j]! || i - j)
    expect(order.map(i => ids[i])).toEqual(ids.map((_, i) => i).sort((i, j) => collator.compare(ids[i]!, ids[j]!) || i - j).map(i => ids[i]))
  })
  it('takes numbers too long to hold, ids without any, and none at all', () => {
    expect([...naturalRanks(['x', '12345678901234567890', '12345678901234567891', 'x', ''], 'en')]).toEqual([3, 1, 2, 3, 0])
    expect([...naturalRanks([], 'en')]).toEqual([])
  })
})
