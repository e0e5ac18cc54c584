import { describe, expect, it } from 'vitest'
import { classLimitPa, gasRelease, METHANE, minutesToExplosive } from '#shared/hazards/gas-leak.ts'

describe('release through a hole', () => {
  // Worked for C 0.85, methane, 288.15 K, Z 1, 101 325 Pa, 0.6784 kg/m³.
  it.each([
    [5, 2e3, 'subsonic', 8.681e-4, 4.607],
    [10, 3e3, 'subsonic', 4.25e-3, 22.554],
    [10, 0.2e6, 'sonic', 3.482e-2, 184.81],
    [20, 0.2e6, 'sonic', 1.393e-1, 739.23],
    [10, 0.4e6, 'sonic', 5.794e-2, 307.47],
  ])('%i mm at %i Pa is %s', (holeMm, gaugePa, regime, rateKgS, rateM3H) => {
    const release = gasRelease(holeMm / 1000, gaugePa)
    expect(release.regime).toBe(regime)
    expect(release.rateKgS / rateKgS).toBeCloseTo(1, 3)
    expect(release.rateM3H / rateM3H).toBeCloseTo(1, 3)
  })

  it('is continuous where the flow chokes, at 1.84 times the ambient pressure', () => {
    const critical = METHANE.ambientPa * ((2 / 2.31) ** (-1.31 / 0.31) - 1)
    const [below, above] = [gasRelease(0.01, critical - 1), gasRelease(0.01, critical + 1)]
    expect([below.regime, above.regime]).toEqual(['subsonic', 'sonic'])
    expect(above.rateKgS / below.rateKgS).toBeCloseTo(1, 4)
    expect((critical + METHANE.ambientPa) / METHANE.ambientPa).toBeCloseTo(1.84, 2)
  })

  it('grows with the pressure and is nothing without any', () => {
    const rates = [0, 1e3, 1e4, 1e5, 1e6].map(gaugePa => gasRelease(0.01, gaugePa).rateKgS)
    expect(rates[0]).toBe(0)
    expect([...rates].sort((a, b) => a - b)).toEqual(rates)
  })

  it('takes the upper end of a pressure class, and none for what has no upper end', () => {
    expect(classLimitPa('medium_b')).toBe(200_000)
    expect(classLimitPa('high')).toBeNull()
  })
})

describe('a well-mixed space', () => {
  it('reaches the explosive limit in the time of the worked case', () => {
    expect(minutesToExplosive(4.61, 20, 10)).toBeCloseTo(14.2, 0)
  })

  it('never does where its air takes the gas away', () => {
    expect(minutesToExplosive(0.5, 20, 10)).toBeNull()
    expect(minutesToExplosive(0, 20, 0)).toBeNull()
  })
})
