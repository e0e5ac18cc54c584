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
// A mark of byte order is part of a string like any other character.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

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
  if (from === undefined || to === undefined) return ''
  return plainString(packed.bytes, from, to) ?? decoder.decode(packed.bytes.slice(from, to)) // A copy: browsers do not decode memory that threads share.
}

/** Longer strings are decoded. */
const MOST_PLAIN = 64
const plainCodes: number[] = []

/** A short string of ASCII alone, as most ids are: a fifth of the time that decoding takes. Null for any other. */
function plainString(bytes: Uint8Array, from: number, to: number): string | null {
  const length = to - from
  if (length > MOST_PLAIN) return null
  plainCodes.length = length
  let all = 0
  for (let k = 0; k < length; k++) all |= plainCodes[k] = bytes[from + k]!
  return all < 0x80 ? String.fromCharCode(...plainCodes) : null
}

export function unpackStrings(packed: PackedStrings): string[] {
  const { bytes, start } = packed
  const whole = decoder.decode(bytes.slice())
  const texts = new Array<string>(start.length - 1)
  // All are parts of one text: decoding each by itself takes twenty times as long.
  const isPlain = whole.length === bytes.length
  let at = 0
  for (let i = 0; i < texts.length; i++) {
    const length = isPlain ? start[i + 1]! - start[i]! : unitsIn(bytes, start[i]!, start[i + 1]!)
    texts[i] = whole.slice(at, at + length)
    at += length
  }
  return texts
}

/** Length of UTF-8 as a string: a unit for each character that begins here, two for those beyond the basic plane. */
function unitsIn(bytes: Uint8Array, from: number, to: number): number {
  let units = 0
  for (let b = from; b < to; b++) if ((bytes[b]! & 0xc0) !== 0x80) units += bytes[b]! >= 0xf0 ? 2 : 1
  return units
}

/**
 * Looks strings up by content: a hash over the bytes, eight bytes of memory a string.
 * @returns the index of a string, −1 where it is not there; of equal ones the first.
 */
export function indexStrings(packed: PackedStrings): (text: string) => number {
  const find = byteIndex(packed)
  return text => {
    const wanted = encoder.encode(text)
    return find(wanted, 0, wanted.length)
  }
}

/**
 * Where each of these strings stands: one pass over the bytes of all, nothing decoded.
 * @returns per string the lowest index, −1 where it is not there.
 */
export function indicesOf({ bytes, start }: PackedStrings, strings: readonly string[]): number[] {
  const wanted = packStrings(strings)
  const find = byteIndex(wanted)
  const lengths = new Set(strings.map((_, k) => wanted.start[k + 1]! - wanted.start[k]!))
  const found = new Int32Array(strings.length).fill(-1)
  for (let i = 0; i + 1 < start.length; i++) {
    const [from, to] = [start[i]!, start[i + 1]!]
    if (!lengths.has(to - from)) continue
    const at = find(bytes, from, to)
    if (at >= 0 && found[at] === -1) found[at] = i
  }
  // Asked for twice, a string is in the index once.
  return strings.map((_, k) => found[find(wanted.bytes, wanted.start[k]!, wanted.start[k + 1]!)]!)
}

/** Finds bytes `from`…`to` of any array among the strings: the lowest index, −1 where they are none of them. */
function byteIndex({ bytes, start }: PackedStrings): (of: Uint8Array, from: number, to: number) => number {
  const count = start.length - 1
  let size = 8
  while (size < 2 * count) size *= 2
  const slots = new Uint32Array(size)
  const slotOf = (of: Uint8Array, from: number, to: number): number => {
    let hash = 0x811c9dc5
    for (let b = from; b < to; b++) hash = Math.imul(hash ^ of[b]!, 0x01000193)
    let slot = (hash ^ (hash >>> 15)) & (size - 1)
    while (slots[slot] !== 0 && !isAt(slots[slot]! - 1, of, from, to - from)) slot = (slot + 1) & (size - 1)
    return slot
  }
  const isAt = (i: number, of: Uint8Array, from: number, length: number): boolean => {
    if (start[i + 1]! - start[i]! !== length) return false
    for (let b = 0; b < length; b++) if (bytes[start[i]! + b] !== of[from + b]) return false
    return true
  }
  for (let i = 0; i < count; i++) {
    const slot = slotOf(bytes, start[i]!, start[i + 1]!)
    if (slots[slot] === 0) slots[slot] = i + 1
  }
  return (of, from, to) => slots[slotOf(of, from, to)]! - 1
}
