import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { buildTopology } from '#shared/network/build-topology.ts'
import { componentsOf, nearestNodes, openEnds, pathTo, placesOfAsset, unjoinedNodes, walkFrom } from '#shared/network/connectivity.ts'
import { loopsOf } from '#shared/network/loops.ts'
import { edgeLengthM, type Topology } from '#shared/network/topology.ts'
import { assetId, buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'
import { randomLattice } from './lattice.ts'

function topologyOf(builder: TwinBuilder, options: { toleranceM?: number; origin?: Vec3 } = {}): Topology {
  return buildTopology({ columns: builder.buildColumns(options.origin), nodes: builder.build().nodes, ...(options.toleranceM !== undefined && { toleranceM: options.toleranceM }) })
}

/** Ids of the assets of each connected part, sorted. */
function parts(topology: Topology): string[][] {
  const { ofPlace } = componentsOf(topology)
  const found = new Map<number, Set<string>>()
  for (let e = 0; e < topology.edgeCount; e++) {
    const part = ofPlace[topology.edgeFrom[e]!]!
    found.set(part, (found.get(part) ?? new Set()).add(assetId(topology.columns, topology.edgeAsset[e]!)))
  }
  return [...found.values()].map(set => [...set].sort()).sort((a, b) => (a[0]! < b[0]! ? -1 : 1))
}

describe('what joins', () => {
  const pair = (gapM: number, gapZ = 0) => TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]]).aPipe('B', [[50 + gapM, 0, -2 + gapZ], [90, 0, -2]])

  it.each([
    ['ends within the tolerance', 0.009, 0, 1],
    ['ends just beyond it', 0.0101, 0, 2],
    ['ends apart in level', 0, 0.02, 2],
    ['ends within it in space', 0.006, 0.006, 1],
  ])('%s', (_, gapM, gapZ, count) => {
    expect(parts(topologyOf(pair(gapM, gapZ)))).toHaveLength(count)
  })

  it('an end on the axis of another, which is cut there', () => {
    const topology = topologyOf(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]]).aPipe('B', [[20, 0.005, -2], [20, 30, -2]]))
    expect(topology.edgeCount).toBe(3)
    expect([...topology.edgeEndM.subarray(0, 2)].map(m => Number(m.toFixed(6)))).toEqual([20, 50])
  })

  it('lines that only pass each other do not join', () => {
    expect(parts(topologyOf(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]]).aPipe('B', [[20, -10, -2], [20, 30, -2]])))).toEqual([['A'], ['B']])
  })

  it('water does not join gas, but foul joins storm', () => {
    const cross = (kind: 'gas' | 'sewer_foul', other: 'water' | 'sewer_storm') =>
      parts(topologyOf(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]], { kind }).aPipe('B', [[50, 0, -2], [60, 0, -2]], { kind: other })))
    expect(cross('gas', 'water')).toHaveLength(2)
    expect(cross('sewer_foul', 'sewer_storm')).toHaveLength(1)
  })

  it('a manhole joins the pipes that end within it at any level, and not the one that runs under it', () => {
    const topology = topologyOf(
      TwinBuilder.with().aPipe('A', [[0, 0, -2], [49.6, 0, -2]], { kind: 'sewer_foul' }).aPipe('B', [[50.4, 0, -4], [90, 0, -4.2]], { kind: 'sewer_foul' })
        .aPipe('C', [[50, -20, -7], [50, 20, -7]], { kind: 'sewer_foul' }).aManhole('M', [50, 0, 0], { diameterM: 1 }),
    )
    expect(parts(topology)).toEqual([['A', 'B'], ['C']])
  })

  it('a fitting sits on the line at its level alone, else on the nearest', () => {
    const stacked = (z: number) => {
      const topology = topologyOf(TwinBuilder.with().aPipe('TOP', [[0, 0, -1], [50, 0, -1]]).aPipe('LOW', [[0, 0, -3], [50, 0, -3]]).aValve('V', [25, 0, z]))
      return [0, 1].map(a => topology.assetEdges[2 * a + 1]! - topology.assetEdges[2 * a]!)
    }
    expect(stacked(-3)).toEqual([1, 2])
    expect(stacked(0)).toEqual([2, 1])
  })

  it('a valve in the middle of an upright pipe', () => {
    const topology = topologyOf(TwinBuilder.with().aPipe('A', [[0, 0, -4], [0, 0, 0]]).aValve('V', [0, 0, -1]))
    expect([...topology.edgeEndM].map(m => Number(m.toFixed(6)))).toEqual([3, 4])
  })

  it('a node of unknown kind joins what it lies on', () => {
    const topology = topologyOf(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]], { kind: 'gas' }).aValve('V', [25, 0, -2], { kind: 'unknown' }))
    expect(topology.edgeCount).toBe(2)
  })

  it('tells near misses of open ends, and no stub that is joined', () => {
    const topology = topologyOf(
      TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]]).aPipe('MISS', [[20, 0.3, -2], [20, 30, -2]]).aPipe('STUB', [[30, 0, -2], [30, 0.4, -2]]).aPipe('FAR', [[40, 0.6, -2], [40, 30, -2]]),
    )
    expect(topology.nearMisses.map(miss => [assetId(topology.columns, miss.asset), miss.end, assetId(topology.columns, miss.other), Number(miss.gapM.toFixed(6))])).toEqual([['MISS', 'start', 'A', 0.3]])
  })

  it('leaves out what is not in use, and says how many', () => {
    const topology = topologyOf(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]]).aPipe('B', [[50, 0, -2], [60, 0, -2]], { status: 'abandoned' }))
    expect([topology.edgeCount, topology.unusedCount]).toEqual([1, 1])
  })

  it('lists nodes on which nothing lies, and open ends', () => {
    const topology = topologyOf(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]]).aValve('V', [0, 0, 0]).aValve('LOST', [10, 10, 0]))
    expect(unjoinedNodes(topology)).toEqual(['LOST'])
    expect(openEnds(topology)).toHaveLength(1)
  })

  it('survives a coordinate slip of a thousand kilometres', () => {
    const topology = topologyOf(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]]).aPipe('SLIP', [[50, 0, -2], [1e6, 2e6, -2]]).aPipe('B', [[0, 0, -2], [0, 40, -2]]))
    expect(parts(topology)).toEqual([['A', 'B', 'SLIP']])
  })
})

