/** Smaller arrays are copied in no time. */
const LEAST_SHARED_BYTES = 1 << 16

/** Memory of a large array that the page and its workers share, so that the twin is held once; the page's own where it is not isolated. */
export const pageMemory = (bytes: number): ArrayBufferLike =>
  globalThis.crossOriginIsolated && bytes >= LEAST_SHARED_BYTES ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
