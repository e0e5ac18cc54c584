import { isShutEdge, sourceNodes } from './supply.ts'
import { edgeLengthM, otherPlace, type Topology } from './topology.ts'

/** A line that something hangs on: with it out, these are fed by no source. */
export interface CriticalAsset {
  readonly asset: number
  readonly connections: number
  /** Of pipe behind it. */
  readonly lengthM: number
}

/**
 * Assets without which part of the network has no source, the most service connections first. An edge counts where it is
 * a bridge between all sources, taken together, and what lies behind it (Tarjan, without recursion). What no source
 * feeds anyway is not asked.
 */
export function criticalAssets(topology: Topology): CriticalAsset[] {
  const { placeCount, incidentStart, incident } = topology
  const isSource = new Uint8Array(placeCount)
  for (const n of sourceNodes(topology)) isSource[topology.nodePlace[n]!] = 1
  const connections = new Float64Array(placeCount)
  topology.nodes.forEach((node, n) => {
    if (node.nodeType === 'connection' && topology.nodePlace[n]! >= 0) connections[topology.nodePlace[n]!]!++
  })
  const [order, low, byEdge] = [new Int32Array(placeCount).fill(-1), new Int32Array(placeCount), new Int32Array(placeCount).fill(-1)]
  const [cursor, lengthM] = [incidentStart.slice(0, placeCount), new Float64Array(placeCount)]
  const worst = new Map<number, CriticalAsset>()
  const stack: number[] = []
  let next = 1
  const enter = (place: number, edge: number): void => {
    order[place] = next++
    // All sources are one: reaching any of them is as good as having come back to the first.
    low[place] = isSource[place] === 1 ? 0 : order[place]!
    byEdge[place] = edge
    stack.push(place)
  }
  for (let root = 0; root < placeCount; root++) {
    if (isSource[root] === 0 || order[root]! >= 0) continue
    enter(root, -1)
    while (stack.length > 0) {
      const place = stack.at(-1)!
      if (cursor[place]! < incidentStart[place + 1]!) {
        const edge = incident[cursor[place]!++]!
        if (edge === byEdge[place] || isShutEdge(topology, edge)) continue
        const other = otherPlace(topology, edge, place)
        if (order[other]! < 0) enter(other, edge)
        else {
          low[place] = Math.min(low[place]!, order[other]!)
          // Each edge that closes a ring is met from both its ends: its length counts with the lower one.
          if (order[other]! < order[place]!) lengthM[place]! += edgeLengthM(topology, edge)
        }
        continue
      }
      stack.pop()
      const [parent, edge] = [stack.at(-1), byEdge[place]!]
      if (parent === undefined || edge < 0) continue
      if (low[place]! > order[parent]!) note(worst, topology, edge, connections[place]!, lengthM[place]!)
      low[parent] = Math.min(low[parent]!, low[place]!)
      connections[parent]! += connections[place]!
      lengthM[parent]! += lengthM[place]! + edgeLengthM(topology, edge)
    }
  }
  return [...worst.values()].sort((a, b) => b.connections - a.connections || b.lengthM - a.lengthM || a.asset - b.asset)
}

/** Of the stretches of one asset the one that most hangs on counts. */
function note(worst: Map<number, CriticalAsset>, topology: Topology, edge: number, connections: number, lengthM: number): void {
  const asset = topology.edgeAsset[edge]!
  const known = worst.get(asset)
  if (asset < 0 || (connections === 0 && lengthM === 0)) return
  if (!known || connections > known.connections || (connections === known.connections && lengthM > known.lengthM)) worst.set(asset, { asset, connections, lengthM })
}
