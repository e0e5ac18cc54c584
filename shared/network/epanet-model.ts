import type { Issue } from '../core/issues.ts'
import { componentsOf } from './connectivity.ts'
import { sourceNodes } from './supply.ts'
import { degreeOf, EDGE_DEVICES, edgeLengthM, nodesOf, type Topology } from './topology.ts'

/** Hazen–Williams coefficient taken for every pipe: the usual figure for iron and plastic mains in fair condition. */
export const ASSUMED_ROUGHNESS = 130
/** EPANET takes no pipe without length. */
const MIN_LENGTH_M = 0.01

/** A network as an EPANET input file, with what its ids stand for. */
export interface EpanetModel {
  readonly text: string
  /** Model id of a node → ids of the nodes there, or the place on an asset. */
  readonly nodeNames: ReadonlyMap<string, readonly string[]>
  readonly linkNames: ReadonlyMap<string, string>
  readonly issues: readonly Issue[]
}

/**
 * Writes the parts of a network that a source feeds as an EPANET model in litres per second and metres: a junction at
 * every place (at the level of the axis), a reservoir at every source and tank, a pipe per stretch, valves open. What
 * the twin does not know is assumed and listed: heads of sources, roughness, and demands (those of the points' attribute
 * `demandLs`; elsewhere none, or the same at every service connection).
 * @param demandLs Litres per second drawn at every service connection that states none; 0 for standing water.
 * @param idOfAsset Id of an asset by index.
 * @returns null where nothing is fed.
 */
export function epanetModel(topology: Topology, demandLs: number, idOfAsset: (asset: number) => string): EpanetModel | null {
  const { placeXyz, columns, edgeFrom, edgeTo, edgeAsset, edgeDevice, nodes, nodePlace } = topology
  const sources = sourceNodes(topology)
  const { ofPlace } = componentsOf(topology)
  const fed = new Set(sources.map(n => ofPlace[nodePlace[n]!]!))
  if (fed.size === 0) return null
  const isFed = (place: number): boolean => fed.has(ofPlace[place]!) && degreeOf(topology, place) > 0
  const issues: Issue[] = []

  const headM = new Map<number, number>()
  for (const n of sources) {
    const stated = nodes[n]!.attributes['headM']
    if (typeof stated !== 'number') issues.push({ code: 'head_assumed', severity: 'warning', ref: nodes[n]!.id, context: { headM: Number(nodes[n]!.at[2].toFixed(3)) } })
    const head = typeof stated === 'number' ? stated : nodes[n]!.at[2]
    headM.set(nodePlace[n]!, Math.max(head, headM.get(nodePlace[n]!) ?? -Infinity))
  }

  const nodeNames = new Map<string, readonly string[]>()
  const linkNames = new Map<string, string>()
  const [junctions, reservoirs, pipes]: [string[], string[], string[]] = [[], [], []]
  const levelM = axisLevels(topology)
  let hasDemands = false
  for (let place = 0; place < topology.placeCount; place++) {
    if (!isFed(place)) continue
    const here = nodesOf(topology, place)
    nodeNames.set(`N${place}`, here.length > 0 ? here.map(node => node.id) : [placeName(topology, place, idOfAsset)])
    const head = headM.get(place)
    if (head !== undefined) reservoirs.push(`N${place} ${head}`)
    else {
      const own = here.map(node => node.attributes['demandLs']).filter(value => typeof value === 'number')
      hasDemands ||= own.some(value => value !== 0)
      const demand = own.length > 0 ? own.reduce((sum, value) => sum + value, 0) : demandLs * here.filter(node => node.nodeType === 'connection').length
      junctions.push(`N${place} ${levelM.get(place) ?? placeXyz[3 * place + 2]! + columns.origin[2]} ${demand}`)
    }
  }
  let unfed = 0
  let example = ''
  for (let e = 0; e < topology.edgeCount; e++) {
    const asset = edgeAsset[e]!
    if (!isFed(edgeFrom[e]!)) {
      unfed++
      if (example === '' && asset >= 0) example = idOfAsset(asset)
      continue
    }
    // A stretch that ends where it began carries nothing.
    if (edgeFrom[e] === edgeTo[e]) continue
    const name = asset < 0 ? nodes[topology.edgeNode[e]!]!.id : stretchName(topology, e, idOfAsset)
    linkNames.set(`L${e}`, name)
    const diameterMm = asset < 0 ? 300 : 2000 * Math.min(columns.halfWidthM[asset]!, columns.halfHeightM[asset]!)
    const status = EDGE_DEVICES[edgeDevice[e]!] === 'shut' ? 'CLOSED' : 'OPEN'
    pipes.push(`L${e} N${edgeFrom[e]!} N${edgeTo[e]!} ${Math.max(MIN_LENGTH_M, edgeLengthM(topology, e))} ${diameterMm} ${ASSUMED_ROUGHNESS} 0 ${status}`)
  }
  if (unfed > 0) issues.push({ code: 'source_missing', severity: 'warning', ref: example, context: { stretches: unfed } })
  if (demandLs === 0 && !hasDemands) issues.push({ code: 'demand_missing', severity: 'info', ref: String(junctions.length) })
  issues.push({ code: 'roughness_assumed', severity: 'info', ref: String(pipes.length), context: { hazenWilliams: ASSUMED_ROUGHNESS } })
  const text = [
    '[JUNCTIONS]', ...junctions, '[RESERVOIRS]', ...reservoirs, '[PIPES]', ...pipes,
    '[OPTIONS]', 'Units LPS', 'Headloss H-W', '[TIMES]', 'Duration 0', '[END]', '',
  ].join('\n')
  return { text, nodeNames, linkNames, issues }
}

/** Level of the axis at each place, from the lines that end there: a node's own level may be the ground's. Project's datum. */
function axisLevels({ columns, assetEdges, edgeFrom, edgeTo }: Topology): Map<number, number> {
  const levels = new Map<number, number>()
  for (let a = 0; a < columns.count; a++) {
    if (assetEdges[2 * a] === assetEdges[2 * a + 1]) continue
    const ends = [[edgeFrom[assetEdges[2 * a]!]!, columns.vertexStart[a]!], [edgeTo[assetEdges[2 * a + 1]! - 1]!, columns.vertexStart[a + 1]! - 1]] as const
    for (const [place, v] of ends) if (!levels.has(place)) levels.set(place, columns.xyz[3 * v + 2]! + columns.origin[2])
  }
  return levels
}

/** `ID`, or `ID#2` for the second stretch of an asset that joints cut into several. */
function stretchName({ edgeAsset, assetEdges }: Topology, edge: number, idOfAsset: (asset: number) => string): string {
  const asset = edgeAsset[edge]!
  const isWhole = assetEdges[2 * asset + 1]! - assetEdges[2 * asset]! === 1
  return isWhole ? idOfAsset(asset) : `${idOfAsset(asset)}#${edge - assetEdges[2 * asset]! + 1}`
}

/** A place without a node: `ID@12.34`, metres along the first asset there. */
function placeName(topology: Topology, place: number, idOfAsset: (asset: number) => string): string {
  const edge = topology.incident[topology.incidentStart[place]!]!
  const alongM = topology.edgeFrom[edge] === place ? topology.edgeStartM[edge]! : topology.edgeEndM[edge]!
  return `${idOfAsset(topology.edgeAsset[edge]!)}@${alongM.toFixed(2)}`
}
