import type { PackedContext } from '../twin/twin-context.ts'

/**
 * Nodes and surface features, packed, as named byte arrays, and back: kept beside the column cache, so that opening reads
 * no rows. Little-endian. Raise the version when the meaning of an array changes.
 */
export const CONTEXT_CACHE_VERSION = 1

export type PackedSurroundings = Pick<PackedContext, 'nodes' | 'surfaceFeatures'>

export interface ContextCacheHeader {
  readonly version: number
  /** Of the tables it was built from. */
  readonly label: string
  readonly nodes: number
  readonly features: number
}

const STRINGS = { bytes: Uint8Array, start: Uint32Array } as const
const DICTIONARY = { texts: STRINGS, codes: Uint32Array } as const
const SHAPE = {
  nodes: { ids: STRINGS, nodeType: Uint8Array, kind: Uint8Array, owner: DICTIONARY, at: Float64Array, bottomZ: Float64Array, diameterM: Float64Array, attributes: DICTIONARY },
  surfaceFeatures: { ids: STRINGS, featureType: Uint8Array, geometry: Uint8Array, start: Uint32Array, xy: Float64Array, name: DICTIONARY, heightM: Float64Array, attributes: DICTIONARY },
} as const

type ArrayType = typeof Uint8Array | typeof Uint32Array | typeof Float64Array
interface Shape {
  readonly [key: string]: ArrayType | Shape
}

/** The arrays by the path to each. */
export function surroundingsToBytes(surroundings: PackedSurroundings): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  const walk = (shape: Shape, value: object, path: string): void => {
    for (const [key, below] of Object.entries(shape)) {
      const part = (value as Record<string, unknown>)[key]
      if (typeof below !== 'function') walk(below, part as object, `${path}${key}.`)
      else {
        const { buffer, byteOffset, byteLength } = part as Uint8Array
        found.set(path + key, new Uint8Array(buffer, byteOffset, byteLength))
      }
    }
  }
  walk(SHAPE, surroundings, '')
  return found
}

/**
 * @param bytes Each in a buffer of its own.
 * @returns null where parts are missing or their lengths disagree: the rows are read then.
 */
export function surroundingsFromBytes(header: ContextCacheHeader, bytes: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): PackedSurroundings | null {
  let isWhole = true
  const build = (shape: Shape, path: string): unknown =>
    Object.fromEntries(Object.entries(shape).map(([key, below]) => {
      if (typeof below !== 'function') return [key, build(below, `${path}${key}.`)]
      const part = bytes.get(path + key)
      if (!part || part.byteLength % below.BYTES_PER_ELEMENT !== 0) isWhole = false
      return [key, isWhole ? new below(part!.buffer, 0, part!.byteLength / below.BYTES_PER_ELEMENT) : null]
    }))
  const built = build(SHAPE, '')
  if (!isWhole) return null
  const surroundings = built as PackedSurroundings
  return fits(surroundings, header) ? surroundings : null
}

function fits({ nodes, surfaceFeatures: features }: PackedSurroundings, header: ContextCacheHeader): boolean {
  const [n, f] = [header.nodes, header.features]
  const lengths: readonly (readonly [ArrayLike<number>, number])[] = [
    [nodes.ids.start, n + 1], [nodes.nodeType, n], [nodes.kind, n], [nodes.owner.codes, n], [nodes.at, 3 * n], [nodes.bottomZ, n], [nodes.diameterM, n], [nodes.attributes.codes, n],
    [features.ids.start, f + 1], [features.featureType, f], [features.geometry, f], [features.start, f + 1], [features.name.codes, f], [features.heightM, f], [features.attributes.codes, f],
    [features.xy, 2 * (features.start[f] ?? -1)],
  ]
  return lengths.every(([array, length]) => array.length === length)
}
