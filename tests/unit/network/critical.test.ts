import { describe, expect, it } from 'vitest'
import { buildTopology } from '#shared/network/build-topology.ts'
import { criticalAssets } from '#shared/network/critical.ts'
import { sourceNodes, suppliedEdges } from '#shared/network/supply.ts'
import { edgeLengthM, type Topology } from '#shared/network/topology.ts'
import { assetId, buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'
import { randomLattice } from './lattice.ts'

/** Pipe and connections without supply once one edge is taken out, by searching again. */
function lostWithout(topology: Topology, out: number): { lengthM: number; connections: number } {
  const sources = sourceNodes(topology)
  const [before, after] = [suppliedEdges(topology, sources, () => false, () => false), suppliedEdges(topology, sources, () => false, edge => edge === out)]
  let lengthM = 0
  const fed = new Set(sources.map(n => topology.nodePlace[n]!))
  const was = new Set(fed)
  for (let e = 0; e < topology.edgeCount; e++) {
    if (before[e] === 1 && after[e] === 0 && e !== out) lengthM += edgeLengthM(topology, e)
    for (const [set, is] of [[was, before], [fed, after]] as const) if (is[e] === 1) set.add(topology.edgeFrom[e]!).add(topology.edgeTo[e]!)
  }
  const connections = topology.nodes.filter((node, n) => node.nodeType === 'connection' && was.has(topology.nodePlace[n]!) && !fed.has(topology.nodePlace[n]!)).length
  return { lengthM, connections }
}

describe('lines others depend on, against taking each edge out in turn', () => {
  it.each(Array.from({ length: 40 }, (_, i) => i + 1))('seed %i', seed => {
    const lattice = randomLattice(seed)
    if (lattice.assets.length === 0) return
    const nodes = lattice.nodes.map(node => (node.nodeType === 'valve' ? { ...node, nodeType: 'connection' as const } : node))
    const topology = buildTopology({ columns: buildAssetColumns(lattice.assets, [0, 0, 0]), nodes })
    const found = new Map(criticalAssets(topology).map(row => [row.asset, row]))
    for (let asset = 0; asset < lattice.assets.length; asset++) {
      const edges = Array.from({ length: topology.assetEdges[2 * asset + 1]! - topology.assetEdges[2 * asset]! }, (_, k) => lostWithout(topology, topology.assetEdges[2 * asset]! + k))
      const worst = edges.reduce((best, one) => (one.connections > best.connections || (one.connections === best.connections && one.lengthM > best.lengthM) ? one : best), { connections: 0, lengthM: 0 })
      const row = found.get(asset)
      expect(row?.connections ?? 0).toBe(worst.connections)
      expect(row?.lengthM ?? 0).toBeCloseTo(worst.lengthM, 6)
    }
  })
})

it('by hand: of a line of three from one source each carries what lies behind it', () => {
  const builder = TwinBuilder.with().aPipe('A', [[0, 0, 0], [10, 0, 0]]).aPipe('B', [[10, 0, 0], [30, 0, 0]]).aPipe('C', [[30, 0, 0], [35, 0, 0]])
    .aValve('S', [0, 0, 0], { nodeType: 'source' }).aValve('K1', [30, 0, 0], { nodeType: 'connection' }).aValve('K2', [35, 0, 0], { nodeType: 'connection' })
  const topology = buildTopology({ columns: builder.buildColumns(), nodes: builder.build().nodes })
  expect(criticalAssets(topology).map(row => [assetId(topology.columns, row.asset), row.connections, row.lengthM])).toEqual([['A', 2, 25], ['B', 2, 5], ['C', 1, 0]])
})
