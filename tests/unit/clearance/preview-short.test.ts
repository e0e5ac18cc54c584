import { describe, expect, it } from 'vitest'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { createPreview } from '#shared/clearance/preview.ts'
import { seededRandom } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { flatGround } from '#tests/builders/twin-builder.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { proposalOf, randomStreet } from '../routing/random-street.ts'
import { packOf } from './oracle-network.ts'

describe.each(['crossing-alongside', 'either', 'distance'] as const)('whether a line is short, %s', semantics => {
  it('is told as its rows tell it, whatever was asked before (streets 1 … 40, 12 places each)', () => {
    let [short, clean] = [0, 0]
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed)
      const { existing, proposed } = randomStreet(seed, 3)
      const prepared = prepareClearance({ assets: buildAssetColumns(existing, [0, 0, 0]), pack: packOf(testPack(semantics)), ground: flatGround(0), surfaceFeatures: [] })
      const [rows, asked] = [createPreview(prepared), createPreview(prepared)]
      for (let place = 0; place < 12; place++) {
        const [dy, dz] = [random.range(-3, 3), random.range(-0.7, 1)]
        const route = { ...proposalOf(proposed), axis: proposed.axis.map(([x, y, z]): Vec3 => [x, y + dy, z + dz]) }
        const segments = random.next() < 0.3 ? { segments: [0] } : {}
        const isShort = rows.previewRoute(route, segments).some(({ shortfalls }) => shortfalls.some(one => one.isShort))
        expect(asked.isShort(route, segments), `street ${seed}, place ${place}`).toBe(isShort)
        if (isShort) short++
        else clean++
      }
    }
    expect(Math.min(short, clean)).toBeGreaterThan(20)
  })
})
