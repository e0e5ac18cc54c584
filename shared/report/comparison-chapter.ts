import type { Finding } from '../clearance/findings/finding.ts'
import { figure } from '../core/figures.ts'
import { changedConflicts, type SchemeFigures } from '../review/scheme-figures.ts'
import { html, type Markup } from './markup.ts'
import type { ComparedScheme, ReportData } from './report-data.ts'
import { ruleFigure } from './rule-figure.ts'

/** Conflicts told of each other scheme; the table says how many there are. */
const MOST_CHANGES = 100

/** The schemes side by side in figures, the reported one first, and what becomes of its conflicts in each other. Null where there is no other. */
export function comparisonChapter({ words, comparison }: ReportData): Markup | null {
  const [own, ...others] = comparison
  if (!own || others.length === 0) return null
  const row = (name: string, of: (scheme: ComparedScheme) => string): Markup =>
    html`<tr><th>${words(`planning:compare.${name}`)}</th>${comparison.map(scheme => html`<td class="figure">${of(scheme)}</td>`)}</tr>`
  const count = (name: string, isMeant: (finding: Finding) => boolean): Markup => row(name, ({ findings }) => String(findings.filter(isMeant).length))
  const amount = (name: string, of: (figures: SchemeFigures) => number, decimals: number, unit = ''): Markup => row(name, ({ figures }) => `${figure(of(figures), decimals)}${unit}`)
  return html`<table class="statement comparison"><thead><tr><th>${words('planning:compare.figure')}</th>${comparison.map(({ name }) => html`<th class="figure">${name}</th>`)}</tr></thead><tbody>
${count('certain', ({ mandatory, verdict }) => mandatory && verdict === 'certain')}${count('possible', ({ mandatory, verdict }) => mandatory && verdict !== 'certain')}${count('advisory', ({ mandatory }) => !mandatory)}
${amount('lines', ({ lines }) => lines, 0)}${amount('length', ({ lengthM }) => lengthM, 1, ' m')}${row('cover', ({ figures: { cover } }) => (cover ? `${figure(cover.minM, 2)} – ${figure(cover.maxM, 2)} m` : '–'))}${amount('trench', ({ trenchM3 }) => trenchM3, 0, ' m³')}${amount('cost', ({ costIndex }) => costIndex, 0)}
${row('owners', ({ owners }) => String(owners))}${amount('excavations', ({ excavations }) => excavations, 0)}${amount('cut', ({ cutM3 }) => cutM3, 0, ' m³')}${amount('haul', ({ haulM3 }) => haulM3, 0, ' m³')}${amount('removals', ({ removals }) => removals, 0)}
</tbody></table>${others.map(other => changes(own, other, words))}`
}

function changes(own: ComparedScheme, other: ComparedScheme, words: ReportData['words']): Markup {
  const changed = changedConflicts(own.findings, other.findings)
  const head = html`<h3>${words('planning:compare.changes', { name: other.name, base: own.name })}</h3>`
  if (changed.length === 0) return html`${head}<p>${words('planning:compare.none')}</p>`
  const shortfall = (rule: Finding['rule'], value: number | null): string => (value === null ? '–' : ruleFigure(rule, value))
  return html`${head}<table class="comparison"><thead><tr><th>${words('report:comparison.change')}</th><th>${words('report:column.rule')}</th><th>${words('report:column.sides')}</th><th class="figure">${own.name}</th><th class="figure">${other.name}</th></tr></thead>
<tbody>${changed.slice(0, MOST_CHANGES).map(({ finding, change, base, other: is }) => html`<tr><td>${words(`planning:compare.${change}`)}</td><td>${words(`findings:rule.${finding.rule}`)}</td><td>${[finding.a[0], finding.b[0]].filter(Boolean).join(' / ')}</td><td class="figure">${shortfall(finding.rule, base)}</td><td class="figure">${shortfall(finding.rule, is)}</td></tr>`)}</tbody></table>
<p class="soft small">${words('report:comparison.shortfalls')}${changed.length > MOST_CHANGES ? ` ${words('report:comparison.cut', { shown: MOST_CHANGES, total: changed.length })}` : ''}</p>`
}
