import { componentsOf } from './connectivity.ts'
import { degreeOf, EDGE_DEVICES, otherPlace, type Topology } from './topology.ts'

const VALVE = EDGE_DEVICES.indexOf('valve')
const SHUT = EDGE_DEVICES.indexOf('shut')

/** A valve is a place where valve nodes stand, or an edge that is one: place, or placeCount + edge. */
export type Valve = number

export const isValveEdge = (topology: Topology, edge: number): boolean => topology.edgeDevice[edge] === VALVE
export const isShutEdge = (topology: Topology, edge: number): boolean => topology.edgeDevice[edge] === SHUT

/** Per place: 1 where a valve node stands that has pipes on two sides. */
export function valvePlaces(topology: Topology): Uint8Array {
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
  const typeAt = (type: string) => [...topology.nodes.keys()].filter(n => topology.nodes[n]!.nodeType === type && topology.nodePlace[n]! >= 0)
  const certain = [...typeAt('source'), ...typeAt('tank')]
  for (const n of certain) isFed[ofPlace[topology.nodePlace[n]!]!] = 1
  const pumps = typeAt('pump').filter(n => {
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