describe('a random lattice, against its unit pieces', () => {
  it.each(Array.from({ length: 25 }, (_, i) => i + 101))('seed %i: parts, loops, distances, order of input and distance from the origin', seed => {
    const { assets, nodes, units } = randomLattice(seed)
    if (assets.length === 0) return
    const topology = buildTopology({ columns: buildAssetColumns(assets, [0, 0, 0]), nodes })
    const neighbours = new Map<string, string[]>()
    for (const { ends: [from, to] } of units) {
      neighbours.set(from, [...(neighbours.get(from) ?? []), to])
      neighbours.set(to, [...(neighbours.get(to) ?? []), from])
    }
    const partOf = new Map<string, string>()
    for (const first of neighbours.keys()) {
      if (partOf.has(first)) continue
      const queue = [first]
      partOf.set(first, first)
      for (const point of queue) for (const next of neighbours.get(point)!) if (!partOf.has(next)) queue.push((partOf.set(next, first), next))
    }
    const expected = new Map<string, Set<string>>()
    for (const { asset, ends } of units) expected.set(partOf.get(ends[0])!, (expected.get(partOf.get(ends[0])!) ?? new Set()).add(asset))
    expect(parts(topology)).toEqual([...expected.values()].map(set => [...set].sort()).sort((a, b) => (a[0]! < b[0]! ? -1 : 1)))
    // Independent cycles of a graph: edges − points + parts.
    expect(loopsOf(topology).reduce((sum, loop) => sum + loop.cycles, 0)).toBe(units.length - neighbours.size + new Set(partOf.values()).size)

    const random = seededRandom(seed)
    const [from, to] = [random.int(assets.length), random.int(assets.length)]
    const goals = new Set(placesOfAsset(topology, to))
    const reached = walkFrom(topology, placesOfAsset(topology, from))
    const best = Math.min(...[...goals].map(place => reached.distanceM[place]!))
    const goal = [...goals].find(place => reached.distanceM[place] === best)!
    const way = pathTo(topology, reached, goal)
    expect(way === null).toBe(partOf.get(units.find(unit => unit.asset === assets[from]!.id)!.ends[0]) !== partOf.get(units.find(unit => unit.asset === assets[to]!.id)!.ends[0]))
    if (way) expect(way.reduce((sum, edge) => sum + edgeLengthM(topology, edge), 0)).toBeCloseTo(best, 9)

    const far: Vec3 = [3_600_000, 4_500_000, 0]
    const moved = assets.map(asset => ({ ...asset, axis: [...asset.axis].reverse().map(([x, y, z]): Vec3 => [x + far[0], y + far[1], z]) })).reverse()
    const movedNodes = nodes.map(node => ({ ...node, at: [node.at[0] + far[0], node.at[1] + far[1], node.at[2]] as Vec3 })).reverse()
    expect(parts(buildTopology({ columns: buildAssetColumns(moved, far), nodes: movedNodes }))).toEqual(parts(topology))
  })
})

it('finds the nearest valve along the pipes, not through the air', () => {
  const topology = topologyOf(
    TwinBuilder.with().aPipe('A', [[0, 0, -2], [100, 0, -2]]).aPipe('B', [[100, 0, -2], [100, 10, -2], [0, 10, -2]]).aValve('NEAR', [0, 10, -2]).aValve('ALONG', [60, 0, -2]),
  )
  expect(nearestNodes(topology, 1, ['valve'])).toEqual([{ id: 'NEAR', distanceM: 0 }])
  expect(nearestNodes(topology, 0, ['hydrant', 'valve'])).toEqual([null, { id: 'ALONG', distanceM: 0 }])
})
