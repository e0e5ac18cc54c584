import type { NodeType } from '../twin/kinds.ts'
import { degreeOf, edgeLengthM, nodesOf, otherPlace, type Topology } from './topology.ts'

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
    const { place, key } = heap.pop()
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
 * that stands nowhere in the graph is not looked for.
 * @returns in the order of the sorts; null where none is connected. Of several at one place the least id.
 */
export function nearestNodes(topology: Topology, asset: number, nodeTypes: readonly NodeType[]): (NearestNode | null)[] {
  const standing = standingTypes(topology)
  const wanted = new Set(nodeTypes.filter(type => standing.has(type)))
  if (wanted.size === 0) return nodeTypes.map(() => null)
  const places = new Map<NodeType, { readonly place: number; readonly id: string }>()
  const isGoal = (place: number): boolean => {
    for (const { nodeType, id } of nodesOf(topology, place)) {
      const found = places.get(nodeType)
      if (wanted.has(nodeType) && (!found || (found.place === place && id < found.id))) places.set(nodeType, { place, id })
    }
    return places.size === wanted.size
  }
  const { distanceM } = walkFrom(topology, placesOfAsset(topology, asset), { isGoal })
  return nodeTypes.map(type => {
    const found = places.get(type)
    return found ? { id: found.id, distanceM: distanceM[found.place]! } : null
  })
}

/** What stands somewhere in a graph; kept with it, for every trace asks again. */
function standingTypes(topology: Topology): ReadonlySet<NodeType> {
  const known = typesKept.get(topology)
  if (known) return known
  const types = new Set(topology.nodes.filter((_, n) => topology.nodePlace[n]! >= 0).map(({ nodeType }) => nodeType))
  typesKept.set(topology, types)
  return types
}

const typesKept = new WeakMap<Topology, ReadonlySet<NodeType>>()

/** Places by key, least first; of equal keys the lower place, so that results do not depend on the order of insertion. */
export class PlaceHeap {
  readonly #places: number[] = []
  readonly #keys: number[] = []

  get size(): number {
    return this.#places.length
  }

  push(place: number, key: number): void {
    let i = this.#places.length
    this.#places.push(place)
    this.#keys.push(key)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!this.#isBefore(i, parent)) break
      this.#swap(i, parent)
      i = parent
    }
  }

  pop(): { place: number; key: number } {
    const top = { place: this.#places[0]!, key: this.#keys[0]! }
    const last = this.#places.length - 1
    this.#swap(0, last)
    this.#places.pop()
    this.#keys.pop()
    let i = 0
    for (;;) {
      const left = 2 * i + 1
      if (left >= last) break
      const child = left + 1 < last && this.#isBefore(left + 1, left) ? left + 1 : left
      if (!this.#isBefore(child, i)) break
      this.#swap(child, i)
      i = child
    }
    return top
  }

  #isBefore(i: number, j: number): boolean {
    const difference = this.#keys[i]! - this.#keys[j]!
    return difference < 0 || (difference === 0 && this.#places[i]! < this.#places[j]!)
  }

  #swap(i: number, j: number): void {
    ;[this.#places[i], this.#places[j]] = [this.#places[j]!, this.#places[i]!]
    ;[this.#keys[i], this.#keys[j]] = [this.#keys[j]!, this.#keys[i]!]
  }
}
