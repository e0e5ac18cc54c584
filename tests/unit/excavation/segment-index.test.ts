import { describe, expect, it } from 'vitest'
import { buildSegmentIndex, forEachSegmentIn } from '#shared/excavation/segment-index.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'
import { randomFor } from './random-sites.ts'

describe('the segment index', () => {
  it.each([1, 2, 3, 4])('finds exactly the segments whose box meets the query, once each (seed %i)', seed => {
    const random = randomFor(seed)
    // Lengths from millimetres to kilometres, crowded and lonely, one slip far outside.
    const assets: AssetRecord[] = Array.from({ length: 800 }, (_, i) => {
      const length = 10 ** random.range(-3, 3.5)
      const start: Vec3 = [random.normal() * 300, random.normal() * 300, 0]
      return anAsset({ id: `${i}`, axis: [start, [start[0] + random.range(-1, 1) * length, start[1] + random.range(-1, 1) * length, 0], [start[0], start[1] + length, 1]] })
    })
    assets.push(anAsset({ id: 'far', axis: [[9e8, -9e8, 0], [9e8 + 5, -9e8, 0]] }), anAsset({ id: 'gone', status: 'removed', axis: [[0, 0, 0], [5, 0, 0]] }))
    const columns = buildAssetColumns(assets, [0, 0, 0])
    const index = buildSegmentIndex(columns)
    for (let k = 0; k < 60; k++) {
      const [x, y, half] = [random.normal() * 300, random.normal() * 300, 10 ** random.range(-2, 3.2)]
      const box = k === 0 ? { minX: -1e9, minY: -1e9, maxX: 1e9, maxY: 1e9 } : { minX: x - half, minY: y - half / 3, maxX: x + half, maxY: y + half / 3 }
      const found: number[] = []
      forEachSegmentIn(index, columns, box, v => found.push(v))
      const expected: number[] = []
      for (let asset = 0; asset < columns.count - 1; asset++) {
        for (let v = columns.vertexStart[asset]!; v < columns.vertexStart[asset + 1]! - 1; v++) {
          const [xs, ys] = [[columns.xyz[3 * v]!, columns.xyz[3 * v + 3]!], [columns.xyz[3 * v + 1]!, columns.xyz[3 * v + 4]!]]
          if (Math.min(...xs) <= box.maxX && Math.max(...xs) >= box.minX && Math.min(...ys) <= box.maxY && Math.max(...ys) >= box.minY) expected.push(v)
        }
      }
      expect(found.sort((p, q) => p - q)).toEqual(expected)
    }
  })
})
