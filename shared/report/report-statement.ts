import { ASSUMED } from '../twin/asset.ts'
import { ASSET_KINDS } from '../twin/kinds.ts'
import { html, type Markup } from './markup.ts'
import type { ReportData } from './report-data.ts'
import { stamp } from './report-words.ts'

/** Cover: what was checked, when, by which rules, and what came out. */
export function coverPage(data: ReportData): Markup {
  const { words, findings, pack: { pack }, language } = data
  const mandatory = findings.filter(({ finding }) => finding.mandatory)
  const counts: [number, string][] = [
    [findings.length, words('report:cover.findings', { count: findings.length })],
    [mandatory.length, words('report:cover.mandatory')],
    [mandatory.filter(({ finding }) => finding.verdict === 'certain').length, words('report:cover.certain')],
    [findings.filter(({ standing }) => standing.status === 'accepted').length, words('report:cover.accepted')],
  ]
  return html`<header class="cover">
<p class="cover__mark">Underplan</p>
<h1>${words('report:title')}</h1>
<p class="cover__subject">${data.project}${data.scheme ? html`<br>${words('report:cover.scheme', { name: data.scheme.name })}` : html`<br>${words('report:cover.baseline')}`}</p>
<div class="cover__counts">${counts.map(([value, text]) => html`<div><b>${value}</b>${text}</div>`)}</div>
${data.isSynthetic ? html`<p class="notice">${words('report:cover.synthetic')}</p>` : null}
<div class="cover__foot"><p>${pack.title[language]}<br><span class="soft">${words('report:cover.pack', { id: pack.id, version: pack.version })}</span></p>
<p class="soft">${words('report:cover.made', { at: stamp(data.madeAt, language) })}</p></div>
</header>`
}

/** Method and data: all that is needed to run the check again, and how far its answers can be trusted. */
export function statementSection(data: ReportData): Markup {
  const { words, pack: { pack, hash }, language } = data
  const row = (name: string, value: Markup | string): Markup => html`<tr><th>${words(`report:statement.${name}`)}</th><td>${value}</td></tr>`
  const code = (text: string): Markup => html`<span class="hash">${text}</span>`
  return html`<table class="statement"><tbody>
${row('file', data.project)}
${row('dataHash', code(data.dataHash))}
${data.scheme ? row('scheme', html`${data.scheme.name}<br><span class="soft">${words('report:statement.revision', { revision: data.scheme.revision })}</span> ${code(data.scheme.hash)}`) : null}
${row('crs', data.crs ?? words('report:statement.localFrame'))}
${row('assets', words('report:statement.assetCount', { count: data.network.columns.count }))}
${row('scope', data.sets === null ? words('report:statement.everything') : words('report:statement.sets', { sets: data.sets }))}
${row('pack', html`${pack.title[language]}<br>${words('report:cover.pack', { id: pack.id, version: pack.version })}<br>${code(hash)}`)}
${row('semantics', words(`report:semantics.${pack.semantics}`))}
${row('engine', code(data.engine))}
${row('made', stamp(data.madeAt, language))}
</tbody></table>
<h3>${words('report:statement.method')}</h3><p>${words('report:statement.methodText')}</p><p>${words('report:statement.basisText')}</p><p>${words('report:statement.verdictText')}</p>
${data.network.ground ? null : html`<p class="notice">${words('report:statement.noGround')}</p>`}
<h3>${words('report:statement.quality')}</h3>${qualityTable(data)}
<h3>${words('report:statement.again')}</h3><p>${words('report:statement.againText')}</p>
<h3>${words('report:statement.assumptions')}</h3>${assumptions(data)}`
}

/** Per kind: how much is there, and of how much nobody knows where exactly it is. */
function qualityTable({ network: { columns }, words }: ReportData): Markup {
  const rows = ASSET_KINDS.flatMap((kind, index) => {
    let [total, noPlan, noLevel, assumed] = [0, 0, 0, 0]
    for (let i = 0; i < columns.count; i++) {
      if (columns.kind[i] !== index) continue
      total++
      if (Number.isNaN(columns.accuracyPlanM[i])) noPlan++
      if (Number.isNaN(columns.accuracyLevelM[i])) noLevel++
      if (columns.assumed[i] !== 0) assumed++
    }
    return total === 0 ? [] : [{ kind, figures: [total, noPlan, noLevel, assumed] }]
  })
  return html`<table><thead><tr><th>${words('report:quality.kind')}</th>${['total', 'noPlan', 'noLevel', 'assumed'].map(name => html`<th class="figure">${words(`report:quality.${name}`)}</th>`)}</tr></thead>
<tbody>${rows.map(({ kind, figures }) => html`<tr><td>${words(`kinds:kind.${kind}`)}</td>${figures.map(value => html`<td class="figure">${value}</td>`)}</tr>`)}</tbody></table>`
}

function assumptions({ network: { columns }, words, issues, pack: { pack }, language }: ReportData): Markup {
  const flags = Object.entries(ASSUMED).flatMap(([name, flag]) => {
    let count = 0
    for (let i = 0; i < columns.count; i++) if (columns.assumed[i]! & flag) count++
    return count === 0 ? [] : [html`<li>${words('report:assumed', { what: words(`cli-export:assumed.${name}`), count })}</li>`]
  })
  const noticed = issues.map(({ code, count, example }) => html`<li>${words('report:issue', { text: words(`issues:${code}`), count, example })}</li>`)
  const notes = pack.notes.map(note => html`<li>${note[language]}</li>`)
  const all = [...flags, ...noticed, ...notes]
  return all.length === 0 ? html`<p>${words('report:noAssumptions')}</p>` : html`<ul>${all}</ul>`
}
