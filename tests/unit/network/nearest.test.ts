import { describe, expect, it } from 'vitest'
import { buildTopology } from '#shared/network/build-topology.ts'
import { nearestNodes, pathTo, placesOfAsset, walkFrom } from '#shared/network/connectivity.ts'
import { edgeLengthM } from '#shared/network/topology.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { randomLattice, type Lattice } from './lattice.ts'

const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1)

/** Distances from all points of a pipe where something meets, by relaxing every unit piece until nothing changes: no queue, no order. */
function relaxed({ units, assets }: Lattice, asset: string): Map<string, number> {
  const axes = new Map(assets.map(({ id, axis }) => [id, axis]))
  const lengthOf = (id: string, count: number): number => {
    const [a, b] = [axes.get(id)![0]!, axes.get(id)!.at(-1)!]
    return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]) / count
  }
  const counts = new Map<string, number>()
  for (const unit of units) counts.set(unit.asset, (counts.get(unit.asset) ?? 0) + 1)
  const distance = new Map<string, number>()
  for (const unit of units) if (unit.asset === asset) for (const end of unit.ends) if (!end.includes('#')) distance.set(end, 0)
  for (let changed = true; changed; ) {
    changed = false
    for (const { asset: id, ends } of units) {
      for (const [from, to] of [ends, [ends[1], ends[0]]] as const) {
        const through = (distance.get(from) ?? Infinity) + lengthOf(id, counts.get(id)!)
        if (through < (distance.get(to) ?? Infinity) - 1e-12) {
          distance.set(to, through)
          changed = true
        }
      }
    }
  }
  return distance
}

describe('the nearest valve and the shortest way on a random lattice, against relaxation of its unit pieces', () => {
  it.each(SEEDS)('seed %i: from every pipe', seed => {
    const lattice = randomLattice(seed)
    if (lattice.assets.length === 0) return
    const topology = buildTopology({ columns: buildAssetColumns(lattice.assets, [0, 0, 0]), nodes: lattice.nodes })
    const pointOf = (place: number): string => `${Math.round(topology.placeXyz[3 * place]!)},${Math.round(topology.placeXyz[3 * place + 1]!)}`
    for (const [asset, { id }] of lattice.assets.entries()) {
      const distance = relaxed(lattice, id)
      const types = ['valve', 'source', 'hydrant'] as const
      const nearest = nearestNodes(topology, asset, types)
      for (const [k, type] of types.entries()) {
        const least = [...lattice.typeAt].filter(([, its]) => its === type).reduce((low, [point]) => Math.min(low, distance.get(point) ?? Infinity), Infinity)
        const found = nearest[k]!
        if (least === Infinity) expect(found, `${id} ${type}`).toBeNull()
        else {
          expect(found!.distanceM, `${id} ${type}`).toBeCloseTo(least, 9)
          expect(distance.get(found!.id.slice('N@'.length)), `${id} ${type}`).toBeCloseTo(least, 9)
        }
      }
      const reached = walkFrom(topology, placesOfAsset(topology, asset))
      for (let place = 0; place < topology.placeCount; place++) {
        const expected = distance.get(pointOf(place)) ?? Infinity
        const path = pathTo(topology, reached, place)
        if (expected === Infinity) expect(path, `${id} to ${pointOf(place)}`).toBeNull()
        else expect(path!.reduce((sum, edge) => sum + edgeLengthM(topology, edge), 0), `${id} to ${pointOf(place)}`).toBeCloseTo(expected, 9)
      }
    }
  })
})
