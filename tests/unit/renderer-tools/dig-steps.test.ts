import { seededRandom } from '#shared/core/random.ts'
import { describe, expect, it } from 'vitest'
import { cornersOf, digStep, excavationFrom, freeExcavationId, middlesOf, pointsShown, redesigned, withCorner, type DigEvent, type Digging } from '#renderer/tools/excavate/dig-steps.ts'
import { excavationStore } from '#renderer/state/scheme/excavation-store.ts'
import { excavationSchema } from '#shared/scenario/excavation-schema.ts'
import { refuseExcavation } from '#shared/scenario/refuse-excavation.ts'
import { boreFigures } from '#shared/excavation/bore-axis.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const START: Digging = { type: 'digging', points: [], cursor: null }
const placed = (x: number, y = 0): DigEvent => ({ type: 'placed', at: [x, y, 5] })
const after = (type: 'pit' | 'trench' | 'bore', ...events: DigEvent[]): Digging => events.reduce((digging, event) => digStep(digging, type, event).next, START)
const { template } = excavationStore.getState()
const SQUARE: readonly Vec3[] = [[0, 0, 5], [10, 0, 5], [10, 10, 5], [0, 10, 5]]

describe('laying out an excavation', () => {
  it('strings corners together, follows the pointer and takes the last one back', () => {
    const digging = after('pit', placed(0), placed(10), { type: 'moved', to: [10, 9, 5] })
    expect(pointsShown(digging)).toEqual([[0, 0, 5], [10, 0, 5], [10, 9, 5]])
    expect(digStep(digging, 'pit', { type: 'tookBack' }).next.points).toEqual([[0, 0, 5]])
  })
  it('closes a pit on its first corner, not before there are three', () => {
    expect(digStep(after('pit', placed(0), placed(10), placed(10, 10)), 'pit', placed(0)).points).toHaveLength(3)
    expect(digStep(after('pit', placed(0), placed(10)), 'pit', placed(0)).points).toBeNull()
  })
  it('completes a bore with its second point, a trench when told', () => {
    expect(digStep(after('bore', placed(0)), 'bore', placed(50)).points).toHaveLength(2)
    expect(digStep(after('trench', placed(0)), 'trench', placed(50)).points).toBeNull()
    expect(digStep(after('trench', placed(0), placed(50)), 'trench', { type: 'finished' }).points).toHaveLength(2)
  })
  it.each(['pit', 'trench', 'bore'] as const)('keeps what was drawn where a %s is finished too early', type => {
    expect(digStep(after(type, placed(0)), type, { type: 'finished' })).toMatchObject({ points: null, isTooShort: true, next: { points: [[0, 0, 5]] } })
  })
  it.each(['pit', 'trench'] as const)('makes a %s that the scheme takes', type => {
    const made = excavationFrom({ ...template, type, soil: 'sand', slopeRatio: 1 }, SQUARE, 'x', 'X')
    expect(made.ok && refuseExcavation(made.value)).toBeNull()
    expect(made.ok && excavationSchema.safeParse(made.value).success).toBe(true)
  })
  it('keeps a narrow bore to the radius asked for, wherever in the grid it lies (seed 8)', () => {
    const random = seededRandom(8)
    for (let round = 0; round < 100; round++) {
      const [x, y] = [random.range(300_000, 400_000), random.range(3_200_000, 3_300_000)]
      const made = excavationFrom({ ...template, type: 'bore', bore: { ...template.bore, entryDeg: 20, exitDeg: 20, radiusM: 25, depthM: 2.4 } }, [[x, y, 215], [x + random.range(36, 40), y + random.range(-9, 9), 214]], 'b', '')
      if (!made.ok || made.value.shape.type !== 'bore') throw new Error('no bore')
      expect(boreFigures(made.value.shape.axis).leastRadiusM).toBeGreaterThan(24.95)
    }
  })

  it('makes a bore at its depth under the lower end, or says why not', () => {
    const bore = excavationFrom({ ...template, type: 'bore' }, [[0, 0, 5], [150, 0, 3]], 'b', '')
    expect(bore.ok && bore.value.shape.type === 'bore' && Math.min(...bore.value.shape.axis.map(p => p[2]))).toBeCloseTo(3 - template.bore.depthM, 3)
    expect(excavationFrom({ ...template, type: 'bore' }, [[0, 0, 5], [20, 0, 3]], 'b', '')).toMatchObject({ ok: false, error: { code: 'bore_too_short' } })
  })
  it('numbers excavations past the ids in use', () => {
    expect(freeExcavationId('pit', id => ['pit-1', 'pit-2'].includes(id))).toEqual({ id: 'pit-3', serial: 3 })
  })
})

describe('corners of an excavation', () => {
  const pit = { type: 'pit', outline: [[0, 0], [10, 0], [10, 10]] } as const
  it('are moved and inserted, leaving the others', () => {
    expect(withCorner(pit, 1, false, [12, -1, 5])).toEqual({ ok: true, value: { type: 'pit', outline: [[0, 0], [12, -1], [10, 10]] } })
    expect(withCorner(pit, 3, true, [0, 5, 5])).toEqual({ ok: true, value: { type: 'pit', outline: [[0, 0], [10, 0], [10, 10], [0, 5]] } })
  })
  it('have middles: one per side of a pit, one fewer on a trench, none on a bore', () => {
    const corners = cornersOf(pit, () => 5)
    expect(middlesOf(pit, corners).map(({ at }) => at)).toEqual([[5, 0, 5], [10, 5, 5], [5, 5, 5]])
    expect(middlesOf({ type: 'trench', line: pit.outline, widthM: 1 }, corners)).toHaveLength(2)
    expect(middlesOf({ type: 'bore', axis: corners, diameterM: 1 }, corners)).toEqual([])
  })
  it('of a bore keep its angles, level and radius when an end is moved', () => {
    const made = excavationFrom({ ...template, type: 'bore' }, [[0, 0, 5], [150, 0, 5]], 'b', '')
    if (!made.ok || made.value.shape.type !== 'bore') throw new Error('no bore')
    const moved = withCorner(made.value.shape, 1, false, [180, 40, 6])
    expect(moved.ok && moved.value.type === 'bore' && moved.value.axis.at(-1)).toEqual([180, 40, 6])
    if (!moved.ok || moved.value.type !== 'bore') return
    const figures = boreFigures(moved.value.axis)
    expect([figures.entryDeg, figures.exitDeg]).toEqual([expect.closeTo(template.bore.entryDeg, 1), expect.closeTo(template.bore.exitDeg, 1)])
    expect(redesigned(moved.value, { entryDeg: 8 })).toMatchObject({ ok: true })
    expect(redesigned(moved.value, { radiusM: 9000 })).toMatchObject({ ok: false })
  })
})
