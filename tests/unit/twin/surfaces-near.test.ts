import { expect, it } from 'vitest'
import { surfacesNear } from '#shared/twin/surfaces-near.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { packContext } from '#shared/twin/twin-context.ts'

const feature = (id: string, type: SurfaceFeature['type'], geometry: SurfaceFeature['geometry'], x: number): SurfaceFeature =>
  ({ id, type, geometry, points: [[x, 0], [x + 10, 0], [x + 10, 10]], name: '', attributes: {} })

it('areas of the types asked for that meet a box, as they were packed', () => {
  const features = [feature('R1', 'roadway', 'polygon', 0), feature('R2', 'roadway', 'polygon', 100), feature('K', 'kerb', 'line', 0), feature('L', 'roadway', 'line', 0), feature('G', 'green', 'polygon', 12)]
  const { surfaceFeatures } = packContext({ nodes: [], ground: null, surfaceFeatures: features, blocks: [] })
  const near = surfacesNear(surfaceFeatures, new Set(['roadway', 'green']), { minX: 5, minY: 2, maxX: 30, maxY: 3 })
  expect(near).toEqual([features[0]!, features[4]!].map(({ id, type, geometry, points }) => ({ id, type, geometry, points })))
  expect(surfacesNear(surfaceFeatures, new Set(['roadway']), { minX: 40, minY: 0, maxX: 60, maxY: 9 })).toEqual([])
})
