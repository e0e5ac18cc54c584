import { describe, expect, it } from 'vitest'
import { runCheckTask } from '#main/services/check/check-task.ts'
import { testBlocks } from '#shared/clearance/check-blocks.ts'
import type { CheckTester } from '#shared/clearance/check-tester.ts'
import { checkNetwork } from '#shared/clearance/check.ts'
import { ClearanceOverload, MOST_CONFLICTS } from '#shared/clearance/grid/overload.ts'
import type { Hit } from '#shared/clearance/pairs/hit.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { CancelledError, unattendedJob, type JobControl } from '#shared/core/job.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf } from './oracle-network.ts'

const PACK = packOf(testPack('crossing-alongside'))
const line = (id: string, kind: AssetKind, axis: Vec3[], fields: Partial<AssetRecord> = {}): AssetRecord =>
  ({ id, kind, owner: '', status: 'in_use', section: { shape: 'circle', diameterM: 0.2 }, axis, assumed: 0, attributes: {}, accuracyPlanM: 0, accuracyLevelM: 0, ...fields })
const prepared = (records: readonly AssetRecord[]) => prepareClearance({ assets: buildAssetColumns(records, [0, 0, 0]), pack: PACK, ground: null, surfaceFeatures: [] })

/** Lines of 10 km, half of them either way, at levels of their own: every two of other directions cross once. */
function longLines(random: Random, count: number) {
  const spots = Array.from({ length: count }, () => ({ at: Math.round(random.range(0, 10_000) * 10) / 10, z: -random.range(1, 20) }))
  const across = spots.map(({ at, z }, k) => line(`w${k}`, 'water', [[0, at, z], [10_000, at, z]]))
  const along = spots.map(({ at, z }, k) => line(`s${k}`, 'sewer_foul', [[at, 0, z - 0.05], [at, 10_000, z - 0.05]]))
  return { spots, records: [...across, ...along] }
}

describe('input nobody would draw', () => {
  it('ten kilometres long, thousands of crossings: the levels alone decide, worked out here (seed 5)', () => {
    const { spots, records } = longLines(seededRandom(5), 30)
    const { pairs } = checkNetwork(prepared(records))
    const expected = spots.flatMap((water, w) => spots.flatMap((sewer, s) => {
      const gapM = Math.abs(water.z - (sewer.z - 0.05)) - 0.2
      const requiredM = water.z > sewer.z - 0.05 ? 0.4 : 0.6
      return gapM < -0.001 || requiredM - gapM > 1e-6 ? [`s${s} w${w}`] : []
    }))
    expect([...new Set(pairs.filter(({ rule }) => rule !== 'horizontal').map(({ a, b }) => `${a} ${b}`))].sort()).toEqual(expected.sort())
    expect(expected.length).toBeGreaterThan(30)
  })

  it('more findings than anybody reads are cut to the heaviest, and their number is told', () => {
    const columns = buildAssetColumns(Array.from({ length: 20 }, (_, k) => line(`L${String(k).padStart(2, '0')}`, 'water', [[0, 0, -1 - k * 0.001], [200, 0, -1 - k * 0.001]])), [0, 0, 0])
    const baseline = { key: 'k', columns, ground: null, surfaceFeatures: [], nodes: [] }
    const task = { proposals: [], pack: PACK, scope: 'network', wantsPairs: false } as const
    const all = runCheckTask(baseline, task, unattendedJob)
    const cut = runCheckTask(baseline, { ...task, most: 100 }, unattendedJob)
    expect([all.total, all.findings.length, cut.total, cut.findings.length]).toEqual([190, 190, 190, 100])
    const shortfalls = all.findings.map(({ shortfall }) => shortfall).sort((a, b) => b - a)
    expect(Math.min(...cut.findings.map(({ shortfall }) => shortfall))).toBeGreaterThanOrEqual(shortfalls[100]! - 1e-12)
    expect(cut.findings).toEqual(all.findings.filter(({ id }) => cut.findings.some(known => known.id === id)))
  })

  it.each([1, 5])(`more than ${MOST_CONFLICTS} conflicts are refused, before memory is: %i of each pair`, ofEach => {
    const hits = Array.from({ length: ofEach }, () => ({})) as unknown as Hit[]
    const everything = { testPair: () => hits, testCover: () => [], testLines: () => [] } as unknown as CheckTester
    const tested = (pairs: number) => {
      let block = 0
      return () => testBlocks(everything, new Uint32Array(2 * pairs), new Uint32Array(0), () => block++, unattendedJob)
    }
    expect(tested(MOST_CONFLICTS / ofEach)).not.toThrow()
    expect(tested(MOST_CONFLICTS / ofEach + 100)).toThrow(ClearanceOverload)
  })

  it('the same line a hundred thousand times is refused before its ends are put together', () => {
    const records = Array.from({ length: 100_000 }, (_, k) => line(`L${k}`, 'water', [[0, 0, -1], [100, 0, -1]]))
    expect(() => prepared(records)).toThrow(ClearanceOverload)
  }, 60_000)

  it('the same line many times: every two are told', () => {
    const stack = (count: number) => prepared(Array.from({ length: count }, (_, k) => line(`L${k}`, 'water', [[0, 0, -1], [50, 0, -1], [100, 0, -1]])))
    const { pairs, findings } = checkNetwork(stack(70))
    expect(new Set(pairs.map(({ rule, found }) => `${rule} ${found.toFixed(6)}`))).toEqual(new Set(['hard -0.200000']))
    expect([pairs.length, findings.length]).toEqual([(70 * 69) / 2, (70 * 69) / 2])
  })

  it('levels, sizes and kinds that are not known: no limit is made up, nothing breaks', () => {
    const { pairs, findings } = checkNetwork(prepared([
      line('unknown kind', 'unknown', [[0, 0, -1], [20, 0, -1]]), line('unknown size', 'water', [[10, -5, -1.2], [10, 5, -1.2]], { section: { shape: 'circle', diameterM: 0 } }),
      line('a point', 'gas', [[5, 0.05, -1], [5, 0.05, -1]]), line('of no length', 'gas', [[5, 0, -1], [5, 0, -1], [5, 0, -1]]),
    ]))
    for (const { found, required } of pairs) expect([Number.isFinite(found), Number.isFinite(required)]).toEqual([true, true])
    expect(findings.every(({ rule }) => rule === 'hard' || rule === 'touching')).toBe(true)
  })
})

describe('cancelled at any moment', () => {
  const { records } = longLines(seededRandom(8), 6)
  const columns = buildAssetColumns(records, [0, 0, 0])
  const run = (job: JobControl) => checkNetwork(prepareClearance({ assets: columns, pack: PACK, ground: null, surfaceFeatures: [] }, job), {}, job)
  /** Every time a check asks whether it is cancelled. */
  const asked = (() => {
    let times = 0
    run({ ...unattendedJob, throwIfCancelled: () => void times++ })
    return times
  })()

  it('ends there, whichever time it is, and the next check is whole', () => {
    expect(asked).toBeGreaterThan(5)
    const wanted = JSON.stringify(run(unattendedJob))
    for (let at = 1; at <= asked; at += Math.max(1, Math.floor(asked / 12))) {
      let times = 0
      const job = { ...unattendedJob, throwIfCancelled: () => { if (++times === at) throw new CancelledError() } }
      expect(() => run(job), `time ${at} of ${asked}`).toThrow(CancelledError)
      expect(times).toBe(at)
    }
    expect(JSON.stringify(run(unattendedJob)) === wanted).toBe(true)
  })
})
