import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkNetwork } from '#shared/clearance/check.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { seededRandom } from '#shared/core/random.ts'
import { leastClearDistance } from '#shared/geometry/clear-distance.ts'
import { planDistance } from '#shared/geometry/plan-distance.ts'
import { newWitness } from '#shared/geometry/segment-pair.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { askGeos, compileCgal, noCgal, noGeos } from '#tests/oracle/other-libraries/ask-library.ts'
import { SEGMENT_SORTS } from '#tests/oracle/segment-sorts.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf } from '../clearance/oracle-network.ts'

/** Pairs of each sort. A longer run: UNDERPLAN_LIBRARY_PAIRS. */
const PAIRS = Number(process.env['UNDERPLAN_LIBRARY_PAIRS'] ?? 1_000)
const POINTS = { w: 0, h: 0, boxW: 0, boxH: 0, radius: 0, hasBox: false }
const SLOW_MS = 300_000

function pairsOf(make: (typeof SEGMENT_SORTS)[number][1], seed: number): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from(Array.from({ length: PAIRS }, () => make(random)).flat())
}

/** The greatest difference between a kernel of ours and a library. */
function worstOf(pairs: Float64Array, theirs: Float64Array, kernel: (g: Float64Array) => number): number {
  expect(theirs).toHaveLength(pairs.length / 12)
  return theirs.reduce((worst, distance, k) => Math.max(worst, Math.abs(distance - kernel(pairs.subarray(12 * k, 12 * k + 12)))), 0)
}

describe.skipIf(noGeos !== null)(`plan distances against GEOS${noGeos === null ? '' : ` (${noGeos})`}`, () => {
  it.each(SEGMENT_SORTS)('%s (seed 11)', (_, make) => {
    const pairs = pairsOf(make, 11)
    const witness = newWitness()
    // GEOS computes in doubles: of nearly parallel lines a kilometre long it is itself some nanometres off.
    expect(worstOf(pairs, askGeos(pairs), g => planDistance(g, witness))).toBeLessThan(1e-8)
  }, SLOW_MS)
})

describe.skipIf(noCgal !== null)(`distances in space against CGAL in exact rationals${noCgal === null ? '' : ` (${noCgal})`}`, () => {
  let cgal: ReturnType<typeof compileCgal>
  beforeAll(() => (cgal = compileCgal()), SLOW_MS)
  afterAll(() => cgal?.close())

  it.each(SEGMENT_SORTS)('%s (seed 12)', (_, make) => {
    const pairs = pairsOf(make, 12)
    const witness = newWitness()
    expect(worstOf(pairs, cgal.ask(pairs), g => leastClearDistance(g, POINTS, witness))).toBeLessThan(1e-9)
  }, SLOW_MS)

  it('the pairs of a whole network nearer than their limit are those that CGAL has (seeds 1 … 10, 40 lines each, none joined)', () => {
    const pack = packOf(testPack('distance'))
    let rows = 0
    for (let seed = 1; seed <= 10; seed++) {
      const assets = freeLines(seed)
      const prepared = prepareClearance({ assets: buildAssetColumns(assets, [0, 0, 0]), pack, ground: null, surfaceFeatures: [] })
      // Where chance lets one end on another, they are joined and partly exempt: no question for a library of distances.
      if (prepared.places.count > 0) continue
      const segments = assets.flatMap(({ axis }, asset) => axis.slice(1).map((end, k) => ({ asset, at: [...axis[k]!, ...end] })))
      const met = segments.flatMap((p, i) => segments.slice(i + 1).flatMap(q => (p.asset === q.asset ? [] : [[p, q] as const])))
      const distances = cgal.ask(Float64Array.from(met.flatMap(([p, q]) => [...p.at, ...q.at])))
      const least = new Map<string, number>()
      met.forEach(([p, q], k) => {
        const key = `${assets[p.asset]!.id} ${assets[q.asset]!.id}`
        const clear = distances[k]! - RADIUS_M[p.asset % 3]! - RADIUS_M[q.asset % 3]!
        least.set(key, Math.min(least.get(key) ?? Infinity, clear))
      })
      const { pairs } = checkNetwork(prepared)
      const ofRule = pairs.filter(({ rule }) => rule === 'distance')
      for (const row of ofRule) expect(Math.abs(row.found - least.get(`${row.a} ${row.b}`)!), `seed ${seed} ${row.a} ${row.b}`).toBeLessThan(1e-9)
      // Limits of the pack differ from pair to pair: contact, which needs none, must be complete on both sides.
      const hard = [...least].filter(([, clear]) => clear < -pack.touchBandM).map(([key]) => key).sort()
      expect(pairs.filter(({ rule }) => rule === 'hard').map(({ a, b }) => `${a} ${b}`).sort(), `seed ${seed}`).toEqual(hard)
      rows += ofRule.length + hard.length
    }
    expect(rows).toBeGreaterThan(100)
  }, SLOW_MS)
})

const RADIUS_M = [0.05, 0.2, 0.4]

/** Lines of three kinds and sizes, laid anywhere. */
function freeLines(seed: number): AssetRecord[] {
  const random = seededRandom(seed)
  return Array.from({ length: 40 }, (_, k): AssetRecord => {
    let [x, y, z, heading] = [random.range(-12, 12), random.range(-12, 12), random.range(-3, -1), random.range(0, 2 * Math.PI)]
    const axis: Vec3[] = [[x, y, z]]
    for (let leg = 0; leg < 3; leg++) {
      heading += random.range(-0.6, 0.6)
      const lengthM = random.range(2, 6)
      axis.push([(x += lengthM * Math.cos(heading)), (y += lengthM * Math.sin(heading)), (z += random.range(-0.3, 0.3))])
    }
    return {
      id: `L${String(k).padStart(2, '0')}`, kind: (['water', 'gas', 'power'] as const)[k % 3]!, owner: `o${k}`, section: { shape: 'circle', diameterM: 2 * RADIUS_M[k % 3]! },
      axis, status: 'in_use', accuracyPlanM: 0, accuracyLevelM: 0, assumed: 0, attributes: {},
    }
  })
}
