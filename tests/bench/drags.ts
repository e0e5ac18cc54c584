import { parseArgs } from 'node:util'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { createPreview } from '#shared/clearance/preview.ts'
import { seededRandom } from '#shared/core/random.ts'
import { BORE_DEFAULTS, boreEffects } from '#shared/excavation/bore-effects.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { groundSampler } from '#shared/twin/ground.ts'
import { benchCity } from './bench-city.ts'
import { benchRoutes } from './bench-routes.ts'
import { measureExcavations } from './excavation-row.ts'
import { measureEach } from './measure.ts'

/** `node tests/bench/drags.ts [--segments N]`: what one frame of a drag computes: two segments of a route, a pit, a bore of 30 to 80 m. */
const { values } = parseArgs({ options: { segments: { type: 'string', default: '100000' }, count: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } } })
const [segments, count, seed] = [values.segments, values.count, values.seed].map(Number) as [number, number, number]

const city = benchCity(segments, seed)
const { assets, ground } = city.input
const preview = createPreview(prepareClearance(city.input))
const routes = benchRoutes(assets, count, 20, seed)
const index = buildSegmentIndex(assets)
const groundAt = groundSampler(ground)
const random = seededRandom(seed + 2)
const bores = Array.from({ length: count }, () => {
  const v = random.int(assets.xyz.length / 3)
  const [x, y, angle, length] = [assets.xyz[3 * v]!, assets.xyz[3 * v + 1]!, random.range(0, 6.3), random.range(30, 80)]
  const level = (groundAt(x, y) ?? 0) - random.range(3, 8)
  const axis: Vec3[] = [[x, y, level], [x + length * Math.cos(angle), y + length * Math.sin(angle), level]]
  return { axis, diameterM: random.range(0.3, 1.2), ...BORE_DEFAULTS }
})
console.log(JSON.stringify({
  segments,
  route: measureEach(routes, route => preview.previewRoute(route, { segments: [9, 10] })),
  pit: measureExcavations(city, count, seed),
  bore: measureEach(bores, bore => boreEffects(bore, assets, index, groundAt)),
}))
