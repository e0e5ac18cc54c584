import { align, ARRAY_TYPES, MAX_ARRAYS, MAX_DEPTH, WireError, type ArrayRow, type FrameLimits, type Path, type WireArray } from './wire.ts'

/** Where an array of so many bytes is put. */
export type FrameMemory = (bytes: number) => ArrayBufferLike

const ownBuffer: FrameMemory = bytes => new ArrayBuffer(bytes)
const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * @param frame Whatever a transport delivered: text, or the bytes of a binary message.
 * @param memory Where an array of so many bytes is put; a buffer of its own unless said otherwise.
 * @returns The value; each typed array has its buffer to itself, so that it can go to a worker alone.
 * @throws WireError for anything that is not a whole, bounded frame.
 */
export function decodeFrame(frame: unknown, limits: FrameLimits, memory: FrameMemory = ownBuffer): unknown {
  if (typeof frame === 'string') {
    if (frame.length > limits.maxTextBytes) throw new WireError('too large')
    return parseBounded(frame)
  }
  // A plain view: Node's Buffer is a Uint8Array whose `slice` shares memory.
  const bytes = frame instanceof Uint8Array ? new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength) : frame instanceof ArrayBuffer ? new Uint8Array(frame) : null
  if (!bytes) throw new WireError('neither text nor bytes')
  const reader = new FrameReader(bytes.length, limits, memory)
  reader.push(bytes)
  return reader.finish()
}

/** Reads a binary frame as it comes, each array straight into the memory it will stay in. Whatever throws leaves it unusable. */
export class FrameReader {
  private readonly totalBytes: number
  private readonly limits: FrameLimits
  private readonly memory: FrameMemory
  private readonly lengthBytes = new Uint8Array(4)
  private header: Uint8Array<ArrayBuffer> | null = null
  private rows: readonly ArrayRow[] | null = null
  private readonly holder: { value: unknown } = { value: null }
  /** Bytes taken so far; the array being filled, and where it lies in the frame. */
  private at = 0
  private row = 0
  private array: WireArray | null = null
  private start = 0

  /**
   * @param totalBytes Size of the whole frame, as announced.
   * @throws WireError where that is beyond the limits or below any frame.
   */
  constructor(totalBytes: number, limits: FrameLimits, memory: FrameMemory = ownBuffer) {
    if (totalBytes > limits.maxBytes) throw new WireError('too large')
    if (totalBytes < 4) throw new WireError('truncated')
    this.totalBytes = totalBytes
    this.limits = limits
    this.memory = memory
  }

  /** @throws WireError at the first byte that cannot be of such a frame. */
  push(chunk: Uint8Array): void {
    if (this.at + chunk.length > this.totalBytes) throw new WireError('bytes left over')
    let from = 0
    while (from < chunk.length) {
      const taken = this.rows ? this.takeArrays(chunk, from) : this.takeHeader(chunk, from)
      from += taken
      this.at += taken
    }
  }

  /** The value. @throws WireError where bytes are missing. */
  finish(): unknown {
    if (this.at !== this.totalBytes || !this.rows) throw new WireError('truncated')
    return this.holder.value
  }

  private takeHeader(chunk: Uint8Array, from: number): number {
    const into = this.header ?? this.lengthBytes
    const filled = this.header ? this.at - 4 : this.at
    const taken = Math.min(into.length - filled, chunk.length - from)
    into.set(chunk.subarray(from, from + taken), filled)
    if (filled + taken < into.length) return taken
    if (!this.header) {
      const length = new DataView(into.buffer).getUint32(0, true)
      if (length === 0 || length > this.limits.maxTextBytes || 4 + length > this.totalBytes) throw new WireError('header length out of range')
      this.header = new Uint8Array(length)
    } else this.readHeader(into)
    return taken
  }

  private readHeader(bytes: Uint8Array): void {
    const header = parseBounded(decodeUtf8(bytes))
    if (!isHeader(header)) throw new WireError('not a header')
    // What the arrays claim is compared with what was announced before any memory is taken for them.
    const end = header.arrays.reduce((at, { type, length }) => align(at) + length * ARRAY_TYPES[type].BYTES_PER_ELEMENT, 4 + bytes.length)
    if (end > this.totalBytes) throw new WireError('array beyond the frame')
    if (end < this.totalBytes) throw new WireError('bytes left over')
    this.holder.value = header.value
    this.rows = header.arrays
    this.start = 4 + bytes.length
    this.nextArrays()
  }

  /** Makes the array that comes next, and those without a byte before it. */
  private nextArrays(): void {
    this.array = null
    while (!this.array && this.row < this.rows!.length) {
      const { type, length, path } = this.rows![this.row++]!
      const constructor = ARRAY_TYPES[type] as new (buffer: ArrayBufferLike) => WireArray
      const array = new constructor(this.memory(length * ARRAY_TYPES[type].BYTES_PER_ELEMENT))
      this.start = align(this.start)
      place(this.holder, path, array)
      if (length > 0) this.array = array
    }
  }

  private takeArrays(chunk: Uint8Array, from: number): number {
    const { array, start, at } = this
    // Padding: before the array to come, or after the last one that has a byte.
    if (!array || at < start) return Math.min(array ? start - at : Infinity, chunk.length - from)
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    const taken = Math.min(start + bytes.length - at, chunk.length - from)
    bytes.set(chunk.subarray(from, from + taken), at - start)
    if (at + taken === start + bytes.length) {
      this.start = at + taken
      this.nextArrays()
    }
    return taken
  }
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
