import type { TFunction } from 'i18next'
import { MAX_SHEET_ROWS, writeXlsx, type SheetCell } from '#shared/io/export/write-xlsx.ts'
import { html, htmlPage } from '#shared/report/markup.ts'
import { paperStyle } from '#shared/report/paper-style.ts'
import { figure } from '../../i18n/format.ts'
import type { Grouping, LedgerGroup } from './ledger-groups.ts'

/** The ledger summed up in one way, groups in the order they are listed. */
export interface StatisticsTable {
  readonly by: Grouping
  readonly rows: readonly { readonly name: string; readonly group: LedgerGroup }[]
}

/** What the papers say at their head. */
export interface StatisticsHead {
  readonly project: string
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly language: string
}

const KM = 1000
const total = (rows: StatisticsTable['rows'], of: (group: LedgerGroup) => number): number => rows.reduce((sum, { group }) => sum + of(group), 0)

/** 台账统计 as a workbook: a sheet for each way of summing up, kilometres. */
export function statisticsBook(tables: readonly StatisticsTable[], t: TFunction): Uint8Array {
  return writeXlsx(tables.map(({ by, rows }) => ({
    name: t(`statistics:by.${by}`),
    columns: [{ title: t(`statistics:by.${by}`), width: 32 }, { title: t('statistics:column.count'), decimals: 0 }, { title: `${t('statistics:column.length')} (km)`, decimals: 3 }, { title: `${t('statistics:column.share')} (%)`, decimals: 1 }],
    rows: rows.slice(0, MAX_SHEET_ROWS).map(({ name, group }): SheetCell[] => [name, group.count, group.lengthM / KM, shareOf(group, rows)]),
  })))
}

/** 台账统计 to print: one page file that loads nothing. */
export function statisticsPage(tables: readonly StatisticsTable[], { project, day, language }: StatisticsHead, t: TFunction): string {
  const title = t('statistics:paper.title')
  const body = html`<h1>${title}</h1><p class="soft">${project} · ${day}</p>${tables.map(({ by, rows }) => html`<section><h2>${t(`statistics:by.${by}`)}</h2>
<table><thead><tr>${[t(`statistics:by.${by}`), t('statistics:column.count'), `${t('statistics:column.length')} (km)`, t('statistics:column.share'), ''].map(text => html`<th>${text}</th>`)}</tr></thead>
<tbody>${rows.map(({ name, group }) => html`<tr><td>${name}</td><td class="figure">${group.count}</td><td class="figure">${figure(group.lengthM / KM, 3)}</td><td class="figure">${figure(shareOf(group, rows), 1)} %</td><td>${bar(group, rows)}</td></tr>`)}
<tr><th>${t('statistics:paper.total')}</th><th class="figure">${total(rows, group => group.count)}</th><th class="figure">${figure(total(rows, group => group.lengthM) / KM, 3)}</th><th></th><th></th></tr></tbody></table></section>`)}`
  return htmlPage({ language, title: `${title} – ${project}`, style: `${paperStyle('')} section { break-inside: avoid; } td svg { display: block; width: 45mm; height: 3mm; }`, body })
}

const shareOf = (group: LedgerGroup, rows: StatisticsTable['rows']): number => (100 * group.lengthM) / (total(rows, each => each.lengthM) || 1)

/** Length against the longest of the table. */
function bar(group: LedgerGroup, rows: StatisticsTable['rows']) {
  const longestM = Math.max(...rows.map(row => row.group.lengthM)) || 1
  return { markup: `<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width="${((100 * group.lengthM) / longestM).toFixed(2)}" height="6" fill="#0b62a8"/></svg>` }
}
