import { SourceRefused } from '../../issue-log.ts'

/** The tags of a TIFF's first image: numbers by tag, texts by tag. */
export interface TiffTags {
  readonly littleEndian: boolean
  readonly numbers: ReadonlyMap<number, readonly number[]>
  readonly texts: ReadonlyMap<number, string>
}

/** Bytes per value by field type: byte, ascii, short, long, rational, signed …, float, double. */
const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 11: 4, 12: 8, 16: 8 }
const MAX_TAGS = 1000

/** @throws SourceRefused not a TIFF, or cut off. */
export function readTiffTags(bytes: Uint8Array, maxValues: number): TiffTags {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const order = bytes[0] === 0x49 && bytes[1] === 0x49 ? true : bytes[0] === 0x4d && bytes[1] === 0x4d ? false : null
  if (order === null || bytes.length < 8) throw new SourceRefused('schema_invalid', { problem: bytes.length === 0 ? 'empty' : 'not_a_tiff' })
  if (view.getUint16(2, order) !== 42) throw new SourceRefused('feature_unsupported', { problem: 'tiff_variant' })
  const truncated = () => new SourceRefused('schema_invalid', { problem: 'truncated' })
  const start = view.getUint32(4, order)
  if (start + 2 > bytes.length) throw truncated()
  const count = Math.min(MAX_TAGS, view.getUint16(start, order))
  if (start + 2 + 12 * count > bytes.length) throw truncated()
  const numbers = new Map<number, readonly number[]>()
  const texts = new Map<number, string>()
  for (let i = 0; i < count; i++) {
    const at = start + 2 + 12 * i
    const [tag, type, length] = [view.getUint16(at, order), view.getUint16(at + 2, order), view.getUint32(at + 4, order)]
    const size = SIZES[type]
    if (size === undefined) continue
    if (length > maxValues) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: maxValues })
    const dataAt = size * length <= 4 ? at + 8 : view.getUint32(at + 8, order)
    if (dataAt + size * length > bytes.length) throw truncated()
    if (type === 2) texts.set(tag, new TextDecoder('latin1').decode(bytes.subarray(dataAt, dataAt + length)).replace(/\0.*$/s, ''))
    else numbers.set(tag, Array.from({ length }, (_, n) => numberAt(view, dataAt + n * size, type, order)))
  }
  return { littleEndian: order, numbers, texts }
}

function numberAt(view: DataView, at: number, type: number, order: boolean): number {
  switch (type) {
    case 3: return view.getUint16(at, order)
    case 4: return view.getUint32(at, order)
    case 5: return view.getUint32(at, order) / view.getUint32(at + 4, order)
    case 6: return view.getInt8(at)
    case 8: return view.getInt16(at, order)
    case 9: return view.getInt32(at, order)
    case 11: return view.getFloat32(at, order)
    case 12: return view.getFloat64(at, order)
    case 16: return Number(view.getBigUint64(at, order))
    default: return view.getUint8(at)
  }
}

/** GeoKeys (OGC 19-008r4 §7.1): short values by key. */
export function geoKeys({ numbers }: TiffTags): ReadonlyMap<number, number> {
  const directory = numbers.get(34735) ?? []
  const keys = new Map<number, number>()
  for (let i = 4; i + 3 < directory.length; i += 4) if (directory[i + 1] === 0) keys.set(directory[i]!, directory[i + 3]!)
  return keys
}
