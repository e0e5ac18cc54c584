import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { buildTopology } from '#shared/network/build-topology.ts'
import { crossConnections } from '#shared/network/cross-connections.ts'
import { flowIssues, lineFlow } from '#shared/network/flow-issues.ts'
import { FLOW_SOURCES, gravityFlow } from '#shared/network/gravity-flow.ts'
import { nodesOf, type Topology } from '#shared/network/topology.ts'
import { traceFrom, type TraceDirection } from '#shared/network/trace.ts'
import { flowArrows } from '#shared/hazards/analysis/outcome-parts.ts'
import { assetId } from '#shared/twin/asset-columns.ts'
import { ASSUMED, type Vec3 } from '#shared/twin/asset.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const sewer = { kind: 'sewer_foul' as const }
const topologyOf = (builder: TwinBuilder): Topology => buildTopology({ columns: builder.buildColumns(), nodes: builder.build().nodes })
const outfall = (builder: TwinBuilder, at: Vec3, kind: AssetKind = 'sewer_foul') => builder.aManhole('OUT', at, { nodeType: 'outfall', kind })

function trace(topology: Topology, id: string, direction: TraceDirection): string[] {
  const asset = Array.from({ length: topology.columns.count }, (_, a) => a).find(a => assetId(topology.columns, a) === id)!
  return [...new Set([...traceFrom(topology, asset, direction, gravityFlow(topology)).edges].map(edge => assetId(topology.columns, topology.edgeAsset[edge]!)))].sort()
}

describe('flow by levels', () => {
  /** A and B run into C, which runs out; D goes off from C's end uphill. */
  const tree = () =>
    TwinBuilder.with()
      .aPipe('A', [[0, 0, -2], [50, 0, -3]], sewer).aPipe('B', [[50, 0, -3], [50, 50, -2.5]], sewer)
      .aPipe('C', [[50, 0, -3], [100, 0, -4]], sewer)

  it('runs down whichever way the pipe was drawn', () => {
    const flow = gravityFlow(topologyOf(outfall(tree(), [100, 0, 0])))
    expect([...flow.direction]).toEqual([1, -1, 1])
    expect(flow.adverse).toEqual([])
    expect(flow.outfalls).toHaveLength(1)
  })

  it('traces up and down', () => {
    const topology = topologyOf(outfall(tree(), [100, 0, 0]))
    expect(trace(topology, 'C', 'up')).toEqual(['A', 'B', 'C'])
    expect(trace(topology, 'C', 'down')).toEqual(['C'])
    expect(trace(topology, 'A', 'down')).toEqual(['A', 'C'])
    expect(trace(topology, 'A', 'both')).toEqual(['A', 'B', 'C'])
  })

  it('keeps to the way out through a pipe that rises, and lists it', () => {
    const flow = gravityFlow(topologyOf(outfall(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -3]], sewer).aPipe('B', [[100, 0, -2.8], [50, 0, -3]], sewer).aPipe('C', [[100, 0, -2.8], [150, 0, -4]], sewer), [150, 0, 0])))
    expect([...flow.direction]).toEqual([1, -1, 1])
    expect(flow.adverse).toHaveLength(1)
    expect(flow.adverse[0]).toMatchObject({ asset: 1, fromM: 0 })
    expect(flow.adverse[0]!.riseM).toBeCloseTo(0.2, 9)
    expect(flow.adverse[0]!.slopeRatio).toBeCloseTo(0.004, 9)
  })

  it('finds a sag inside one pipe', () => {
    const flow = gravityFlow(topologyOf(outfall(TwinBuilder.with().aPipe('A', [[0, 0, -2], [20, 0, -3], [40, 0, -2.5], [80, 0, -4]], sewer), [80, 0, 0])))
    expect(flow.adverse.map(({ fromM, toM, riseM }) => [fromM, toM, riseM].map(v => Number(v.toFixed(3))))).toEqual([[20.025, 40.031, 0.5]])
  })

  it('splits a pipe that falls to both sides of a tee', () => {
    const topology = topologyOf(
      TwinBuilder.with().aPipe('R', [[0, 0, -4], [50, 0, -2], [100, 0, -4]], sewer).aPipe('IN', [[50, 30, -1], [50, 0, -2]], sewer)
        .aManhole('O1', [0, 0, 0], { nodeType: 'outfall' }).aManhole('O2', [100, 0, 0], { nodeType: 'outfall' }),
    )
    expect([...gravityFlow(topology).direction]).toEqual([-1, 1, 1])
    expect(trace(topology, 'IN', 'down')).toEqual(['IN', 'R'])
  })

  it('takes the lowest end for the way out where no outfall is known, and says it is assumed', () => {
    const topology = topologyOf(tree())
    const { outfalls, direction } = gravityFlow(topology)
    expect(outfalls.map(({ isAssumed }) => isAssumed)).toEqual([true])
    expect(topology.placeXyz[3 * outfalls[0]!.place + 2]).toBe(-4)
    expect([...direction]).toEqual([1, -1, 1])
  })

  it('says nothing of pressure pipes and passes level ones on the way out', () => {
    const flow = gravityFlow(topologyOf(outfall(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]], sewer).aPipe('W', [[0, 9, -2], [50, 9, -4]], { kind: 'water' }), [50, 0, 0])))
    expect([...flow.direction]).toEqual([1, 0])
    expect(flow.adverse).toEqual([])
  })

  it('finds where foul meets storm, and not where combined takes both', () => {
    const at = (kind: AssetKind) => crossConnections(topologyOf(tree().aPipe('X', [[50, 0, -3], [50, -40, -2]], { kind }).aManhole('M', [50, 0, 0])))
    expect(at('sewer_combined')).toEqual([])
    const [only, more] = at('sewer_storm')
    expect(more).toBeUndefined()
    expect(only).toMatchObject({ foul: [0, 1, 2], storm: [3] })
  })
})

