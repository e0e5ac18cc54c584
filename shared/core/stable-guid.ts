const encoder = new TextEncoder()

/**
 * A guid that is the same whenever the words are: 128 bits of hash (four 32-bit MurmurHash3 with different seeds) in the
 * form of RFC 9562 version 8, lower case as BCF 3.0 demands. Not for secrets.
 */
export function stableGuid(...words: readonly string[]): string {
  const bytes = encoder.encode(words.map(word => `${word.length}:${word}`).join(''))
  const hex = [0x5bd1e995, 0x1b873593, 0x9747b28c, 0x2545f491].map(seed => murmur3(bytes, seed).toString(16).padStart(8, '0')).join('')
  const variant = '89ab'[parseInt(hex[16]!, 16) & 3]!
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** MurmurHash3 x86 32 (A. Appleby, public domain). */
function murmur3(bytes: Uint8Array, seed: number): number {
  const mix = (k: number): number => Math.imul(rotate(Math.imul(k, 0xcc9e2d51), 15), 0x1b873593)
  let hash = seed
  const whole = bytes.length - (bytes.length % 4)
  for (let i = 0; i < whole; i += 4) {
    hash ^= mix(bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24))
    hash = (Math.imul(rotate(hash, 13), 5) + 0xe6546b64) | 0
  }
  let tail = 0
  for (let i = bytes.length - 1; i >= whole; i--) tail = (tail << 8) | bytes[i]!
  if (whole < bytes.length) hash ^= mix(tail)
  hash ^= bytes.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))

const BASE_64 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$'

/** The 22 characters IFC writes a guid in (ISO 16739, IfcGloballyUniqueId): 128 bits, six a character, the first two. */
export function ifcGuid(guid: string): string {
  let bits = BigInt(`0x${guid.replaceAll('-', '')}`)
  let text = ''
  for (let i = 0; i < 22; i++) {
    text = BASE_64[Number(bits & 63n)]! + text
    bits >>= 6n
  }
  return text
}
