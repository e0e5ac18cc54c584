import { describe, expect, it } from 'vitest'
import { boreAxis, boreFigures } from '#shared/excavation/bore-axis.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const made = (...args: Parameters<typeof boreAxis>): Vec3[] => {
  const axis = boreAxis(...args)
  if (!axis.ok) throw new Error(axis.error.code)
  return axis.value
}

describe('the axis of a bore', () => {
  it('from shaft to shaft is straight and level', () => {
    expect(made([0, 0, 10], [30, 40, 12], { entryDeg: 0, exitDeg: 0, radiusM: 100, levelM: 4 })).toEqual([[0, 0, 4], [30, 40, 4]])
  })
  it('goes down at its angle, bends at its radius and comes up: worked by hand', () => {
    // 12° at R = 100 m drops 100·(1 − cos 12°) = 2.1852 m over 20.7912 m; 6 m deep: 3.8148 m straight over 17.9472 m.
    const axis = made([0, 0, 0], [100, 0, 0], { entryDeg: 12, exitDeg: 12, radiusM: 100, levelM: -6 })
    expect(axis[0]).toEqual([0, 0, 0])
    expect(axis.at(-1)).toEqual([100, 0, 0])
    expect(axis[1]![0]).toBeCloseTo(17.9472, 3)
    expect(axis[1]![2]).toBeCloseTo(-3.8148, 3)
    const level = axis.filter(p => Math.abs(p[2] + 6) < 1e-9)
    expect(level[0]![0]).toBeCloseTo(38.7384, 3)
    expect(level.at(-1)![0]).toBeCloseTo(61.2616, 3)
  })
  it('keeps to its angles, its level and about its radius (seed 5)', () => {
    const random = seededRandom(5)
    let accepted = 0
    for (let round = 0; round < 300; round++) {
      const [entry, exit]: [Vec3, Vec3] = [[random.range(-9, 9), 0, random.range(-2, 2)], [random.range(80, 300), random.range(-50, 50), random.range(-2, 2)]]
      const design = { entryDeg: random.range(6, 20), exitDeg: random.range(4, 12), radiusM: random.range(30, 200), levelM: -random.range(4, 15) }
      const axis = boreAxis(entry, exit, design)
      if (!axis.ok) continue
      accepted++
      const figures = boreFigures(axis.value)
      expect(figures.entryDeg).toBeCloseTo(design.entryDeg, 6)
      expect(figures.exitDeg).toBeCloseTo(design.exitDeg, 6)
      expect(Math.min(...axis.value.map(p => p[2]))).toBeCloseTo(design.levelM, 9)
      expect(figures.leastRadiusM / design.radiusM).toBeGreaterThan(0.98)
    }
    expect(accepted).toBeGreaterThan(100)
  })
  it('says what it would need where angles, radius and depth do not fit', () => {
    expect(boreAxis([0, 0, 0], [50, 0, 0], { entryDeg: 10, exitDeg: 10, radiusM: 100, levelM: -6 })).toMatchObject({ ok: false, error: { code: 'bore_too_short', details: { lengthM: 50 } } })
    expect(boreAxis([0, 0, 0], [500, 0, 0], { entryDeg: 20, exitDeg: 10, radiusM: 400, levelM: -6 })).toMatchObject({ ok: false, error: { code: 'bore_too_shallow' } })
    expect(boreAxis([1, 1, 0], [1, 1, 0], { entryDeg: 0, exitDeg: 0, radiusM: 1, levelM: -6 })).toMatchObject({ ok: false, error: { code: 'bore_no_length' } })
  })
})
