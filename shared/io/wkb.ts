import type { SourceFeature } from './source.ts'

type Geometry = Pick<SourceFeature, 'geometry' | 'parts'>

const CLASSES: Readonly<Record<number, SourceFeature['geometry']>> = { 1: 'point', 2: 'line', 3: 'polygon', 4: 'point', 5: 'line', 6: 'polygon' }
const ENVELOPE_BYTES = [0, 32, 48, 48, 64] as const
const MAX_DEPTH = 16
const MAX_COORDINATE = 1e9

/** Signals bytes that are no geometry; never leaves this file. */
class NotWkb extends Error {
  override readonly name = 'NotWkb'
}

/**
 * Reads the geometry blob of a GeoPackage (OGC 12-128r17 §2.1.3: header, envelope, ISO WKB; extended WKB is understood too).
 * @returns one entry per class of geometry in it (a collection may hold several); empty for an empty geometry; null where it is none.
 */
export function readGeoPackageBlob(bytes: Uint8Array): Geometry[] | null {
  if (bytes[0] !== 0x47 || bytes[1] !== 0x50 || bytes.length < 8) return null
  const flags = bytes[3]!
  const envelope = ENVELOPE_BYTES[(flags >> 1) & 7]
  return envelope === undefined ? null : readWkb(bytes.subarray(8 + envelope))
}

/** As `readGeoPackageBlob`, of well-known binary itself. */
export function readWkb(bytes: Uint8Array): Geometry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const byClass = new Map<SourceFeature['geometry'], number[][][]>()
  try {
    readGeometry({ view, at: 0 }, 0, byClass)
  } catch (cause) {
    if (cause instanceof NotWkb) return null
    throw cause
  }
  return [...byClass].map(([geometry, parts]) => ({ geometry, parts: parts.filter(part => part.length > 0) })).filter(({ parts }) => parts.length > 0)
}

interface Cursor {
  readonly view: DataView
  at: number
}

function readGeometry(cursor: Cursor, depth: number, byClass: Map<SourceFeature['geometry'], number[][][]>): void {
  if (depth > MAX_DEPTH) throw new NotWkb()
  need(cursor, 5)
  const little = cursor.view.getUint8(cursor.at) === 1
  const code = cursor.view.getUint32(cursor.at + 1, little)
  cursor.at += 5
  // Extended WKB says Z, M and a reference system in its upper bits; ISO adds thousands.
  if (code & 0x20000000) {
    need(cursor, 4)
    cursor.at += 4
  }
  const plain = code & 0x0fffffff
  const hasZ = (code & 0x80000000) !== 0 || Math.floor(plain / 1000) === 1 || Math.floor(plain / 1000) === 3
  const hasM = (code & 0x40000000) !== 0 || Math.floor(plain / 1000) === 2 || Math.floor(plain / 1000) === 3
  const type = plain % 1000
  const dimensions = 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0)
  const position = (): number[] | null => {
    need(cursor, 8 * dimensions)
    const [x, y] = [cursor.view.getFloat64(cursor.at, little), cursor.view.getFloat64(cursor.at + 8, little)]
    const z = hasZ ? cursor.view.getFloat64(cursor.at + 16, little) : undefined
    cursor.at += 8 * dimensions
    if (Number.isNaN(x) && Number.isNaN(y)) return null // an empty point
    if (!(Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE)) throw new NotWkb()
    if (z === undefined || Number.isNaN(z)) return [x, y]
    if (!(Math.abs(z) <= MAX_COORDINATE)) throw new NotWkb()
    return [x, y, z]
  }
  const count = (least: number): number => {
    need(cursor, 4)
    const n = cursor.view.getUint32(cursor.at, little)
    cursor.at += 4
    if (n * least > cursor.view.byteLength - cursor.at) throw new NotWkb()
    return n
  }
  const positions = (): number[][] => {
    const list: number[][] = []
    for (let n = count(8 * dimensions); n > 0; n--) {
      const at = position()
      if (at) list.push(at)
    }
    return list
  }
  const add = (...parts: number[][][]) => {
    const geometry = CLASSES[type]!
    const known = byClass.get(geometry)
    if (known) for (const part of parts) known.push(part)
    else byClass.set(geometry, parts)
  }
  if (type === 1) {
    const at = position()
    if (at) add([at])
  } else if (type === 2) add(positions())
  else if (type === 3) {
    for (let rings = count(4); rings > 0; rings--) add(positions())
  } else if (type >= 4 && type <= 7) {
    for (let members = count(5); members > 0; members--) readGeometry(cursor, depth + 1, byClass)
  } else throw new NotWkb()
}

function need(cursor: Cursor, bytes: number): void {
  if (cursor.at + bytes > cursor.view.byteLength) throw new NotWkb()
}
