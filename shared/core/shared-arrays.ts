type TypedArray = Float64Array | Float32Array | Uint32Array | Int32Array | Uint16Array | Int16Array | Uint8Array | Int8Array

/**
 * The same plain value with its typed arrays copied into memory that threads share: it can be posted to any number of
 * them and stays one copy. Arrays that are shared already are kept.
 */
export function shareArrays<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return shared(value as unknown as TypedArray) as unknown as T
  if (Array.isArray(value)) return value.map(item => shareArrays<unknown>(item)) as unknown as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shareArrays<unknown>(part)])) as T
}

function shared(array: TypedArray): TypedArray {
  if (array.buffer instanceof SharedArrayBuffer) return array
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => TypedArray)(new SharedArrayBuffer(array.byteLength))
  copy.set(array)
  return copy
}

/** Gives memory of so many bytes, zeroed. */
export type Allocate = (bytes: number) => ArrayBufferLike

/** Memory of one thread, which can be handed over. */
export const ownMemory: Allocate = bytes => new ArrayBuffer(bytes)
/** Memory that threads share. */
export const sharedMemory: Allocate = bytes => new SharedArrayBuffer(bytes)

/** The same values at the front of twice the room. */
export function doubled<T extends Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(old: T): T {
  const larger = new (old.constructor as new (length: number) => T)(2 * old.length)
  larger.set(old)
  return larger
}
