import { blockLookup, blocksOfAssets } from '#shared/quality/block-lookup.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSET_KINDS, type AssetKind } from '#shared/twin/kinds.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { axisFacts } from './asset-facts.ts'
import type { CheckResult } from '../findings/findings-store.ts'

/** The lines of one block: which are longest there. */
export interface BlockLines {
  readonly count: number
  readonly lengthM: number
  readonly kinds: readonly { readonly kind: AssetKind; readonly lengthM: number }[]
}

/** Lines by block, in the order of the blocks. */
export function linesByBlock(columns: AssetColumns, blocks: readonly Block[]): BlockLines[] {
  const blockOf = blocksOfAssets(columns, blocks)
  const { lengthM } = axisFacts(columns)
  const sums = blocks.map(() => ({ count: 0, byKind: new Float64Array(ASSET_KINDS.length) }))
  for (let i = 0; i < columns.count; i++) {
    const sum = sums[blockOf[i]!]
    if (!sum) continue
    sum.count++
    sum.byKind[columns.kind[i]!]! += lengthM[i]!
  }
  return sums.map(({ count, byKind }) => ({
    count, lengthM: byKind.reduce((total, length) => total + length, 0),
    kinds: ASSET_KINDS.map((kind, k) => ({ kind, lengthM: byKind[k]! })).filter(part => part.lengthM > 0).sort((a, b) => b.lengthM - a.lengthM),
  }))
}

/** Findings of a check by the block they lie in, in the order of the blocks. */
export function findingsByBlock(result: CheckResult | null, columns: AssetColumns, blocks: readonly Block[]): { readonly mandatory: number; readonly all: number }[] {
  const [ox, oy] = columns.origin
  const blockAt = blockLookup(blocks, columns.origin)
  const counts = blocks.map(() => ({ mandatory: 0, all: 0 }))
  for (const { at, mandatory, rule } of result?.findings ?? []) {
    if (rule === 'touching') continue
    const found = counts[blockAt((at.a[0] + at.b[0]) / 2 - ox, (at.a[1] + at.b[1]) / 2 - oy)]
    if (!found) continue
    found.all++
    if (mandatory) found.mandatory++
  }
  return counts
}
