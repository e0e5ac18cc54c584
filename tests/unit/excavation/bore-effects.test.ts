import { describe, expect, it } from 'vitest'
import { boreEffects, settlement } from '#shared/excavation/bore-effects.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import { seededRandom } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const GROUND = () => 0

describe('the settlement trough', () => {
  it('is the test vector of the standards: 1 % lost, 3 m, 10 m deep, K 0.5', () => {
    const bore = { diameterM: 3, volumeLossShare: 0.01, troughK: 0.5 }
    const over = settlement(bore, 10, 10, 0)
    expect(over.widthM).toBeCloseTo(5, 9)
    expect(1000 * over.settlementM).toBeCloseTo(5.64, 2)
    expect(settlement(bore, 10, 10, over.widthM).slopeRatio).toBeCloseTo(6.842e-4, 6)
  })
  it('holds the lost volume whatever the depth it is looked at', () => {
    const bore = { diameterM: 2, volumeLossShare: 0.02, troughK: 0.4 }
    for (const heightM of [2, 5, 12]) {
      let volume = 0
      for (let x = -60; x < 60; x += 0.01) volume += settlement(bore, 12, heightM, x).settlementM * 0.01
      expect(volume).toBeCloseTo(0.02 * Math.PI, 6)
    }
  })
})

describe('what a bore does to lines', () => {
  const bore = { axis: [[0, 0, -10], [100, 0, -10]] as Vec3[], diameterM: 1, volumeLossShare: 0.01, troughK: 0.5 }
  const wide = { ...bore, diameterM: 3 }
  const effectsOf = (what: typeof bore, pipes: readonly (readonly [string, Vec3[], number])[]) => {
    const builder = pipes.reduce((twin, [id, axis, diameterM]) => twin.aPipe(id, axis, { section: { shape: 'circle', diameterM } }), TwinBuilder.with())
    const columns = buildAssetColumns(builder.build().assets, [0, 0, 0])
    return boreEffects(what, columns, buildSegmentIndex(columns), GROUND)
  }
  it('strikes what it meets, comes near what is within the envelope, and leaves the rest', () => {
    const found = effectsOf(bore, [['hit', [[50, -5, -10.4], [50, 5, -10.4]], 0.2], ['near', [[20, -5, -11.05], [20, 5, -11.05]], 0.2], ['deep', [[30, -5, -14], [30, 5, -14]], 0.2]])
    expect(found.map(({ asset, struck, withinEnvelope }) => [asset, struck, withinEnvelope])).toEqual([[0, true, true], [1, false, true]])
    expect(found[0]!.clearanceM).toBeCloseTo(0.4 - 0.6, 9)
    expect(found[1]!.clearanceM).toBeCloseTo(1.05 - 0.6, 9)
  })
  it('lets a line over it settle by the trough at its own depth, and one in line with it as much', () => {
    const expected = settlement(wide, 10, 8, 0).settlementM
    const found = effectsOf(wide, [['across', [[50, -20, -2], [50, 20, -2]], 0.3], ['along', [[20, 0, -2], [80, 0, -2]], 0.3], ['beside', [[20, 3, -2], [80, 3, -2]], 0.3]])
    expect(found.map(effect => effect.settlementM)).toEqual([expect.closeTo(expected, 9), expect.closeTo(expected, 9), expect.closeTo(settlement(wide, 10, 8, 3).settlementM, 9)])
  })
  it('finds no less than points sampled along every line (seed 9)', () => {
    const random = seededRandom(9)
    const pipes = Array.from({ length: 60 }, (_, i): [string, Vec3[], number] => {
      const at: Vec3 = [random.range(0, 100), random.range(-15, 15), random.range(-9.5, -1)]
      return [`p${i}`, [at, [at[0] + random.range(-30, 30), at[1] + random.range(-30, 30), at[2] + random.range(-0.4, 0.4)]], 0.2]
    })
    const found = new Map(effectsOf(wide, pipes).map(effect => [effect.asset, effect]))
    pipes.forEach(([, [a, b]], i) => {
      let most = 0
      for (let t = 0; t <= 1; t += 0.001) {
        const [x, y, z] = [0, 1, 2].map(c => a![c]! + t * (b![c]! - a![c]!)) as [number, number, number]
        const px = Math.min(100, Math.max(0, x))
        if (z > -10) most = Math.max(most, settlement(wide, 10, z + 10, Math.hypot(x - px, y)).settlementM)
      }
      if (most > 0.0012) expect(found.get(i)!.settlementM).toBeGreaterThan(0.97 * most)
      else if (found.has(i)) expect(found.get(i)!.settlementM).toBeLessThan(0.0013)
    })
  })
})
