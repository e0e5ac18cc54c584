import { describe, expect, it } from 'vitest'
import { findStorm, ownStorm } from '#shared/hazards/design-storm.ts'
import { addLater, runoffPerHaM3s, STEP_MIN, unitHydrographM3s } from '#shared/hazards/overflow/unit-hydrograph.ts'

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0)

describe('the triangular unit hydrograph', () => {
  it('10 min: peak after 6.5 min, base 17.33 min, 0.01923 m³/s for a millimetre on a hectare, by hand', () => {
    const ordinates = unitHydrographM3s(10)
    expect(ordinates).toHaveLength(18)
    // 2 · 10 m³ / (17.33 min · 60 s) = 0.0192308 m³/s. The step of the peak, from 6 to 7 min: half of it rises from 6/6.5 to 1, half falls to 1 − 0.5/10.83.
    const peak = Math.max(...ordinates)
    expect(ordinates.indexOf(peak)).toBe(6)
    expect(peak).toBeCloseTo(0.0192308 * ((6 / 6.5 + 1) / 2 + (1 + 1 - 0.5 / 10.8333) / 2) / 2, 6)
    // The first minute: the triangle's foot, 1/6.5 of the peak at its end, half of that on average.
    expect(ordinates[0]).toBeCloseTo(0.0192308 / 6.5 / 2, 6)
  })

  it('agrees with the handbook\'s 0.208 A Q / Tp', () => {
    // A 0.01 km², Q 1 mm, Tp 6.5 min.
    expect(20 / ((8 / 3) * 6.5 * 60)).toBeCloseTo((0.208 * 0.01 * 1) / (6.5 / 60), 4)
  })

  it.each([0, 5, 10, 30])('holds one millimetre: 10 m³ a hectare (%i min)', minutes => {
    expect(sum(unitHydrographM3s(minutes)) * STEP_MIN * 60).toBeCloseTo(10, 9)
  })
})

describe('a storm through it', () => {
  it('steady rain comes to a steady flow: 100 L/(s·ha)', () => {
    const runoff = runoffPerHaM3s({ formula: ownStorm(100, 0, 0, 1e-12), returnYears: 1, durationMin: 120, peakShare: 0.4 }, 10)
    expect(Math.max(...runoff)).toBeCloseTo(0.1, 9)
    expect(sum(runoff) * 60).toBeCloseTo(0.1 * 120 * 60, 6)
  })

  it('the peak of a design storm lies below the mean of its heaviest ten minutes and the volume is that of the rain', () => {
    const formula = findStorm('shapingba-2017')!
    const runoff = runoffPerHaM3s({ formula, returnYears: 5, durationMin: 120, peakShare: 0.4 }, 10)
    // q(10 min, 5 a) = 371.3 L/(s·ha), q(120 min) = 1132 (1 + 0.958 lg 5) / 125.408^0.595.
    expect(Math.max(...runoff)).toBeLessThan(0.3713)
    expect(Math.max(...runoff)).toBeGreaterThan(0.25)
    expect(sum(runoff) * 60).toBeCloseTo(((1132 * (1 + 0.958 * Math.log10(5))) / 125.408 ** 0.595 / 1000) * 7200, 3)
  })
})

describe('a hydrograph later', () => {
  it('half a step later is shared between two steps, and nothing is lost at the end', () => {
    const to = new Float64Array(4)
    addLater(to, Float64Array.of(1, 2, 0, 0), 1.5, 0.5)
    expect([...to]).toEqual([0, 0.25, 0.75, 0.5])
    addLater(to, Float64Array.of(0, 0, 0, 8), 3, 1)
    expect(sum(to)).toBeCloseTo(9.5, 12)
  })
})
