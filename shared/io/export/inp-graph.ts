import { buildTopology } from '../../network/build-topology.ts'
import type { Carrier } from '../../network/carriers.ts'
import { declaredLinks } from '../../network/declared-links.ts'
import { edgeLengthM, nodesOf, type Topology } from '../../network/topology.ts'
import { buildAssetColumns } from '../../twin/asset-columns.ts'
import type { AssetRecord, NodeRecord, Vec3 } from '../../twin/asset.ts'
import { originFor } from '../../twin/twin.ts'
import type { ExportNetwork } from './export-network.ts'

export interface InpGraphNode {
  readonly id: string
  /** Of the source, where one stands there. */
  readonly node: NodeRecord | null
  readonly at: Vec3
}

/** A stretch of an asset between two nodes. */
export interface InpGraphLink {
  readonly id: string
  readonly asset: AssetRecord
  readonly from: InpGraphNode
  readonly to: InpGraphNode
  /** As the source states it where the stretch is the whole asset, else along the axis, metres. */
  readonly lengthM: number
  /** Axis levels at both ends, and the bends between. */
  readonly startZ: number
  readonly endZ: number
  readonly bends: readonly Vec3[]
  readonly isShut: boolean
}

export interface InpGraph {
  readonly nodes: readonly InpGraphNode[]
  readonly links: readonly InpGraphLink[]
}

/** Of a valve or pump whose size is not stated, metres. */
const DEVICE_DIAMETER_M = 0.3
/** Longest id both programs take, bytes. */
const MAX_ID_BYTES = 31

/**
 * The networks of these carriers as nodes and links with ids both programs take: a tee cuts a line, ends that meet are one
 * node. Names that are too long or hold blanks are replaced.
 */
export function inpGraph({ assets, nodes }: ExportNetwork, carriers: ReadonlySet<Carrier>): InpGraph {
  const inUse = assets.filter(asset => asset.status === 'in_use')
  const [minX, minY] = inUse.flatMap(asset => asset.axis).reduce<readonly [number, number]>(([x, y], place) => [Math.min(x, place[0]), Math.min(y, place[1])], [Infinity, Infinity])
  const columns = buildAssetColumns(inUse, originFor(minX, minY))
  const links = declaredLinks(inUse.map(({ attributes }, asset) => ({ asset, attributes })), nodes)
  const topology = buildTopology({ columns, nodes, links, carriers })
  const { origin } = columns
  const nodeIds = new ShortIds('N')
  const places = new Map<number, InpGraphNode>()
  const placeAt = (place: number): InpGraphNode => {
    const known = places.get(place)
    if (known) return known
    // Valves and pumps drawn at a place lie between two others and are links, not nodes.
    const node = nodesOf(topology, place).find(candidate => typeof candidate.attributes['node1'] !== 'string') ?? null
    const [x, y, z] = [0, 1, 2].map(k => topology.placeXyz[3 * place + k]! + origin[k]!) as [number, number, number]
    const made = { id: nodeIds.take(node?.id ?? `N${places.size + 1}`), node, at: node?.at ?? [x, y, z] } satisfies InpGraphNode
    places.set(place, made)
    return made
  }
  // Names of the source go first: a made one never takes one of them.
  const standing = topology.nodePlace
  for (let n = 0; n < nodes.length; n++) if (standing[n]! >= 0) placeAt(standing[n]!)
  const linkIds = new ShortIds('L')
  const graphLinks: InpGraphLink[] = []
  for (const e of edgesInRecordOrder(topology)) {
    const a = topology.edgeAsset[e]!
    if (topology.edgeFrom[e] === topology.edgeTo[e]) continue
    const ends = { from: placeAt(topology.edgeFrom[e]!), to: placeAt(topology.edgeTo[e]!) }
    if (a < 0) {
      const device = nodes[topology.edgeNode[e]!]!
      graphLinks.push({ id: linkIds.take(device.id), asset: asAsset(device), ...ends, lengthM: 0, startZ: device.at[2], endZ: device.at[2], bends: [], isShut: false })
      continue
    }
    const asset = inUse[a]!
    const isWhole = topology.assetEdges[2 * a + 1]! - topology.assetEdges[2 * a]! === 1
    const stated = asset.attributes['lengthM']
    const piece = isWhole ? wholeOf(asset.axis) : pieceOf(asset.axis, topology.edgeStartM[e]!, topology.edgeEndM[e]!)
    graphLinks.push({
      id: linkIds.take(isWhole ? asset.id : `${asset.id}.${e - topology.assetEdges[2 * a]! + 1}`), asset, ...ends,
      lengthM: isWhole && typeof stated === 'number' && stated > 0 ? stated : edgeLengthM(topology, e), ...piece, isShut: /^closed$/i.test(String(asset.attributes['status'] ?? '')),
    })
  }
  const used = new Set(graphLinks.flatMap(link => [link.from, link.to]))
  return { nodes: [...places.values()].filter(place => used.has(place) || place.node !== null), links: graphLinks }
}

