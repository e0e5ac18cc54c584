import type { Decision } from '../register/decision.ts'
import type { PaperDress } from './check-report.ts'
import { PAPER } from './drawing.ts'
import { html, htmlPage, picture, type Markup } from './markup.ts'
import { keptPicture } from './kept-picture.ts'
import { mapCaption, overviewMap } from './overview-map.ts'
import { paperStyle } from './paper-style.ts'
import { findingsTable } from './report-findings.ts'
import type { ReportData, ReportFinding } from './report-data.ts'
import { findingText } from './report-words.ts'

/** A meeting as its minutes need it. */
export interface Meeting {
  readonly name: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly people: string
  /** False where the decisions stand in these minutes alone: the project was open for reading only. */
  readonly isKept: boolean
  readonly decisions: readonly Decision[]
  /** Addresses of pictures that are not in the project, by their id. */
  readonly pictures: ReadonlyMap<string, string>
  /** Names of the views and schemes that decisions are about. */
  readonly nameOf: (subject: Decision['subject']) => string | null
}

/** Minutes of a meeting: what was decided about what, by whom until when, and where the findings stand after it. */
export function meetingMinutes(data: ReportData, meeting: Meeting, keyOf: (row: ReportFinding) => string, { fontFaces }: PaperDress): string {
  const { words, language, project, scheme, findings } = data
  const byKey = new Map(findings.map(row => [keyOf(row), row]))
  const concerned = new Set(meeting.decisions.flatMap(({ subject }) => (subject.type === 'finding' ? [byKey.get(subject.key)] : [])))
  const open = findings.filter(({ standing }) => standing.status !== 'accepted' && standing.status !== 'resolved')
  return htmlPage({
    language, title: `${words('report:minutes.title')} – ${meeting.name}`, style: paperStyle(fontFaces),
    body: html`<h1>${words('report:minutes.title')}</h1><p class="cover__subject">${meeting.name}</p>
<table class="statement"><tbody><tr><th>${words('report:minutes.date')}</th><td>${meeting.date}</td></tr><tr><th>${words('report:minutes.people')}</th><td>${meeting.people || '–'}</td></tr><tr><th>${words('report:statement.file')}</th><td>${project}${scheme ? html` · ${scheme.name}` : null}</td></tr></tbody></table>
${meeting.isKept ? null : html`<p class="notice">${words('report:minutes.notKept')}</p>`}
<h3>${words('report:minutes.decisions')}</h3>${decisionsTable(data, meeting, byKey)}
${mapOf(data, findings.filter(row => concerned.has(row)))}
<div class="signature"><span>${words('report:minutes.chair')}</span><span>${words('report:minutes.secretary')}</span><span>${words('report:letter.date')}</span></div>
<section><h2>${words('report:minutes.open', { count: open.length })}</h2>${findingsTable({ ...data, findings: open.slice(0, 500) }, () => false)}</section>`,
  })
}

function decisionsTable(data: ReportData, { decisions, pictures, nameOf }: Meeting, byKey: ReadonlyMap<string, ReportFinding>): Markup {
  const { words } = data
  if (decisions.length === 0) return html`<p>${words('report:minutes.none')}</p>`
  const about = ({ subject }: Decision): Markup => {
    const row = subject.type === 'finding' ? byKey.get(subject.key) : undefined
    if (row) return html`${words('report:minutes.finding', { number: row.number })} ${findingText(data, row).sentence}`
    return html`${nameOf(subject) ?? words(`report:minutes.about.${subject.type}`)}`
  }
  return html`<table><thead><tr><th class="nowrap">${words('report:sheet.number')}</th><th class="sides">${words('report:minutes.subject')}</th><th>${words('report:minutes.decision')}</th><th class="nowrap">${words('report:minutes.owner')}</th><th>${words('report:minutes.due')}</th></tr></thead><tbody>${decisions.map((decision, i) => html`<tr><td>${i + 1}</td><td>${about(decision)}</td><td><b>${decision.text}</b>${keptPicture(data, decision.picture, pictures)}</td><td>${decision.owner || '–'}</td><td class="nowrap">${decision.due ?? '–'}</td></tr>`)}</tbody></table>`
}

function mapOf({ network, words, kindColour }: ReportData, rows: readonly ReportFinding[]): Markup | null {
  if (rows.length === 0) return null
  const marks = rows.map(({ number, finding: { at, mandatory } }) => ({ number, isMandatory: mandatory, at: at.a }))
  const map = overviewMap(network, marks, { width: 680, colours: PAPER, kindColour, label: words('report:picture.map') })
  return map && html`<h3>${words('report:chapter.map')}</h3><figure>${picture(map)}<figcaption>${words(mapCaption(marks.length))}</figcaption></figure>`
}
