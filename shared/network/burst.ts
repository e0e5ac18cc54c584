import { isShutEdge, isValveEdge, sourceNodes, suppliedEdges, valvePlaces, type Valve } from './supply.ts'
import { edgeLengthM, type Topology } from './topology.ts'

/** What shutting off a burst takes and costs. Assets and nodes by index, ascending. */
export interface BurstAnswer {
  readonly valves: readonly Valve[]
  readonly isolated: readonly number[]
  readonly outOfSupply: readonly number[]
  /** Axis length inside the section. */
  readonly lengthM: number
  /** Sources with no valve between them and the burst: they have to be shut themselves. */
  readonly sourcesInside: readonly number[]
  readonly alternatives: readonly { readonly failed: Valve; readonly valves: readonly Valve[]; readonly sourcesInside: readonly number[] }[]
  /** Nodes without supply while the valves are shut. */
  readonly nodesCut: readonly number[]
  /** Whether the network has any valve, or any source, at all. */
  readonly valveCount: number
  readonly sourceCount: number
}

interface Section {
  readonly edges: ReadonlySet<number>
  /** Places reached, valves at the boundary included. */
  readonly places: ReadonlySet<number>
  readonly valves: readonly Valve[]
}

/**
 * Valves to shut around a burst asset. The section is everything connected to any part of the asset without passing a
 * valve; the valves are those of its boundary with something on the other side. The set is minimal in that leaving out any one
 * joins the section to what lies behind that valve; behind some there may be no source, and they are shut all the
 * same, because a burst drains from both sides. A source in the section cannot be shut off by valves, and is named.
 */
export function analyseBurst(topology: Topology, asset: number): BurstAnswer {
  const isValve = valvePlaces(topology)
  const sources = sourceNodes(topology)
  const section = sectionAround(topology, asset, isValve, null)
  const isolated = assetsOf(topology, section.edges)
  const closed = new Set(section.valves)
  const before = suppliedEdges(topology, sources, () => false, () => false)
  const after = suppliedEdges(topology, sources.filter(n => !isInside(topology, section, closed, n)), valve => closed.has(valve), edge => section.edges.has(edge))
  const isolatedSet = new Set(isolated)
  const lost = new Set<number>()
  for (let e = 0; e < topology.edgeCount; e++) {
    if (before[e] === 1 && after[e] === 0 && !section.edges.has(e) && !closed.has(topology.placeCount + e)) lost.add(e)
  }
  let lengthM = 0
  for (const edge of section.edges) lengthM += edgeLengthM(topology, edge)
  const sourcesIn = (found: Section) => sources.filter(n => isInside(topology, found, new Set(found.valves), n))
  return {
    valves: section.valves, isolated, lengthM,
    outOfSupply: assetsOf(topology, lost).filter(a => !isolatedSet.has(a)),
    sourcesInside: sourcesIn(section),
    alternatives: section.valves.map(failed => {
      const wider = sectionAround(topology, asset, isValve, failed)
      return { failed, valves: wider.valves, sourcesInside: sourcesIn(wider) }
    }),
    nodesCut: nodesWithout(topology, closed, edge => section.edges.has(edge) || lost.has(edge)),
    valveCount: isValve.reduce((sum, one) => sum + one, 0) + [...topology.edgeDevice.keys()].filter(e => isValveEdge(topology, e)).length,
    sourceCount: sources.length,
  }
}

const isInside = (topology: Topology, section: Section, closed: ReadonlySet<Valve>, node: number): boolean =>
  section.places.has(topology.nodePlace[node]!) && !closed.has(topology.nodePlace[node]!)

/** @param failed A valve that cannot be shut. */
function sectionAround(topology: Topology, asset: number, isValve: Uint8Array, failed: Valve | null): Section {
  const edges = new Set<number>()
  const places = new Set<number>()
  const valveEdges = new Set<number>()
  const stack: number[] = []
  const enter = (edge: number): void => {
    edges.add(edge)
    for (const place of [topology.edgeFrom[edge]!, topology.edgeTo[edge]!]) {
      if (places.has(place)) continue
      places.add(place)
      if (isValve[place] === 0 || place === failed) stack.push(place)
    }
  }
  for (let e = topology.assetEdges[asset]!; e < topology.assetEdges[asset + 1]!; e++) enter(e)
  while (stack.length > 0) {
    const place = stack.pop()!
    for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
      const edge = topology.incident[k]!
      if (edges.has(edge) || isShutEdge(topology, edge)) continue
      if (isValveEdge(topology, edge) && topology.placeCount + edge !== failed) valveEdges.add(edge)
      else enter(edge)
    }
  }
  // A valve with both its sides inside changes nothing: it is part of the section.
  for (const edge of valveEdges) {
    if (!places.has(topology.edgeFrom[edge]!) || !places.has(topology.edgeTo[edge]!)) continue
    valveEdges.delete(edge)
    edges.add(edge)
  }
  const hasOtherSide = (place: number): boolean => {
    for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
      const edge = topology.incident[k]!
      if (!edges.has(edge) && !isShutEdge(topology, edge)) return true
    }
    return false
  }
  const atPlaces = [...places].filter(place => isValve[place] === 1 && place !== failed && hasOtherSide(place))
  return { edges, places, valves: [...atPlaces, ...[...valveEdges].map(edge => topology.placeCount + edge)].sort((a, b) => a - b) }
}

function assetsOf(topology: Topology, edges: Iterable<number>): number[] {
  const assets = new Set<number>()
  for (const edge of edges) if (topology.edgeAsset[edge]! >= 0) assets.add(topology.edgeAsset[edge]!)
  return [...assets].sort((a, b) => a - b)
}

/** Nodes all of whose edges are without supply. A shut valve itself is not counted. */
function nodesWithout(topology: Topology, closed: ReadonlySet<Valve>, isDry: (edge: number) => boolean): number[] {
  const found: number[] = []
  topology.nodes.forEach((_, n) => {
    const place = topology.nodePlace[n]!
    if (place < 0 || closed.has(place)) return
    const [from, to] = [topology.incidentStart[place]!, topology.incidentStart[place + 1]!]
    if (to > from && topology.incident.subarray(from, to).every(isDry)) found.push(n)
  })
  return found
}
