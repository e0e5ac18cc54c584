import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { ringArea } from '#shared/geometry/plan-polygon.ts'
import { pondBelow, pondsOf, standingPools } from '#shared/hazards/overflow/ponding.ts'
import type { GridSurface } from '#shared/twin/ground.ts'

const grid = (rows: readonly (readonly number[])[], cellSizeM = 2): GridSurface => ({ type: 'grid', name: 'g', cols: rows[0]!.length, rows: rows.length, cellSizeM, x0: 0, y0: 0, z: Float64Array.from(rows.flat()) })

/** A hollow of three cells by three, one metre deep in the middle and half a metre around, inside a rim of 10. */
const BOWL = grid([
  [10, 10, 10, 10, 10],
  [10, 9.5, 9.5, 9.5, 10],
  [10, 9.5, 9, 9.5, 10],
  [10, 9.5, 9.5, 9.5, 10],
  [10, 10, 10, 10, 10],
])

describe('where water gathers', () => {
  it('fills the deepest cell first: 1 m³ on 4 m² stands 0.25 m', () => {
    expect(pondBelow(BOWL, 4, 4, 1)).toMatchObject({ end: { x: 4, y: 4, areaM2: 4, levelM: expect.closeTo(9.25, 9), deepestM: expect.closeTo(0.25, 9) }, onTheWay: [], heldM3: 1 })
  })

  it('spreads over the hollow: 2 m³ fill the middle, 9 m³ more stand 0.25 m over nine cells', () => {
    expect(pondBelow(BOWL, 4, 4, 11)).toMatchObject({ end: { areaM2: 36, levelM: expect.closeTo(9.75, 9), heldM3: expect.closeTo(11, 9) }, heldM3: 11 })
  })

  it('runs down to the hollow from where it comes out', () => {
    const slope = grid([[9, 9, 9, 9, 9, 9, 9], [9, 8, 7, 6, 5, 9, 9], [9, 9, 9, 9, 9, 9, 9]])
    expect(pondBelow(slope, 2, 2, 2)).toMatchObject({ end: { x: 8, y: 2, levelM: expect.closeTo(5.5, 9) }, onTheWay: [] })
  })

  it('leaves a full hollow behind and goes on over its brim', () => {
    const steps = grid([[9, 9, 9, 9, 9, 9, 9], [9, 5, 6, 4, 3, 9, 9], [9, 9, 9, 9, 9, 9, 9]])
    // The first hollow takes 1 m on one cell (4 m³); the rest stands in the second, below.
    expect(pondBelow(steps, 2, 2, 6)).toMatchObject({ end: { x: 8, y: 2, levelM: expect.closeTo(3.5, 9), heldM3: expect.closeTo(2, 9) }, onTheWay: [{ x: 2, y: 2, levelM: 6, heldM3: 4, areaM2: 4 }], heldM3: 6 })
  })

  it('is lost over the edge of the known ground', () => {
    expect(pondBelow(grid([[5, 4, 3]]), 0, 0, 10)!.heldM3).toBeLessThan(10)
  })

  it('says nothing where the ground is not known', () => {
    expect(pondBelow(grid([[NaN, 1], [1, 1]]), 0, 0, 1)).toBeNull()
    expect(pondBelow(BOWL, 500, 500, 1)).toBeNull()
  })

  it('has the outline of its wet cells: its area is theirs, whatever its shape', () => {
    const pond = pondBelow(BOWL, 4, 4, 11)!.end
    expect(pond.outlines).toEqual([expect.arrayContaining([1, 7]) as unknown])
    expect(pond.outlines[0]).toHaveLength(8)
    expect(ringArea(pond.outlines[0]!)).toBeCloseTo(36, 9)
    // A ring of low ground about an island.
    const moat = pondBelow(grid([[9, 9, 9, 9, 9], [9, 1, 1, 1, 9], [9, 1, 8, 1, 9], [9, 1, 1, 1, 9], [9, 9, 9, 9, 9]]), 2, 2, 16)!.end
    expect(moat.outlines).toHaveLength(2)
    expect(moat.outlines.reduce((sum, ring) => sum + ringArea(ring), 0)).toBeCloseTo(moat.areaM2, 9)
  })

  it('what two manholes spill into one hollow stands there together', () => {
    const [a, b, none] = pondsOf(BOWL, [{ x: 4, y: 4, volumeM3: 5 }, { x: 2, y: 4, volumeM3: 6 }, { x: 4, y: 4, volumeM3: 0 }])
    expect(a).toMatchObject({ end: { levelM: expect.closeTo(9.75, 9) as unknown }, heldM3: 11 })
    expect(b!.end).toBe(a!.end)
    expect(none).toBeNull()
  })

  it('a hollow that one spill fills to the brim and another higher stands once, at the higher level', () => {
    const ground = grid([[9, 9, 9, 9, 9, 9, 9], [9, 5, 6, 4, 3, 9, 9], [9, 9, 9, 9, 9, 9, 9]])
    // The first fills the upper hollow (4 m³) and runs on into the lower; the second, let out below, fills over the sill between them.
    const ponds = [pondBelow(ground, 2, 2, 6), pondBelow(ground, 8, 2, 40)]
    const standing = standingPools(ponds)
    const levels = new Set([...standing.values()].map(pool => pool.levelM))
    expect(levels.size).toBe(1)
    // 3, 4, 5, 6 under one level: 40 m³ on four cells of 4 m².
    expect([...levels][0]).toBeCloseTo(4.5 + 40 / 16, 9)
    expect(standing.get(ponds[0]!.onTheWay[0]!)).toBe(ponds[1]!.end)
  })

  it.each(Array.from({ length: 40 }, (_, i) => i + 1))('seed %i: water is where the ground is below it, all of it is there, and nothing lower beside it is dry', seed => {
    const random = seededRandom(seed)
    const size = 12
    // A rim that nothing overtops, so that all the water stays.
    const ground = grid(Array.from({ length: size }, (_, r) => Array.from({ length: size }, (_, c) => (r === 0 || c === 0 || r === size - 1 || c === size - 1 ? 100 : 5 * random.next()))), 2)
    const volumeM3 = 1 + 400 * random.next()
    const pond = pondBelow(ground, 2 * (1 + random.int(size - 2)), 2 * (1 + random.int(size - 2)), volumeM3)!
    const pools = [...pond.onTheWay, pond.end]
    expect(pond.heldM3).toBeCloseTo(volumeM3, 6)
    expect(pools.reduce((sum, pool) => sum + pool.heldM3, 0)).toBeCloseTo(volumeM3, 6)
    const levelOf = new Map(pools.flatMap(({ cells, levelM }) => cells.map(cell => [cell, levelM] as const)))
    for (const { cells, levelM } of pools) {
      for (const cell of cells) {
        expect(ground.z[cell]).toBeLessThan(levelM)
        for (const [dc, dr] of [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, 1], [-1, 1], [1, -1]] as const) {
          const beside = cell + dc + dr * size
          // Lower ground beside water is under water itself: of the same pool, or of one that it runs over into, whose sill it is.
          if (ground.z[beside]! < levelM - 1e-9) expect(levelOf.get(beside) ?? -Infinity).toBeGreaterThan(ground.z[beside]!)
        }
      }
    }
  })
})
