import { describe, expect, it } from 'vitest'
import { loadMessages } from '#main/services/messages.ts'
import { statisticsBook, statisticsPage, type StatisticsTable } from '#renderer/panels/statistics/statistics-papers.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { readXlsx } from '#shared/io/formats/table/read-xlsx.ts'
import { IssueLog } from '#shared/io/issue-log.ts'
import { DEFAULT_IMPORT_LIMITS } from '#shared/io/source.ts'

const group = (key: string, count: number, lengthM: number) => ({ key, count, lengthM, lengthByKindM: [] })
const TABLES: readonly StatisticsTable[] = [
  { by: 'owner', rows: [{ name: '水务 & <公司>', group: group('a', 3, 1500) }, { name: '=1+1', group: group('b', 1, 500) }] },
  { by: 'material', rows: [{ name: '铸铁', group: group('c', 4, 2000) }] },
]

describe('the ledger\'s statistics on paper', () => {
  it('as a workbook: a sheet each way, figures as figures, nothing that runs', async () => {
    const sheets = readXlsx({ name: 's.xlsx', bytes: statisticsBook(TABLES, await loadMessages('zh-CN')) }, DEFAULT_IMPORT_LIMITS, unattendedJob, new IssueLog())
    expect(sheets.map(({ name }) => name)).toEqual(['权属单位', '材质'])
    expect(sheets[0]!.rows.slice(1)).toEqual([['水务 & <公司>', '3', '1.5', '75'], ['=1+1', '1', '0.5', '25']])
  })

  it.each(['zh-CN', 'en'] as const)('as a page to print: totals, names escaped, nothing loaded (%s)', async language => {
    const page = statisticsPage(TABLES, { project: 'p<1>', day: '2026-11-27', language }, await loadMessages(language))
    expect(page).toContain('水务 &amp; &lt;公司&gt;')
    expect(page).toContain('<td class="figure">1.500</td><td class="figure">75.0 %</td>')
    expect(page).toMatch(/<th class="figure">4<\/th><th class="figure">2\.000<\/th>/)
    expect(page).toContain(`lang="${language}"`)
    expect(page).not.toMatch(/(?:src|href)=|<script/)
  })
})
