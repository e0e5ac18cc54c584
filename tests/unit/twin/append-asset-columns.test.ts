import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { appendAssetColumns } from '#shared/twin/append-asset-columns.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

describe('appending assets to columns', () => {
  it.each([1, 2, 3])('gives what packing all of them at once gives (seed %i)', seed => {
    const random = seededRandom(seed)
    const assets = Array.from({ length: 60 }, (_, i): AssetRecord => {
      const axis = Array.from({ length: 2 + random.int(4) }, (): Vec3 => [random.range(0, 900), random.range(0, 900), random.range(-9, 0)])
      return anAsset({ id: `资产-${i}`, axis, kind: random.pick(ASSET_KINDS), owner: `owner ${random.int(9)}` })
    })
    for (const cut of [0, 1, 30, 60]) {
      const origin: Vec3 = [100, 200, 0]
      expect(appendAssetColumns(buildAssetColumns(assets.slice(0, cut), origin), assets.slice(cut))).toEqual(buildAssetColumns(assets, origin))
    }
  })
  it('refuses more owners than the owner column can name', () => {
    const many = (from: number, count: number) => Array.from({ length: count }, (_, i) => anAsset({ id: String(from + i), owner: String(from + i) }))
    const half = buildAssetColumns(many(0, 40_000), [0, 0, 0])
    expect(() => appendAssetColumns(half, many(40_000, 40_000))).toThrow(RangeError)
  })
})
