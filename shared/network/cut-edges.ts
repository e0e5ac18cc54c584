import { CANCEL_EVERY, type JobControl } from '../core/job.ts'
import type { Cut, JoinInput, Joins } from './find-joins.ts'
import { inSpaceOrder } from './space-order.ts'
import { EDGE_DEVICES, type EdgeDevice, type NearMiss, type Topology } from './topology.ts'

type Graph = Omit<Topology, 'columns' | 'nodes' | 'toleranceM' | 'carriers' | 'unusedCount' | 'surveyedWays' | 'modelled'>

/** Cuts assets where points lie on them and packs what is left between places as the graph. @throws CancelledError */
export function cutIntoEdges(input: JoinInput, joins: Joins, job: JobControl): Graph {
  const { from, to, asset, node, device, startM, endM, assetEdges } = edgesOf(input, joins, job)
  const { placeOf, placeCount, placeXyz } = placesOf(input, joins, from, to)
  job.throwIfCancelled()
  const { columns: { count }, nodes } = input
  const edgeFrom = new Uint32Array(from.length)
  const edgeTo = new Uint32Array(from.length)
  for (let e = 0; e < from.length; e++) [edgeFrom[e], edgeTo[e]] = [placeOf[from[e]!]!, placeOf[to[e]!]!]
  const nodePlace = new Int32Array(nodes.length)
  for (let n = 0; n < nodes.length; n++) nodePlace[n] = placeOf[joins.sets.find(2 * count + n)]!
  const { start: incidentStart, entries: incident } = listsOf(placeCount, [edgeFrom, edgeTo])
  const { start: nodesAtStart, entries: nodesAt } = listsOf(placeCount, [nodePlace])
  const graph = {
    placeCount, placeXyz, edgeCount: from.length, edgeFrom, edgeTo, edgeAsset: Int32Array.from(asset), edgeNode: Int32Array.from(node),
    edgeDevice: Uint8Array.from(device), edgeStartM: Float64Array.from(startM), edgeEndM: Float64Array.from(endM),
    assetEdges, incidentStart, incident, nodePlace, nodesAtStart, nodesAt,
  }
  return { ...graph, nearMisses: nearMisses(graph, joins, count) }
}

/** Edges in growing columns; their ends are points, of which those in one set are one place. */
interface Edges {
  readonly from: number[]
  readonly to: number[]
  readonly asset: number[]
  readonly node: number[]
  readonly device: number[]
  readonly startM: number[]
  readonly endM: number[]
  readonly assetEdges: Uint32Array
}

function edgesOf({ columns: { count, vertexStart, xyz }, links, isActive, isNodeActive, toleranceM }: JoinInput, { cuts, sets, lengthM }: Joins, job: JobControl): Edges {
  const { sorted, start } = sortCuts(cuts, count)
  // Two cuts within the tolerance are one place: a valve at a tee.
  for (let k = 1; k < sorted.length; k++) {
    const [one, next] = [sorted[k - 1]!, sorted[k]!]
    if (one.asset === next.asset && next.alongM - one.alongM <= toleranceM) sets.unite(one.point, next.point)
  }
  const edges: Edges = { from: [], to: [], asset: [], node: [], device: [], startM: [], endM: [], assetEdges: new Uint32Array(2 * count) }
  const emit = (fromPoint: number, toPoint: number, a: number, n: number, device: EdgeDevice, fromM: number, toM: number): void => {
    edges.from.push(sets.find(fromPoint))
    edges.to.push(sets.find(toPoint))
    edges.asset.push(a)
    edges.node.push(n)
    edges.device.push(EDGE_DEVICES.indexOf(device))
    edges.startM.push(fromM)
    edges.endM.push(toM)
  }
  const declared = new Map(links.filter(link => link.asset >= 0).map(link => [link.asset, link]))
  // Not in the order of the file: a walk through the graph would jump about in memory.
  for (const [k, a] of inSpaceOrder(count, a => xyz[3 * vertexStart[a]!]!, a => xyz[3 * vertexStart[a]! + 1]!).entries()) {
    if (k % CANCEL_EVERY === 0) job.throwIfCancelled()
    const link = declared.get(a)
    edges.assetEdges[2 * a] = edges.from.length
    if (isActive[a] === 1 && link) emit(2 * count + link.fromNode, 2 * count + link.toNode, a, -1, link.device, 0, link.lengthM ?? lengthM[a]!)
    else if (isActive[a] === 1) {
      let [point, atM, lastM] = [2 * a, 0, 0]
      for (let k = start[a]!; k < start[a + 1]!; k++) {
        const cut = sorted[k]!
        const isSamePlace = cut.alongM - lastM <= toleranceM
        lastM = cut.alongM
        if (isSamePlace) continue
        emit(point, cut.point, a, -1, 'none', atM, cut.alongM)
        ;[point, atM] = [cut.point, cut.alongM]
      }
      emit(point, 2 * a + 1, a, -1, 'none', atM, lengthM[a]!)
    }
    edges.assetEdges[2 * a + 1] = edges.from.length
  }
  for (const link of links) {
    if (link.asset < 0 && isNodeActive[link.node] === 1) emit(2 * count + link.fromNode, 2 * count + link.toNode, -1, link.node, link.device, 0, 0)
  }
  return edges
}

