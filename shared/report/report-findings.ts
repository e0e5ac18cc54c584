import type { Finding } from '../clearance/findings/finding.ts'
import { figure } from '../core/figures.ts'
import { size } from '../twin/section-size.ts'
import { profilePicture, sectionPicture } from './cut-picture.ts'
import { PAPER } from './drawing.ts'
import { againstWords, otherWords, weightWords } from './finding-words.ts'
import { keptPicture } from './kept-picture.ts'
import { html, picture, type Markup } from './markup.ts'
import { spotPicture } from './plan-picture.ts'
import type { ReportData, ReportFinding } from './report-data.ts'
import { findingText } from './report-words.ts'
import { ruleFigure } from './rule-figure.ts'

export const findingAnchor = (number: number): string => `finding-${number}`

/** Every finding, one row each. @param hasPage whether a finding has a page of its own. */
export function findingsTable(data: ReportData, hasPage: (row: ReportFinding) => boolean): Markup {
  const { words, findings } = data
  if (findings.length === 0) return html`<p class="notice">${words('report:none')}</p>`
  const heads = ['number', 'severity', 'rule', 'sides', 'required', 'found', 'shortfall', 'clause', 'status']
  return html`<table class="findings"><thead><tr>${heads.map(name => html`<th class="${['required', 'found', 'shortfall'].includes(name) ? 'figure' : name}">${words(`report:column.${name}`)}</th>`)}</tr></thead><tbody>${findings.map(row => {
    const text = findingText(data, row)
    const { finding, number } = row
    const name = hasPage(row) ? html`<a href="#${findingAnchor(number)}">${number}</a>` : html`${number}`
    return html`<tr><td>${name}</td><td>${severity(row, weightWords(words, finding))}<br><span class="verdict">${words(`findings:verdict.${finding.verdict}`)}</span></td><td>${text.rule}</td><td>${text.a}<br>${text.b}</td><td class="figure">${ruleFigure(finding.rule, finding.required)}</td><td class="figure">${ruleFigure(finding.rule, finding.found)}</td><td class="figure">${shortBy(finding)}</td><td>${finding.clause || '–'}</td><td>${text.status}</td></tr>`
  })}</tbody></table>`
}

/** What passes as drawn and is only possibly wrong is short by nothing. */
const shortBy = ({ rule, shortfall }: Finding): string => (shortfall > 0 ? ruleFigure(rule, shortfall) : '–')

const severity = ({ finding }: ReportFinding, text: string): Markup => html`<span class="severity severity--${finding.mandatory ? 'mandatory' : 'advisory'}">${text}</span>`

const [WIDE, SMALL] = [{ width: 660, height: 250 }, { width: 330, height: 190 }]

/** A page for one finding: the sentence, the pictures, the figures, who gives way, how far it has come. */
export function findingPage(data: ReportData, row: ReportFinding): Markup {
  const { words, network, kindColour } = data
  const { finding, number } = row
  const text = findingText(data, row)
  const nameOf = ([id = '']: readonly string[]): string => network.assetOf(id)?.label ?? id
  const style = (label: string, area: { width: number; height: number }) => ({ ...area, colours: PAPER, kindColour, label: words(`report:picture.${label}`, { a: text.a, b: text.b }), sides: { a: nameOf(finding.a), b: nameOf(finding.b) } })
  const caption = (name: string): Markup => html`<figcaption>${words(`report:picture.${name}Caption`)}</figcaption>`
  return html`<section id="${findingAnchor(number)}"><h2>${number}&ensp;${text.rule}</h2>
<p>${severity(row, text.severity)} <span class="soft">· ${text.status}</span></p>
<p class="sentence">${text.sentence}</p>
${text.yields === null ? null : html`<p>${text.yields}</p>`}
<div class="pictures"><figure>${picture(sectionPicture(network, finding, style('section', WIDE)))}${caption('section')}</figure>
<figure>${picture(profilePicture(network, finding, style('profile', SMALL)))}${caption('profile')}</figure>
<figure>${picture(spotPicture(network, finding, style('plan', SMALL)))}${caption('plan')}</figure></div>
${figuresTable(data, row)}${workflow(data, row)}</section>`
}

function figuresTable({ words, network }: ReportData, { finding }: ReportFinding): Markup {
  const row = (name: string, value: Markup | string): Markup => html`<tr><th>${words(`report:figure.${name}`)}</th><td>${value}</td></tr>`
  const sideRow = (name: 'a' | 'b', ids: readonly string[]): Markup[] => ids.slice(0, 8).map(id => {
    const asset = network.assetOf(id)
    const told = asset ? html`${words(`kinds:kind.${asset.kind}`)} <b>${asset.label}</b> · ${size(asset.section)}${asset.owner ? html` · ${asset.owner}` : null}${asset.isProposal ? html` · ${words('report:figure.proposed')}` : null}` : html`${id}`
    return row(name, told)
  })
  const point = ([x, y, z]: readonly [number, number, number]): string => `${figure(x, 3)}  ${figure(y, 3)}  ${figure(z, 3)}`
  const { stretch, at } = finding
  return html`<table class="statement"><tbody>${sideRow('a', finding.a)}${sideRow('b', finding.b)}
${row('limit', html`${words('report:figure.limitText', { required: ruleFigure(finding.rule, finding.required), found: ruleFigure(finding.rule, finding.found), shortfall: ruleFigure(finding.rule, finding.shortfall) })}`)}
${row('clause', html`${finding.clause || '–'} <span class="soft">${finding.mandatory ? '' : words(`findings:basis.${finding.basis}`)}</span>`)}
${row('uncertainty', finding.uncertaintyM === null ? words('report:figure.unknownAccuracy') : words('report:figure.accuracy', { metres: ruleFigure(finding.rule, finding.uncertaintyM) }))}
${row('at', html`A ${point(at.a)}<br>${finding.b.length === 0 ? againstWords(words, finding, null) : 'B'} ${point(at.b)}`)}
${row('stretch', words('findings:details.chainages', { from: figure(stretch.fromChainageM, 2), to: figure(stretch.toChainageM, 2) }))}
${finding.others.map(other => row('also', otherWords(words, other)))}</tbody></table>`
}

/** Who sees to it, until when, what was said and decided. */
function workflow(data: ReportData, { standing: { state }, decisions }: ReportFinding): Markup | null {
  const { words } = data
  const parts: Markup[] = []
  if (state) {
    const told = [state.assignee && words('review:assignedTo', { name: state.assignee }), state.due && words('review:dueOn', { date: state.due }), ...state.tags.map(tag => `#${tag}`)].filter(Boolean)
    if (told.length > 0) parts.push(html`<p>${told.join(' · ')}</p>`)
    if (state.exception) parts.push(html`<p class="notice">${words('report:exception.line', { ...state.exception })}</p>`)
    parts.push(...state.comments.map(({ at, author, text, picture }) => html`<p><span class="soft">${at.slice(0, 16).replace('T', ' ')} ${author}:</span> ${text}${keptPicture(data, picture)}</p>`))
  }
  parts.push(...decisions.map(({ text, owner, due, date, picture }) => html`<p><b>${words('report:decision', { date })}</b> ${text}${owner ? html` · ${owner}` : null}${due ? html` · ${words('review:dueOn', { date: due })}` : null}${keptPicture(data, picture)}</p>`))
  return parts.length === 0 ? null : html`<h3>${words('report:workflow')}</h3>${parts}`
}
