import { describe, expect, it } from 'vitest'
import { assumedSoil, findSoil, soilClasses } from '#shared/twin/soils.ts'

describe('soil classes', () => {
  it('are found by id, by name in either language, and by OSHA\'s letter', () => {
    expect(findSoil('sand')?.slopeRatio).toBe(1)
    expect(findSoil('Type-B')?.influenceDeg).toBe(45)
    expect(findSoil('c')?.slopeRatio).toBe(1.5)
    expect(findSoil('老黄土')?.id).toBe('loess')
    expect(findSoil('cheese')).toBeNull()
    expect(assumedSoil.id).toBe('silt')
  })

  it('swell when dug and never settle to less than they were', () => {
    for (const soil of soilClasses) expect(soil.bulkingRatio).toBeGreaterThan(soil.compactedRatio)
    for (const soil of soilClasses) expect(soil.compactedRatio).toBeGreaterThanOrEqual(1)
  })

  it('stand no steeper loaded than unloaded', () => {
    for (const { slopeRatio, slopeRatioStaticLoad = slopeRatio, slopeRatioMovingLoad = slopeRatioStaticLoad } of soilClasses) {
      expect(slopeRatioStaticLoad).toBeGreaterThanOrEqual(slopeRatio)
      expect(slopeRatioMovingLoad).toBeGreaterThanOrEqual(slopeRatioStaticLoad)
    }
  })
})
