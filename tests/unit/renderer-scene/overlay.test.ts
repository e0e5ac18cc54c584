import { describe, expect, it } from 'vitest'
import { axisBetween, gapLines } from '#renderer/scene/finding/gap-lines.ts'
import { placeLabels, type WantedLabel } from '#renderer/scene/overlay/label-placement.ts'
import { scaleBar } from '#renderer/scene/overlay/scale-bar.ts'
import { seededRandom } from '#shared/core/random.ts'

describe('labels', () => {
  it.each([1, 2, 3])('never cover each other and stay in the picture (seed %i)', seed => {
    const random = seededRandom(seed)
    const wanted = Array.from({ length: 40 }, (_, i): WantedLabel => ({ id: `L${i}`, x: random.range(0, 1400), y: random.range(0, 900), width: random.range(60, 260), height: random.range(20, 60), priority: random.next() }))
    const placed = placeLabels(wanted, 1400, 900)
    expect(placed.length).toBeGreaterThan(10)
    const boxes = placed.map(place => ({ ...place, size: wanted.find(label => label.id === place.id)! }))
    for (const a of boxes) {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.size.width <= 1400 && a.y + a.size.height <= 900).toBe(true)
      for (const b of boxes) {
        if (a === b) continue
        const apart = a.x + a.size.width <= b.x || b.x + b.size.width <= a.x || a.y + a.size.height <= b.y || b.y + b.size.height <= a.y
        expect(apart).toBe(true)
      }
    }
  })

  it('gives the place to the more important, whatever the order', () => {
    const label = (id: string, priority: number): WantedLabel => ({ id, x: 500, y: 300, width: 400, height: 20, priority })
    const crowd = Array.from({ length: 12 }, (_, i) => label(`L${i}`, i))
    const ids = placeLabels(crowd, 1000, 600).map(place => place.id)
    expect(ids).toContain('L11')
    expect(placeLabels([...crowd].reverse(), 1000, 600).map(place => place.id)).toEqual(ids)
  })
})

describe('labels beside a line', () => {
  it('leave it visible where there is room, and stand on it rather than vanish where there is none', () => {
    const label: WantedLabel = { id: 'L', x: 500, y: 300, width: 200, height: 40, priority: 1 }
    const line = Array.from({ length: 40 }, (_, i) => ({ x: 500 + 10 * i, y: 300 - 5 * i }))
    const [place] = placeLabels([label], 1400, 900, line)
    for (const point of line) expect(point.x > place!.x && point.x < place!.x + 200 && point.y > place!.y && point.y < place!.y + 40).toBe(false)
    const everywhere = Array.from({ length: 5000 }, (_, i) => ({ x: 20 * (i % 100), y: 20 * Math.floor(i / 100) }))
    expect(placeLabels([label], 1400, 900, everywhere).length).toBe(1)
  })
})

describe('the scale bar', () => {
  it.each([[0.01, '1 m', 100], [0.05, '5 m', 100], [1, '100 m', 100], [10, '1 km', 100], [0.002, '0.2 m', 100]])('at %d m per pixel is %s', (metresPerPx, label, widthPx) => {
    expect(scaleBar(metresPerPx)).toMatchObject({ label, widthPx })
  })
})

describe('the dimension of a gap', () => {
  const pipe = { widthM: 0.3, heightM: 0.3 }

  it('is level for a horizontal gap, from face to face, with leads to both axes', () => {
    const { gap, leads } = gapLines('horizontal', [0, 0, -2], [2, 0, -3], pipe, { widthM: 0.5, heightM: 0.5 })
    expect(gap[0]).toEqual([0.3, 0, -2])
    expect(gap[1]).toEqual([1.5, 0, -2])
    expect(leads).toEqual([[[2, 0, -3], [2, 0, -2]]])
  })

  it('is plumb for a vertical gap, from crown to invert', () => {
    const { gap } = gapLines('vertical', [0, 0, -2], [0.1, 0, -3], pipe, pipe)
    expect(gap[0]![2]).toBeCloseTo(-2.3, 9)
    expect(gap[1]![2]).toBeCloseTo(-2.7, 9)
  })

  it('runs from crown to ground for cover', () => {
    const { gap, leads } = gapLines('cover', [5, 5, -0.8], [5, 5, 0], pipe, { widthM: 0, heightM: 0 })
    expect(gap).toEqual([[5, 5, -0.5], [5, 5, 0]])
    expect(leads).toEqual([])
  })

  it('shows something even where the axes meet', () => {
    const { gap } = gapLines('hard', [1, 1, 1], [1, 1, 1], pipe, pipe)
    expect(Math.hypot(gap[0][0] - gap[1][0], gap[0][1] - gap[1][1], gap[0][2] - gap[1][2])).toBeGreaterThan(0.1)
  })
})

describe('a stretch of an axis', () => {
  const axis = [[0, 0, 0], [10, 0, 1], [10, 10, 1]] as const

  it('is cut at its chainages, corners kept', () => {
    const part = axisBetween(axis, 5.05, 14.95)
    expect(part[0]!.map(x => +x.toFixed(6))).toEqual([5, 0, 0.5])
    expect(part[1]).toEqual([10, 0, 1])
    expect(part[2]!.map(x => +x.toFixed(6))).toEqual([10, 5, 1])
  })

  it('is a few centimetres where it is a point, and the same in either direction', () => {
    const part = axisBetween(axis, 3, 3)
    expect(part.length).toBe(2)
    expect(part[1]![0] - part[0]![0]).toBeCloseTo(0.1, 6)
    expect(axisBetween(axis, 12, 4)).toEqual(axisBetween(axis, 4, 12))
  })
})
