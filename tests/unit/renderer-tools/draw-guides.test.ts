import { describe, expect, it } from 'vitest'
import { guideFor, linesBeside } from '#renderer/tools/draw-guides.ts'
import { createPreview } from '#shared/clearance/preview.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'
import { PACK_IDS, shipped } from '../rules-packs/packs.ts'

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
})
