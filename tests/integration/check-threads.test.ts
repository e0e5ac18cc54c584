import { afterAll, describe, expect, it } from 'vitest'
import { CheckThreads } from '#main/services/check/check-threads.ts'
import { workerEntry } from '#main/services/worker-entry.ts'
import { checkNetwork } from '#shared/clearance/check.ts'
import { prepareClearance, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { seededRandom } from '#shared/core/random.ts'
import { assetRecord, buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { benchCity } from '#tests/bench/bench-city.ts'

const SEED = 11
const city = benchCity(4000, SEED).input
/** The city with every twelfth coordinate moved by up to half a metre: thousands of things to find. */
const shaken = (() => {
  const random = seededRandom(SEED)
  return { ...city, assets: { ...city.assets, xyz: city.assets.xyz.map(value => (random.chance(1 / 12) ? value + random.range(-0.5, 0.5) : value)) } }
})()
const prepared = prepareClearance(shaken)
const alone = JSON.stringify(checkNetwork(prepared))

let pools: CheckThreads[] = []
const pool = (helpers: number): CheckThreads => {
  const made = new CheckThreads(workerEntry('check-helper'), helpers, 0)
  pools.push(made)
  return made
}
afterAll(async () => {
  for (const made of pools) await made.close()
  pools = []
})

describe(`a check shared between threads (seed ${SEED})`, () => {
  it('finds something', () => expect(JSON.parse(alone)).toMatchObject({ findings: expect.objectContaining({ length: expect.any(Number) }), pairs: expect.objectContaining({ 300: expect.anything() }) }))

  it.each([[1, 0], [2, 1], [3, 2]])('gives the same bytes on %d threads, again and again', async (_, helpers) => {
    const threads = pool(helpers)
    for (let round = 0; round < 2; round++) expect(JSON.stringify(await threads.check(prepared, {}, unattendedJob)) === alone).toBe(true)
  }, 120_000)

  it.each([[2, 1], [3, 2]])('prepares on %d threads what one prepares, and finds the same bytes in it', async (_, helpers) => {
    const threads = pool(helpers)
    const made = await threads.prepare(shaken, unattendedJob)
    expect({ ...made.grid, order: made.order, places: made.places, runs: made.runs }).toEqual({ ...prepared.grid, order: prepared.order, places: prepared.places, runs: prepared.runs })
    expect(JSON.stringify(await threads.check(made, {}, unattendedJob)) === alone).toBe(true)
  }, 120_000)

  it('asks only what it is asked, as one thread does', async () => {
    const involving = new Uint8Array(prepared.columns.count).map((_, a) => (a % 3 === 0 ? 1 : 0))
    expect(await pool(1).check(prepared, { involving }, unattendedJob)).toEqual(checkNetwork(prepared, { involving }))
  }, 120_000)

  it('is cancelled between two blocks, and checks again with new helpers', async () => {
    const threads = pool(1)
    const cancelled = { ...unattendedJob, throwIfCancelled: () => { throw new Error('cancelled by the test') } }
    await expect(threads.check(prepared, {}, cancelled)).rejects.toThrow('cancelled by the test')
    expect(JSON.stringify(await threads.check(prepared, {}, unattendedJob)) === alone).toBe(true)
  }, 120_000)

  it('a helper that fails or dies is an error, never an answer without its part', async () => {
    const threads = pool(1)
    const broken: PreparedClearance = { ...prepared, signatures: null as never }
    await expect(threads.check(broken, {}, unattendedJob)).rejects.toThrow()
    const running = threads.check(prepared, {}, { ...unattendedJob, progress: () => void threads.close() })
    await expect(running).rejects.toThrow('ended without an answer')
    expect(JSON.stringify(await threads.check(prepared, {}, unattendedJob)) === alone).toBe(true)
  }, 120_000)
})

describe('the order of the file', () => {
  it.each([1, 2, 3])('does not change a byte of the answer (seed %d)', seed => {
    const random = seededRandom(seed)
    const order = Array.from({ length: shaken.assets.count }, (_, a) => a)
    for (let k = order.length - 1; k > 0; k--) {
      const other = random.int(k + 1)
      ;[order[k], order[other]] = [order[other]!, order[k]!]
    }
    expect(JSON.stringify(checkNetwork(prepareClearance({ ...shaken, assets: inOrder(shaken.assets, order) }))) === alone).toBe(true)
  }, 120_000)
})

/** Records round coordinates into the project's frame, so the axes are copied as they are. */
function inOrder(columns: AssetColumns, order: readonly number[]): AssetColumns {
  const made = buildAssetColumns(order.map(a => assetRecord(columns, a)), columns.origin)
  order.forEach((a, k) => made.xyz.set(columns.xyz.subarray(3 * columns.vertexStart[a]!, 3 * columns.vertexStart[a + 1]!), 3 * made.vertexStart[k]!))
  return made
}
