import { describe, expect, it } from 'vitest'
import { buildNetwork } from '#shared/clearance/network/network.ts'
import { GridReader } from '#shared/clearance/grid/grid-reader.ts'
import { buildSegmentGrid } from '#shared/clearance/grid/segment-grid.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { planDistance } from '#shared/geometry/plan-distance.ts'
import { newSegmentPair, newWitness } from '#shared/geometry/segment-pair.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'

type Axis = readonly Vec3[]

const NETWORKS: readonly (readonly [string, (random: Random) => Axis[]])[] = [
  ['streets', random => lines(random, 300, 200, 8)],
  ['everything in one cell', random => lines(random, 200, 1, 0.5)],
  ['a thousand copies of one segment', () => Array.from({ length: 1000 }, (): Axis => [[1, 1, 0], [4, 3, 0]])],
  ['points', random => Array.from({ length: 200 }, (): Axis => { const at: Vec3 = [random.range(0, 50), random.range(0, 50), 0]; return [at, at] })],
  ['ten kilometres long among short ones', random => [...lines(random, 150, 300, 8), ...lines(random, 20, 300, 10_000)]],
  ['a million kilometres astray', random => [...lines(random, 200, 100, 8), [[0, 0, 0], [1e9, 2e8, 0]], [[-3e9, 5, 0], [-3e9, 9, 0]]]],
  ['two towns a thousand kilometres apart', random => [...lines(random, 100, 100, 8), ...lines(random, 100, 100, 8).map((axis): Axis => axis.map(([x, y, z]): Vec3 => [x + 1e6, y - 2e5, z]))]],
  ['one segment with a coordinate that is no number', random => [...lines(random, 100, 100, 8), [[3, 3, 0], [NaN, 5, 0]]]],
]

function lines(random: Random, count: number, extentM: number, lengthM: number): Axis[] {
  return Array.from({ length: count }, () => {
    const [x, y] = [random.range(0, extentM), random.range(0, extentM)]
    const way = random.range(0, 2 * Math.PI)
    return [[x, y, 0], [x + lengthM * Math.cos(way), y + lengthM * Math.sin(way), 0]] as Axis
  })
}

describe.each(NETWORKS)('the index of %s', (_, make) => {
  it.each([1, 2])('finds every segment that comes near enough, each once (seed %d)', seed => {
    const random = seededRandom(seed)
    const assets = make(random).map((axis, i): AssetRecord => ({ id: `${i}`, kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis, status: 'in_use', assumed: 0, attributes: {} }))
    const network = buildNetwork(buildAssetColumns(assets, [0, 0, 0]), new Uint16Array(assets.length))
    const inflationM = Float64Array.from(assets, () => random.range(0, 2))
    const { grid } = buildSegmentGrid(network, inflationM)
    const reader = new GridReader(network, grid)
    const pair = newSegmentPair()
    const witness = newWitness()
    /** Plan distance of the segment at v, or of its first vertex alone, from segment b; 0 of what is nowhere. */
    const distance = (v: number, b: number, isVertex: boolean): number => {
      for (let k = 0; k < 6; k++) [pair[k], pair[6 + k]] = [network.xyz[3 * v + (isVertex ? k % 3 : k)]!, network.xyz[6 * b + k]!]
      return pair.some(Number.isNaN) ? 0 : planDistance(pair, witness)
    }
    for (let a = 0; a < assets.length; a += Math.ceil(assets.length / 60)) {
      const v = 2 * a
      const withinM = random.range(0, 3)
      const count = reader.query(v, withinM)
      const found = Array.from({ length: count }, (_, k) => reader.found[k]!)
      expect(new Set(found).size, `once, ${a}`).toBe(count)
      const missedBy = (isVertex: boolean, isFound: ReadonlySet<number>) => assets.flatMap((_, b) => (distance(v, b, isVertex) <= withinM + inflationM[b]! && !isFound.has(2 * b) ? [b] : []))
      expect(missedBy(false, new Set(found)), `segment ${a}`).toEqual([])
      const near = new Set(Array.from({ length: reader.queryVertex(v, withinM) }, (_, k) => reader.found[k]!))
      expect(missedBy(true, near), `vertex ${v}`).toEqual([])
    }
    // Memory stays in proportion whatever lies where.
    expect(grid.entries.length).toBeLessThanOrEqual(24 * assets.length + 4096)
    expect(grid.start.length).toBeLessThanOrEqual(4 * 64 * (8 * assets.length + 1024) + 1)
  })
})
