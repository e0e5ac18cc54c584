import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { assumedGround } from '#shared/twin/assumed-ground.ts'
import { groundSampler } from '#shared/twin/ground.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const line = (id: string, axis: readonly Vec3[], status: AssetRecord['status'] = 'in_use'): AssetRecord =>
  anAsset({ id, axis, status, section: { shape: 'circle', diameterM: 0.4 } })
const columnsOf = (...assets: AssetRecord[]) => buildAssetColumns(assets, [0, 0, 0])

describe('a ground assumed over the lines of a twin without one', () => {
  it('lies the cover above the crown along a level line, and as far on either side', () => {
    const at = groundSampler(assumedGround(columnsOf(line('a', [[0, 0, 10], [100, 0, 10]])), 1)!)
    for (const [x, y] of [[0, 0], [50, 0], [100, 0], [50, 4]] as const) expect(at(x, y)).toBeCloseTo(11.2, 9)
  })

  it('goes by the highest line of a place and by none that was removed', () => {
    const lines = [line('deep', [[0, 0, 4], [60, 0, 4]]), line('high', [[0, 0, 9], [60, 0, 9]]), line('gone', [[0, 0, 30], [60, 0, 30]], 'removed')]
    expect(groundSampler(assumedGround(columnsOf(...lines), 1)!)(30, 0)).toBeCloseTo(10.2, 9)
  })

  it('follows a slope within a cell of it', () => {
    const at = groundSampler(assumedGround(columnsOf(line('a', [[0, 0, 0], [200, 0, 20]])), 1)!)
    for (const x of [20, 77, 150]) expect(Math.abs(at(x, 0)! - (0.1 * x + 1.2))).toBeLessThan(0.1 * 5 + 1e-9)
  })

  it('is known everywhere over the plan and stays between the lines it comes from, seed 7', () => {
    const random = seededRandom(7)
    const lines = Array.from({ length: 30 }, (_, i): AssetRecord => {
      const [x, y, z] = [random.range(0, 800), random.range(0, 500), random.range(0, 40)]
      return line(`l${i}`, [[x, y, z], [x + random.range(-60, 60), y + random.range(-60, 60), z]])
    })
    const xs = lines.flatMap(({ axis }) => axis.map(([x]) => x))
    const ys = lines.flatMap(({ axis }) => axis.map(([, y]) => y))
    const at = groundSampler(assumedGround(columnsOf(...lines), 1)!)
    for (let k = 0; k < 500; k++) {
      const level = at(random.range(Math.min(...xs), Math.max(...xs)), random.range(Math.min(...ys), Math.max(...ys)))
      expect(level).toBeGreaterThanOrEqual(1.2)
      expect(level).toBeLessThanOrEqual(41.2 + 1e-9)
    }
  })

  it('is none where there are no lines', () => {
    expect(assumedGround(columnsOf(), 1)).toBeNull()
  })
})
