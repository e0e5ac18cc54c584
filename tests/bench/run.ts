import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { checkNetwork } from '#shared/clearance/check.ts'
import { prepareClearance, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { createPreview } from '#shared/clearance/preview.ts'
import { checkAgainstOracle, checkPreviews } from './answers.ts'
import { benchCity, benchRoutes, type BenchCity } from './bench-city.ts'
import { measureEach, rounded, timed } from './measure.ts'
import { measureProject } from './project-rows.ts'

/**
 * `npm run bench`: times of design §7 on the sample city, by seed (cli.md "bench"). Answers are compared with references
 * first; a difference ends the run with exit code 2. No time ever fails a test.
 */
const SIZES = [20_000, 100_000, 1_000_000]
/** A full check that would take longer is left out of a quick run, and said so. */
const QUICK_CHECK_LIMIT_MS = 12_000

interface Row {
  readonly id: string
  readonly segments: number
  readonly checked: boolean
  readonly [figure: string]: string | number | boolean
}

const { values } = parseArgs({ options: { json: { type: 'string' }, quick: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' }, sizes: { type: 'string' } } })
const seed = Number(values.seed)
const sizes = values.sizes ? values.sizes.split(',').map(Number) : SIZES
const results: Row[] = []

function report(row: Row): void {
  results.push(row)
  console.error(Object.entries(row).map(([key, value]) => (key === 'id' ? String(value).padEnd(14) : `${key} ${value}`)).join('  '))
}

function measureClearance(bench: BenchCity, msPerSegment: number): number {
  const { segments, input } = bench
  const samples = values.quick ? 300 : 1000
  const { ms: prepareMs, value: prepared } = timed(() => prepareClearance(input))
  const routes = benchRoutes(input.assets, samples, 20, seed)
  checkPreviews(prepared, input, routes.slice(0, segments > 200_000 ? 1 : 5))
  const preview = createPreview(prepared)
  report({ id: 'route-20', segments, ...measureEach(routes, route => preview.previewRoute(route)), checked: true })
  report({ id: 'drag-2', segments, ...measureEach(routes, route => preview.previewRoute(route, { segments: [9, 10] })), checked: true })
  report({ id: 'index-bytes', segments, bytesPerSegment: rounded(indexBytes(prepared) / segments), checked: true })
  if (values.quick && msPerSegment * segments > QUICK_CHECK_LIMIT_MS) {
    console.error(`network         segments ${segments}  left out of the quick run: it would take some ${Math.round((msPerSegment * segments) / 1000)} s`)
    return msPerSegment
  }
  const rounds = segments > 200_000 ? 1 : 3
  const runs = Array.from({ length: rounds }, () => timed(() => checkNetwork(prepareClearance(input))))
  const medianMs = runs.map(run => run.ms).sort((a, b) => a - b)[Math.floor(rounds / 2)]!
  report({ id: 'network', segments, workers: 1, samples: rounds, medianMs: rounded(medianMs), prepareMs: rounded(prepareMs), pairs: runs[0]!.value.pairs.length, findings: runs[0]!.value.findings.length, checked: true })
  return medianMs / segments
}

/** What the index holds beside the columns: cells and their entries. */
function indexBytes({ grid }: PreparedClearance): number {
  const buffers = new Set(Object.values(grid).flatMap((value: unknown) => (ArrayBuffer.isView(value) ? [value.buffer] : [])))
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0)
}

async function main(): Promise<void> {
  const small = benchCity(20_000, seed)
  console.error(`checked against the oracle: ${checkAgainstOracle(small, 90)} rows equal`)
  let msPerSegment = 0
  for (const segments of sizes) {
    const { ms, value: bench } = timed(() => (segments === small.segments ? small : benchCity(segments, seed)))
    if (segments !== small.segments) console.error(`city of ${segments} segments made in ${Math.round(ms)} ms`)
    msPerSegment = measureClearance(bench, msPerSegment)
    if (values.quick && segments > 200_000) continue
    const project = await measureProject(bench, values.quick ? 50 : 200)
    report({ id: 'open', segments, openMs: project.openMs, createMs: project.createMs, megabytes: project.megabytes, checked: true })
    report({ id: 'commit', segments, ...project.commit, checked: true })
  }
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
