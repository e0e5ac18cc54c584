import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import { replaceInAssetColumns } from '#shared/twin/replace-in-asset-columns.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const ORIGIN: Vec3 = [100, 200, 0]

describe('replacing assets in columns', () => {
  it.each([1, 2, 3, 4, 5, 6])('gives what packing all of them at once gives, and leaves the columns of before alone (seed %i)', seed => {
    const random = seededRandom(seed)
    const axis = (vertices: number) => Array.from({ length: vertices }, (): Vec3 => [random.range(0, 900), random.range(0, 900), random.range(-9, 0)])
    const one = (id: string, vertices: number): AssetRecord => anAsset({ id, axis: axis(vertices), kind: random.pick(ASSET_KINDS), owner: `owner ${random.int(5)}`, ...(random.int(2) === 0 && { voltageKv: 10 }) })
    const assets = Array.from({ length: 40 }, (_, i) => one(`资产-${i}`, 2 + (i % 3)))
    const columns = buildAssetColumns(assets, ORIGIN)
    for (const keepsVertices of [true, false]) {
      const replaced = new Map<number, AssetRecord>()
      for (let n = random.int(12); n > 0; n--) {
        const at = random.int(40)
        replaced.set(at, one(assets[at]!.id, keepsVertices ? assets[at]!.axis.length : 2 + random.int(4)))
      }
      expect(replaceInAssetColumns(columns, replaced)).toEqual(buildAssetColumns(assets.map((asset, i) => replaced.get(i) ?? asset), ORIGIN))
    }
    expect(columns).toEqual(buildAssetColumns(assets, ORIGIN))
  })

  it('copies no column in which nothing differs', () => {
    const assets = ['a', 'b'].map(id => anAsset({ id, owner: 'X' }))
    const columns = buildAssetColumns(assets, ORIGIN)
    const edited = replaceInAssetColumns(columns, new Map([[1, { ...assets[1]!, owner: 'Y' }]]))
    expect(edited.xyz).toBe(columns.xyz)
    expect([edited.owners, [...edited.owner], [...columns.owner]]).toEqual([['X', 'Y'], [0, 1], [0, 0]])
  })

  it('takes every name the owner column can hold, and refuses one more', () => {
    const assets = Array.from({ length: 65_537 }, (_, i) => anAsset({ id: String(i), owner: String(Math.max(1, i)) }))
    const columns = buildAssetColumns(assets, ORIGIN)
    expect(columns.owners).toHaveLength(65_536)
    expect(replaceInAssetColumns(columns, new Map([[5, { ...assets[5]!, owner: 'new' }]])).owners).toHaveLength(65_536)
    expect(() => replaceInAssetColumns(columns, new Map([[0, { ...assets[0]!, owner: 'new' }]]))).toThrow(RangeError)
  })
})
