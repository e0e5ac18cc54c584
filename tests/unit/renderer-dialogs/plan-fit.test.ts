import { expect, it } from 'vitest'
import { barLength, planFit } from '#renderer/dialogs/import/plan-fit.ts'

const picture = (...xy: number[]) => ({ xy: Float64Array.from(xy), partStart: Uint32Array.of(0, xy.length / 2) })

it('fits all pictures into the rectangle with one scale, north up', () => {
  // 200 × 100 m into 120 × 120 px with 10 px margin: half a pixel per metre, in the middle of the height.
  const { scale, x, y } = planFit([picture(1000, 2000, 1200, 2050), picture(1100, 2100)], 120, 120, 10)!
  expect([scale, x(1000), x(1200), y(2000), y(2100)]).toEqual([0.5, 10, 110, 85, 35])
})

it('of one point, or none', () => {
  expect(planFit([picture(5, 5)], 100, 100, 10)!.x(5)).toBe(50)
  expect(planFit([picture()], 100, 100, 10)).toBeNull()
})

it.each([[99, 50], [100, 100], [199, 100], [200, 200], [0.7, 0.5]])('the bar within %d is %d', (most, length) => {
  expect(barLength(most)).toBeCloseTo(length, 9)
})
