import { expect, it } from 'vitest'
import { oracleCover } from '../../oracle/cover.ts'
import type { OraclePack } from '../../oracle/types.ts'

const pack: OraclePack = {
  semantics: 'crossing-alongside',
  classes: [{ id: 'water', match: { kind: 'water' } }],
  cover: [{ class: 'water', surface: 'roadway', minM: 0.7 }, { class: 'water', surface: 'green', minM: 0.6, maxM: 1.5 }],
}

it('takes the least cover on each surface, at the break of the ground and at the border', () => {
  // ground: level 0 for x ≤ 4, falling 0.1 per metre beyond; roadway to x = 6, green beyond
  const rows = oracleCover(
    { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { id: 'w', kind: 'water', diameterM: 0.2 }, geometry: { type: 'LineString', coordinates: [[1, 5, -0.9], [9, 5, -0.9]] } }] },
    pack,
    {
      triangles: [
        [[0, 0, 0], [4, 0, 0], [4, 10, 0]], [[0, 0, 0], [4, 10, 0], [0, 10, 0]],
        [[4, 0, 0], [14, 0, -1], [14, 10, -1]], [[4, 0, 0], [14, 10, -1], [4, 10, 0]],
      ],
      surfaces: [
        { surface: 'roadway', ring: [[0, 0], [6, 0], [6, 10], [0, 10]] },
        { surface: 'green', ring: [[6, 0], [14, 0], [14, 10], [6, 10]] },
      ],
    },
  )
  // crown −0.8: at x = 6 ground −0.2, cover 0.6 < 0.7; at x = 9 ground −0.5, cover 0.3 < 0.6
  expect(rows.map((r) => [r.a, r.surface, r.limit, r.required])).toEqual([['w', 'green', 'min', 0.6], ['w', 'roadway', 'min', 0.7]])
  expect(rows[0]?.found).toBeCloseTo(0.3, 9)
  expect(rows[1]?.found).toBeCloseTo(0.6, 9)
})
