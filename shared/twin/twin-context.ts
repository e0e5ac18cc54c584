import { indicesOf, packedString, packStrings, unpackStrings, type PackedStrings } from '../core/packed-strings.ts'
import type { Attributes, NodeRecord } from './asset.ts'
import type { GroundSurface } from './ground.ts'
import { ASSET_KINDS, NODE_TYPES, type AssetKind, type NodeType } from './kinds.ts'
import { SURFACE_FEATURE_TYPES, type Block, type SurfaceFeature } from './surface-feature.ts'

/** What surrounds the assets: nodes, features and blocks in the project CRS, the ground in the local frame. */
export interface TwinContext {
  readonly nodes: readonly NodeRecord[]
  readonly ground: GroundSurface | null
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly blocks: readonly Block[]
}

/** The same on the wire: half a million manholes and as many trees as typed arrays instead of JSON. Names and attributes, which repeat, are dictionaries. */
export interface PackedContext {
  readonly nodes: PackedNodes
  readonly ground: GroundSurface | null
  readonly surfaceFeatures: PackedFeatures
  readonly blocks: readonly Block[]
}

interface Dictionary {
  readonly texts: PackedStrings
  /** Index into `texts` per record. */
  readonly codes: Uint32Array
}

export interface PackedNodes {
  readonly ids: PackedStrings
  /** Index into NODE_TYPES and ASSET_KINDS. */
  readonly nodeType: Uint8Array
  readonly kind: Uint8Array
  readonly owner: Dictionary
  /** [x, y, z, …] */
  readonly at: Float64Array
  /** NaN where not known. */
  readonly bottomZ: Float64Array
  readonly diameterM: Float64Array
  readonly attributes: Dictionary
}

export interface PackedFeatures {
  readonly ids: PackedStrings
  /** Index into SURFACE_FEATURE_TYPES and GEOMETRIES. */
  readonly featureType: Uint8Array
  readonly geometry: Uint8Array
  /** Points of feature i: start[i] … start[i + 1], [x, y, …]. */
  readonly start: Uint32Array
  readonly xy: Float64Array
  readonly name: Dictionary
  readonly heightM: Float64Array
  readonly attributes: Dictionary
}

export const GEOMETRIES = ['point', 'line', 'polygon'] as const

const packedOf = new WeakMap<TwinContext, PackedContext>()

/** The packed form; where the context came out of one, that one. */
export function packContext(context: TwinContext): PackedContext {
  let packed = packedOf.get(context)
  if (!packed) {
    const { nodes, ground, surfaceFeatures, blocks } = context
    packedOf.set(context, (packed = { nodes: packNodes(nodes), ground, surfaceFeatures: packFeatures(surfaceFeatures), blocks }))
  }
  return packed
}

/** Records of what is packed, made when first asked for: a million objects that most readers do without. */
export function unpackContext(packed: PackedContext): TwinContext {
  let nodes: readonly NodeRecord[] | null = null
  let surfaceFeatures: readonly SurfaceFeature[] | null = null
  const context: TwinContext = {
    ground: packed.ground, blocks: packed.blocks,
    get nodes() {
      return (nodes ??= unpackNodes(packed.nodes))
    },
    get surfaceFeatures() {
      return (surfaceFeatures ??= unpackFeatures(packed.surfaceFeatures))
    },
  }
  packedOf.set(context, packed)
  return context
}

/** Number of nodes. */
export const nodeCount = (nodes: PackedNodes): number => nodes.nodeType.length

export const nodeId = (nodes: PackedNodes, node: number): string => packedString(nodes.ids, node)

export const nodeType = (nodes: PackedNodes, node: number): NodeType => NODE_TYPES[nodes.nodeType[node]!] ?? 'other'

export const nodeKind = (nodes: PackedNodes, node: number): AssetKind => ASSET_KINDS[nodes.kind[node]!] ?? 'unknown'

/** Position of a node, or null where there is none of that id. */
export function nodeIndexOf(nodes: PackedNodes, id: string): number | null {
  const [index] = indicesOf(nodes.ids, [id])
  return index === undefined || index < 0 ? null : index
}

/** One node as a record. */
export function nodeRecord(nodes: PackedNodes, node: number): NodeRecord {
  return {
    id: nodeId(nodes, node), nodeType: nodeType(nodes, node), kind: nodeKind(nodes, node), owner: packedString(nodes.owner.texts, nodes.owner.codes[node]!),
    at: [nodes.at[3 * node]!, nodes.at[3 * node + 1]!, nodes.at[3 * node + 2]!],
    attributes: JSON.parse(packedString(nodes.attributes.texts, nodes.attributes.codes[node]!)) as Attributes,
    ...known('bottomZ', nodes.bottomZ[node]), ...known('diameterM', nodes.diameterM[node]),
  }
}

