import { html, type Markup } from './markup.ts'
import type { ReportData } from './report-data.ts'
import { findingText } from './report-words.ts'

/** Register of exceptions: each with reason, measure, person and days, and whether it still holds. Null where there is none. */
export function exceptionsTable(data: ReportData): Markup | null {
  const { words } = data
  const rows = data.findings.filter(({ standing }) => standing.state?.exception)
  if (rows.length === 0) return null
  const heads = ['number', 'finding', 'reason', 'measure', 'person', 'date', 'expires', 'holds']
  return html`<table><thead><tr>${heads.map(name => html`<th>${words(`report:exception.${name}`)}</th>`)}</tr></thead><tbody>${rows.map(row => {
    const { reason, measure, person, date, expires } = row.standing.state!.exception!
    const holds = row.standing.reopened !== null ? words(`review:reopened.${row.standing.reopened}`) : row.standing.status === 'accepted' ? words('report:exception.yes') : words('report:exception.withdrawn')
    return html`<tr><td>${row.number}</td><td>${findingText(data, row).sentence}</td><td>${reason}</td><td>${measure}</td><td>${person}</td><td class="nowrap">${date}</td><td class="nowrap">${expires}</td><td>${holds}</td></tr>`
  })}</tbody></table>`
}
