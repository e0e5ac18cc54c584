import type { GravityFlow } from './gravity-flow.ts'
import { isShutEdge } from './supply.ts'
import { edgeLengthM, otherPlace, type Topology } from './topology.ts'

export type TraceDirection = 'up' | 'down' | 'both'

export interface Trace {
  /** Edges reached, those of the asset itself included. */
  readonly edges: readonly number[]
  readonly places: readonly number[]
  readonly lengthM: number
  /** Edges passed without knowing which way they flow. */
  readonly undirected: readonly number[]
}

/**
 * What drains into an asset (up), what it drains into (down), or all it is connected to (both). Edges whose direction is
 * not known are passed either way, and listed. Shut devices stop it.
 */
export function traceFrom(topology: Topology, asset: number, direction: TraceDirection, flow: GravityFlow | null): Trace {
  const isEntered = new Uint8Array(topology.edgeCount)
  const isReached = new Uint8Array(topology.placeCount)
  const edges: number[] = []
  const places: number[] = []
  const undirected: number[] = []
  const way = (edge: number): number => (direction === 'both' || !flow ? 0 : (direction === 'down' ? 1 : -1) * flow.direction[edge]!)
  const reach = (place: number): void => {
    if (isReached[place] === 1) return
    isReached[place] = 1
    places.push(place)
  }
  const enter = (edge: number): void => {
    isEntered[edge] = 1
    edges.push(edge)
    if (way(edge) === 0 && direction !== 'both') undirected.push(edge)
  }
  for (let e = topology.assetEdges[asset]!; e < topology.assetEdges[asset + 1]!; e++) {
    enter(e)
    if (way(e) >= 0) reach(topology.edgeTo[e]!)
    if (way(e) <= 0) reach(topology.edgeFrom[e]!)
  }
  for (const place of places) {
    for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
      const edge = topology.incident[k]!
      if (isEntered[edge] === 1 || isShutEdge(topology, edge)) continue
      const leaves = topology.edgeFrom[edge] === place ? 1 : -1
      if (way(edge) === -leaves) continue
      enter(edge)
      reach(otherPlace(topology, edge, place))
    }
  }
  return { edges, places, undirected, lengthM: edges.reduce((sum, edge) => sum + edgeLengthM(topology, edge), 0) }
}
