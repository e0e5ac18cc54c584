import { describe, expect, it } from 'vitest'
import { assetIds, axisFacts, kindCounts } from '#renderer/state/twin/asset-facts.ts'
import { groundOf } from '#renderer/state/twin/ground-levels.ts'
import { coverRange } from '#shared/twin/cover-range.ts'
import { subjectOf } from '#renderer/state/twin/subjects.ts'
import { seededRandom } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import { anAsset, flatGround, IDS, TwinBuilder } from '#tests/builders/twin-builder.ts'
import { emptyScenario } from '#shared/scenario/document.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'

function randomAssets(seed: number): AssetRecord[] {
  const random = seededRandom(seed)
  return Array.from({ length: 60 }, (_, i) => anAsset({
    id: `A-${i}`, kind: random.pick(ASSET_KINDS), owner: random.pick(['', 'North', 'South', '水务集团']),
    axis: Array.from({ length: 2 + random.int(5) }, (): Vec3 => [random.range(0, 500), random.range(0, 500), random.range(200, 300)]),
  }))
}

describe.each([1, 2, 3])('facts of a random twin, seed %i', seed => {
  const assets = randomAssets(seed)
  const columns = buildAssetColumns(assets, [100, 200, 50])

  it('lengths and end levels are those of the records', () => {
    const facts = axisFacts(columns)
    assets.forEach(({ axis }, i) => {
      let lengthM = 0
      for (let v = 1; v < axis.length; v++) lengthM += Math.hypot(...axis[v]!.map((c, k) => c - axis[v - 1]![k]!))
      expect(facts.lengthM[i]).toBeCloseTo(lengthM, 6)
      expect(facts.startLevelM[i]).toBeCloseTo(axis[0]![2], 9)
      expect(facts.endLevelM[i]).toBeCloseTo(axis.at(-1)![2], 9)
    })
  })

  it('counts by kind and owner add up, whichever way they are taken', () => {
    const rows = kindCounts(columns)
    for (const { kind, count, owners } of rows) {
      expect(count).toBe(assets.filter(asset => asset.kind === kind).length)
      for (const row of owners) expect(row.count).toBe(assets.filter(asset => asset.kind === kind && asset.owner === row.owner).length)
      expect(owners.map(row => row.count)).toEqual(owners.map(row => row.count).toSorted((a, b) => b - a))
    }
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(assets.length)
  })

  it('an id leads to its place and back; an unknown one to none', () => {
    assets.forEach(({ id }, i) => expect(assetIndexOf(columns, id)).toBe(i))
    expect(assetIds(columns)[7]).toBe('A-7')
    expect(assetIndexOf(columns, 'nobody')).toBeNull()
  })
})

describe('cover along an axis', () => {
  it('is ground less axis less the distance to the crown, at its least and greatest', () => {
    const range = coverRange([[0, 0, -1], [50, 0, -3]], 0.15, groundOf(flatGround(0)))
    expect(range!.minM).toBeCloseTo(0.85, 9)
    expect(range!.maxM).toBeCloseTo(2.85, 9)
  })

  it('sees a dip of the ground between two vertices', () => {
    const ground = flatGround(0)
    const dipped = { ...ground, z: ground.z.map((z, i) => (i % ground.cols === 10 ? -0.8 : z)) }
    expect(coverRange([[-90, 0, -1], [90, 0, -1]], 0.1, groundOf(dipped))!.minM).toBeLessThan(0.2)
  })

  it('is unknown where there is no ground at all', () => {
    expect(coverRange([[0, 0, 0], [1, 0, 0]], 0.1, groundOf(null))).toBeNull()
    expect(coverRange([[9000, 0, 0], [9001, 0, 0]], 0.1, groundOf(flatGround(0)))).toBeNull()
  })
})

describe('who an id means', () => {
  const columns = TwinBuilder.with().aPipe(IDS.W1, [[0, 0, 0], [1, 0, 0]], { owner: 'North' }).buildColumns()
  const proposal = { id: IDS.P1, name: 'New main', kind: 'gas', owner: 'South', section: { shape: 'circle', diameterM: 0.2 }, axis: [[0, 0, 0], [1, 0, 0]] } as const
  const document = { ...emptyScenario('s', 's'), proposals: { [IDS.P1]: proposal } }

  it('a proposal by its name, an asset by its id, nobody where neither has it', () => {
    expect(subjectOf(IDS.P1, columns, document)).toMatchObject({ type: 'proposal', label: 'New main', kind: 'gas', owner: 'South' })
    expect(subjectOf(IDS.W1, columns, document)).toMatchObject({ type: 'asset', label: IDS.W1, kind: 'water', owner: 'North' })
    expect(subjectOf(IDS.W2, columns, document)).toBeNull()
  })
})
