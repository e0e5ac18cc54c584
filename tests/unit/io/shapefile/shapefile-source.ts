/** Writes shapefiles byte by byte after Esri's description: an encoder of its own, so that the reader is tested against the format. */
const HEADER = 100

export interface ShpRecord {
  readonly type: number
  /** Parts of [x, y, z?] positions; empty for a null shape. */
  readonly parts: readonly (readonly (readonly number[])[])[]
}

export function shpBytes(declared: number, records: readonly ShpRecord[]): Uint8Array {
  const contents = records.map(recordBytes)
  const total = HEADER + contents.reduce((sum, content) => sum + 8 + content.length, 0)
  const bytes = new Uint8Array(total)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, 9994)
  view.setInt32(24, total / 2)
  view.setInt32(28, 1000, true)
  view.setInt32(32, declared, true)
  let at = HEADER
  contents.forEach((content, i) => {
    view.setInt32(at, i + 1)
    view.setInt32(at + 4, content.length / 2)
    bytes.set(content, at + 8)
    at += 8 + content.length
  })
  return bytes
}

function recordBytes({ type, parts }: ShpRecord): Uint8Array {
  const hasZ = type >= 11 && type <= 18
  const positions = parts.flat()
  if (type === 0) return new Uint8Array(4)
  const isPoint = type % 10 === 1
  const isMultiPoint = type % 10 === 8
  const head = isPoint ? 4 : isMultiPoint ? 40 : 44 + 4 * parts.length
  const size = head + 16 * positions.length + (hasZ ? (isPoint ? 8 : 16 + 8 * positions.length) : 0)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, type, true)
  if (!isPoint) {
    view.setInt32(36, isMultiPoint ? positions.length : parts.length, true)
    if (!isMultiPoint) view.setInt32(40, positions.length, true)
    let start = 0
    if (!isMultiPoint) parts.forEach((part, i) => { view.setInt32(44 + 4 * i, start, true); start += part.length })
  }
  positions.forEach(([x, y], i) => {
    view.setFloat64(head + 16 * i, x!, true)
    view.setFloat64(head + 16 * i + 8, y!, true)
  })
  if (hasZ) positions.forEach((position, i) => view.setFloat64(head + 16 * positions.length + (isPoint ? 0 : 16) + 8 * i, position[2]!, true))
  return bytes
}

export interface DbfColumn {
  readonly name: string
  readonly type: string
  readonly length: number
}

/** @param rows cells already encoded; padded with blanks. */
export function dbfBytes(columns: readonly DbfColumn[], rows: readonly (readonly Uint8Array[])[], driver = 0): Uint8Array {
  const headerLength = 33 + 32 * columns.length
  const rowLength = 1 + columns.reduce((sum, column) => sum + column.length, 0)
  const bytes = new Uint8Array(headerLength + rowLength * rows.length + 1).fill(0x20, headerLength)
  const view = new DataView(bytes.buffer)
  bytes[0] = 3
  bytes[29] = driver
  view.setUint32(4, rows.length, true)
  view.setUint16(8, headerLength, true)
  view.setUint16(10, rowLength, true)
  columns.forEach(({ name, type, length }, i) => {
    bytes.set(new TextEncoder().encode(name).subarray(0, 11), 32 + 32 * i)
    bytes[32 + 32 * i + 11] = type.charCodeAt(0)
    bytes[32 + 32 * i + 16] = length
  })
  bytes[headerLength - 1] = 0x0d
  rows.forEach((cells, r) => {
    let at = headerLength + r * rowLength + 1
    cells.forEach((cell, c) => {
      bytes.set(cell.subarray(0, columns[c]!.length), at)
      at += columns[c]!.length
    })
  })
  return bytes
}

export const UTM_10N_ESRI = 'PROJCS["NAD_1983_UTM_Zone_10N",GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-123.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
