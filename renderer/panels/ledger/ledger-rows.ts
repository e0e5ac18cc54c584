import type { TFunction } from 'i18next'
import { inOrderOf } from '#shared/core/stable-order.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { blocksOfAssets } from '#shared/quality/block-lookup.ts'
import type { AttributeRole } from '#shared/twin/attribute-roles.ts'
import { ASSET_STATUSES, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { figure } from '../../i18n/format.ts'
import { assetIds, axisFacts } from '../../state/twin/asset-facts.ts'
import { naturalRanks } from '../../state/twin/natural-rank.ts'
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
  return inOrderOf(kept.subarray(0, n), sortKey(facts, by, language), descending)
}

/** A figure of each line that is as it is sorted. What is not known counts as nothing. */
function sortKey(ledger: LedgerFacts, by: LedgerColumn, language: string): ArrayLike<number> {
  const { columns } = ledger
  const facts = axisFacts(columns)
  const collator = new Intl.Collator(language, { numeric: true })
  const ranked = (rank: ArrayLike<number>, codes: ArrayLike<number>) => Float64Array.from({ length: columns.count }, (_, i) => rank[codes[i]!] ?? rank.length)
  switch (by) {
    case 'id': return idRanks(columns, language)
    case 'owner': return ranked(rankOf(columns.owners, collator), columns.owner)
    // What lies in none comes last.
    case 'block': return ranked(rankOf(ledger.blocks.map(({ id, name }) => name || id), collator), blockOf(ledger))
    case 'material':
    case 'year': {
      const held = ledger.attributes[by]?.twinHash === ledger.twinHash ? ledger.attributes[by].column : null
      const rank = rankOf(held?.values ?? [], collator)
      return Float64Array.from({ length: columns.count }, (_, i) => rank[(held?.codes[i] ?? 0) - 1] ?? rank.length)
    }
    case 'kind': return columns.kind
    // Widths are never nanometres apart: one key for both.
    case 'size': return Float64Array.from(columns.halfWidthM, (half, i) => half + 1e-9 * columns.halfHeightM[i]!)
    case 'length': return facts.lengthM
    case 'from': return facts.startLevelM
    case 'to': return facts.endLevelM
    case 'laying': return columns.laying
    case 'pressure': return Float64Array.from(columns.pressureClass, (code, i) => 1e6 * code + (columns.voltageKv[i]! || 0))
    case 'status': return columns.status
    case 'accuracy': return known(columns.accuracyPlanM)
  }
}

const known = (values: ArrayLike<number>): Float64Array => Float64Array.from(values, value => value || 0)

const ranksKept = new WeakMap<AssetColumns, { readonly language: string; readonly of: Float64Array }>()

/** Place of each id in the reader's own order; worked out once per twin. */
function idRanks(columns: AssetColumns, language: string): Float64Array {
  const kept = ranksKept.get(columns)
  if (kept?.language === language) return kept.of
  const of = naturalRanks(assetIds(columns), language)
  ranksKept.set(columns, { language, of })
  return of
}

/** Place of each text in the reader's own order. */
function rankOf(texts: readonly string[], collator: Intl.Collator): Uint32Array {
  const order = texts.map((_, i) => i).sort((i, j) => collator.compare(texts[i]!, texts[j]!))
  const rank = new Uint32Array(texts.length)
  order.forEach((original, place) => { rank[original] = place })
  return rank
}
