/**
 * Many strings as two typed arrays (UTF-8 bytes and offsets), so that a million ids cross threads without copying
 * and without a million objects. Reading one decodes it; equal content means equal bytes.
 */
export interface PackedStrings {
  readonly bytes: Uint8Array
  /** Length count + 1; string i is bytes[start[i] … start[i + 1]). */
  readonly start: Uint32Array
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function packStrings(strings: readonly string[]): PackedStrings {
  const start = new Uint32Array(strings.length + 1)
  const parts = strings.map((text, i) => {
    const part = encoder.encode(text)
    start[i + 1] = start[i]! + part.length
    return part
  })
  const bytes = new Uint8Array(start[strings.length]!)
  parts.forEach((part, i) => bytes.set(part, start[i]!))
  return { bytes, start }
}

/** String i; empty for an index out of range. */
export function packedString(packed: PackedStrings, i: number): string {
  const from = packed.start[i]
  const to = packed.start[i + 1]
  return from === undefined || to === undefined ? '' : decoder.decode(packed.bytes.subarray(from, to))
}

export function unpackStrings(packed: PackedStrings): string[] {
  return Array.from({ length: packed.start.length - 1 }, (_, i) => packedString(packed, i))
}

/**
 * Where each of a few strings stands: one pass over the bytes, nothing decoded.
 * @returns per string the lowest index, −1 where it is not there.
 */
export function indicesOf(packed: PackedStrings, strings: readonly string[]): number[] {
  const found = strings.map(() => -1)
  const wanted = new Map<number, { readonly bytes: Uint8Array; readonly at: number }[]>()
  strings.forEach((text, at) => {
    const bytes = encoder.encode(text)
    wanted.set(bytes.length, [...(wanted.get(bytes.length) ?? []), { bytes, at }])
  })
  for (let i = 0; i + 1 < packed.start.length; i++) {
    const from = packed.start[i]!
    for (const { bytes, at } of wanted.get(packed.start[i + 1]! - from) ?? []) {
      if (found[at] === -1 && bytes.every((byte, k) => packed.bytes[from + k] === byte)) found[at] = i
    }
  }
  return found
}
