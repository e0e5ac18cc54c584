import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { buildTopology } from '#shared/network/build-topology.ts'
import type { GravityFlow } from '#shared/network/gravity-flow.ts'
import { EDGE_DEVICES, edgeLengthM, type Topology } from '#shared/network/topology.ts'
import { traceFrom, type TraceDirection } from '#shared/network/trace.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { randomLattice } from './lattice.ts'

const SEEDS = Array.from({ length: 200 }, (_, i) => i + 1)
const SHUT = EDGE_DEVICES.indexOf('shut')

/**
 * By the definition, with no walk: water can go from place p to q along an edge that flows that way or whose way is not
 * known; everything is put in again and again until nothing more comes.
 */
function closure(topology: Topology, asset: number, direction: TraceDirection, ways: Int8Array): Set<number> {
  const passes = (edge: number, from: number): boolean => {
    const along = from === topology.edgeFrom[edge] ? 1 : -1
    const way = direction === 'both' ? 0 : direction === 'down' ? ways[edge]! : -ways[edge]!
    return way === 0 || way === along
  }
  const [edges, places] = [new Set<number>(), new Set<number>()]
  for (let edge = topology.assetEdges[2 * asset]!; edge < topology.assetEdges[2 * asset + 1]!; edge++) {
    edges.add(edge)
    if (passes(edge, topology.edgeFrom[edge]!)) places.add(topology.edgeTo[edge]!)
    if (passes(edge, topology.edgeTo[edge]!)) places.add(topology.edgeFrom[edge]!)
  }
  for (let grows = true; grows; ) {
    const before = edges.size + places.size
    for (let edge = 0; edge < topology.edgeCount; edge++) {
      if (topology.edgeDevice[edge] === SHUT) continue
      for (const [from, to] of [[topology.edgeFrom[edge]!, topology.edgeTo[edge]!], [topology.edgeTo[edge]!, topology.edgeFrom[edge]!]] as const) {
        if (!places.has(from) || !passes(edge, from)) continue
        edges.add(edge)
        places.add(to)
      }
    }
    grows = edges.size + places.size > before
  }
  return edges
}

describe('a trace on a random lattice with random directions and shut lines, against the closure of its definition', () => {
  it.each(SEEDS)('seed %i: up, down and both, from every asset', seed => {
    const { assets, nodes } = randomLattice(seed)
    if (assets.length === 0) return
    const random = seededRandom(1000 + seed)
    const plain = buildTopology({ columns: buildAssetColumns(assets, [0, 0, 0]), nodes })
    const topology = { ...plain, edgeDevice: plain.edgeDevice.map(device => (random.chance(0.08) ? SHUT : device)) }
    const direction = Int8Array.from({ length: topology.edgeCount }, () => random.int(3) - 1)
    const flow = { direction, outfalls: [], adverse: [] } as unknown as GravityFlow
    for (let asset = 0; asset < assets.length; asset++) {
      for (const way of ['up', 'down', 'both'] as const) {
        const trace = traceFrom(topology, asset, way, flow)
        const expected = closure(topology, asset, way, direction)
        expect([...trace.edges].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b))
        expect(trace.lengthM).toBeCloseTo([...expected].reduce((sum, edge) => sum + edgeLengthM(topology, edge), 0), 9)
        if (way !== 'both') expect([...trace.undirected].sort((a, b) => a - b)).toEqual([...expected].filter(edge => direction[edge] === 0).sort((a, b) => a - b))
      }
    }
  })
})
