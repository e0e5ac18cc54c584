import { describe, expect, it } from 'vitest'
import { placeText, textBox, type LabelBox, type TextPlace } from '#shared/report/label-places.ts'
import { seededRandom } from '#shared/core/random.ts'

const PICTURE = { width: 330, height: 190 }
const meet = (a: LabelBox, b: LabelBox): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('texts on a drawing', () => {
  it('a Chinese name is wider than a Latin one of as many signs, and an anchor shifts the box', () => {
    expect(textBox('燃气管道', 10, { x: 100, y: 50, anchor: 'start' }).width).toBeGreaterThan(textBox('pipe', 10, { x: 100, y: 50, anchor: 'start' }).width)
    const end = textBox('pipe', 10, { x: 100, y: 50, anchor: 'end' })
    expect(end.x + end.width).toBeCloseTo(100, 9)
  })

  it('stands at the first place where it covers nothing (seed 21, 400 drawings)', () => {
    const random = seededRandom(21)
    for (let drawing = 0; drawing < 400; drawing++) {
      const taken: LabelBox[] = []
      for (let text = 0; text < 3; text++) {
        const places = Array.from({ length: 6 }, (): TextPlace => ({ x: random.range(0, 330), y: random.range(0, 190), anchor: random.pick(['start', 'middle', 'end'] as const) }))
        const before = [...taken]
        const place = placeText('A  RQ-0260', 11, places, taken, PICTURE)!
        const fits = (at: TextPlace): boolean => {
          const box = textBox('A  RQ-0260', 11, at)
          return box.x >= 0 && box.y >= 0 && box.x + box.width <= 330 && box.y + box.height <= 190 && !before.some(other => meet({ x: other.x - 3, y: other.y - 3, width: other.width + 6, height: other.height + 6 }, box))
        }
        const first = places.find(fits)
        if (first) expect(place).toBe(first)
        expect(taken).toHaveLength(before.length + 1)
      }
    }
  })
})
