import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { PairRow } from '#shared/clearance/findings/finding.ts'
import { prepareClearance, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { createPreview, type PreviewRoute } from '#shared/clearance/preview.ts'
import { shareArrays } from '#shared/core/shared-arrays.ts'
import { assetRecord } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { agreePairs, checkAgainstOracle, checkPreviews } from './answers.ts'
import { benchCity, type BenchCity } from './bench-city.ts'
import { benchRoutes } from './bench-routes.ts'
import { cannotDraw, measureDrawing } from './draw.ts'
import { measureBoreDrags, measurePitDrags } from './dig-drag-rows.ts'
import { digSite, measureExcavations, pitsOn } from './excavation-row.ts'
import { measureDrags } from './drag-row.ts'
import { measureImport } from './import-row.ts'
import { measureEach, rounded, timed } from './measure.ts'
import { FlatbushBench, NetworkBench, runAlone, runWith } from './network-rows.ts'
import { BvhReader, RbushReader } from './other-readers.ts'
import { measureProject } from './project-rows.ts'

/**
 * `npm run bench`: times of design §7 on a city by seed (cli.md "bench"). Answers are compared with references first; a
 * difference ends the run with exit code 2. No time ever fails a test.
 */
const SIZES = { quick: [10_000, 1_000_000], usual: [10_000, 100_000, 1_000_000], full: [10_000, 100_000, 1_000_000, 4_000_000] }
const PROJECT_SIZES = { quick: [20_000], usual: [20_000, 100_000], full: [20_000, 100_000, 1_000_000] }
/** Features of an import. */
const IMPORTED = 100_000
/** A browser takes longer to start than a quick run may last. */
const DRAW_SIZES = { quick: [], usual: [1_000_000], full: [1_000_000, 4_000_000] }
/** Their time grows to minutes. */
const MOST_FOR_OTHERS = { quick: 10_000, usual: 100_000, full: 100_000 }
/** A quick run takes fewer samples once it has run this long; the rows stay. */
const QUICK_MS = 30_000

interface Row {
  readonly id: string
  readonly segments: number
  readonly checked: boolean
  readonly [figure: string]: string | number | boolean
}

const { values } = parseArgs({ options: { json: { type: 'string' }, quick: { type: 'boolean', default: false }, full: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' }, sizes: { type: 'string' } } })
const mode = values.quick ? 'quick' : values.full ? 'full' : 'usual'
const seed = Number(values.seed)
const workers = Math.max(1, Math.min(8, availableParallelism()))
const results: Row[] = []
const isLate = (): boolean => values.quick && performance.now() > QUICK_MS
/** Routes of a session that has just begun. */
const FIRST_ROUTES = 100
/** A quick run takes its many samples at the largest size. */
const MANY_FROM = 1_000_000
const sampleCount = (segments: number): number => (isLate() || (values.quick && segments < MANY_FROM) ? 200 : 1000)

function report(row: Row): void {
  results.push(row)
  console.error(Object.entries(row).map(([key, value]) => (key === 'id' ? String(value).padEnd(17) : `${key} ${value}`)).join('  '))
}

interface Engines {
  readonly ours: NetworkBench
  readonly flatbush: FlatbushBench
}

/** The whole network, and the same with flatbush in the place of the index; both warm, as a second check of a session is. */
async function measureNetwork(bench: BenchCity, prepared: PreparedClearance, { ours, flatbush }: Engines): Promise<void> {
  const { segments, input } = bench
  const cold = await ours.run(input)
  let other = await flatbush.run(prepared)
  agreePairs('network against flatbush', cold.outcome.pairs, other.outcome.pairs)
  if (segments <= 100_000) other = await flatbush.run(prepared)
  const runs = [await ours.run(input)]
  const samples = values.quick ? 3 : segments > 1_000_000 ? 1 : 5
  while (runs.length < samples && !isLate()) runs.push(await ours.run(input))
  const middle = [...runs].sort((m, n) => m.ms - n.ms)[Math.floor(runs.length / 2)]!
  const { pairs, findings } = cold.outcome
  report({ id: 'network', segments, workers, samples: runs.length, medianMs: middle.ms, prepareMs: middle.prepareMs, coldMs: cold.ms, pairs: pairs.length, findings: findings.length, memoryMb: Math.round(process.memoryUsage().rss / 1e6), checked: true })
  report({ id: 'network-flatbush', segments, workers, samples: 1, medianMs: other.ms, ratio: rounded(other.ms / middle.ms), checked: true })
  measureOthers(bench, prepared, pairs)
}

/** Other indexes, on one thread each, where they end in time. */
function measureOthers({ segments, input }: BenchCity, prepared: PreparedClearance, pairs: readonly PairRow[]): void {
  if (segments > MOST_FOR_OTHERS[mode]) return
  runAlone(input)
  const ours = runAlone(input)
  for (const [name, Reader] of [['rbush', RbushReader], ['three-mesh-bvh', BvhReader]] as const) {
    const { outcome, ms } = runWith(prepared, (network, inflationM) => new Reader(network, inflationM))
    agreePairs(`network against ${name}`, pairs, outcome.pairs)
    report({ id: `network-${name}`, segments, workers: 1, samples: 1, medianMs: ms, ratio: rounded(ms / ours), checked: true })
  }
}

/** A new route, a drag of two of its segments, and one asset of the network moved. */
function measurePreviews(bench: BenchCity, prepared: PreparedClearance): void {
  const { segments, input } = bench
  const count = sampleCount(segments)
  const routes = benchRoutes(input.assets, count, 20, seed)
  const moved = movedAssets(bench, count)
  const preview = createPreview(prepared)
  const rows = checkPreviews(bench, preview, routes.slice(0, 5)) + checkPreviews(bench, preview, moved.slice(0, 10), true)
  console.error(`previews of ${segments} segments: ${rows} rows as the full check of their surroundings has them`)
  // Routes elsewhere first: the very first ones meet code that no session has run yet, and are told by themselves.
  const [first, others] = [benchRoutes(input.assets, FIRST_ROUTES, 20, seed + 7), benchRoutes(input.assets, count, 20, seed + 8)]
  const cold = measureEach(first, route => preview.previewRoute(route), [])
  report({ id: 'route-20', segments, ...measureEach(routes, route => preview.previewRoute(route), others), firstP50Ms: cold.p50Ms, firstP99Ms: cold.p99Ms, checked: true })
  report({ id: 'drag-2', segments, ...measureDrags(routes, preview, seed), checked: true })
  report({ id: 'edit-1', segments, ...measureEach(moved, route => preview.previewRoute(route, { replaces: route.id })), checked: true })
}

/** Assets of the city, shifted by half a metre. */
function movedAssets({ input: { assets } }: BenchCity, count: number): PreviewRoute[] {
  return Array.from({ length: count }, (_, k) => {
    const { id, kind, owner, section, axis, laying, pressureClass, voltageKv } = assetRecord(assets, Math.floor(((k + 0.5) * assets.count) / count))
    const local = axis.map(([x, y, z]): Vec3 => [x - assets.origin[0] + 0.3, y - assets.origin[1] + 0.4, z - assets.origin[2]])
    return { id, kind, owner, section, axis: local, ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }) }
  })
}

/** What the index holds beside the columns: cells and their entries. */
function indexBytes({ grid }: PreparedClearance): number {
  const buffers = new Set(Object.values(grid).flatMap((value: unknown) => (ArrayBuffer.isView(value) ? [value.buffer] : [])))
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0)
}

/** How much longer the whole check takes per segment than at the size before. */
function reportGrowth(): void {
  const rows = results.filter(row => row.id === 'network')
  for (const [k, row] of rows.entries()) {
    const before = rows[k - 1]
    if (before) report({ id: 'growth', segments: row.segments, fromSegments: before.segments, perSegment: rounded(Number(row['medianMs']) / row.segments / (Number(before['medianMs']) / before.segments)), checked: true })
  }
}

/** A new pit, then a pit and a bore in the hand. */
function measureDigging(bench: BenchCity): void {
  const { segments } = bench
  const site = digSite(bench)
  const pits = pitsOn(bench, sampleCount(segments), seed)
  report({ id: 'excavation', segments, ...measureExcavations(bench, pits, site), checked: true })
  report({ id: 'drag-pit', segments, ...measurePitDrags(pits, site, seed), checked: true })
  report({ id: 'drag-bore', segments, ...measureBoreDrags(bench, site, sampleCount(segments), seed), checked: true })
}

async function measureSize(segments: number, engines: Engines): Promise<void> {
  const { ms, value: city } = timed(() => benchCity(segments, seed))
  const bench: BenchCity = { ...city, input: { ...city.input, assets: shareArrays(city.input.assets), ground: shareArrays(city.input.ground) } }
  console.error(`city of ${segments} segments made in ${Math.round(ms)} ms`)
  const prepared = prepareClearance(bench.input)
  report({ id: 'index-bytes', segments, bytesPerSegment: rounded(indexBytes(prepared) / segments), checked: true })
  await measureNetwork(bench, prepared, engines)
  measurePreviews(bench, prepared)
  measureDigging(bench)
}

/** Drawing in a real browser; a machine that has none, or no built interface, says so and goes on. */
async function measureDraw(): Promise<void> {
  if (values.quick) console.error('drawing is measured without --quick')
  for (const segments of DRAW_SIZES[mode]) {
    if (cannotDraw !== null) return console.error(`drawing is not measured: ${cannotDraw}`)
    report({ id: 'draw', segments, samples: 1, ...(await measureDrawing(segments, seed)), checked: true })
  }
}

async function main(): Promise<void> {
  // First of all: what it takes of memory is seen where nothing bigger was there before.
  if (!values.sizes && !values.quick) report({ id: 'import-100k', segments: IMPORTED, ...(await measureImport(IMPORTED, seed)), checked: true })
  const small = benchCity(10_000, seed)
  const rows = benchRoutes(small.input.assets, 4, 20, seed).map(route => checkAgainstOracle(small, route, 35)).reduce((sum, n) => sum + n, 0)
  console.error(`checked against the oracle: ${rows} rows equal`)
  const engines: Engines = { ours: new NetworkBench(workers), flatbush: new FlatbushBench(workers) }
  try {
    for (const segments of values.sizes ? values.sizes.split(',').map(Number) : SIZES[mode]) await measureSize(segments, engines)
    reportGrowth()
  } finally {
    await Promise.all([engines.ours.close(), engines.flatbush.close()])
  }
  for (const segments of values.sizes ? [] : PROJECT_SIZES[mode]) {
    const project = await measureProject(generateSampleCity({ segments, seed }), values.quick ? 50 : 200)
    report({ id: 'open', segments, samples: 1, medianMs: project.openMs, createMs: project.createMs, megabytes: project.megabytes, checked: true })
    report({ id: 'commit', segments, ...project.commit, checked: true })
  }
  if (!values.sizes) await measureDraw()
  const answer = { format: 'underplan-bench/1', quick: values.quick, seed, machine: { cores: availableParallelism(), node: process.versions.node }, results }
  if (values.json && values.json !== '-') writeFileSync(values.json, `${JSON.stringify(answer, null, 2)}\n`)
  else console.log(JSON.stringify(answer, null, 2))
}

try {
  await main()
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = 2
}
