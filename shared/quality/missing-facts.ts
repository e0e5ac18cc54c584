import { ASSUMED } from '../twin/asset.ts'
import { ASSET_KINDS } from '../twin/kinds.ts'
import { LEDGER_FACTS, type LedgerFact, type QualityInput } from './quality-report.ts'

const UNKNOWN_KIND = ASSET_KINDS.indexOf('unknown')

export const factBit = (fact: LedgerFact): number => 1 << LEDGER_FACTS.indexOf(fact)

/** Per asset the facts it lacks, as a sum of `factBit`s. What was filled from an assumption is not known. */
export function missingFacts({ columns, material, year }: Pick<QualityInput, 'columns' | 'material' | 'year'>): Uint8Array {
  const missing = new Uint8Array(columns.count)
  const isBlank = Uint8Array.from(columns.owners, owner => (owner.trim() === '' ? 1 : 0))
  for (let i = 0; i < columns.count; i++) {
    const assumed = columns.assumed[i]!
    let lacks = 0
    if (columns.kind[i] === UNKNOWN_KIND || assumed & ASSUMED.kind) lacks |= factBit('kind')
    if (assumed & (ASSUMED.level | ASSUMED.ground)) lacks |= factBit('level')
    if (assumed & ASSUMED.size) lacks |= factBit('size')
    if (isBlank[columns.owner[i]!] === 1) lacks |= factBit('owner')
    if (Number.isNaN(columns.accuracyPlanM[i]!) || Number.isNaN(columns.accuracyLevelM[i]!)) lacks |= factBit('accuracy')
    if (!material[i]) lacks |= factBit('material')
    if (!year[i]) lacks |= factBit('year')
    missing[i] = lacks
  }
  return missing
}
