import type { Vec3 } from '../twin/asset.ts'

/**
 * Geometry blobs of a GeoPackage (OGC 12-128r17 §2.1.3): header "GP", envelope, ISO WKB. Written little-endian with z;
 * read in either byte order, with z or without.
 */
type WrittenGeometry = 'point' | 'line' | 'polygon'

/** ISO WKB codes with z. */
const WKB_Z: Readonly<Record<WrittenGeometry, number>> = { point: 1001, line: 1002, polygon: 1003 }
const ENVELOPE_BYTES = [0, 32, 48, 48, 64] as const
const FLAG_LITTLE_ENDIAN = 1
const FLAG_ENVELOPE_XY = 1 << 1
const FLAG_EMPTY = 1 << 4

/**
 * @param points One for a point, the vertices of a line, or a polygon's outer ring (closed here where it is not).
 * @param srsId Of the project's CRS, −1 for a local frame.
 */
export function encodeGeometry(type: WrittenGeometry, points: readonly Vec3[], srsId: number): Uint8Array {
  const [first, last] = [points[0], points.at(-1)]
  const closing = type === 'polygon' && first && last && (first[0] !== last[0] || first[1] !== last[1]) ? 1 : 0
  const count = points.length + closing
  const envelope = type === 'point' ? 0 : 32
  const counters = type === 'point' ? 0 : type === 'line' ? 4 : 8
  const bytes = new Uint8Array(8 + envelope + 5 + counters + 24 * count)
  const view = new DataView(bytes.buffer)
  bytes.set([0x47, 0x50, 0, FLAG_LITTLE_ENDIAN | (envelope ? FLAG_ENVELOPE_XY : 0)])
  view.setInt32(4, srsId, true)
  let at = 8 + envelope
  view.setUint8(at, 1)
  view.setUint32(at + 1, WKB_Z[type], true)
  at += 5
  if (type === 'polygon') {
    view.setUint32(at, 1, true)
    at += 4
  }
  if (type !== 'point') {
    view.setUint32(at, count, true)
    at += 4
  }
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    const [x, y, z] = points[i < points.length ? i : 0]!
    view.setFloat64(at, x, true)
    view.setFloat64(at + 8, y, true)
    view.setFloat64(at + 16, z, true)
    at += 24
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  if (envelope) [minX, maxX, minY, maxY].forEach((value, i) => view.setFloat64(8 + 8 * i, value, true))
  return bytes
}

export interface DecodedGeometry {
  readonly type: WrittenGeometry
  /** [x, y, z, …]; a polygon's outer ring with its last point, z 0 where the blob has none. */
  readonly xyz: Float64Array
}

/** @returns null for what is empty, damaged or of another type (multi-part included). */
export function decodeGeometry(blob: Uint8Array): DecodedGeometry | null {
  try {
    return decode(new DataView(blob.buffer, blob.byteOffset, blob.byteLength))
  } catch (cause) {
    if (cause instanceof RangeError) return null
    throw cause
  }
}

function decode(view: DataView): DecodedGeometry | null {
  if (view.getUint16(0) !== 0x4750) return null
  const flags = view.getUint8(3)
  const envelope = ENVELOPE_BYTES[(flags >> 1) & 7]
  if (envelope === undefined || flags & FLAG_EMPTY) return null
  let at = 8 + envelope
  const little = view.getUint8(at) === 1
  const code = view.getUint32(at + 1, little)
  at += 5
  // ISO adds 1000 for z, 2000 for m, 3000 for both; EWKB sets the two high bits.
  const hasZ = (code & 0x8000_0000) !== 0 || Math.floor((code & 0xffff) / 1000) % 2 === 1
  const hasM = (code & 0x4000_0000) !== 0 || Math.floor((code & 0xffff) / 2000) === 1
  const type = ([null, 'point', 'line', 'polygon'] as const)[(code & 0xffff) % 1000]
  if (!type) return null
  if (type === 'polygon') {
    if (view.getUint32(at, little) === 0) return null
    at += 4
  }
  let count = 1
  if (type !== 'point') {
    count = view.getUint32(at, little)
    at += 4
  }
  const stride = 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0)
  if (count === 0 || count * stride > view.byteLength - at) return null
  const xyz = new Float64Array(3 * count)
  for (let i = 0; i < count; i++, at += stride) {
    xyz[3 * i] = view.getFloat64(at, little)
    xyz[3 * i + 1] = view.getFloat64(at + 8, little)
    xyz[3 * i + 2] = hasZ ? view.getFloat64(at + 16, little) : 0
  }
  return { type, xyz }
}

/** [minX, maxX, minY, maxY] in plan, or null for an empty or unreadable blob: what the R-tree triggers ask for. */
export function geometryEnvelope(blob: Uint8Array): readonly [number, number, number, number] | null {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  if (blob.byteLength >= 40 && view.getUint16(0) === 0x4750) {
    const flags = view.getUint8(3)
    if ((flags >> 1) & 7 && !(flags & FLAG_EMPTY)) {
      const little = (flags & FLAG_LITTLE_ENDIAN) === 1
      return [view.getFloat64(8, little), view.getFloat64(16, little), view.getFloat64(24, little), view.getFloat64(32, little)]
    }
  }
  const decoded = decodeGeometry(blob)
  if (!decoded) return null
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < decoded.xyz.length; i += 3) {
    minX = Math.min(minX, decoded.xyz[i]!)
    maxX = Math.max(maxX, decoded.xyz[i]!)
    minY = Math.min(minY, decoded.xyz[i + 1]!)
    maxY = Math.max(maxY, decoded.xyz[i + 1]!)
  }
  return [minX, maxX, minY, maxY]
}
