import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { fillLevels, withLevels, type LevelMethod } from '#shared/ledger/levels/fill-levels.ts'
import { assetId, buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSUMED, type AssetRecord, type NodeRecord, type Vec3 } from '#shared/twin/asset.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import { anAsset, flatGround } from '#tests/builders/twin-builder.ts'

const BETWEEN: LevelMethod = { type: 'between' }
const pipe = (id: string, axis: Vec3[], more: Partial<AssetRecord> = {}): AssetRecord => anAsset({ id, axis, section: { shape: 'circle', diameterM: 0.4 }, ...more })
const blank = (id: string, axis: Vec3[], more: Partial<AssetRecord> = {}): AssetRecord => pipe(id, axis.map(([x, y]): Vec3 => [x, y, 0]), { assumed: ASSUMED.level, ...more })

/** Filled levels by id, and what was left. */
function filled(assets: readonly AssetRecord[], method = BETWEEN, more: { readonly nodes?: readonly NodeRecord[]; readonly ground?: GroundSurface | null; readonly origin?: Vec3 } = {}) {
  const columns = buildAssetColumns(assets, more.origin ?? [0, 0, 0])
  const { levels, left } = fillLevels({ columns, nodes: more.nodes ?? [], ground: more.ground ?? null }, assets.keys(), method)
  return { left, levels: Object.fromEntries([...levels].map(([i, z]) => [assetId(columns, i), z.map(value => Number(value.toFixed(6)))])) }
}

