import { NODE_TYPES, type NodeType } from '../twin/kinds.ts'
import { PlaceHeap } from './place-heap.ts'
import { degreeOf, edgeLengthM, otherPlace, type Topology } from './topology.ts'

/** Parts of the graph that hang together. */
export interface Components {
  readonly count: number
  /** Component of each place. */
  readonly ofPlace: Int32Array
}

/** Ascending by the least place in them. */
export function componentsOf(topology: Topology): Components {
  const ofPlace = new Int32Array(topology.placeCount).fill(-1)
  const stack: number[] = []
  let count = 0
  for (let first = 0; first < topology.placeCount; first++) {
    if (ofPlace[first]! >= 0) continue
    ofPlace[first] = count
    stack.push(first)
    while (stack.length > 0) {
      const place = stack.pop()!
      for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
        const next = otherPlace(topology, topology.incident[k]!, place)
        if (ofPlace[next]! >= 0) continue
        ofPlace[next] = count
        stack.push(next)
      }
    }
    count++
  }
  return { count, ofPlace }
}

/** Places where a single pipe ends with nothing standing there. */
export function openEnds(topology: Topology): number[] {
  const found: number[] = []
  for (let place = 0; place < topology.placeCount; place++) {
    if (degreeOf(topology, place) === 1 && topology.nodesAtStart[place] === topology.nodesAtStart[place + 1]) found.push(place)
  }
  return found
}

/** Nodes of the graph's networks at which no line arrives; one of unknown kind only where all networks were asked for. */
export const unjoinedNodes = ({ nodes, nodePlace, carriers, ...topology }: Topology): string[] =>
  nodes.filter(({ kind }, n) => nodePlace[n]! >= 0 && (kind !== 'unknown' || carriers === null) && topology.incidentStart[nodePlace[n]!] === topology.incidentStart[nodePlace[n]! + 1]).map(node => node.id)

export interface Reached {
  /** Least distance along the pipes from the start, metres; Infinity where not reached. */
  readonly distanceM: Float64Array
  /** Edge by which a place was reached; −1 at the start and where not reached. */
  readonly byEdge: Int32Array
}

export interface WalkRules {
  /** Whether the walk may leave `place` along `edge`. */
  readonly mayPass?: (edge: number, place: number) => boolean
  /** Asked at every place in the order of distance; true ends the walk. */
  readonly isGoal?: (place: number) => boolean
}

/** Distances along the pipes from some places (Dijkstra with a binary heap). */
export function walkFrom(topology: Topology, places: Iterable<number>, { mayPass, isGoal }: WalkRules = {}): Reached {
  const distanceM = new Float64Array(topology.placeCount).fill(Infinity)
  const byEdge = new Int32Array(topology.placeCount).fill(-1)
  const heap = new PlaceHeap()
  for (const place of places) {
    distanceM[place] = 0
    heap.push(place, 0)
  }
  while (heap.size > 0) {
    const key = heap.leastKey
    const place = heap.take()
    if (key > distanceM[place]!) continue
    if (isGoal?.(place)) break
    for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
      const edge = topology.incident[k]!
      if (mayPass && !mayPass(edge, place)) continue
      const next = otherPlace(topology, edge, place)
      const through = key + edgeLengthM(topology, edge)
      if (through >= distanceM[next]!) continue
      distanceM[next] = through
      byEdge[next] = edge
      heap.push(next, through)
    }
  }
  return { distanceM, byEdge }
}

/** Edges walked from the start to a place, in order; null where it was not reached. */
export function pathTo(topology: Topology, { distanceM, byEdge }: Reached, place: number): number[] | null {
  if (distanceM[place] === Infinity) return null
  const edges: number[] = []
  let at = place
  while (byEdge[at]! >= 0) {
    edges.push(byEdge[at]!)
    at = otherPlace(topology, byEdge[at]!, at)
  }
  return edges.reverse()
}

/** Places at the ends of an asset's edges. */
export function placesOfAsset(topology: Topology, asset: number): number[] {
  const places = new Set<number>()
  for (let e = topology.assetEdges[2 * asset]!; e < topology.assetEdges[2 * asset + 1]!; e++) places.add(topology.edgeFrom[e]!).add(topology.edgeTo[e]!)
  return [...places]
}

interface NearestNode {
  readonly id: string
  /** Along the pipes, from the nearest end of one of the asset's edges. */
  readonly distanceM: number
}

/**
 * The nearest node of each of some sorts along the pipes from an asset, in one walk that ends when all are found; a sort
 * that stands nowhere in the part of the graph the asset is in is not looked for.
 * @returns in the order of the sorts; null where none is connected. Of several at one place the least id.
 */
export function nearestNodes(topology: Topology, asset: number, nodeTypes: readonly NodeType[]): (NearestNode | null)[] {
  const from = placesOfAsset(topology, asset)
  const standing = standingTypes(topology)
  const wanted = nodeTypes.filter(type => from.some(place => standing.isIn(type, place)))
  const places = new Map<NodeType, { readonly place: number; readonly id: string }>()
  const isGoal = (place: number): boolean => {
    for (let k = topology.nodesAtStart[place]!; k < topology.nodesAtStart[place + 1]!; k++) {
      const { nodeType, id } = topology.nodes[topology.nodesAt[k]!]!
      if (!wanted.includes(nodeType)) continue
      const found = places.get(nodeType)
      if (!found || (found.place === place && id < found.id)) places.set(nodeType, { place, id })
    }
    return places.size === wanted.length
  }
  if (wanted.length === 0) return nodeTypes.map(() => null)
  const { distanceM } = walkFrom(topology, from, { isGoal })
  return nodeTypes.map(type => {
    const found = places.get(type)
    return found ? { id: found.id, distanceM: distanceM[found.place]! } : null
  })
}

interface StandingTypes {
  /** Whether a node of a type stands in the part of the graph that a place is in. */
  isIn(type: NodeType, place: number): boolean
}

/** Kept with the graph, for every trace asks again: without it a fitting that the part has not would be sought through all of it. */
function standingTypes(topology: Topology): StandingTypes {
  const known = typesKept.get(topology)
  if (known) return known
  const { count, ofPlace } = componentsOf(topology)
  const bits = new Uint32Array(count)
  topology.nodes.forEach(({ nodeType }, n) => {
    const place = topology.nodePlace[n]!
    if (place >= 0) bits[ofPlace[place]!]! |= 1 << NODE_TYPES.indexOf(nodeType)
  })
  const types: StandingTypes = { isIn: (type, place) => (bits[ofPlace[place]!]! & (1 << NODE_TYPES.indexOf(type))) !== 0 }
  typesKept.set(topology, types)
  return types
}

const typesKept = new WeakMap<Topology, StandingTypes>()