describe('flow as surveyed', () => {
  const surveyed = (builder: TwinBuilder, ...ways: number[]): Topology => buildTopology({ columns: builder.buildColumns(), nodes: builder.build().nodes, surveyedWays: Int8Array.from(ways) })
  const sources = (topology: Topology) => [...gravityFlow(topology).source].map(source => FLOW_SOURCES[source])
  /** Three level pipes in a row: their levels say nothing. */
  const level = () => TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -2]], sewer).aPipe('B', [[100, 0, -2], [50, 0, -2]], sewer).aPipe('C', [[100, 0, -2], [150, 0, -2]], sewer)

  it('holds where levels say nothing, and the way out follows it', () => {
    const topology = surveyed(level(), 0, 1, -1)
    expect([...gravityFlow(topology).direction]).toEqual([-1, 1, -1])
    expect(sources(topology)).toEqual(['levels', 'survey', 'survey'])
    // The end that the survey says water goes to is the way out, not the one it comes from.
    expect(gravityFlow(topology).outfalls.map(({ place }) => topology.placeXyz[3 * place])).toEqual([0])
    expect(trace(topology, 'C', 'down')).toEqual(['A', 'B', 'C'])
  })

  it('holds against the levels, and says so with what it climbs', () => {
    const topology = surveyed(outfall(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -3]], sewer).aPipe('B', [[50, 0, -3], [100, 0, -3.4]], sewer), [100, 0, 0]), 1, -1)
    const { direction, contradictions, adverse } = gravityFlow(topology)
    expect([...direction]).toEqual([1, -1])
    expect(contradictions).toEqual([{ asset: 1, riseM: expect.closeTo(0.4, 9) as unknown }])
    expect(adverse.map(({ asset, riseM }) => [asset, Number(riseM.toFixed(9))])).toEqual([[1, 0.4]])
    expect(flowIssues(topology, gravityFlow(topology))).toEqual([{ code: 'flow_against_levels', severity: 'warning', ref: 'B', context: { riseM: 0.4 } }])
    expect(trace(topology, 'A', 'down')).toEqual(['A'])
  })

  it('says what a line’s direction stands on: of its stretches the least trusted', () => {
    const topology = surveyed(TwinBuilder.with().aPipe('A', [[0, 0, -2], [100, 0, -2.001]], { ...sewer, assumed: ASSUMED.level }).aPipe('T', [[50, 40, -1], [50, 0, -2.0005]], sewer).aManhole('OUT', [100, 0, 0], { nodeType: 'outfall' }), 0, 1)
    expect(lineFlow(topology, gravityFlow(topology), 0)).toEqual({ direction: 'forward', source: 'assumed_levels' })
    expect(lineFlow(topology, gravityFlow(topology), 1)).toEqual({ direction: 'forward', source: 'survey' })
  })

  it.each(Array.from({ length: 20 }, (_, i) => i + 1))('seed %i: a tree surveyed against all its levels is traced as surveyed, and every pipe is told', seed => {
    const random = seededRandom(seed)
    const builder = TwinBuilder.with()
    const parent: number[] = [-1]
    const points: Vec3[] = [[0, 0, 0]]
    const ways: number[] = []
    for (let i = 1; i <= 30; i++) {
      const to = random.int(i)
      parent.push(to)
      const [x, y, z] = points[to]!
      // Upside down: each pipe climbs to its parent.
      points.push([x + random.range(20, 60) * (random.chance(0.5) ? 1 : -1) + i * 1e-3, y + random.range(20, 60) + i * 1e-3, z - random.range(0.1, 1)])
      const isTurned = random.chance(0.5)
      builder.aPipe(`P${i}`, isTurned ? [points[to]!, points[i]!] : [points[i]!, points[to]!], sewer)
      ways.push(isTurned ? -1 : 1)
    }
    points.forEach(([x, y, z], i) => builder.aManhole(`M${i}`, [x, y, z + 2], i === 0 ? { nodeType: 'outfall', diameterM: 0.7 } : { diameterM: 0.7 }))
    const topology = surveyed(builder, ...ways)
    const downOf = (i: number): number[] => (i === 0 ? [] : [i, ...downOf(parent[i]!)])
    for (let i = 1; i <= 30; i++) expect(trace(topology, `P${i}`, 'down')).toEqual(downOf(i).map(k => `P${k}`).sort())
    expect(gravityFlow(topology).contradictions).toHaveLength(30)
  })
})