/** The features of some types, the others left packed. */
export function featuresOfTypes(packed: PackedFeatures, types: readonly SurfaceFeature['type'][]): SurfaceFeature[] {
  const wanted = SURFACE_FEATURE_TYPES.map(type => types.includes(type))
  const found: number[] = []
  packed.featureType.forEach((type, i) => {
    if (wanted[type]) found.push(i)
  })
  return found.map(featureReader(packed))
}

function packNodes(nodes: readonly NodeRecord[]): PackedNodes {
  const at = new Float64Array(3 * nodes.length)
  nodes.forEach((node, i) => at.set(node.at, 3 * i))
  return {
    ids: packStrings(nodes.map(({ id }) => id)), at,
    nodeType: Uint8Array.from(nodes, ({ nodeType }) => NODE_TYPES.indexOf(nodeType)), kind: Uint8Array.from(nodes, ({ kind }) => ASSET_KINDS.indexOf(kind)),
    owner: dictionary(nodes.map(({ owner }) => owner)), attributes: attributeDictionary(nodes),
    bottomZ: Float64Array.from(nodes, ({ bottomZ }) => bottomZ ?? NaN), diameterM: Float64Array.from(nodes, ({ diameterM }) => diameterM ?? NaN),
  }
}

function unpackNodes(packed: PackedNodes): NodeRecord[] {
  const owners = unpackStrings(packed.owner.texts)
  const attributes = unpackStrings(packed.attributes.texts).map(text => JSON.parse(text) as Attributes)
  return unpackStrings(packed.ids).map((id, i): NodeRecord => ({
    id, nodeType: NODE_TYPES[packed.nodeType[i]!] ?? 'other', kind: ASSET_KINDS[packed.kind[i]!] ?? 'unknown', owner: owners[packed.owner.codes[i]!] ?? '',
    at: [packed.at[3 * i]!, packed.at[3 * i + 1]!, packed.at[3 * i + 2]!], attributes: attributes[packed.attributes.codes[i]!] ?? {},
    ...known('bottomZ', packed.bottomZ[i]), ...known('diameterM', packed.diameterM[i]),
  }))
}

function packFeatures(features: readonly SurfaceFeature[]): PackedFeatures {
  const start = new Uint32Array(features.length + 1)
  features.forEach(({ points }, i) => {
    start[i + 1] = start[i]! + points.length
  })
  const xy = new Float64Array(2 * start[features.length]!)
  features.forEach(({ points }, i) => points.forEach((point, p) => xy.set(point, 2 * (start[i]! + p))))
  return {
    ids: packStrings(features.map(({ id }) => id)), start, xy,
    featureType: Uint8Array.from(features, ({ type }) => SURFACE_FEATURE_TYPES.indexOf(type)), geometry: Uint8Array.from(features, ({ geometry }) => GEOMETRIES.indexOf(geometry)),
    name: dictionary(features.map(({ name }) => name)), heightM: Float64Array.from(features, ({ heightM }) => heightM ?? NaN), attributes: attributeDictionary(features),
  }
}

function unpackFeatures(packed: PackedFeatures): SurfaceFeature[] {
  const ids = unpackStrings(packed.ids)
  return Array.from(packed.featureType.keys(), featureReader(packed, i => ids[i]!))
}

/** Reads single features of a packed list. */
export function featureReader(packed: PackedFeatures, idOf = (i: number): string => packedString(packed.ids, i)): (i: number) => SurfaceFeature {
  const names = unpackStrings(packed.name.texts)
  const attributes = unpackStrings(packed.attributes.texts).map(text => JSON.parse(text) as Attributes)
  return i => ({
    id: idOf(i), type: SURFACE_FEATURE_TYPES[packed.featureType[i]!] ?? 'boundary', geometry: GEOMETRIES[packed.geometry[i]!] ?? 'point',
    points: pointsOf(packed, i),
    name: names[packed.name.codes[i]!] ?? '', attributes: attributes[packed.attributes.codes[i]!] ?? {}, ...known('heightM', packed.heightM[i]),
  })
}

function pointsOf({ start, xy }: PackedFeatures, feature: number): (readonly [number, number])[] {
  const points: (readonly [number, number])[] = []
  for (let p = start[feature]!; p < start[feature + 1]!; p++) points.push([xy[2 * p]!, xy[2 * p + 1]!])
  return points
}

function dictionary(texts: readonly string[]): Dictionary {
  const codeOf = new Map<string, number>()
  const codes = Uint32Array.from(texts, text => {
    let code = codeOf.get(text)
    if (code === undefined) codeOf.set(text, (code = codeOf.size))
    return code
  })
  return { texts: packStrings([...codeOf.keys()]), codes }
}

/** Records that share an attributes object are written out once. */
function attributeDictionary(records: readonly { readonly attributes: Attributes }[]): Dictionary {
  const texts = new Map<Attributes, string>()
  return dictionary(records.map(({ attributes }) => {
    let text = texts.get(attributes)
    if (text === undefined) texts.set(attributes, (text = JSON.stringify(attributes)))
    return text
  }))
}

const known = <K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> => (value === undefined || Number.isNaN(value) ? {} : ({ [key]: value } as Record<K, number>))