/** A valve or pump that the source draws at one place, as the short line it stands for. */
function asAsset({ id, kind, owner, at, attributes }: NodeRecord): AssetRecord {
  const stated = attributes['diameterM']
  return { id, kind, owner, section: { shape: 'circle', diameterM: typeof stated === 'number' && stated > 0 ? stated : DEVICE_DIAMETER_M }, axis: [at, at], status: 'in_use', assumed: 0, attributes }
}

/** Edges asset by asset along each, then the nodes that are links: whoever reads the file takes the first of a node for granted. */
function edgesInRecordOrder({ edgeCount, edgeAsset, edgeNode }: Pick<Topology, 'edgeCount' | 'edgeAsset' | 'edgeNode'>): readonly number[] {
  const rank = (e: number): number => (edgeAsset[e]! < 0 ? edgeAsset.length + edgeNode[e]! : edgeAsset[e]!)
  return Array.from({ length: edgeCount }, (_, e) => e).sort((e, f) => rank(e) - rank(f) || e - f)
}

const wholeOf = (axis: readonly Vec3[]) => ({ startZ: axis[0]![2], endZ: axis.at(-1)![2], bends: axis.slice(1, -1) })

/** Levels at the ends of a stretch and the vertices within it, by distance along the axis in space. */
function pieceOf(axis: readonly Vec3[], startM: number, endM: number): Pick<InpGraphLink, 'startZ' | 'endZ' | 'bends'> {
  const bends: Vec3[] = []
  let [walkedM, startZ, endZ] = [0, axis[0]![2], axis.at(-1)![2]]
  for (let i = 1; i < axis.length; i++) {
    const [from, to] = [axis[i - 1]!, axis[i]!]
    const partM = Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2])
    const levelAt = (m: number) => from[2] + ((to[2] - from[2]) * (m - walkedM)) / (partM || 1)
    if (startM >= walkedM && startM <= walkedM + partM) startZ = levelAt(startM)
    if (endM >= walkedM && endM <= walkedM + partM) endZ = levelAt(endM)
    walkedM += partM
    if (i < axis.length - 1 && walkedM > startM + 1e-6 && walkedM < endM - 1e-6) bends.push(to)
  }
  return { startZ, endZ, bends }
}

/** Ids a hydraulic model takes, unlike each other whatever their case. */
class ShortIds {
  readonly #used = new Set<string>()
  readonly #prefix: string
  #count = 0
  constructor(prefix: string) {
    this.#prefix = prefix
  }

  take(wanted: string): string {
    const isUsable = /^[^\s;"[\]]+$/.test(wanted) && new TextEncoder().encode(wanted).length <= MAX_ID_BYTES && !this.#used.has(wanted.toUpperCase())
    let id = wanted
    if (!isUsable) do id = `${this.#prefix}${++this.#count}_`; while (this.#used.has(id.toUpperCase()))
    this.#used.add(id.toUpperCase())
    return id
  }
}
