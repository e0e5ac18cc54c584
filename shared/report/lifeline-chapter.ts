import { figure } from '../core/figures.ts'
import { LIFELINE_HAZARDS } from '../hazards/analysis/lifeline-method.ts'
import type { AnalysisOutcome, OutcomeTable } from '../hazards/analysis/outcome.ts'
import type { FindingState } from '../register/finding-state.ts'
import { html, type Markup } from './markup.ts'
import { cellText, columnTitle, figureText } from './outcome-words.ts'
import type { ReportData } from './report-data.ts'

/** Rows of a list; more belong in the workbook. */
const MOST_ROWS = 200

/** The four hazards as they are and with the scheme: in all, per block, and what the scheme adds or makes worse. Null where they were not computed. */
export function lifelineChapter({ words, language, lifeline, hazardStates }: ReportData): Markup | null {
  if (!lifeline) return null
  const blocks = lifeline.tables.find(({ id }) => id === 'blocks')
  const added = lifeline.tables.find(({ id }) => id === 'added')
  return html`<p class="notice">${words('analyses:screeningTip')}</p>
<table><thead><tr>${['hazard', 'now', 'with', 'change'].map((name, k) => html`<th class="${k > 0 ? 'figure' : ''}">${words(`report:lifeline.${name}`)}</th>`)}</tr></thead>
<tbody>${LIFELINE_HAZARDS.map(hazard => hazardRow(lifeline, hazard, words))}</tbody></table>
${blocks && blocks.rows.length > 1 ? html`<h3>${words('analyses:table.blocks')}</h3>${listOf(blocks, words)}` : ''}
<h3>${words('analyses:table.added')}</h3>
${added && added.rows.length > 0 ? listOf(added, words) : html`<p>${words('analyses:notWorse')}</p>`}
${hazardStates.length > 0 ? html`<h3>${words('report:lifeline.worked')}</h3>${workedOn(hazardStates, words)}` : ''}
<p class="soft">${words('analyses:assumptions')}: ${lifeline.assumptions.map(one => `${words(`analyses:assumption.${one.id}`)} ${figureText(words, one, language)}`).join('; ')}. ${words('analyses:method.lifeline.source')}</p>
<h3>${words('analyses:methods.title')}</h3>
${REPORTED.map(method => methodPassage(method, words))}`
}

/** Those the four hazards are computed by. */
const REPORTED = ['lifeline', 'gas', 'overflow', 'collapse', 'dig'] as const

function methodPassage(method: (typeof REPORTED)[number], words: ReportData['words']): Markup {
  const of = (part: string): string => words(`analyses:method.${method}.${part}`)
  return html`<h4>${of('title')} · ${words('analyses:screening')}</h4>
<p>${words('analyses:source')}: ${of('source')}</p>
<p>${words('analyses:formula')}:</p><ul>${of('formula').split('\n').map(line => html`<li>${line}</li>`)}</ul>
<p>${words('analyses:limits')}: ${of('limits')}</p>`
}

/** What became of findings of the four hazards: status, who sees to it, and why one may stay. */
function workedOn(states: readonly FindingState[], words: ReportData['words']): Markup {
  const heads = [words('report:exception.finding'), words('review:column.status'), words('review:column.assignee'), words('report:exception.reason'), words('report:exception.measure'), words('report:exception.person'), words('report:exception.expires')]
  return html`<table><thead><tr>${heads.map(head => html`<th>${head}</th>`)}</tr></thead><tbody>${states.slice(0, MOST_ROWS).map(({ seen, status, assignee, exception }) => html`<tr><td>${words(`findings:rule.${seen.rule}`)}: ${[seen.a[0], seen.b[0]].filter(Boolean).join(' – ')}</td><td>${words(`review:status.${status}`)}</td><td>${assignee || '–'}</td><td>${exception?.reason ?? '–'}</td><td>${exception?.measure ?? '–'}</td><td>${exception?.person ?? '–'}</td><td class="nowrap">${exception?.expires ?? '–'}</td></tr>`)}</tbody></table>`
}

function hazardRow({ figures }: AnalysisOutcome, hazard: string, words: ReportData['words']): Markup {
  const of = (id: string): number | null => {
    const value = figures.find(one => one.id === id)?.value
    return typeof value === 'number' ? value : null
  }
  const [now, change] = [of(hazard) ?? 0, of(`${hazard}_change`)]
  return html`<tr><td>${words(`analyses:figure.lifeline.${hazard}`)}</td><td class="figure">${figure(now, 0)}</td><td class="figure">${change === null ? '–' : figure(now + change, 0)}</td><td class="figure">${change === null ? '–' : signed(change)}</td></tr>`
}

function listOf({ columns, rows, total }: OutcomeTable, words: ReportData['words']): Markup {
  return html`<table><thead><tr>${columns.map(column => html`<th class="${column.type === 'number' ? 'figure' : ''}">${columnTitle(words, column)}</th>`)}</tr></thead>
<tbody>${rows.slice(0, MOST_ROWS).map(({ cells }) => html`<tr>${columns.map((column, k) => html`<td class="${column.type === 'number' ? 'figure' : ''}">${column.id.endsWith('_change') && typeof cells[k] === 'number' ? signed(cells[k]) : cellText(words, column, cells[k] ?? null) || '–'}</td>`)}</tr>`)}</tbody></table>
${total > MOST_ROWS ? html`<p class="notice">${words('analyses:rowsOf', { shown: MOST_ROWS, total })}</p>` : ''}`
}

const signed = (change: number): string => (change === 0 ? '±0' : `${change > 0 ? '+' : ''}${figure(change, 0)}`)
