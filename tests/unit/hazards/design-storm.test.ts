import { describe, expect, it } from 'vitest'
import { chicagoDepthsMm, findStorm, intensityLsHa, ownStorm, STORM_FORMULAS, stormRange } from '#shared/hazards/design-storm.ts'

/** q at t = 10 min in L/(s·ha), recomputed apart from the code (standards, §5.4). */
const TABLE: readonly (readonly [string, Readonly<Record<number, number>>])[] = [
  ['shapingba-2017', { 1: 222.4, 2: 286.5, 3: 324.1, 5: 371.3, 10: 435.5, 50: 584.4 }],
  ['banan-2017', { 1: 231.2, 2: 291.5, 3: 326.8, 5: 371.3, 10: 431.6, 50: 571.7 }],
  ['yubei-2017', { 1: 208.6, 2: 268.0, 3: 302.7, 5: 346.4, 10: 405.8, 50: 543.6 }],
  ['shapingba-2013', { 1: 267.4, 2: 318.4, 3: 348.2, 5: 385.7, 10: 436.7 }],
  ['banan-2013', { 1: 243.1, 2: 296.1, 3: 327.1, 5: 366.1, 10: 419.1 }],
  ['yubei-2013', { 1: 235.9, 2: 280.8, 3: 307.1, 5: 340.2, 10: 385.2 }],
]

describe('storm intensity', () => {
  it.each(TABLE)('%s gives the tabled intensities of ten minutes', (id, values) => {
    for (const [years, q] of Object.entries(values)) expect(intensityLsHa(findStorm(id)!, Number(years), 10)).toBeCloseTo(q, 1)
  })

  it('has no formula that the table does not check', () => {
    expect(STORM_FORMULAS.map(({ id }) => id).sort()).toEqual(TABLE.map(([id]) => id).sort())
  })

  it.each([['shapingba-2013', 95.2], ['banan-2013', 88.5], ['yubei-2013', 84.0]])('%s reproduces the published example: 4600 m², 0.65, P 2, t 10', (id, litres) => {
    expect(intensityLsHa(findStorm(id)!, 2, 10) * 0.65 * 0.46).toBeCloseTo(litres, 0)
  })

  it('says where a formula is outside its range, and where no range is known', () => {
    expect([0.5, 1, 10, 20].map(years => stormRange(findStorm('shapingba-2013')!, years))).toEqual(['outside', 'inside', 'inside', 'outside'])
    expect(stormRange(findStorm('banan-2017')!, 5)).toBe('unknown')
  })

  it('falls to nothing, not below, for storms that come very often', () => {
    expect(intensityLsHa(ownStorm(1000, 1, 10, 0.7), 0.05, 10)).toBe(0)
  })
})

describe('the Chicago storm', () => {
  const storm = findStorm('shapingba-2017')!
  const depth = (minutes: number) => 0.006 * intensityLsHa(storm, 5, minutes) * minutes

  it.each([0, 0.4, 1])('has the formula’s depth in all, peak at %f', share => {
    expect(chicagoDepthsMm(storm, 5, 120, 5, share).reduce((sum, mm) => sum + mm, 0)).toBeCloseTo(depth(120), 9)
  })

  it('has the formula’s depth in every window around its peak', () => {
    const minutes = chicagoDepthsMm(storm, 5, 100, 1, 0.4)
    for (const window of [5, 10, 30, 60]) {
      const [from, to] = [40 - 0.4 * window, 40 + 0.6 * window]
      expect(minutes.slice(from, to).reduce((sum, mm) => sum + mm, 0)).toBeCloseTo(depth(window), 9)
    }
    expect(Math.max(...minutes)).toBe(minutes[40])
  })
})
