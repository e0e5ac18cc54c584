import type { TFunction } from 'i18next'
import { FLAW_CODES, FLAW_SEVERITY, LEDGER_FACTS, type Completeness, type FlawCode, type LedgerFact, type QualityReport } from '#shared/quality/quality-report.ts'
import { assetKind, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { figure } from '../../i18n/format.ts'
import { assetIds } from '../../state/asset-facts.ts'

export interface GroupRow extends Completeness {
  readonly key: string
  readonly name: string
  readonly responsible: string
  /** Index of the owner, where groups are owners. */
  readonly owner: number | null
}

export interface FlawRow {
  readonly index: number
  readonly code: FlawCode
  readonly severity: 'error' | 'warning' | 'info'
  readonly asset: number
  readonly other: number | null
  readonly detail: string
}

export function ownerRows(report: QualityReport, columns: AssetColumns, t: TFunction): GroupRow[] {
  return report.byOwner.map((group, i) => ({ ...group, key: `${i}`, name: columns.owners[i]?.trim() || t('quality:nobody'), responsible: '', owner: i })).filter(({ count }) => count > 0)
}

export function blockRows(report: QualityReport, blocks: readonly Block[], t: TFunction): GroupRow[] {
  return report.byBlock
    .map((group, i) => ({ ...group, key: blocks[i]?.id ?? '', name: blocks[i] ? blocks[i].name || blocks[i].id : t('quality:nowhere'), responsible: blocks[i]?.responsible ?? '', owner: null }))
    .filter(({ count }) => count > 0)
}

const SEVERITY_ORDER = ['error', 'warning', 'info']

/** Flaws of a code, or all, the gravest first. */
export function flawRows({ flaws }: QualityReport, code: FlawCode | 'all', t: TFunction): FlawRow[] {
  return Array.from({ length: flaws.count }, (_, index): FlawRow => {
    const code = FLAW_CODES[flaws.code[index]!]!
    const value = flaws.value[index]!
    return {
      index, code, severity: FLAW_SEVERITY[code], asset: flaws.asset[index]!, other: flaws.other[index]! < 0 ? null : flaws.other[index]!,
      detail: t(`quality:detail.${code}`, { m: figure(value, 3), mm: figure(1000 * value, 0) }),
    }
  })
    .filter(row => code === 'all' || row.code === code)
    .sort((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity) || a.index - b.index)
}

/** Lines that lack a fact, or any. */
export function lackingAssets({ missing }: QualityReport, fact: LedgerFact | 'all'): Uint32Array {
  const mask = fact === 'all' ? 0xff : 1 << LEDGER_FACTS.indexOf(fact)
  const found = new Uint32Array(missing.length)
  let n = 0
  for (let i = 0; i < missing.length; i++) if (missing[i]! & mask) found[n++] = i
  return found.subarray(0, n)
}

export const lackedFacts = (missing: number): LedgerFact[] => LEDGER_FACTS.filter((_, k) => missing & (1 << k))

/** What an owner has to mend, as a sheet: one line per flaw, and one per line that lacks facts. Project CRS. */
export function todoSheet(report: QualityReport, columns: AssetColumns, owner: number, t: TFunction): { readonly text: string; readonly count: number } {
  const ids = assetIds(columns)
  const { origin, xyz, vertexStart } = columns
  const at = (x: number, y: number, z: number) => [x + origin[0], y + origin[1], z + origin[2]].map(value => value.toFixed(3))
  const kind = (asset: number) => t(`kinds:kind.${assetKind(columns, asset)}`)
  const lines: string[][] = []
  for (const { asset, code, detail, index } of flawRows(report, 'all', t)) {
    if (columns.owner[asset] === owner) lines.push([ids[asset]!, kind(asset), t(`quality:flaw.${code}`), detail, ...at(report.flaws.xyz[3 * index]!, report.flaws.xyz[3 * index + 1]!, report.flaws.xyz[3 * index + 2]!)])
  }
  for (const asset of lackingAssets(report, 'all')) {
    if (columns.owner[asset] !== owner) continue
    const k = 3 * vertexStart[asset]!
    lines.push([ids[asset]!, kind(asset), lackedFacts(report.missing[asset]!).map(fact => t(`quality:fact.${fact}`)).join(', '), '', ...at(xyz[k]!, xyz[k + 1]!, xyz[k + 2]!)])
  }
  return { text: [t('quality:todoHead'), ...lines.map(line => line.map(cell => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'))].join('\n'), count: lines.length }
}
