import type { GravityFlow } from './gravity-flow.ts'
import { EDGE_DEVICES, type Topology } from './topology.ts'

export type TraceDirection = 'up' | 'down' | 'both'

/** Edges and places by index, in the order the trace came to them. */
export interface Trace {
  /** Edges reached, those of the asset itself included. */
  readonly edges: Uint32Array
  readonly places: Uint32Array
  readonly lengthM: number
  /** Edges passed without knowing which way they flow. */
  readonly undirected: readonly number[]
}

const SHUT = EDGE_DEVICES.indexOf('shut')

/**
 * What drains into an asset (up), what it drains into (down), or all it is connected to (both): a breadth-first walk.
 * Edges whose direction is not known are passed either way, and listed. Shut devices stop it.
 * @param asset Index of the asset it starts from; with none of its edges in the graph the trace is empty.
 * @param flow Directions by edge; null where the network has none (pressure): every edge is passed either way.
 */
export function traceFrom(topology: Topology, asset: number, direction: TraceDirection, flow: GravityFlow | null): Trace {
  const { edgeFrom, edgeTo, edgeDevice, edgeStartM, edgeEndM, incident, incidentStart, assetEdges } = topology
  const isEntered = new Uint8Array(topology.edgeCount)
  const isReached = new Uint8Array(topology.placeCount)
  // As large as they can get: growing lists of a million numbers cost more than the walk.
  const edges = new Uint32Array(topology.edgeCount)
  const places = new Uint32Array(topology.placeCount)
  const undirected: number[] = []
  const directions = direction === 'both' ? null : (flow?.direction ?? null)
  const sign = direction === 'down' ? 1 : -1
  let [edgeCount, placeCount, lengthM] = [0, 0, 0]
  const reach = (place: number): void => {
    if (isReached[place] === 1) return
    isReached[place] = 1
    places[placeCount++] = place
  }
  for (let edge = assetEdges[2 * asset]!; edge < assetEdges[2 * asset + 1]!; edge++) {
    const way = directions === null ? 0 : sign * directions[edge]!
    isEntered[edge] = 1
    edges[edgeCount++] = edge
    lengthM += edgeEndM[edge]! - edgeStartM[edge]!
    if (way === 0 && direction !== 'both') undirected.push(edge)
    if (way >= 0) reach(edgeTo[edge]!)
    if (way <= 0) reach(edgeFrom[edge]!)
  }
  for (let next = 0; next < placeCount; next++) {
    const place = places[next]!
    for (let k = incidentStart[place]!; k < incidentStart[place + 1]!; k++) {
      const edge = incident[k]!
      if (isEntered[edge] === 1 || edgeDevice[edge] === SHUT) continue
      const from = edgeFrom[edge]!
      if (directions !== null) {
        const way = sign * directions[edge]!
        if (way === (from === place ? -1 : 1)) continue
        if (way === 0) undirected.push(edge)
      } else if (direction !== 'both') undirected.push(edge)
      isEntered[edge] = 1
      edges[edgeCount++] = edge
      lengthM += edgeEndM[edge]! - edgeStartM[edge]!
      reach(from === place ? edgeTo[edge]! : from)
    }
  }
  return { edges: edges.subarray(0, edgeCount), places: places.subarray(0, placeCount), undirected, lengthM }
}
