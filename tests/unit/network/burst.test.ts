import { describe, expect, it } from 'vitest'
import { analyseBurst, type BurstAnswer } from '#shared/network/burst.ts'
import { buildTopology } from '#shared/network/build-topology.ts'
import { valveIds } from '#shared/network/supply.ts'
import type { Topology } from '#shared/network/topology.ts'
import { assetId, buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'
import { randomLattice, STEP_M, type Lattice } from './lattice.ts'

const idOf = (topology: Topology) => (asset: number) => assetId(topology.columns, asset)
const named = (topology: Topology, valves: BurstAnswer['valves']) => valves.flatMap(valve => valveIds(topology, valve, idOf(topology))).sort()

/** Units reached from some units or points, not passing closed points. */
function flood({ units }: Lattice, isClosed: (point: string) => boolean, isStart: (unit: Lattice['units'][number]) => boolean, isBarred: (unit: number) => boolean = () => false): Set<number> {
  const at = new Map<string, number[]>()
  units.forEach(({ ends }, u) => ends.forEach(end => at.set(end, [...(at.get(end) ?? []), u])))
  const found = new Set<number>([...units.keys()].filter(u => !isBarred(u) && isStart(units[u]!)))
  const queue = [...found]
  for (const u of queue) {
    for (const end of units[u]!.ends) {
      if (isClosed(end)) continue
      for (const next of at.get(end)!) if (!found.has(next) && !isBarred(next)) queue.push((found.add(next), next))
    }
  }
  return found
}

const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1)

describe('a burst on a random lattice, against a search over its unit pieces', () => {
  it.each(SEEDS)('seed %i: valves, section, supply and second choices', seed => {
    const lattice = randomLattice(seed)
    const { units, typeAt, assets } = lattice
    if (assets.length === 0) return
    const topology = buildTopology({ columns: buildAssetColumns(assets, [0, 0, 0]), nodes: lattice.nodes })
    const sources = [...typeAt].filter(([point, type]) => (type === 'source' || type === 'tank') && units.some(unit => unit.ends.includes(point))).map(([point]) => point)
    const touches = (points: readonly string[]) => (unit: Lattice['units'][number]) => unit.ends.some(end => points.includes(end))
    for (const [index, { id }] of assets.entries()) {
      const answer = analyseBurst(topology, index)
      const isOf = (unit: Lattice['units'][number]) => unit.asset === id
      const sectionWithout = (failed: string | null) => flood(lattice, point => typeAt.get(point) === 'valve' && point !== failed, isOf)
      const boundary = (section: ReadonlySet<number>, failed: string | null) => {
        const valves = [...typeAt].filter(([point, type]) => type === 'valve' && point !== failed)
        return valves.map(([point]) => point).filter(point => {
          const sides = [...units.keys()].filter(u => units[u]!.ends.includes(point))
          return sides.some(u => section.has(u)) && sides.some(u => !section.has(u))
        })
      }
      const section = sectionWithout(null)
      const shut = boundary(section, null)
      expect(named(topology, answer.valves)).toEqual(shut.map(point => `N@${point}`).sort())
      expect(answer.isolated.map(idOf(topology)).sort()).toEqual([...new Set([...section].map(u => units[u]!.asset))].sort())
      expect(answer.lengthM).toBeCloseTo([...section].reduce((sum, u) => sum + unitLength(units[u]!), 0), 6)

      // Nothing of the burst asset is fed any more, unless a source stands inside.
      const inside = sources.filter(point => [...section].some(u => units[u]!.ends.includes(point)))
      expect(answer.sourcesInside.map(n => topology.nodes[n]!.id).sort()).toEqual(inside.map(point => `N@${point}`).sort())
      const outside = sources.filter(point => !inside.includes(point))
      const fed = flood(lattice, point => shut.includes(point), touches(outside))
      expect([...fed].filter(u => section.has(u))).toEqual([])
      const before = flood(lattice, () => false, touches(sources))
      const lost = [...before].filter(u => !fed.has(u) && !section.has(u)).map(u => units[u]!.asset)
      const isolated = new Set(answer.isolated.map(idOf(topology)))
      expect(answer.outOfSupply.map(idOf(topology)).sort()).toEqual([...new Set(lost)].filter(asset => !isolated.has(asset)).sort())

      // Each of the valves is needed: with it open, the section grows.
      for (const point of shut) expect(flood(lattice, other => shut.includes(other) && other !== point, isOf).size).toBeGreaterThan(section.size)
      expect(answer.alternatives.map(({ failed, valves }) => [named(topology, [failed]), named(topology, valves)])).toEqual(
        answer.alternatives.map(({ failed }) => {
          const point = named(topology, [failed])[0]!.slice(2)
          return [[`N@${point}`], boundary(sectionWithout(point), point).map(other => `N@${other}`).sort()]
        }),
      )
      expect(answer.alternatives).toHaveLength(answer.valves.length)
    }
  })
})

