/**
 * Pairs of assets from several threads, each once, those that lie together together.
 * @param lists Each [a, b, …].
 * @param order Every asset, neighbours near each other.
 * @returns [a, b, …], the same for the same pairs however they were found.
 */
export function gatherSuspects(lists: readonly Uint32Array[], order: Uint32Array): Uint32Array {
  const rank = new Uint32Array(order.length)
  for (let k = 0; k < order.length; k++) rank[order[k]!] = k
  // Two ranks in one number: a million assets squared are far below 2 ** 53.
  const keys = new Float64Array(lists.reduce((sum, list) => sum + list.length / 2, 0))
  let count = 0
  for (const list of lists) {
    for (let k = 0; k < list.length; k += 2) {
      const [p, q] = [rank[list[k]!]!, rank[list[k + 1]!]!]
      keys[count++] = Math.min(p, q) * order.length + Math.max(p, q)
    }
  }
  keys.sort()
  const pairs = new Uint32Array(2 * count)
  let length = 0
  for (let k = 0; k < count; k++) {
    if (k > 0 && keys[k] === keys[k - 1]) continue
    const first = Math.floor(keys[k]! / order.length)
    pairs[length++] = order[first]!
    pairs[length++] = order[keys[k]! - first * order.length]!
  }
  return pairs.slice(0, length)
}
