import { describe, expect, it } from 'vitest'
import { WordRoom, wordsWidthPx } from '#renderer/scene/overlay/word-room.ts'
import { seededRandom } from '#shared/core/random.ts'

describe('room for words', () => {
  it('goes to who asks first; what would cover it gets none, what touches it does', () => {
    const room = new WordRoom(300)
    expect(room.take(0, 0, 50, 18)).toBe(true)
    expect(room.take(40, 10, 50, 18)).toBe(false)
    expect(room.take(50, 0, 50, 18)).toBe(true)
    expect(room.take(0, 18, 50, 18)).toBe(true)
  })

  it('never gives one place twice (seed 5)', () => {
    const random = seededRandom(5)
    const room = new WordRoom(300)
    const boxes = Array.from({ length: 300 }, () => [random.range(0, 900), random.range(0, 500), random.range(20, 180), 18] as const).filter(box => room.take(...box))
    expect(boxes.length).toBeGreaterThan(20)
    for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) expect(a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]).toBe(false)
  })

  it('counts Chinese letters as wide as they are', () => {
    expect(wordsWidthPx('水平净距')).toBeGreaterThan(wordsWidthPx('abcd'))
  })
})