/** The lattice lies on an inclined plane. */
function unitLength({ ends }: Lattice['units'][number]): number {
  const [[x0], [x1]] = ends.map(end => end.split(/[,#]/).map(Number)) as [[number], [number]]
  return Math.hypot(STEP_M, STEP_M * (x0 === x1 ? 0.02 : 0.01))
}

describe('a burst, by hand', () => {
  const line = () =>
    TwinBuilder.with()
      .aPipe('A', [[0, 0, -2], [100, 0, -2]]).aPipe('B', [[100, 0, -2], [200, 0, -2]]).aPipe('C', [[200, 0, -2], [300, 0, -2]])
      .aValve('S', [0, 0, -2], { nodeType: 'source' })
  const burst = (builder: TwinBuilder, id: string) => {
    const { nodes, assets } = builder.build()
    const topology = buildTopology({ columns: builder.buildColumns(), nodes })
    const answer = analyseBurst(topology, assets.findIndex(asset => asset.id === id))
    return { valves: named(topology, answer.valves), isolated: answer.isolated.map(idOf(topology)), out: answer.outOfSupply.map(idOf(topology)), answer }
  }

  it('shuts both sides, and what lies behind loses supply', () => {
    const { valves, isolated, out, answer } = burst(line().aValve('V1', [100, 0, -2]).aValve('V2', [200, 0, -2]), 'B')
    expect({ valves, isolated, out, lengthM: answer.lengthM }).toEqual({ valves: ['V1', 'V2'], isolated: ['B'], out: ['C'], lengthM: 100 })
  })

  it('finds a valve in the middle of a pipe whose level is that of the ground', () => {
    const { valves, isolated, out, answer } = burst(line().aValve('V1', [50, 0.004, 0]).aValve('V2', [200, 0, 0]), 'B')
    expect({ valves, isolated, out, lengthM: answer.lengthM }).toEqual({ valves: ['V1', 'V2'], isolated: ['A', 'B'], out: ['C'], lengthM: 150 })
  })

  it('does not list a valve with both its sides inside the section', () => {
    const { valves } = burst(line().aValve('V1', [100, 0, -2]).aValve('V2', [150, 0, -2]).aValve('V3', [250, 0, -2]), 'B')
    expect(valves).toEqual(['V1', 'V3'])
  })

  it('names a source that no valve separates from the burst', () => {
    const { valves, answer } = burst(line().aValve('V2', [200, 0, -2]), 'B')
    expect(valves).toEqual(['V2'])
    expect(answer.sourcesInside).toHaveLength(1)
  })

  it('keeps the far side fed where it has another source', () => {
    expect(burst(line().aValve('V1', [100, 0, -2]).aValve('V2', [200, 0, -2]).aValve('T', [300, 0, -2], { nodeType: 'tank' }), 'B').out).toEqual([])
  })

  it('takes a pump between pipes for a lift, not a source, where a tank feeds it', () => {
    const { out } = burst(line().aValve('V1', [100, 0, -2]).aValve('V2', [200, 0, -2]).aValve('P', [250, 0, -2], { nodeType: 'pump' }), 'B')
    expect(out).toEqual(['C'])
  })
})
