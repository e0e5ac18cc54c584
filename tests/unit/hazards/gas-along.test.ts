import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { adjacentSpaces } from '#shared/hazards/adjacent-spaces.ts'
import { spacesAlong } from '#shared/hazards/gas-along.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const DRAIN = { kind: 'sewer_storm', section: { shape: 'circle', diameterM: 0.4 } } as const

function along(builder: TwinBuilder, reachM: number, radiusM = 5) {
  const { nodes, surfaceFeatures, assets } = builder.build()
  const columns = builder.buildColumns()
  const near = adjacentSpaces({ columns, nodes, surfaceFeatures }, 0, radiusM)
  return spacesAlong({ columns, nodes, surfaceFeatures }, 0, near, reachM).map(({ id, alongM, entry }) => [id, Number(alongM.toFixed(6)), assets[entry]!.id])
}
/** A gas pipe to x = 18, and two drains that run north past its end at x = 20, from manhole to manhole. */
const street = () => TwinBuilder.with().aPipe('G', [[0, 0, -1], [18, 0, -1]], { kind: 'gas', section: { shape: 'circle', diameterM: 0.2 } })
  .aPipe('D1', [[20, -30, -2], [20, 30, -2]], DRAIN).aPipe('D2', [[20, 30, -2], [20, 70, -2]], DRAIN)
  .aManhole('M1', [20, -30, 0], { diameterM: 1, bottomZ: -2.2, kind: 'sewer_storm' }).aManhole('M2', [20, 30, 0], { diameterM: 1, bottomZ: -2.2, kind: 'sewer_storm' }).aManhole('M3', [20, 70, 0], { diameterM: 1, bottomZ: -2.2, kind: 'sewer_storm' })

describe('spaces that hollow lines near a leaking gas pipe lead to', () => {
  it('are told by the way along, both ways, as far as asked', () => {
    expect(along(street(), 100)).toEqual([['M1', 30, 'D1'], ['M2', 30, 'D1'], ['M3', 70, 'D1']])
    expect(along(street(), 69.9)).toEqual([['M1', 30, 'D1'], ['M2', 30, 'D1']])
    expect(along(street(), 0)).toEqual([])
  })

  it('are not told twice: what is near the pipe itself is in the other list', () => {
    expect(along(street().aManhole('NEAR', [20, 0, 0], { diameterM: 1, bottomZ: -2.2, kind: 'sewer_storm' }), 100).map(([id]) => id)).toEqual(['M1', 'M2', 'M3'])
  })

  it('take in a building that a line ends in, by its name', () => {
    expect(along(street().aPipe('LATERAL', [[20, 30, -2], [60, 30, -1]], DRAIN).aBuilding('HOUSE', [[55, 20], [80, 20], [80, 40], [55, 40]]), 75)).toEqual([['M1', 30, 'D1'], ['M2', 30, 'D1'], ['M3', 70, 'D1'], ['HOUSE', Number((30 + Math.hypot(40, 1)).toFixed(6)), 'D1']])
  })

  it('are not reached over what is not hollow, nor over what is taken out; lines out of use lead on', () => {
    const over = (status: 'in_use' | 'abandoned' | 'removed', kind: 'sewer_storm' | 'water') => street().aPipe('ON', [[20, 70, -2], [20, 90, -2]], { ...DRAIN, kind, status }).aManhole('M4', [20, 90, 0], { diameterM: 1, bottomZ: -2.2, kind: 'sewer_storm' })
    const reached = (builder: TwinBuilder) => along(builder, 100).map(([id]) => id).includes('M4')
    expect(reached(over('in_use', 'sewer_storm'))).toBe(true)
    expect(reached(over('abandoned', 'sewer_storm'))).toBe(true)
    expect(reached(over('removed', 'sewer_storm'))).toBe(false)
    expect(reached(over('in_use', 'water'))).toBe(false)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('seed %i: on a random grid of drains, as relaxing every drain until nothing changes says', seed => {
    const random = seededRandom(seed)
    const builder = TwinBuilder.with().aPipe('G', [[-3, 20, -2], [-3, 40, -2]], { kind: 'gas', section: { shape: 'circle', diameterM: 0.2 } })
    const drains: [string, string][] = []
    const at = (i: number, j: number): [number, number, number] => [20 * i, 20 * j, -2]
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 5; j++) {
        builder.aManhole(`M${i}-${j}`, [20 * i, 20 * j, 0], { diameterM: 1, bottomZ: -2.2, kind: 'sewer_storm' })
        for (const [k, l] of [[i + 1, j], [i, j + 1]] as const) {
          if (k > 4 || l > 4 || random.chance(0.35)) continue
          builder.aPipe(`D${drains.length}`, [at(i, j), at(k, l)], DRAIN)
          drains.push([`M${i}-${j}`, `M${k}-${l}`])
        }
      }
    }
    const { nodes, surfaceFeatures } = builder.build()
    const columns = builder.buildColumns()
    const near = adjacentSpaces({ columns, nodes, surfaceFeatures }, 0, 5)
    const nearNodes = new Set(near.filter(({ sort }) => sort === 'node').map(({ index }) => nodes[index]!.id))
    const distance = new Map<string, number>()
    const offer = (id: string, m: number): boolean => m < (distance.get(id) ?? Infinity) - 1e-9 && (distance.set(id, m), true)
    for (const { sort, index, at: { space } } of near) {
      if (sort !== 'line') continue
      // Drains lie along the grid: the way to each end is the plan distance.
      for (const end of drains[index - 1]!) {
        const [i, j] = end.slice(1).split('-').map(Number) as [number, number]
        offer(end, Math.hypot(20 * i - space[0] - columns.origin[0], 20 * j - space[1] - columns.origin[1]))
      }
    }
    for (let changed = true; changed; ) {
      changed = false
      for (const [a, b] of drains) {
        if (offer(b, (distance.get(a) ?? Infinity) + 20)) changed = true
        if (offer(a, (distance.get(b) ?? Infinity) + 20)) changed = true
      }
    }
    const expected = [...distance].filter(([id, m]) => m <= 75 && !nearNodes.has(id)).map(([id, m]) => [id, Number(m.toFixed(6))] as const)
    const found = spacesAlong({ columns, nodes, surfaceFeatures }, 0, near, 75).map(({ id, alongM }) => [id, Number(alongM.toFixed(6))] as const)
    expect([...found].sort()).toEqual([...expected].sort())
    expect(found.map(([, m]) => m)).toEqual(found.map(([, m]) => m).sort((a, b) => a - b))
  })
})
