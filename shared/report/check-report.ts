import { ASSET_KINDS } from '../twin/kinds.ts'
import { comparisonChapter } from './comparison-chapter.ts'
import { PAPER } from './drawing.ts'
import { excavationChapter } from './excavation-chapter.ts'
import { exceptionsTable } from './exceptions-section.ts'
import { lifelineChapter } from './lifeline-chapter.ts'
import { html, htmlPage, picture, type Markup } from './markup.ts'
import { mapCaption, overviewMap } from './overview-map.ts'
import { paperStyle } from './paper-style.ts'
import type { ReportData, ReportFinding } from './report-data.ts'
import { findingAnchor, findingPage, findingsTable } from './report-findings.ts'
import { coverPage, statementSection } from './report-statement.ts'
import { findingText } from './report-words.ts'

/** Findings with a page of their own, the heaviest first; of more the report would be too thick to be read. The table has all. */
export const MOST_PAGES = 300
/** Rows of the table; beyond it no browser prints. */
const MOST_ROWS = 20_000

/** What the report is dressed with. */
export interface PaperDress {
  readonly fontFaces: string
  /** Page on which an anchor begins, where that is known already: the second printing of a PDF. */
  readonly pageOf?: (anchor: string) => number | null
}

interface Chapter {
  readonly id: string
  readonly title: string
  readonly body: Markup
}

/**
 * The report of a check as one page that loads nothing from anywhere: cover, contents, method and data, map, table, a page
 * for each finding, exceptions. What is left out for size is said where it is.
 */
export function checkReport(data: ReportData, { fontFaces, pageOf = () => null }: PaperDress): string {
  const { words } = data
  const paged = data.findings.slice(0, MOST_PAGES)
  const isPaged = ({ number }: ReportFinding): boolean => number <= paged.length
  const chapters = chaptersOf(data, paged, isPaged)
  const body = html`${coverPage(data)}
<section><h2>${words('report:contents')}</h2>${contents(data, chapters, paged, pageOf)}</section>
${chapters.map(({ id, title, body: content }) => html`<section id="${id}"><h2>${title}</h2>${content}</section>`)}
${paged.map(row => findingPage(data, row))}`
  return htmlPage({ language: data.language, title: `${words('report:title')} – ${data.project}`, style: paperStyle(fontFaces), body })
}

function chaptersOf(data: ReportData, paged: readonly ReportFinding[], isPaged: (row: ReportFinding) => boolean): Chapter[] {
  const { words, findings } = data
  const title = (id: string): string => words(`report:chapter.${id}`)
  const listed = { ...data, findings: findings.slice(0, MOST_ROWS) }
  const told = [
    ...(findings.length > MOST_ROWS ? [words('report:tableCut', { count: MOST_ROWS, total: findings.length })] : []),
    ...(findings.length > paged.length ? [words('report:pagesCut', { count: paged.length, total: findings.length })] : []),
  ]
  const exceptions = exceptionsTable(data)
  const digs = excavationChapter(data)
  const lifeline = lifelineChapter(data)
  const comparison = comparisonChapter(data)
  return [
    { id: 'statement', title: title('statement'), body: statementSection(data) },
    { id: 'map', title: title('map'), body: mapSection(data) },
    { id: 'findings', title: title('findings'), body: html`${told.map(text => html`<p class="notice">${text}</p>`)}${findingsTable(listed, isPaged)}` },
    ...(digs ? [{ id: 'notices', title: title('notices'), body: digs }] : []),
    ...(lifeline ? [{ id: 'lifeline', title: title('lifeline'), body: lifeline }] : []),
    ...(comparison ? [{ id: 'comparison', title: title('comparison'), body: comparison }] : []),
    ...(exceptions ? [{ id: 'exceptions', title: title('exceptions'), body: exceptions }] : []),
  ]
}

function mapSection({ network, findings, words, kindColour }: ReportData): Markup {
  const marks = findings.slice(0, 2000).map(({ number, finding: { at, mandatory } }) => ({ number, isMandatory: mandatory, at: [(at.a[0] + at.b[0]) / 2, (at.a[1] + at.b[1]) / 2, 0] as const }))
  const map = overviewMap(network, marks, { width: 680, colours: PAPER, kindColour, label: words('report:picture.map') })
  if (!map) return html`<p>${words('report:emptyMap')}</p>`
  const present = new Set(network.columns.kind)
  const legend = ASSET_KINDS.filter((_, index) => present.has(index)).map(kind => html`<span style="--kind: ${kindColour(kind)}">${words(`kinds:kind.${kind}`)}</span>`)
  return html`<figure>${picture(map)}<figcaption>${words(mapCaption(marks.length))}</figcaption></figure><div class="kinds">${legend}</div>`
}

function contents(data: ReportData, chapters: readonly Chapter[], paged: readonly ReportFinding[], pageOf: (anchor: string) => number | null): Markup {
  const line = (anchor: string, title: string, isInner: boolean): Markup =>
    html`<li class="${isInner ? 'inner' : ''}"><a href="#${anchor}">${title}</a><span class="page">${pageOf(anchor) ?? ''}</span></li>`
  return html`<ol class="contents">${chapters.map(({ id, title }) => line(id, title, false))}${paged.map(row => {
    const { a, b, rule } = findingText(data, row)
    return line(findingAnchor(row.number), `${row.number}  ${rule}: ${a} – ${b}`, true)
  })}</ol>`
}
