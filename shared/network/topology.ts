import type { AssetColumns } from '../twin/asset-columns.ts'
import type { NodeRecord, Vec3 } from '../twin/asset.ts'
import type { Carrier } from './carriers.ts'

/** What an edge is: pipe, device that stops or lifts the flow, or a link the source says is shut. */
export const EDGE_DEVICES = ['none', 'valve', 'pump', 'shut'] as const
export type EdgeDevice = (typeof EDGE_DEVICES)[number]

/** A link between two nodes by name, as models give them: it joins those and nothing else, wherever it is drawn. */
export interface DeclaredLink {
  /** The asset it is, or −1 where it is a node (a valve drawn at one place). */
  readonly asset: number
  readonly node: number
  readonly fromNode: number
  readonly toNode: number
  readonly device: EdgeDevice
  /** As the source states it; what is drawn may be a scheme. */
  readonly lengthM?: number
}

export interface TopologyInput {
  readonly columns: AssetColumns
  /** Project CRS. */
  readonly nodes: readonly NodeRecord[]
  readonly links?: readonly DeclaredLink[]
  /** Only these networks; all where absent. */
  readonly carriers?: ReadonlySet<Carrier>
  /** Assets from this index on are a scheme's proposals: taken as laid. */
  readonly proposalsFrom?: number
  /** Per asset: which way a survey says it flows, 1 as drawn, −1 against, 0 not said. */
  readonly surveyedWays?: Int8Array
  /** Ends this near in space are joined, 10 mm where absent. */
  readonly toleranceM?: number
}

/** An end that misses another asset by less than `NEAR_MISS_M`: drawn carelessly, or truly apart. */
export interface NearMiss {
  readonly asset: number
  readonly end: 'start' | 'end'
  readonly other: number
  readonly gapM: number
  /** Local frame. */
  readonly at: Vec3
}

/**
 * The twin's networks as one packed graph. Places are where ends, tees and nodes meet; edges are stretches of assets
 * between them. All indices are 0-based; local frame, metres. Places and edges are numbered by where they are.
 */
export interface Topology {
  readonly columns: AssetColumns
  readonly nodes: readonly NodeRecord[]
  readonly toleranceM: number
  /** The networks in the graph; null for all. */
  readonly carriers: ReadonlySet<Carrier> | null
  readonly placeCount: number
  /** [x, y, z, …] */
  readonly placeXyz: Float64Array
  readonly edgeCount: number
  readonly edgeFrom: Uint32Array
  readonly edgeTo: Uint32Array
  /** −1 where a node is the link. */
  readonly edgeAsset: Int32Array
  /** The node that is the link, else −1. */
  readonly edgeNode: Int32Array
  /** Index into EDGE_DEVICES. */
  readonly edgeDevice: Uint8Array
  /** Where the stretch begins and ends, measured along the asset's axis in space. */
  readonly edgeStartM: Float64Array
  readonly edgeEndM: Float64Array
  /** Edges of asset i, along it: assetEdges[2i] … assetEdges[2i + 1] − 1; none for assets outside the graph. */
  readonly assetEdges: Uint32Array
  /** Edges at place i: incident[incidentStart[i] … incidentStart[i + 1]); a loop edge twice. */
  readonly incidentStart: Uint32Array
  readonly incident: Uint32Array
  /** Place of each node; −1 for nodes outside the graph. */
  readonly nodePlace: Int32Array
  readonly nodesAtStart: Uint32Array
  readonly nodesAt: Uint32Array
  /** Per asset: which way a survey says it flows, 1 as drawn, −1 against, 0 not said; null where none says. */
  readonly surveyedWays: Int8Array | null
  /** Assets that are links of a model: what they are drawn from and to is the model's own statement. */
  readonly modelled: ReadonlySet<number>
  /** Assets left out because they are not in use. */
  readonly unusedCount: number
  readonly nearMisses: readonly NearMiss[]
}

export const DEFAULT_TOLERANCE_M = 0.01
export const NEAR_MISS_M = 0.5

/** Edge length along the axis in space; 0 for a node that is the link. */
export const edgeLengthM = (topology: Topology, edge: number): number => topology.edgeEndM[edge]! - topology.edgeStartM[edge]!

export const otherPlace = (topology: Topology, edge: number, place: number): number =>
  topology.edgeFrom[edge] === place ? topology.edgeTo[edge]! : topology.edgeFrom[edge]!

export const degreeOf = (topology: Topology, place: number): number => topology.incidentStart[place + 1]! - topology.incidentStart[place]!

/** Nodes standing at a place. */
export function nodesOf(topology: Topology, place: number): NodeRecord[] {
  const found: NodeRecord[] = []
  for (let k = topology.nodesAtStart[place]!; k < topology.nodesAtStart[place + 1]!; k++) found.push(topology.nodes[topology.nodesAt[k]!]!)
  return found
}