describe('levels between surveyed neighbours', () => {
  const before = pipe('before', [[0, 0, 10], [10, 0, 10]])
  const after = pipe('after', [[40, 0, 4], [50, 0, 4]])

  it('fall evenly by length in plan, through bends and whichever way lines were drawn', () => {
    const { levels, left } = filled([before, blank('a', [[20, 0, 0], [10, 0, 0]]), blank('b', [[20, 0, 0], [25, 0, 0], [30, 0, 0]]), blank('c', [[30, 0, 0], [40, 0, 0]]), after])
    expect(levels).toEqual({ a: [8, 10], b: [8, 7, 6], c: [6, 4] })
    expect(left).toEqual({ known: 2, no_neighbour: 0, no_ground: 0 })
  })

  it('hold the top of mains and the bottom of sewers where sizes change', () => {
    const thick = { section: { shape: 'circle', diameterM: 1 } } as const
    // Tops 10.2 and 4.2: half way 7.2, and half a metre further down to the axis.
    expect(filled([before, blank('a', [[10, 0, 0], [25, 0, 0], [40, 0, 0]], thick), after]).levels).toEqual({ a: [9.7, 6.7, 3.7] })
    const sewers = [before, blank('a', [[10, 0, 0], [40, 0, 0]], thick), after].map(asset => ({ ...asset, kind: 'sewer_foul' as const }))
    expect(filled(sewers).levels).toEqual({ a: [10.3, 4.3] })
  })

  it('are not made up where one side is unknown, the owner or the kind differs, or a line goes round to where it began', () => {
    for (const asset of [
      blank('a', [[10, 0, 0], [30, 0, 0]]), blank('a', [[10, 0, 0], [40, 0, 0]], { owner: 'another' }), blank('a', [[10, 0, 0], [40, 0, 0]], { kind: 'gas' }),
      blank('a', [[10, 0, 0], [20, 5, 0], [10, 0, 0]]),
    ]) expect(filled([before, asset, after])).toEqual({ levels: {}, left: { known: 2, no_neighbour: 1, no_ground: 0 } })
  })

  it('serve the branches of what they filled', () => {
    const { levels } = filled([before, blank('a', [[10, 0, 0], [25, 0, 0]]), blank('b', [[25, 0, 0], [40, 0, 0]]), blank('branch', [[25, 0, 0], [25, 10, 0]]), after, pipe('end', [[25, 10, 1], [25, 20, 1]])])
    // Three lines without levels meet: none of them can be told from the others.
    expect(levels).toEqual({})
    const { levels: tee } = filled([before, blank('a', [[10, 0, 0], [25, 0, 0]]), pipe('b', [[25, 0, 7], [40, 0, 4]]), blank('branch', [[25, 0, 0], [25, 10, 0]]), pipe('end', [[25, 10, 1], [25, 20, 1]])])
    expect(tee).toEqual({ a: [10, 7], branch: [7, 1] })
  })

  it('take a manhole\'s surveyed floor for the bottom of a sewer', () => {
    const floor: NodeRecord = { id: 'M', kind: 'sewer_foul', owner: '', nodeType: 'manhole', at: [1040, 2000, 9], bottomZ: 3, attributes: {} }
    const sewers = [before, blank('a', [[10, 0, 0], [40, 0, 0]])].map(asset => ({ ...asset, kind: 'sewer_foul' as const, axis: asset.axis.map(([x, y, z]): Vec3 => [x + 1000, y + 2000, z]) }))
    expect(filled(sewers, BETWEEN, { nodes: [floor], origin: [1000, 2000, 0] }).levels).toEqual({ a: [10, 3.2] })
    expect(filled(sewers, BETWEEN, { origin: [1000, 2000, 0] }).levels).toEqual({})
  })

  it('60 random runs lose any part and get it back on the straight line, whatever the order of the file (seed 11)', () => {
    const random = seededRandom(11)
    for (let n = 0; n < 60; n++) {
      const count = 3 + random.int(8)
      const places = Array.from({ length: count + 1 }, (_, i): [number, number] => [i * 10 + 4 * random.next(), 3 * random.next()])
      const lengths = places.map(([x, y], i) => (i === 0 ? 0 : Math.hypot(x - places[i - 1]![0], y - places[i - 1]![1])))
      const along = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, length) => sum + length, 0))
      const z = (i: number) => 50 - 0.02 * along[i]!
      const lines = Array.from({ length: count }, (_, i) => {
        const axis: Vec3[] = [[...places[i]!, z(i)], [...places[i + 1]!, z(i + 1)]]
        const isLost = i > 0 && i < count - 1 && random.chance(0.6)
        const drawn = random.chance(0.5) ? axis : axis.toReversed()
        return isLost ? blank(`${i}`, drawn) : pipe(`${i}`, drawn)
      })
      const shuffled = lines.map(line => ({ line, at: random.next() })).sort((a, b) => a.at - b.at).map(({ line }) => line)
      const { levels } = filled(shuffled)
      const lost = lines.filter(({ assumed }) => assumed !== 0)
      expect(Object.keys(levels).sort()).toEqual(lost.map(({ id }) => id).sort())
      for (const { id, axis } of lost) axis.forEach(([x, y], k) => expect(levels[id]![k]).toBeCloseTo(z(places.findIndex(([px, py]) => px === x && py === y)), 5))
    }
  })
})

describe('levels at one cover', () => {
  it('put the crown so far below the ground, where there is ground', () => {
    const lines = [blank('a', [[0, 0, 0], [10, 0, 0]]), pipe('b', [[0, 0, 1], [10, 0, 1]])]
    expect(filled(lines, { type: 'cover', coverM: 1.2 }, { ground: flatGround(20) })).toEqual({ levels: { a: [18.6, 18.6] }, left: { known: 1, no_neighbour: 0, no_ground: 0 } })
    expect(filled(lines, { type: 'cover', coverM: 1.2 })).toEqual({ levels: {}, left: { known: 1, no_neighbour: 0, no_ground: 1 } })
  })
})

it('a filled line stays marked as assumed and names its method', () => {
  const asset = blank('a', [[0, 0, 0], [10, 0, 0]], { assumed: ASSUMED.level | ASSUMED.ground | ASSUMED.size, attributes: { street: 'x' } })
  expect(withLevels(asset, [5, 4], BETWEEN)).toMatchObject({ axis: [[0, 0, 5], [10, 0, 4]], assumed: ASSUMED.level | ASSUMED.size, attributes: { street: 'x', levelMethod: 'interpolated' } })
  expect(withLevels(asset, [5, 4], { type: 'cover', coverM: 1.2 }).attributes['levelMethod']).toBe('cover 1.2 m')
  expect(withLevels(asset, [5], BETWEEN)).toBe(asset)
})
