import type { AssetColumns } from '../twin/asset-columns.ts'
import type { FlawList } from './flaw-list.ts'

/** Vertices are compared to the millimetre: what surveys give, and what exports round to. */
const ROUND_PER_M = 1000

/** Levels of one line surveyed twice differ by as much as a detector's depths do, metres; beyond it one may lie over the other. */
const LEVELS_AGREE_M = 0.15

/**
 * Lines of one kind with the same vertices in plan, in either direction, that lie in one another: each after the first,
 * with the first as the other, and how far their levels differ.
 * @returns per asset: 1 where it repeats another.
 */
export function findDuplicates(columns: AssetColumns, flaws: FlawList): Uint8Array {
  const isRepeated = new Uint8Array(columns.count)
  const linesAt = new Map<string, { readonly asset: number; readonly levels: readonly number[] }[]>()
  const { vertexStart, xyz, kind, halfHeightM } = columns
  for (let i = 0; i < columns.count; i++) {
    const [first, last] = [vertexStart[i]!, vertexStart[i + 1]! - 1]
    const { key: place, levels } = planOf(columns, first, last)
    const key = `${kind[i]}:${place}`
    const here = linesAt.get(key)
    if (!here) {
      linesAt.set(key, [{ asset: i, levels }])
      continue
    }
    const apart = (other: (typeof here)[number]) => levels.reduce((most, z, k) => Math.max(most, Math.abs(z - other.levels[k]!)), 0)
    const before = here.find(other => apart(other) < Math.max(LEVELS_AGREE_M, halfHeightM[i]! + halfHeightM[other.asset]!))
    if (!before) {
      here.push({ asset: i, levels })
      continue
    }
    isRepeated[i] = 1
    flaws.add('duplicate', i, [xyz[3 * first]!, xyz[3 * first + 1]!, xyz[3 * first + 2]!], apart(before), before.asset)
  }
  return isRepeated
}

/** The vertices in plan as text, and their levels, from the end that comes first in text order, so that direction does not matter. */
function planOf({ xyz }: AssetColumns, first: number, last: number): { readonly key: string; readonly levels: readonly number[] } {
  const rounded = (k: number) => Math.round(xyz[k]! * ROUND_PER_M)
  const vertices = Array.from({ length: last - first + 1 }, (_, n) => 3 * (first + n))
  const [forward, backward] = [vertices, vertices.toReversed()].map(order => order.map(k => `${rounded(k)},${rounded(k + 1)}`).join(' ')) as [string, string]
  const levels = vertices.map(k => xyz[k + 2]!)
  return forward < backward ? { key: forward, levels } : { key: backward, levels: levels.reverse() }
}
