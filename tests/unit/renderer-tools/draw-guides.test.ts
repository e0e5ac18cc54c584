import { describe, expect, it } from 'vitest'
import { guideFor, kerbsBeside, linesBeside } from '#renderer/tools/draw-guides.ts'
import { checkLines } from '#shared/clearance/line-rules/check-lines.ts'
import { createPreview } from '#shared/clearance/preview.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { SPARE_M } from '#shared/profile/stops.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'
import { PACK_IDS, shipped } from '../rules-packs/packs.ts'

const aKerb = (id: string, points: readonly (readonly [number, number])[]): SurfaceFeature => ({ id, type: 'kerb', geometry: 'line', name: '', points, attributes: {} })

describe('guides while drawing', () => {
  const vertices: Vec3[] = [[0, 0, -1], [10, 0, -1]]
  it('lead straight on and at a right angle, within the tolerance', () => {
    expect(guideFor([15, 0.3], vertices, 0.5, [])).toMatchObject({ target: 'straight', at: [15, 0] })
    expect(guideFor([10.2, 7], vertices, 0.5, [])).toMatchObject({ target: 'right_angle', at: [10, 7] })
    expect(guideFor([15, 2], vertices, 0.5, [])).toBeNull()
    expect(guideFor([5, 0.1], vertices.slice(0, 1), 0.5, [])).toBeNull()
  })

  it.each(PACK_IDS)('beside a line the distance is the least that %s allows: a millimetre less is short', id => {
    const pack = shipped(id)
    const columns = buildAssetColumns([anAsset({ id: 'W', axis: [[0, 0, -1], [60, 0, -1]] }), anAsset({ id: 'P', kind: 'power', axis: [[0, 20, -1], [60, 20, -1]] })], [0, 0, 0])
    const line = { kind: 'gas', owner: 'new', section: { shape: 'circle', diameterM: 0.2 }, laying: 'direct', pressureClass: 'medium_a' } as const
    const preview = createPreview(prepareClearance({ assets: columns, pack, ground: null, surfaceFeatures: [] }))
    for (const [label, y0] of [['W', 0], ['P', 20]] as const) {
      const beside = linesBeside(columns, pack, line, [30, y0 + 1]).find(one => one.label === label)!
      const isShort = (byM: number) => preview.previewRoute({ ...line, id: 'draft', axis: [[20, y0 + byM, -1], [40, y0 + byM, -1]] }).some(({ shortfalls }) => shortfalls.some(row => row.isShort && ['horizontal', 'distance'].includes(row.rule)))
      expect(isShort(beside.distanceM)).toBe(false)
      if (beside.distanceM > (0.2 + 0.6) / 2 + 0.01) expect(isShort(beside.distanceM - 0.001)).toBe(true)
      expect(guideFor([30, y0 + beside.distanceM + 0.1], [], 0.2, [beside])).toMatchObject({ target: 'parallel', label })
    }
  })
  it('beside a kerb the distance is the least that the full check allows: a millimetre less is short', () => {
    const pack = shipped('gb50289-2016')
    const origin: Vec3 = [1000, 2000, 0]
    const kerb = aKerb('K', [[1000, 2000], [1060, 2000]])
    const context = { nodes: [], surfaceFeatures: [kerb, aKerb('far', [[1000, 2100], [1060, 2100]])], ground: null, blocks: [] }
    const line = { kind: 'gas', owner: 'new', section: { shape: 'circle', diameterM: 0.2 }, laying: 'direct', pressureClass: 'medium_a' } as const
    const beside = kerbsBeside(context, origin, pack, line, [30, 2])
    expect(beside).toEqual([{ target: 'beside_kerb', label: 'K', a: [0, 0], b: [60, 0], distanceM: expect.closeTo(1.5 + 0.1 + SPARE_M, 9) }])
    expect(guideFor([30, beside[0]!.distanceM + 0.1], [], 0.2, beside)).toMatchObject({ target: 'beside_kerb', at: [30, expect.closeTo(beside[0]!.distanceM, 9)] })
    const isShort = (byM: number) => {
      const assets = buildAssetColumns([anAsset({ ...line, id: 'G', axis: [[1020, 2000 + byM, -1], [1040, 2000 + byM, -1]] })], origin)
      const prepared = prepareClearance({ assets, pack, ground: null, surfaceFeatures: [kerb] })
      return checkLines(prepared, { nodes: [], surfaceFeatures: [kerb] }).some(({ rule, shortfall }) => rule === 'surroundings' && shortfall > 0)
    }
    expect([isShort(beside[0]!.distanceM), isShort(beside[0]!.distanceM - 0.001)]).toEqual([false, true])
  })
})
