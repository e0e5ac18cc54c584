import type { AssetColumns } from '../twin/asset-columns.ts'
import type { FlawList } from './flaw-list.ts'

/** Vertices are compared to the millimetre: what surveys give, and what exports round to. */
const ROUND_PER_M = 1000

/**
 * Lines of one kind with the same vertices, in either direction: each after the first, with the first as the other.
 * @returns per asset: 1 where it repeats another.
 */
export function findDuplicates(columns: AssetColumns, flaws: FlawList): Uint8Array {
  const isRepeated = new Uint8Array(columns.count)
  const firstOf = new Map<string, number>()
  const { vertexStart, xyz, kind } = columns
  for (let i = 0; i < columns.count; i++) {
    const [first, last] = [vertexStart[i]!, vertexStart[i + 1]! - 1]
    const key = `${kind[i]}:${vertexKeys(columns, first, last)}`
    const before = firstOf.get(key)
    if (before === undefined) {
      firstOf.set(key, i)
      continue
    }
    isRepeated[i] = 1
    flaws.add('duplicate', i, [xyz[3 * first]!, xyz[3 * first + 1]!, xyz[3 * first + 2]!], NaN, before)
  }
  return isRepeated
}

/** The vertices as text, from the end that comes first in text order, so that direction does not matter. */
function vertexKeys({ xyz }: AssetColumns, first: number, last: number): string {
  const rounded = (k: number) => Math.round(xyz[k]! * ROUND_PER_M)
  const keys = Array.from({ length: last - first + 1 }, (_, n) => {
    const k = 3 * (first + n)
    return `${rounded(k)},${rounded(k + 1)},${rounded(k + 2)}`
  })
  const [forward, backward] = [keys.join(' '), keys.toReversed().join(' ')]
  return forward < backward ? forward : backward
}
