import type { CallOutput } from '#shared/contract/contract.ts'
import { blocksOfAssets } from '#shared/quality/block-lookup.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import { ASSET_KINDS, ASSET_STATUSES } from '#shared/twin/kinds.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { axisFacts } from '../../state/twin/asset-facts.ts'

/** What a ledger is summed up by. */
export const GROUPINGS = ['kind', 'owner', 'block', 'material', 'decade', 'size', 'cover', 'accuracy', 'status'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** An attribute of every asset as the host packs it. */
export type AttributeColumn = Pick<CallOutput<'twin.attributeColumn'>, 'values' | 'codes'>

export interface GroupingInput {
  readonly columns: AssetColumns
  readonly blocks: readonly Block[]
  readonly ground: GroundSurface | null
  /** Fetched for `material` and `decade` only. */
  readonly attribute: AttributeColumn | null
}

/** Lines of one group, in all and by kind (in the order of ASSET_KINDS). `label` is a value as data has it, or a key to word. */
export interface LedgerGroup {
  readonly key: string
  readonly count: number
  readonly lengthM: number
  readonly lengthByKindM: readonly number[]
}

/** Upper bounds of bands, metres; what lies above the last is a band of its own. */
export const SIZE_BANDS_M = [0.1, 0.2, 0.4, 0.6, 1, 2] as const
export const COVER_BANDS_M = [0, 0.7, 1, 1.5, 2, 3, 5, 10] as const
export const ACCURACY_BANDS_M = [0.05, 0.15, 0.3, 0.5, 1] as const
/** Key of what is not known. */
export const UNKNOWN = '?'

/** The ledger summed up: groups of lines with their number and length; empty groups are left out. */
export function groupLedger(by: Grouping, input: GroupingInput): LedgerGroup[] {
  const { columns } = input
  const keyOf = keysOf(by, input)
  const { lengthM } = axisFacts(columns)
  const groups = new Map<string, { count: number; lengthM: number; byKind: Float64Array }>()
  for (let i = 0; i < columns.count; i++) {
    const key = keyOf(i)
    let group = groups.get(key)
    if (!group) groups.set(key, (group = { count: 0, lengthM: 0, byKind: new Float64Array(ASSET_KINDS.length) }))
    group.count++
    group.lengthM += lengthM[i]!
    group.byKind[columns.kind[i]!]! += lengthM[i]!
  }
  return [...groups].map(([key, group]) => ({ key, count: group.count, lengthM: group.lengthM, lengthByKindM: [...group.byKind] }))
}

function keysOf(by: Grouping, { columns, blocks, ground, attribute }: GroupingInput): (asset: number) => string {
  switch (by) {
    case 'kind': return i => ASSET_KINDS[columns.kind[i]!] ?? 'unknown'
    case 'status': return i => ASSET_STATUSES[columns.status[i]!] ?? 'in_use'
    case 'owner': return i => columns.owners[columns.owner[i]!]?.trim() || UNKNOWN
    case 'size': return i => bandOf(2 * Math.max(columns.halfWidthM[i]!, columns.halfHeightM[i]!), SIZE_BANDS_M)
    case 'accuracy': return i => bandOf(Math.max(columns.accuracyPlanM[i]!, columns.accuracyLevelM[i]!), ACCURACY_BANDS_M)
    case 'material': return i => (attribute?.codes[i] ? (attribute.values[attribute.codes[i] - 1] ?? UNKNOWN) : UNKNOWN)
    case 'decade': return i => {
      const year = attribute?.codes[i] ? Number(attribute.values[attribute.codes[i] - 1]) : NaN
      return Number.isFinite(year) ? String(10 * Math.floor(year / 10)) : UNKNOWN
    }
    case 'block': {
      const blockOf = blocksOfAssets(columns, blocks)
      return i => blocks[blockOf[i]!]?.id ?? UNKNOWN
    }
    case 'cover': {
      const groundAt = ground && groundSampler(ground)
      return i => bandOf(groundAt ? leastCover(columns, i, groundAt) : NaN, COVER_BANDS_M)
    }
  }
}

/** Number of the band a value is in, counted from 0, as a key; unknown for what is no number. */
const bandOf = (value: number, bounds: readonly number[]): string => {
  if (Number.isNaN(value)) return UNKNOWN
  const band = bounds.findIndex(bound => value <= bound)
  return String(band < 0 ? bounds.length : band)
}

function leastCover({ vertexStart, xyz, halfHeightM }: AssetColumns, asset: number, groundAt: (x: number, y: number) => number | null): number {
  let least = NaN
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]!; v++) {
    const level = groundAt(xyz[3 * v]!, xyz[3 * v + 1]!)
    if (level === null) continue
    const coverM = level - xyz[3 * v + 2]! - halfHeightM[asset]!
    if (!(coverM >= least)) least = coverM
  }
  return least
}