describe('a random sewer tree laid to a fall', () => {
  it.each(Array.from({ length: 20 }, (_, i) => i + 1))('seed %i: every pipe drains to its parent, up and down traces are the subtree and the way out', seed => {
    const random = seededRandom(seed)
    const builder = TwinBuilder.with()
    const parent: number[] = [-1]
    const points: Vec3[] = [[0, 0, 0]]
    for (let i = 1; i <= 40; i++) {
      const to = random.int(i)
      parent.push(to)
      const [x, y, z] = points[to]!
      points.push([x + random.range(20, 60) * (random.chance(0.5) ? 1 : -1) + i * 1e-3, y + random.range(20, 60) + i * 1e-3, z + random.range(0.1, 1)])
      const axis = [points[i]!, points[to]!]
      builder.aPipe(`P${i}`, random.chance(0.5) ? axis : axis.reverse(), sewer)
    }
    points.forEach(([x, y, z], i) => builder.aManhole(`M${i}`, [x, y, z + 2], i === 0 ? { nodeType: 'outfall', diameterM: 0.7 } : { diameterM: 0.7 }))
    const topology = topologyOf(builder)
    const flow = gravityFlow(topology)
    expect(flow.adverse).toEqual([])
    const downOf = (i: number): number[] => (i === 0 ? [] : [i, ...downOf(parent[i]!)])
    for (let i = 1; i <= 40; i++) {
      const edge = topology.assetEdges[2 * (i - 1)]!
      const end = flow.direction[edge] === 1 ? topology.edgeTo[edge]! : topology.edgeFrom[edge]!
      expect(nodesOf(topology, end).map(node => node.id)).toContain(`M${parent[i]!}`)
      expect(trace(topology, `P${i}`, 'down')).toEqual(downOf(i).map(k => `P${k}`).sort())
      const above = Array.from({ length: 40 }, (_, k) => k + 1).filter(k => downOf(k).includes(i))
      expect(trace(topology, `P${i}`, 'up')).toEqual(above.map(k => `P${k}`).sort())
    }
  })
})

describe('arrows of flow', () => {
  it('stand in the middle of each stretch and point the way it flows, however it was drawn', () => {
    const topology = topologyOf(outfall(TwinBuilder.with().aPipe('A', [[0, 0, -2], [50, 0, -3]], sewer).aPipe('B', [[50, 30, -3.3], [50, 10, -3.1], [50, 0, -3]], sewer), [50, 30, 0]))
    const arrows = flowArrows(topology, gravityFlow(topology).direction)
    // B was drawn against the flow; 30 m long in plan, its middle lies 15 m up.
    expect(arrows.map(value => Number(value.toFixed(2)))).toEqual([25, 0, -2.5, 1, 0, 50, 15, -3.15, 0, 1])
  })
})
