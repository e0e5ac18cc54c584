import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { buildTopology } from '#shared/network/build-topology.ts'
import { BurstSections } from '#shared/network/burst-section.ts'
import { supplyOf } from '#shared/network/supply.ts'
import { EDGE_DEVICES, type Topology } from '#shared/network/topology.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { randomLattice } from './lattice.ts'

const [VALVE, SHUT] = ['valve', 'shut'].map(device => EDGE_DEVICES.indexOf(device as 'valve')) as [number, number]

/** By the definition, with no walk: edges are put in again and again until nothing more comes. */
function closure(topology: Topology, asset: number, isValve: Uint8Array, failed: number | null): { edges: number[]; valves: number[] } {
  const { edgeFrom, edgeTo, edgeDevice, edgeAsset, edgeCount, placeCount } = topology
  const all = Array.from({ length: edgeCount }, (_, e) => e)
  const inside = new Set(all.filter(e => edgeAsset[e] === asset))
  const ends = (e: number) => [edgeFrom[e]!, edgeTo[e]!]
  const touched = () => new Set([...inside].flatMap(ends))
  const isOpen = (place: number) => isValve[place] === 0 || place === failed
  const stops = (e: number) => edgeDevice[e] === SHUT || (edgeDevice[e] === VALVE && placeCount + e !== failed)
  for (let size = -1; size !== inside.size; ) {
    size = inside.size
    const places = touched()
    for (const e of all) if (!stops(e) && ends(e).some(place => places.has(place) && isOpen(place))) inside.add(e)
  }
  const places = touched()
  const met = all.filter(e => edgeDevice[e] === VALVE && !inside.has(e) && ends(e).some(place => places.has(place) && isOpen(place)))
  for (const e of met) if (ends(e).every(place => places.has(place))) inside.add(e)
  const atPlaces = [...places].filter(place => !isOpen(place) && all.some(e => ends(e).includes(place) && !inside.has(e) && edgeDevice[e] !== SHUT))
  return { edges: [...inside].sort((a, b) => a - b), valves: [...atPlaces, ...met.filter(e => !inside.has(e)).map(e => placeCount + e)].sort((a, b) => a - b) }
}

describe('sections of a random lattice whose valves are places and links, against the closure of their definition', () => {
  it.each(Array.from({ length: 60 }, (_, i) => i + 1))('seed %i: the first, and the one with each valve failed, from every asset', seed => {
    const { assets, nodes } = randomLattice(seed)
    if (assets.length === 0) return
    const random = seededRandom(500 + seed)
    const plain = buildTopology({ columns: buildAssetColumns(assets, [0, 0, 0]), nodes })
    const topology = { ...plain, edgeDevice: plain.edgeDevice.map(device => (random.chance(0.1) ? VALVE : random.chance(0.05) ? SHUT : device)) }
    const isValve = supplyOf(topology).isValve
    for (let asset = 0; asset < assets.length; asset++) {
      const sections = new BurstSections(topology, asset, isValve)
      const sorted = ({ edges, valves }: { readonly edges: readonly number[]; readonly valves: readonly number[] }) => ({ edges: [...edges].sort((a, b) => a - b), valves: [...valves] })
      const first = sections.first()
      expect(sorted(first)).toEqual(closure(topology, asset, isValve, null))
      for (const failed of first.valves) expect(sorted(sections.without(failed))).toEqual(closure(topology, asset, isValve, failed))
      // Asking about failures leaves the first as it was.
      expect(sorted(sections.first())).toEqual(closure(topology, asset, isValve, null))
    }
  })
})
