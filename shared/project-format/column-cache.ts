import type { AssetColumns } from '../twin/asset-columns.ts'

/**
 * The packed columns as named byte arrays, and back: what the project file keeps so that opening need not read rows.
 * Little-endian, as every machine Underplan runs on is. Raise the version when the meaning of a column changes.
 */
export const COLUMN_CACHE_VERSION = 1

const FIELDS = {
  vertexStart: Uint32Array, xyz: Float64Array, kind: Uint8Array, shape: Uint8Array, halfWidthM: Float64Array, halfHeightM: Float64Array,
  owner: Uint16Array, pressureClass: Uint8Array, laying: Uint8Array, voltageKv: Float64Array, status: Uint8Array,
  accuracyPlanM: Float64Array, accuracyLevelM: Float64Array, assumed: Uint8Array,
} as const
type Field = keyof typeof FIELDS
const FIELD_NAMES = Object.keys(FIELDS) as Field[]

/** What is small enough for JSON. */
export interface ColumnCacheHeader {
  readonly version: number
  /** Of the tables the columns were built from. */
  readonly label: string
  readonly origin: readonly [number, number, number]
  readonly count: number
  readonly owners: readonly string[]
}

const bytesOf = (array: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

export function columnsToBytes(columns: AssetColumns): ReadonlyMap<string, Uint8Array> {
  return new Map([
    ['idBytes', columns.ids.bytes],
    ['idStart', bytesOf(columns.ids.start)],
    ...FIELD_NAMES.map(name => [name, bytesOf(columns[name])] as const),
  ])
}

/**
 * @param bytes Each in a buffer of its own, so that it may be viewed as numbers.
 * @returns null where parts are missing or their lengths disagree: the cache is rebuilt then.
 */
export function columnsFromBytes(header: ColumnCacheHeader, bytes: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): AssetColumns | null {
  const { origin, count, owners } = header
  const idBytes = bytes.get('idBytes')
  const idStart = bytes.get('idStart')
  if (!idBytes || idStart?.byteLength !== 4 * (count + 1)) return null
  const arrays: Partial<Record<Field, InstanceType<(typeof FIELDS)[Field]>>> = {}
  for (const name of FIELD_NAMES) {
    const part = bytes.get(name)
    if (!part || part.byteLength % FIELDS[name].BYTES_PER_ELEMENT !== 0) return null
    arrays[name] = new FIELDS[name](part.buffer, 0, part.byteLength / FIELDS[name].BYTES_PER_ELEMENT)
  }
  const fields = arrays as Pick<AssetColumns, Field>
  const lengthFits = (name: Field) =>
    fields[name].length === (name === 'vertexStart' ? count + 1 : name === 'xyz' ? 3 * (fields.vertexStart[count] ?? -1) : count)
  if (!FIELD_NAMES.every(lengthFits)) return null
  return { origin, count, owners, ids: { bytes: idBytes, start: new Uint32Array(idStart.buffer, 0, count + 1) }, ...fields }
}
