import type { TFunction } from 'i18next'
import { LEDGER_FACTS, type Completeness, type LedgerFact, type QualityReport } from '#shared/quality/quality-report.ts'
import { assetKind, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { MAX_SHEET_ROWS, writeXlsx, type Sheet, type SheetCell } from '#shared/io/export/write-xlsx.ts'
import type { OwnerDirectory } from '#shared/register/owner.ts'
import { reachOf } from '#shared/report/owner-reach.ts'
import { assetIds } from '../../state/twin/asset-facts.ts'
import { flawRow } from '../../state/twin/flaw-row.ts'
import { listedFlaws } from '../../state/twin/quality-store.ts'

export interface GroupRow extends Completeness {
  readonly key: string
  readonly name: string
  readonly responsible: string
  /** Indices of the owner's names in the columns, where groups are owners. */
  readonly owner: readonly number[] | null
  /** How to reach whoever it is. */
  readonly reach: string
}

/** Owners with all the names that the ledger has for them put together. */
export function ownerRows(report: QualityReport, columns: AssetColumns, owners: OwnerDirectory, t: TFunction): GroupRow[] {
  const byName = Map.groupBy(report.byOwner.keys(), i => owners.nameOf(columns.owners[i] ?? ''))
  return [...byName].flatMap(([name, indices]): GroupRow[] => {
    const group = together(indices.map(i => report.byOwner[i]!))
    return group.count === 0 ? [] : [{ ...group, key: name, name: name || t('quality:nobody'), responsible: '', owner: indices, reach: reachOf(owners.find(name), t).join(' · ') }]
  })
}

/** Completeness of several groups as one. */
function together(parts: readonly Completeness[]): Completeness {
  const sum = (of: (part: Completeness) => number) => parts.reduce((total, part) => total + of(part), 0)
  const count = sum(part => part.count)
  const lacking = LEDGER_FACTS.map((_, k) => sum(part => part.lacking[k]!))
  return { count, lengthM: sum(part => part.lengthM), lacking, flaws: sum(part => part.flaws), score: count === 0 ? 1 : 1 - lacking.reduce((total, n) => total + n, 0) / (count * LEDGER_FACTS.length) }
}

export function blockRows(report: QualityReport, blocks: readonly Block[], t: TFunction): GroupRow[] {
  return report.byBlock
    .map((group, i) => ({ ...group, key: blocks[i]?.id ?? '', name: blocks[i] ? blocks[i].name || blocks[i].id : t('quality:nowhere'), responsible: blocks[i]?.responsible ?? '', owner: null, reach: '' }))
    .filter(({ count }) => count > 0)
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

/** What an owner has to mend, a row per flaw and one per line that lacks facts, in the order of the heading `todoHead`. Project CRS. */
export function todoRows(report: QualityReport, columns: AssetColumns, owner: readonly number[], t: TFunction): string[][] {
  const ids = assetIds(columns)
  const { origin, xyz, vertexStart } = columns
  const at = (x: number, y: number, z: number) => [x + origin[0], y + origin[1], z + origin[2]].map(value => value.toFixed(3))
  const kind = (asset: number) => t(`kinds:kind.${assetKind(columns, asset)}`)
  const lines: string[][] = []
  for (const flaw of listedFlaws(report, { severity: 'all', code: 'all' })) {
    const { asset, code, detail, index } = flawRow(report, flaw, t)
    if (owner.includes(columns.owner[asset]!)) lines.push([ids[asset]!, kind(asset), t(`quality:flaw.${code}`), detail, ...at(report.flaws.xyz[3 * index]!, report.flaws.xyz[3 * index + 1]!, report.flaws.xyz[3 * index + 2]!)])
  }
  for (const asset of lackingAssets(report, 'all')) {
    if (!owner.includes(columns.owner[asset]!)) continue
    const k = 3 * vertexStart[asset]!
    lines.push([ids[asset]!, kind(asset), lackedFacts(report.missing[asset]!).map(fact => t(`quality:fact.${fact}`)).join(', '), '', ...at(xyz[k]!, xyz[k + 1]!, xyz[k + 2]!)])
  }
  return lines
}

/** The to-do list of one owner as text for a sheet or a mail, headed by whom it is for. */
export function todoSheet({ name, reach }: GroupRow, rows: readonly (readonly string[])[], t: TFunction): string {
  return [[name, reach], t('quality:todoHead').split('\t'), ...rows].map(line => line.map(cell => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')
}

/** The to-do lists of all owners as a workbook: who is asked for how much, then a sheet each. */
export function todoBook(report: QualityReport, columns: AssetColumns, groups: readonly GroupRow[], t: TFunction): Uint8Array {
  const titles = t('quality:todoHead').split('\t')
  const lists = groups.map(group => ({ group, rows: todoRows(report, columns, group.owner ?? [], t) }))
  const number = (text: string, column: number): SheetCell => (column >= FIRST_PLACE_COLUMN ? Number(text) : text)
  return writeXlsx([
    {
      name: t('quality:view.owner'),
      columns: [{ title: t('quality:column.owner'), width: 32 }, { title: t('owners:field.reach'), width: 44 }, { title: t('quality:column.lines'), decimals: 0 }, { title: t('quality:column.length'), decimals: 1 }, { title: `${t('quality:column.score')} (%)`, decimals: 1 }, { title: t('quality:column.flaws'), decimals: 0 }, { title: t('quality:todoCount'), decimals: 0 }],
      rows: lists.map(({ group: { name, reach, count, lengthM, score, flaws }, rows }) => [name, reach, count, lengthM, 100 * score, flaws, rows.length]),
    },
    ...lists.filter(({ rows }) => rows.length > 0).map(({ group, rows }): Sheet => ({
      name: group.name, columns: titles.map((title, k) => ({ title, width: k < FIRST_PLACE_COLUMN ? 24 : 14, ...(k >= FIRST_PLACE_COLUMN && { decimals: 3 as const }) })), rows: rows.slice(0, MAX_SHEET_ROWS).map(row => row.map(number)),
    })),
  ])
}

/** Of the columns of a to-do list: x, y and level come last. */
const FIRST_PLACE_COLUMN = 4
