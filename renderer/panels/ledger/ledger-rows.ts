import type { TFunction } from 'i18next'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { blocksOfAssets } from '#shared/quality/block-lookup.ts'
import type { AttributeRole } from '#shared/twin/attribute-roles.ts'
import { ASSET_STATUSES, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { figure } from '../../i18n/format.ts'
import { assetIds, axisFacts } from '../../state/asset-facts.ts'
import type { HeldAttribute } from '../../state/colouring/attribute-store.ts'

export type LedgerColumn = 'id' | 'kind' | 'owner' | 'block' | 'size' | 'material' | 'year' | 'length' | 'from' | 'to' | 'laying' | 'pressure' | 'status' | 'accuracy'

/** What the ledger knows of the lines: the columns, and what was fetched beside them. */
export interface LedgerFacts {
  readonly columns: AssetColumns
  readonly blocks: readonly Block[]
  readonly twinHash: string
  readonly attributes: Partial<Readonly<Record<AttributeRole, HeldAttribute>>>
}

/** Empty where nothing is known, or not yet. */
export function attributeText({ attributes, twinHash }: LedgerFacts, role: AttributeRole, asset: number): string {
  const held = attributes[role]
  const code = held?.twinHash === twinHash ? (held.column?.codes[asset] ?? 0) : 0
  return code === 0 ? '' : (held?.column?.values[code - 1] ?? '')
}

const blocksKept = new WeakMap<AssetColumns, { readonly blocks: readonly Block[]; readonly of: Int32Array }>()

/** Index of each line's block; looked up once per twin. */
function blockOf({ columns, blocks }: LedgerFacts): Int32Array {
  const kept = blocksKept.get(columns)
  if (kept?.blocks === blocks) return kept.of
  const of = blocksOfAssets(columns, blocks)
  blocksKept.set(columns, { blocks, of })
  return of
}

export function blockText(facts: LedgerFacts, asset: number): string {
  const block = facts.blocks[blockOf(facts)[asset]!]
  return block ? block.name || block.id : ''
}

export const layingOf = (columns: AssetColumns, i: number, t: TFunction): string => {
  const laying = LAYINGS[columns.laying[i]! - 1]
  return laying ? t(`kinds:laying.${laying}`) : ''
}

/** Pressure class of gas, or voltage of power: what the trade reads in that column. */
export const pressureOf = (columns: AssetColumns, i: number, t: TFunction): string => {
  const pressure = PRESSURE_CLASSES[columns.pressureClass[i]! - 1]
  if (pressure) return t(`kinds:pressureClass.${pressure}`)
  const voltageKv = columns.voltageKv[i]!
  return Number.isNaN(voltageKv) ? '' : `${figure(voltageKv, voltageKv % 1 === 0 ? 0 : 1)} kV`
}

export const statusOf = (columns: AssetColumns, i: number, t: TFunction): string => t(`kinds:status.${ASSET_STATUSES[columns.status[i]!] ?? 'in_use'}`)

/** Indices of the lines of the mask, in the order asked; among equals the order of the file. */
export function arrangeLedger(columns: AssetColumns, mask: Uint8Array, facts: LedgerFacts, by: LedgerColumn, descending: boolean, language: string): Uint32Array {
  const kept = new Uint32Array(columns.count)
  let n = 0
  for (let i = 0; i < columns.count; i++) if (mask[i] === 1) kept[n++] = i
  const compare = comparison(facts, by, language)
  const sign = descending ? -1 : 1
  return kept.subarray(0, n).sort((i, j) => sign * compare(i, j) || i - j)
}

function comparison(ledger: LedgerFacts, by: LedgerColumn, language: string): (i: number, j: number) => number {
  const { columns } = ledger
  const facts = axisFacts(columns)
  const figures = (values: ArrayLike<number>) => (i: number, j: number) => (values[i]! || 0) - (values[j]! || 0)
  const collator = new Intl.Collator(language, { numeric: true })
  switch (by) {
    case 'id': {
      const ids = assetIds(columns)
      return (i, j) => collator.compare(ids[i]!, ids[j]!)
    }
    case 'owner': {
      const rank = rankOf(columns.owners, collator)
      return (i, j) => rank[columns.owner[i]!]! - rank[columns.owner[j]!]!
    }
    case 'block': {
      const blocks = blockOf(ledger)
      // What lies in none comes last.
      const rank = rankOf(ledger.blocks.map(({ id, name }) => name || id), collator)
      return (i, j) => (rank[blocks[i]!] ?? Infinity) - (rank[blocks[j]!] ?? Infinity) || 0
    }
    case 'material':
    case 'year': {
      const rank = rankOf(ledger.attributes[by]?.column?.values ?? [], collator)
      const place = (i: number) => {
        const code = ledger.attributes[by]?.twinHash === ledger.twinHash ? (ledger.attributes[by].column?.codes[i] ?? 0) : 0
        return code === 0 ? rank.length : rank[code - 1]!
      }
      return (i, j) => place(i) - place(j)
    }
    case 'kind': return figures(columns.kind)
    case 'size': return (i, j) => columns.halfWidthM[i]! - columns.halfWidthM[j]! || columns.halfHeightM[i]! - columns.halfHeightM[j]!
    case 'length': return figures(facts.lengthM)
    case 'from': return figures(facts.startLevelM)
    case 'to': return figures(facts.endLevelM)
    case 'laying': return figures(columns.laying)
    case 'pressure': return (i, j) => columns.pressureClass[i]! - columns.pressureClass[j]! || figures(columns.voltageKv)(i, j)
    case 'status': return figures(columns.status)
    case 'accuracy': return figures(columns.accuracyPlanM)
  }
}

/** Place of each text in the reader's own order. */
function rankOf(texts: readonly string[], collator: Intl.Collator): Uint32Array {
  const order = texts.map((_, i) => i).sort((i, j) => collator.compare(texts[i]!, texts[j]!))
  const rank = new Uint32Array(texts.length)
  order.forEach((original, place) => { rank[original] = place })
  return rank
}
