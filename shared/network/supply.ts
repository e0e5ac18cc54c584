import { componentsOf } from './connectivity.ts'
import { degreeOf, EDGE_DEVICES, otherPlace, type Topology } from './topology.ts'

const VALVE = EDGE_DEVICES.indexOf('valve')
const SHUT = EDGE_DEVICES.indexOf('shut')

/** A valve is a place where valve nodes stand, or an edge that is one: place, or placeCount + edge. */
export type Valve = number

export const isValveEdge = (topology: Topology, edge: number): boolean => topology.edgeDevice[edge] === VALVE
export const isShutEdge = (topology: Topology, edge: number): boolean => topology.edgeDevice[edge] === SHUT

/** What every burst of a graph asks again. */
interface Supply {
  /** As `valvePlaces`. */
  readonly isValve: Uint8Array
  /** As `sourceNodes`. */
  readonly sources: readonly number[]
  /** Per edge: 1 where a source reaches it while nothing is shut but what always is. */
  readonly fed: Uint8Array
  /** Valves that are nodes or links. */
  readonly valveCount: number
}

const kept = new WeakMap<Topology, Supply>()

/** How a network is fed with all its valves open; kept with the graph. */
export function supplyOf(topology: Topology): Supply {
  const known = kept.get(topology)
  if (known) return known
  const [isValve, sources] = [valvePlaces(topology), sourceNodes(topology)]
  let valveCount = isValve.reduce((sum, one) => sum + one, 0)
  for (let e = 0; e < topology.edgeCount; e++) if (isValveEdge(topology, e)) valveCount++
  const supply = { isValve, sources, valveCount, fed: suppliedEdges(topology, sources, () => false, () => false) }
  kept.set(topology, supply)
  return supply
}

/** Per place: 1 where a valve node stands that has pipes on two sides. */
function valvePlaces(topology: Topology): Uint8Array {
  const found = new Uint8Array(topology.placeCount)
  topology.nodes.forEach((node, n) => {
    const place = topology.nodePlace[n]!
    if (place >= 0 && node.nodeType === 'valve' && degreeOf(topology, place) > 1) found[place] = 1
  })
  return found
}

/** Ids of a valve: of every valve node at the place, or of the asset or node that is the edge. */
export function valveIds(topology: Topology, valve: Valve, idOfAsset: (asset: number) => string): string[] {
  if (valve >= topology.placeCount) {
    const edge = valve - topology.placeCount
    return [topology.edgeAsset[edge]! >= 0 ? idOfAsset(topology.edgeAsset[edge]!) : topology.nodes[topology.edgeNode[edge]!]!.id]
  }
  const ids: string[] = []
  for (let k = topology.nodesAtStart[valve]!; k < topology.nodesAtStart[valve + 1]!; k++) {
    const node = topology.nodes[topology.nodesAt[k]!]!
    if (node.nodeType === 'valve') ids.push(node.id)
  }
  return ids.sort()
}

/**
 * Nodes that feed: sources and tanks. A pump feeds where nothing else is known to: at the end of a line, or where its
 * part of the network has neither source nor tank; elsewhere it only lifts what others feed.
 */
export function sourceNodes(topology: Topology): number[] {
  const { ofPlace, count } = componentsOf(topology)
  const isFed = new Uint8Array(count)
  const [certain, perhaps]: [number[], number[]] = [[], []]
  topology.nodes.forEach(({ nodeType }, n) => {
    if (topology.nodePlace[n]! < 0) return
    if (nodeType === 'source' || nodeType === 'tank') certain.push(n)
    else if (nodeType === 'pump') perhaps.push(n)
  })
  for (const n of certain) isFed[ofPlace[topology.nodePlace[n]!]!] = 1
  const pumps = perhaps.filter(n => {
    const place = topology.nodePlace[n]!
    return degreeOf(topology, place) === 1 || isFed[ofPlace[place]!] === 0
  })
  return [...certain, ...pumps].filter(n => degreeOf(topology, topology.nodePlace[n]!) > 0).sort((a, b) => a - b)
}

/**
 * Edges that sources reach.
 * @param isClosed Per place and edge (as valves are numbered): not passed.
 * @param isCut Edges that are not entered at all.
 * @returns per edge: 1 where reached.
 */
export function suppliedEdges(topology: Topology, sources: readonly number[], isClosed: (valve: Valve) => boolean, isCut: (edge: number) => boolean): Uint8Array {
  const supplied = new Uint8Array(topology.edgeCount)
  const isReached = new Uint8Array(topology.placeCount)
  const stack: number[] = []
  const reach = (place: number, feeds: boolean): void => {
    // Behind a closed valve nothing is fed, but for a source that stands at the valve itself.
    if (isReached[place] === 1 || (!feeds && isClosed(place))) return
    isReached[place] = 1
    stack.push(place)
  }
  for (const n of sources) reach(topology.nodePlace[n]!, true)
  while (stack.length > 0) {
    const place = stack.pop()!
    for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
      const edge = topology.incident[k]!
      if (supplied[edge] === 1 || isCut(edge) || isShutEdge(topology, edge) || isClosed(topology.placeCount + edge)) continue
      supplied[edge] = 1
      reach(otherPlace(topology, edge, place), false)
    }
  }
  return supplied
}
