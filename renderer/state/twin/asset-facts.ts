import { unpackStrings } from '#shared/core/packed-strings.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { ASSET_KINDS, type AssetKind } from '#shared/twin/kinds.ts'

/**
 * Facts derived from the columns that several panels read: computed once per twin, when first asked for,
 * and forgotten with it. Nothing here is stored.
 */

function perTwin<T>(compute: (columns: AssetColumns) => T): (columns: AssetColumns) => T {
  const cache = new WeakMap<AssetColumns, T>()
  return columns => {
    let value = cache.get(columns)
    if (value === undefined) {
      value = compute(columns)
      cache.set(columns, value)
    }
    return value
  }
}

/** Ids in the order of the columns. */
export const assetIds: (columns: AssetColumns) => readonly string[] = perTwin(columns => unpackStrings(columns.ids))

export interface AxisFacts {
  /** Length in space along the axis, metres. */
  readonly lengthM: Float64Array
  /** Axis level of the first and last vertex, project datum, metres. */
  readonly startLevelM: Float64Array
  readonly endLevelM: Float64Array
}

export const axisFacts: (columns: AssetColumns) => AxisFacts = perTwin(columns => {
  const { count, vertexStart, xyz, origin } = columns
  const facts = { lengthM: new Float64Array(count), startLevelM: new Float64Array(count), endLevelM: new Float64Array(count) }
  for (let i = 0; i < count; i++) {
    const [first, last] = [vertexStart[i]!, vertexStart[i + 1]! - 1]
    for (let v = first; v < last; v++) {
      facts.lengthM[i]! += Math.hypot(
        xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, xyz[3 * v + 5]! - xyz[3 * v + 2]!,
      )
    }
    facts.startLevelM[i] = xyz[3 * first + 2]! + origin[2]
    facts.endLevelM[i] = xyz[3 * last + 2]! + origin[2]
  }
  return facts
})

/** Lines whose level is an assumption. */
export const assumedLevels: (columns: AssetColumns) => number = perTwin(({ assumed }) => {
  let lines = 0
  for (const flags of assumed) if (flags & ASSUMED.level) lines++
  return lines
})

export interface KindCount {
  readonly kind: AssetKind
  readonly count: number
  readonly lengthM: number
  readonly owners: readonly { readonly owner: string; readonly count: number; readonly lengthM: number }[]
}

/** Lines and length by kind and, within, by owner; kinds in the order of the survey code, owners by count. */
export const kindCounts: (columns: AssetColumns) => readonly KindCount[] = perTwin(columns => {
  const owners = columns.owners.length
  const counts = new Uint32Array(ASSET_KINDS.length * owners)
  const lengths = new Float64Array(counts.length)
  const { lengthM } = axisFacts(columns)
  for (let i = 0; i < columns.count; i++) {
    const cell = columns.kind[i]! * owners + columns.owner[i]!
    counts[cell]!++
    lengths[cell]! += lengthM[i]!
  }
  return ASSET_KINDS.flatMap((kind, k): KindCount[] => {
    const rows = columns.owners
      .map((owner, o) => ({ owner, count: counts[k * owners + o]!, lengthM: lengths[k * owners + o]! }))
      .filter(row => row.count > 0)
      .sort((a, b) => b.count - a.count || (a.owner < b.owner ? -1 : 1))
    if (rows.length === 0) return []
    const sum = (key: 'count' | 'lengthM') => rows.reduce((total, row) => total + row[key], 0)
    return [{ kind, count: sum('count'), lengthM: sum('lengthM'), owners: rows }]
  })
})
