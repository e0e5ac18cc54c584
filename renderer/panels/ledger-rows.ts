import type { TFunction } from 'i18next'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { figure } from '../i18n/format.ts'
import { assetIds, axisFacts } from '../state/asset-facts.ts'

export type LedgerColumn = 'id' | 'kind' | 'owner' | 'size' | 'length' | 'from' | 'to' | 'laying' | 'pressure' | 'status' | 'accuracy'

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

/** What the filter looks in, per line, lower case: id, kind, owner. Worded once per twin and language. */
export function ledgerWords(columns: AssetColumns, t: TFunction): readonly string[] {
  const kinds = ASSET_KINDS.map(kind => t(`kinds:kind.${kind}`).toLowerCase())
  const owners = columns.owners.map(owner => owner.toLowerCase())
  return assetIds(columns).map((id, i) => `${id.toLowerCase()} ${kinds[columns.kind[i]!]} ${owners[columns.owner[i]!]}`)
}

/** Indices of the lines that hold every part of the filter, in the order asked; among equals the order of the file. */
export function arrangeLedger(columns: AssetColumns, words: readonly string[], filter: string, by: LedgerColumn, descending: boolean, language: string): Uint32Array {
  const parts = filter.toLowerCase().split(/\s+/).filter(part => part !== '')
  const kept = new Uint32Array(columns.count)
  let n = 0
  for (let i = 0; i < columns.count; i++) if (parts.every(part => words[i]!.includes(part))) kept[n++] = i
  const compare = comparison(columns, by, language)
  const sign = descending ? -1 : 1
  return kept.subarray(0, n).sort((i, j) => sign * compare(i, j) || i - j)
}

function comparison(columns: AssetColumns, by: LedgerColumn, language: string): (i: number, j: number) => number {
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
