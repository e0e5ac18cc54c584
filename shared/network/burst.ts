import { BurstSections, type Section } from './burst-section.ts'
import { suppliedEdges, supplyOf, type Valve } from './supply.ts'
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

/**
 * Valves to shut around a burst asset. The section is everything connected to any part of the asset without passing a
 * valve; the valves are those of its boundary with something on the other side. The set is minimal in that leaving out any one
 * joins the section to what lies behind that valve; behind some there may be no source, and they are shut all the
 * same, because a burst drains from both sides. A source in the section cannot be shut off by valves, and is named.
 */
export function analyseBurst(topology: Topology, asset: number): BurstAnswer {
  const { isValve, sources, fed: before, valveCount } = supplyOf(topology)
  const sections = new BurstSections(topology, asset, isValve)
  const section = sections.first()
  const isolated = assetsOf(topology, section.edges)
  const closed = new Set(section.valves)
  const after = suppliedEdges(topology, sources.filter(n => !isInside(topology, section, closed, n)), valve => closed.has(valve), section.hasEdge)
  const isolatedSet = new Set(isolated)
  const isLost = new Uint8Array(topology.edgeCount)
  const lost: number[] = []
  for (let e = 0; e < topology.edgeCount; e++) {
    if (before[e] === 0 || after[e] === 1 || section.hasEdge(e) || closed.has(topology.placeCount + e)) continue
    isLost[e] = 1
    lost.push(e)
  }
  const lengthM = section.edges.reduce((sum, edge) => sum + edgeLengthM(topology, edge), 0)
  const sourcesIn = (found: Section) => {
    const valves = new Set(found.valves)
    return sources.filter(n => isInside(topology, found, valves, n))
  }
  return {
    valves: section.valves, isolated, lengthM,
    outOfSupply: assetsOf(topology, lost).filter(a => !isolatedSet.has(a)),
    sourcesInside: sourcesIn(section),
    nodesCut: nodesWithout(topology, closed, [...section.edges, ...lost], edge => section.hasEdge(edge) || isLost[edge] === 1),
    // Last: a wider section takes the place of the one before.
    alternatives: section.valves.map(failed => {
      const wider = sections.without(failed)
      return { failed, valves: wider.valves, sourcesInside: sourcesIn(wider) }
    }),
    valveCount, sourceCount: sources.length,
  }
}

const isInside = (topology: Topology, section: Section, closed: ReadonlySet<Valve>, node: number): boolean =>
  section.hasPlace(topology.nodePlace[node]!) && !closed.has(topology.nodePlace[node]!)

function assetsOf(topology: Topology, edges: Iterable<number>): number[] {
  const assets = new Set<number>()
  for (const edge of edges) if (topology.edgeAsset[edge]! >= 0) assets.add(topology.edgeAsset[edge]!)
  return [...assets].sort((a, b) => a - b)
}

/** Nodes all of whose edges are without supply, ascending. A shut valve itself is not counted. @param dry Those edges. */
function nodesWithout({ edgeFrom, edgeTo, incident, incidentStart, nodesAt, nodesAtStart }: Topology, closed: ReadonlySet<Valve>, dry: readonly number[], isDry: (edge: number) => boolean): number[] {
  const found: number[] = []
  for (const place of new Set(dry.flatMap(edge => [edgeFrom[edge]!, edgeTo[edge]!]))) {
    if (!closed.has(place) && incident.subarray(incidentStart[place]!, incidentStart[place + 1]!).every(isDry)) found.push(...nodesAt.subarray(nodesAtStart[place]!, nodesAtStart[place + 1]!))
  }
  return found.sort((a, b) => a - b)
}
