/**
 * Frames: how a value crosses a transport. A value without typed arrays is JSON text. With them it is binary:
 *
 *   [u32 header length][header: UTF-8 JSON {value, arrays}][0-padding to 8][buffer 0][0-padding to 8][buffer 1] …
 *
 * `arrays` lists type, length and the path of each array inside `value`, which holds null there. Little-endian, as
 * every platform we run on. Decoding is the exact inverse of encoding, and bounded: what comes in is not trusted.
 */
export type Frame = string | Uint8Array<ArrayBuffer>

export interface FrameLimits {
  readonly maxBytes: number
  /** Bytes of JSON: text costs many times its size once parsed. */
  readonly maxTextBytes: number
}

/** What the interface may send a host: uploads come in chunks, so nothing large is ever right. */
export const TO_HOST_LIMITS: FrameLimits = { maxBytes: 16 << 20, maxTextBytes: 4 << 20 }
/** What a host may answer: the columns of the largest twin, and the findings of a whole network. */
export const TO_CLIENT_LIMITS: FrameLimits = { maxBytes: 2 ** 31 - 1, maxTextBytes: 512 << 20 }

export const MAX_DEPTH = 64
export const MAX_ARRAYS = 65_536
const ALIGNMENT = 8
const PADDING = new Uint8Array(ALIGNMENT)

/** The frame is not one of ours, or breaks a limit; nothing of it is used. */
export class WireError extends Error {
  override readonly name = 'WireError'
}

export const ARRAY_TYPES = {
  f64: Float64Array, f32: Float32Array, u32: Uint32Array, i32: Int32Array, u16: Uint16Array, i16: Int16Array, u8: Uint8Array, i8: Int8Array,
} as const
type ArrayType = keyof typeof ARRAY_TYPES
export type WireArray = Float64Array | Float32Array | Uint32Array | Int32Array | Uint16Array | Int16Array | Uint8Array | Int8Array
export type Path = readonly (string | number)[]
export interface ArrayRow { readonly type: ArrayType; readonly length: number; readonly path: Path }

const encoder = new TextEncoder()

/** A frame not yet copied into one: its text, or its bytes in the order they go out, the arrays of the value themselves among them. */
export type FramePieces = string | readonly Uint8Array[]

/**
 * @param value JSON-able data with typed arrays anywhere inside. Properties that are undefined are left out; −0 becomes 0.
 * @throws WireError for what would not come back as it went: non-finite numbers, class instances, `__proto__` keys.
 */
export function framePieces(value: unknown, limits: FrameLimits = TO_CLIENT_LIMITS): FramePieces {
  const found: { readonly array: WireArray; readonly row: ArrayRow }[] = []
  const plain = withoutArrays(value, [], found)
  if (found.length === 0) {
    const text = JSON.stringify(plain)
    if (text.length > limits.maxTextBytes) throw new WireError('too large')
    return text
  }
  if (found.length > MAX_ARRAYS) throw new WireError('too many arrays')
  const header = encoder.encode(JSON.stringify({ value: plain, arrays: found.map(entry => entry.row) }))
  const head = new Uint8Array(4 + header.length)
  new DataView(head.buffer).setUint32(0, header.length, true)
  head.set(header, 4)
  const pieces: Uint8Array[] = [head]
  let size = head.length
  for (const { array } of found) {
    pieces.push(PADDING.subarray(0, align(size) - size), new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    size = align(size) + array.byteLength
  }
  if (header.length > limits.maxTextBytes || size > limits.maxBytes) throw new WireError('too large')
  return pieces
}

/** Bytes of a frame in pieces, or characters of its text. */
export const frameSize = (pieces: FramePieces): number => (typeof pieces === 'string' ? pieces.length : pieces.reduce((sum, { length }) => sum + length, 0))

/** Copied into one, as a transport that carries whole messages sends it. */
export function wholeFrame(pieces: FramePieces): Frame {
  if (typeof pieces === 'string') return pieces
  const frame = new Uint8Array(frameSize(pieces))
  let at = 0
  for (const piece of pieces) {
    frame.set(piece, at)
    at += piece.length
  }
  return frame
}

/** The frame of a value in one. @throws WireError as `framePieces` does. */
export const encodeFrame = (value: unknown, limits: FrameLimits = TO_CLIENT_LIMITS): Frame => wholeFrame(framePieces(value, limits))

/** Where an array begins: the next multiple of 8 bytes. */
export const align = (at: number) => Math.ceil(at / ALIGNMENT) * ALIGNMENT

/** Copy of a value with null for each typed array. `path` is where it stands; one list serves the whole walk. */
function withoutArrays(value: unknown, path: (string | number)[], found: { array: WireArray; row: ArrayRow }[]): unknown {
  if (path.length > MAX_DEPTH) throw new WireError('too deep')
  if (typeof value === 'number' && !Number.isFinite(value)) throw new WireError(`not a finite number: ${path.join('.')}`)
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object') throw new WireError(`cannot be sent: ${typeof value} at ${path.join('.')}`)
  if (ArrayBuffer.isView(value)) {
    const array = value as WireArray
    found.push({ array, row: { type: arrayType(array, path), length: array.length, path: [...path] } })
    return null
  }
  const below = (key: string | number, item: unknown) => {
    path.push(key)
    const copy = withoutArrays(item, path, found)
    path.pop()
    return copy
  }
  if (Array.isArray(value)) return value.map((item: unknown, i) => below(i, item))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new WireError(`not plain data at ${path.join('.')}`)
  const copy: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') throw new WireError('prototype key')
    if (item !== undefined) copy[key] = below(key, item)
  }
  return copy
}

function arrayType(array: ArrayBufferView, path: Path): ArrayType {
  for (const [type, constructor] of Object.entries(ARRAY_TYPES)) if (array instanceof constructor) return type as ArrayType
  throw new WireError(`cannot be sent: ${array.constructor.name} at ${path.join('.')}`)
}