/** Numbers the places in the order of space, in one cell of their least point: the graph depends on the data alone, and neighbours lie beside each other. */
function placesOf({ columns: { count, origin }, nodes }: JoinInput, { sets, pointXyz }: Joins, from: readonly number[], to: readonly number[]) {
  const placeOf = new Int32Array(2 * count + nodes.length).fill(-1)
  const isUsed = new Uint8Array(placeOf.length)
  for (let e = 0; e < from.length; e++) isUsed[from[e]!] = isUsed[to[e]!] = 1
  // Nodes stand somewhere even where no line arrives; those outside the graph have no point.
  for (let p = 2 * count; p < placeOf.length; p++) if (!Number.isNaN(pointXyz[3 * p]!)) isUsed[sets.find(p)] = 1
  const used = Uint32Array.from(points(isUsed))
  const placeCount = used.length
  const coordinate = (p: number, k: 0 | 1): number => (Number.isNaN(pointXyz[3 * p]!) ? nodes[p - 2 * count]!.at[k] - origin[k] : pointXyz[3 * p + k]!)
  inSpaceOrder(placeCount, i => coordinate(used[i]!, 0), i => coordinate(used[i]!, 1)).forEach((i, place) => (placeOf[used[i]!] = place))
  const placeXyz = new Float64Array(3 * placeCount)
  for (let p = 0; p < placeOf.length; p++) {
    if (placeOf[p]! < 0) continue
    for (let k = 0; k < 3; k++) placeXyz[3 * placeOf[p]! + k] = Number.isNaN(pointXyz[3 * p]!) ? nodes[p - 2 * count]!.at[k]! - origin[k]! : pointXyz[3 * p + k]!
  }
  return { placeOf, placeCount, placeXyz }
}

function* points(isUsed: Uint8Array): Generator<number> {
  for (let p = 0; p < isUsed.length; p++) if (isUsed[p] === 1) yield p
}

function sortCuts(cuts: readonly Cut[], count: number): { sorted: Cut[]; start: Uint32Array } {
  const sorted = [...cuts].sort((a, b) => a.asset - b.asset || a.alongM - b.alongM || a.point - b.point)
  const start = new Uint32Array(count + 1)
  for (const { asset } of sorted) start[asset + 1]!++
  for (let a = 0; a < count; a++) start[a + 1]! += start[a]!
  return { sorted, start }
}

/**
 * Lists of items by place, packed.
 * @param columns Places of item i: one in each column, or −1 there.
 */
function listsOf(places: number, columns: readonly (Uint32Array | Int32Array)[]): { start: Uint32Array; entries: Uint32Array } {
  const start = new Uint32Array(places + 1)
  for (const column of columns) for (let i = 0; i < column.length; i++) if (column[i]! >= 0) start[column[i]! + 1]!++
  for (let p = 0; p < places; p++) start[p + 1]! += start[p]!
  const entries = new Uint32Array(start[places]!)
  const next = start.slice(0, places)
  for (let i = 0; i < columns[0]!.length; i++) for (const column of columns) if (column[i]! >= 0) entries[next[column[i]!]!++] = i
  return { start, entries }
}

/** Open ends that nearly reach an asset they are not joined to. */
function nearMisses(graph: Omit<Graph, 'nearMisses'>, joins: Joins, count: number): NearMiss[] {
  const found: NearMiss[] = []
  for (let p = 0; p < 2 * count; p++) {
    const other = joins.missAsset[p]!
    const a = p >> 1
    if (other < 0 || graph.assetEdges[2 * a] === graph.assetEdges[2 * a + 1]) continue
    const place = (p & 1) === 0 ? graph.edgeFrom[graph.assetEdges[2 * a]!]! : graph.edgeTo[graph.assetEdges[2 * a + 1]! - 1]!
    const isOpen = graph.incidentStart[place + 1]! - graph.incidentStart[place]! === 1 && graph.nodesAtStart[place + 1] === graph.nodesAtStart[place]
    if (!isOpen || shareAPlace(graph, a, other)) continue
    found.push({
      asset: a, end: (p & 1) === 0 ? 'start' : 'end', other, gapM: joins.missGapM[p]!,
      at: [joins.pointXyz[3 * p]!, joins.pointXyz[3 * p + 1]!, joins.pointXyz[3 * p + 2]!],
    })
  }
  return found
}

/** True where the two meet elsewhere: a stub shorter than the near-miss distance is no near miss of its main. */
function shareAPlace({ assetEdges, edgeFrom, edgeTo, edgeAsset, incidentStart, incident }: Omit<Graph, 'nearMisses'>, a: number, b: number): boolean {
  for (let e = assetEdges[2 * a]!; e < assetEdges[2 * a + 1]!; e++) {
    for (const place of [edgeFrom[e]!, edgeTo[e]!]) {
      for (let k = incidentStart[place]!; k < incidentStart[place + 1]!; k++) if (edgeAsset[incident[k]!] === b) return true
    }
  }
  return false
}
