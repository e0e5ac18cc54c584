/** Digits of the radix, bits. */
const BITS = 16
const BUCKETS = 1 << BITS

/**
 * Indices by their keys, rising or falling, among equals as they were. A radix sort over the bits of the keys: a million take
 * some tens of milliseconds, where a comparing sort takes a second.
 * @param keys By index; no NaN.
 */
export function inOrderOf(indices: Uint32Array, keys: ArrayLike<number>, descending = false): Uint32Array {
  const number = new Float64Array(1)
  const words = new Uint32Array(number.buffer)
  const [low, high] = isLittleEndian() ? [0, 1] : [1, 0]
  const parts = [new Uint32Array(indices.length), new Uint32Array(indices.length)]
  for (let k = 0; k < indices.length; k++) {
    // Both zeros are one.
    number[0] = keys[indices[k]!]! + 0
    const isNegative = words[high]! >>> 31 === 1
    // Bits of doubles rise with the doubles, once those below zero are turned round.
    const flip = isNegative !== descending ? 0xffffffff : 0
    parts[0]![k] = words[low]! ^ flip
    parts[1]![k] = words[high]! ^ (descending ? (isNegative ? 0 : 0x7fffffff) : isNegative ? 0xffffffff : 0x80000000)
  }
  let order = Uint32Array.from(indices, (_, k) => k)
  for (const part of parts) {
    for (const shift of [0, BITS]) {
      const start = new Uint32Array(BUCKETS + 1)
      for (let k = 0; k < part.length; k++) start[((part[k]! >>> shift) & (BUCKETS - 1)) + 1]!++
      if (start.includes(part.length, 1)) continue
      for (let b = 0; b < BUCKETS; b++) start[b + 1]! += start[b]!
      const next = new Uint32Array(part.length)
      for (let k = 0; k < part.length; k++) next[start[(part[order[k]!]! >>> shift) & (BUCKETS - 1)]!++] = order[k]!
      order = next
    }
  }
  return order.map(k => indices[k]!)
}

const isLittleEndian = (): boolean => new Uint8Array(new Uint32Array([1]).buffer)[0] === 1
