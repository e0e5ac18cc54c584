import type { GravityFlow } from './gravity-flow.ts'
import { EDGE_DEVICES, type Topology } from './topology.ts'

export type TraceDirection = 'up' | 'down' | 'both'

/** What a trace reached, by index, ascending. */
export interface Trace {
  /** Edges reached, those of the asset itself included. */
  readonly edges: Uint32Array
  readonly places: Uint32Array
  readonly lengthM: number
  /** Edges passed without knowing which way they flow. */
  readonly undirected: Uint32Array
}

const SHUT = EDGE_DEVICES.indexOf('shut')

/** Marks of the last trace of a graph. A new number marks the next one: nothing is made or wiped for each. */
interface Marks {
  readonly edges: Uint32Array
  readonly places: Uint32Array
  readonly queue: Uint32Array
  mark: number
}

const kept = new WeakMap<Topology, Marks>()

function marksOf(topology: Topology): Marks {
  const known = kept.get(topology) ?? { edges: new Uint32Array(topology.edgeCount), places: new Uint32Array(topology.placeCount), queue: new Uint32Array(topology.placeCount), mark: 0 }
  kept.set(topology, known)
  if (++known.mark === 0xffff_ffff) {
    known.edges.fill(0)
    known.places.fill(0)
    known.mark = 1
  }
  return known
}

/**
 * What drains into an asset (up), what it drains into (down), or all it is connected to (both): a breadth-first walk.
 * Edges whose direction is not known are passed either way, and listed. Shut devices stop it.
 * @param asset Index of the asset it starts from; with none of its edges in the graph the trace is empty.
 * @param flow Directions by edge; null where the network has none (pressure): every edge is passed either way.
 */
export function traceFrom(topology: Topology, asset: number, direction: TraceDirection, flow: GravityFlow | null): Trace {
  const { edgeFrom, edgeTo, edgeDevice, edgeStartM, edgeEndM, incident, incidentStart, assetEdges } = topology
  const { edges: entered, places: reached, queue, mark } = marksOf(topology)
  const directions = direction === 'both' ? null : (flow?.direction ?? null)
  const sign = direction === 'down' ? 1 : -1
  let [edgeCount, placeCount] = [0, 0]
  for (let edge = assetEdges[2 * asset]!; edge < assetEdges[2 * asset + 1]!; edge++) {
    const way = directions === null ? 0 : sign * directions[edge]!
    entered[edge] = mark
    edgeCount++
    for (const place of way > 0 ? [edgeTo[edge]!] : way < 0 ? [edgeFrom[edge]!] : [edgeTo[edge]!, edgeFrom[edge]!]) {
      if (reached[place] === mark) continue
      reached[place] = mark
      queue[placeCount++] = place
    }
  }
  for (let next = 0; next < placeCount; next++) {
    const place = queue[next]!
    const last = incidentStart[place + 1]!
    for (let k = incidentStart[place]!; k < last; k++) {
      const edge = incident[k]!
      if (entered[edge] === mark || edgeDevice[edge] === SHUT) continue
      const from = edgeFrom[edge]!
      if (directions !== null && sign * directions[edge]! === (from === place ? -1 : 1)) continue
      entered[edge] = mark
      edgeCount++
      const other = from === place ? edgeTo[edge]! : from
      if (reached[other] === mark) continue
      reached[other] = mark
      queue[placeCount++] = other
    }
  }
  const edges = marked(entered, mark, edgeCount)
  let lengthM = 0
  for (const edge of edges) lengthM += edgeEndM[edge]! - edgeStartM[edge]!
  const undirected = direction === 'both' ? new Uint32Array(0) : directions === null ? edges : edges.filter(edge => directions[edge] === 0)
  return { edges, places: marked(reached, mark, placeCount), undirected, lengthM }
}

/** Indices of what carries a mark, read off in the order they lie in. */
function marked(marks: Uint32Array, mark: number, count: number): Uint32Array {
  const found = new Uint32Array(count)
  for (let i = 0, k = 0; k < count; i++) if (marks[i] === mark) found[k++] = i
  return found
}
