import { describe, expect, it } from 'vitest'
import type { AssetRecord } from '#shared/twin/asset.ts'
import { assetRecord, buildAssetColumns, segmentCount } from '#shared/twin/asset-columns.ts'
import { IDS, TwinBuilder } from '#tests/builders/twin-builder.ts'

describe('asset columns', () => {
  it('give back every record but its attributes, absent properties as absent', () => {
    const { assets } = TwinBuilder.with()
      .aPipe(IDS.W1, [[362_400.125, 3_271_800.5, 190.25], [362_410.5, 3_271_800.5, 190], [362_420, 3_271_810, 189.75]])
      .aPipe(IDS.G1, [[362_400, 3_271_801, 191], [362_430, 3_271_801, 191]], { kind: 'gas', pressureClass: 'medium_a', status: 'abandoned', assumed: 5 })
      .aPipe(IDS.P1, [[362_400, 3_271_802, 191], [362_430, 3_271_802, 191]], { kind: 'power', voltageKv: 110, owner: '' })
      .build()
    const columns = buildAssetColumns(assets, [362_400, 3_271_800, 0])
    expect(assets.map((_, i) => assetRecord(columns, i))).toEqual(assets)
    expect(segmentCount(columns)).toBe(4)
  })

  it('keep an unknown accuracy unknown, never zero', () => {
    const unknown: AssetRecord = { id: IDS.W1, kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis: [[0, 0, 0], [1, 0, 0]], status: 'in_use', assumed: 0, attributes: {} }
    const columns = buildAssetColumns([unknown], [0, 0, 0])
    expect(columns.accuracyPlanM[0]).toBeNaN()
    expect(assetRecord(columns, 0)).not.toHaveProperty('accuracyPlanM')
  })

  it('keep micrometres at project coordinates', () => {
    const axis = [[3_600_000.000001, 4_000_000.000002, 200.000003], [3_600_001, 4_000_000, 200]] as const
    const columns = TwinBuilder.with().aPipe(IDS.W1, axis).buildColumns()
    const [x, y, z] = assetRecord(columns, 0).axis[0]!
    expect(Math.max(Math.abs(x - axis[0][0]), Math.abs(y - axis[0][1]), Math.abs(z - axis[0][2]))).toBeLessThan(2e-9)
  })

  it('hold nothing for no assets', () => {
    const columns = buildAssetColumns([], [0, 0, 0])
    expect([columns.count, columns.xyz.length, segmentCount(columns)]).toEqual([0, 0, 0])
  })
})
