import { otherPlace, type Topology } from './topology.ts'

/** A part of the graph in which every edge lies on a way round. */
export interface Loop {
  readonly edges: readonly number[]
  /** Independent ways round: edges − places + 1. */
  readonly cycles: number
}

/** Edges whose loss cuts the graph in two (Tarjan's bridges, without recursion: networks are long). */
export function bridgesOf(topology: Topology): Uint8Array {
  const { placeCount, edgeCount, incidentStart, incident } = topology
  const isBridge = new Uint8Array(edgeCount)
  const order = new Int32Array(placeCount).fill(-1)
  const low = new Int32Array(placeCount)
  const byEdge = new Int32Array(placeCount).fill(-1)
  const cursor = incidentStart.slice(0, placeCount)
  const stack: number[] = []
  let next = 0
  for (let root = 0; root < placeCount; root++) {
    if (order[root]! >= 0) continue
    order[root] = low[root] = next++
    stack.push(root)
    while (stack.length > 0) {
      const place = stack.at(-1)!
      if (cursor[place]! < incidentStart[place + 1]!) {
        const edge = incident[cursor[place]!++]!
        if (edge === byEdge[place]) continue
        const other = otherPlace(topology, edge, place)
        if (order[other]! >= 0) low[place] = Math.min(low[place]!, order[other]!)
        else {
          order[other] = low[other] = next++
          byEdge[other] = edge
          stack.push(other)
        }
        continue
      }
      stack.pop()
      const parent = stack.at(-1)
      if (parent === undefined) continue
      low[parent] = Math.min(low[parent]!, low[place]!)
      if (low[place]! > order[parent]!) isBridge[byEdge[place]!] = 1
    }
  }
  return isBridge
}

/** Looped parts, largest number of cycles first. */
export function loopsOf(topology: Topology): Loop[] {
  const isBridge = bridgesOf(topology)
  const isDone = new Uint8Array(topology.edgeCount)
  const found: Loop[] = []
  for (let first = 0; first < topology.edgeCount; first++) {
    if (isDone[first] === 1 || isBridge[first] === 1) continue
    const edges: number[] = []
    const places = new Set<number>([topology.edgeFrom[first]!])
    for (const place of places) {
      for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
        const edge = topology.incident[k]!
        if (isDone[edge] === 1 || isBridge[edge] === 1) continue
        isDone[edge] = 1
        edges.push(edge)
        places.add(otherPlace(topology, edge, place))
      }
    }
    found.push({ edges, cycles: edges.length - places.size + 1 })
  }
  return found.sort((a, b) => b.cycles - a.cycles || a.edges[0]! - b.edges[0]!)
}
