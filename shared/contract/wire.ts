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

const MAX_DEPTH = 64
const MAX_ARRAYS = 65_536
const ALIGNMENT = 8

/** The frame is not one of ours, or breaks a limit; nothing of it is used. */
export class WireError extends Error {
  override readonly name = 'WireError'
}

const ARRAY_TYPES = {
  f64: Float64Array, f32: Float32Array, u32: Uint32Array, i32: Int32Array, u16: Uint16Array, i16: Int16Array, u8: Uint8Array, i8: Int8Array,
} as const
type ArrayType = keyof typeof ARRAY_TYPES
type WireArray = Float64Array | Float32Array | Uint32Array | Int32Array | Uint16Array | Int16Array | Uint8Array | Int8Array
type Path = readonly (string | number)[]
interface ArrayRow { readonly type: ArrayType; readonly length: number; readonly path: Path }

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * @param value JSON-able data with typed arrays anywhere inside. Properties that are undefined are left out; −0 becomes 0.
 * @throws WireError for what would not come back as it went: non-finite numbers, class instances, `__proto__` keys.
 */
export function encodeFrame(value: unknown, limits: FrameLimits = TO_CLIENT_LIMITS): Frame {
  const found: { readonly array: WireArray; readonly row: ArrayRow }[] = []
  const plain = withoutArrays(value, [], found)
  if (found.length === 0) {
    const text = JSON.stringify(plain)
    if (text.length > limits.maxTextBytes) throw new WireError('too large')
    return text
  }
  if (found.length > MAX_ARRAYS) throw new WireError('too many arrays')
  const header = encoder.encode(JSON.stringify({ value: plain, arrays: found.map(entry => entry.row) }))
  let size = 4 + header.length
  for (const { array } of found) size = align(size) + array.byteLength
  if (header.length > limits.maxTextBytes || size > limits.maxBytes) throw new WireError('too large')
  const frame = new Uint8Array(size)
  new DataView(frame.buffer).setUint32(0, header.length, true)
  frame.set(header, 4)
  let at = 4 + header.length
  for (const { array } of found) {
    at = align(at)
    frame.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += array.byteLength
  }
  return frame
}

/**
 * @param frame Whatever a transport delivered: text, or the bytes of a binary message.
 * @param memory Where an array of so many bytes is put; a buffer of its own unless said otherwise.
 * @returns The value; each typed array has its buffer to itself, so that it can go to a worker alone.
 * @throws WireError for anything that is not a whole, bounded frame.
 */
export function decodeFrame(frame: unknown, limits: FrameLimits, memory: (bytes: number) => ArrayBufferLike = bytes => new ArrayBuffer(bytes)): unknown {
  if (typeof frame === 'string') {
    if (frame.length > limits.maxTextBytes) throw new WireError('too large')
    return parseBounded(frame)
  }
  // A plain view: Node's Buffer is a Uint8Array whose `slice` shares memory.
  const bytes = frame instanceof Uint8Array ? new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength) : frame instanceof ArrayBuffer ? new Uint8Array(frame) : null
  if (!bytes) throw new WireError('neither text nor bytes')
  if (bytes.length > limits.maxBytes) throw new WireError('too large')
  if (bytes.length < 4) throw new WireError('truncated')
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true)
  if (headerLength > limits.maxTextBytes || 4 + headerLength > bytes.length) throw new WireError('header length out of range')
  const header = parseBounded(decodeUtf8(bytes.subarray(4, 4 + headerLength)))
  if (!isHeader(header)) throw new WireError('not a header')
  let at = 4 + headerLength
  const holder = { value: header.value }
  for (const row of header.arrays) {
    const start = align(at)
    const array = readArray(bytes, start, row, memory)
    at = start + array.byteLength
    place(holder, row.path, array)
  }
  if (at !== bytes.length) throw new WireError('bytes left over')
  return holder.value
}

const align = (at: number) => Math.ceil(at / ALIGNMENT) * ALIGNMENT

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

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new WireError('not UTF-8')
  }
}

/** Parses JSON and refuses depth and the one key that would be a prototype once copied (`constructor` is a real column name). */
function parseBounded(text: string): unknown {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new WireError('not JSON')
  }
  refuseUnbounded(parsed, 0)
  return parsed
}

function refuseUnbounded(value: unknown, depth: number): void {
  if (!isObject(value)) return
  if (depth > MAX_DEPTH) throw new WireError('too deep')
  if (Array.isArray(value)) {
    for (const item of value) if (isObject(item)) refuseUnbounded(item, depth + 1)
    return
  }
  // Fresh from JSON.parse: every enumerable key is its own.
  for (const key in value) {
    if (key === '__proto__') throw new WireError('prototype key')
    refuseUnbounded((value as Record<string, unknown>)[key], depth + 1)
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function isHeader(header: unknown): header is { value: unknown; arrays: readonly ArrayRow[] } {
  if (!isObject(header) || !('value' in header) || !('arrays' in header) || !Array.isArray(header.arrays)) return false
  return header.arrays.length <= MAX_ARRAYS && header.arrays.every(isArrayRow)
}

function isArrayRow(row: unknown): row is ArrayRow {
  if (!isObject(row) || !('type' in row) || !('length' in row) || !('path' in row)) return false
  const { type, length, path } = row
  return typeof type === 'string' && Object.hasOwn(ARRAY_TYPES, type) && Number.isSafeInteger(length) && (length as number) >= 0
    && Array.isArray(path) && path.every(step => typeof step === 'string' || (Number.isSafeInteger(step) && (step as number) >= 0))
}

function readArray(bytes: Uint8Array, start: number, row: ArrayRow, memory: (bytes: number) => ArrayBufferLike): WireArray {
  const type = ARRAY_TYPES[row.type]
  const end = start + row.length * type.BYTES_PER_ELEMENT
  if (end > bytes.length) throw new WireError('array beyond the frame')
  const buffer = memory(end - start)
  new Uint8Array(buffer).set(bytes.subarray(start, end))
  return new (type as new (buffer: ArrayBufferLike) => WireArray)(buffer)
}

/** Puts an array where the header says: an own property that holds null, never anything inherited. */
function place(holder: { value: unknown }, path: Path, array: WireArray): void {
  let parent: object = holder
  let key: string | number = 'value'
  for (const step of path) {
    const child: unknown = (parent as Record<string | number, unknown>)[key]
    if (!isObject(child) || ArrayBuffer.isView(child) || !Object.hasOwn(child, step)) throw new WireError('array without a place')
    parent = child
    key = step
  }
  const slots = parent as Record<string | number, unknown>
  if (slots[key] !== null) throw new WireError('array without a place')
  slots[key] = array
}
