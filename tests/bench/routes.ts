import { parseArgs } from 'node:util'
import { unattendedJob } from '#shared/core/job.ts'
import { seededRandom } from '#shared/core/random.ts'
import { findRoutes, type RouteInput } from '#shared/routing/search/find-route.ts'
import { checkNetwork } from '#shared/clearance/check.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import { benchCity, type BenchCity } from './bench-city.ts'
import { rounded, summarise } from './measure.ts'

/**
 * `node tests/bench/routes.ts [--segments N] [--count N] [--kind K] [--shortest M] [--longest M]`: automatic routes between random
 * places of the city's streets, 60 to 300 m apart unless said otherwise, as the app asks for them (three alternatives). Each route is checked by the clearance engine on
 * the whole network, and the run ends with exit code 2 where one breaks a limit.
 */
const { values } = parseArgs({ options: { segments: { type: 'string', default: '100000' }, count: { type: 'string', default: '20' }, kind: { type: 'string', default: 'gas' }, seed: { type: 'string', default: '1' }, alternatives: { type: 'string', default: '3' }, shortest: { type: 'string', default: '60' }, longest: { type: 'string', default: '300' } } })
const [segments, count, seed, alternatives, shortestM, longestM] = [values.segments, values.count, values.seed, values.alternatives, values.shortest, values.longest].map(Number) as [number, number, number, number, number, number]
const kind = values.kind as AssetKind

const line: RouteInput['line'] = { id: 'bench', name: '', kind, owner: 'bench', section: { shape: 'circle', diameterM: kind === 'gas' ? 0.16 : 0.4 }, laying: 'direct', ...(kind === 'gas' && { pressureClass: 'medium_a' as const }) }

/** Two places beside the lines of a street, project CRS. */
function placesOf({ input: { assets } }: BenchCity): readonly (readonly [readonly [number, number], readonly [number, number]])[] {
  const random = seededRandom(seed)
  const place = (): readonly [number, number] => {
    const v = random.int(assets.xyz.length / 3)
    return [assets.xyz[3 * v]! + assets.origin[0] + random.range(-2, 2), assets.xyz[3 * v + 1]! + assets.origin[1] + random.range(-2, 2)]
  }
  const pairs: (readonly [readonly [number, number], readonly [number, number]])[] = []
  while (pairs.length < count) {
    const [a, b] = [place(), place()]
    const apart = Math.hypot(a[0] - b[0], a[1] - b[1])
    if (apart > shortestM && apart < longestM) pairs.push([a, b])
  }
  return pairs
}

const city = benchCity(segments, seed)
const { assets, pack, ground, surfaceFeatures, nodes } = city.input
/** User and system time of the process, milliseconds: unlike the clock's it does not run on while others have the processor. */
const processMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const times = { all: [] as number[], first: [] as number[], clock: [] as number[] }
const found = { routes: 0, answered: 0, blocked: 0 }
for (const [i, through] of placesOf(city).entries()) {
  const [clock, start] = [performance.now(), processMs()]
  let firstMs: number | null = null
  const { routes, blocked } = findRoutes({ baseline: assets, pack, ground, surfaceFeatures, nodes: nodes ?? [], line, through, alternatives, prefersCertain: true }, unattendedJob, () => (firstMs ??= processMs() - start))
  const ms = processMs() - start
  times.all.push(ms)
  times.clock.push(performance.now() - clock)
  if (firstMs !== null) times.first.push(firstMs)
  found.routes += routes.length
  if (routes.length > 0) found.answered++
  else found.blocked++
  const [[ax, ay], [bx, by]] = through
  console.error(`${i + 1}: ${Math.hypot(bx - ax, by - ay).toFixed(0)} m, ${Math.round(ms)} ms, ${routes.length > 0 ? routes.map(({ cost, axis }) => `${cost.total.toFixed(1)} (${axis.length} vertices)`).join(', ') : blocked.map(one => `${one.reason} ${one.asset ?? ''}`).join(', ')}`)
  for (const { axis } of routes) {
    const network = effectiveNetwork(assets, [{ ...line, axis }])
    const involving = new Uint8Array(network.count).fill(1, assets.count)
    const { pairs } = checkNetwork(prepareClearance({ assets: network, pack, ground, surfaceFeatures: surfaceFeatures ?? [], nodes: nodes ?? [] }), { involving })
    if (pairs.length > 0) {
      console.error('a route breaks a limit:', pairs[0])
      process.exit(2)
    }
  }
}
console.log(JSON.stringify({ id: 'route-search', segments, kind, alternatives, first: summarise(times.first), all: summarise(times.all), clock: summarise(times.clock), worstMs: rounded(Math.max(...times.all)), ...found }))
