import { figure } from '../core/figures.ts'
import { size } from '../twin/section-size.ts'
import { html, htmlPage, type Markup } from './markup.ts'
import { paperStyle } from './paper-style.ts'
import type { PaperDress } from './check-report.ts'
import { reachOf } from './owner-reach.ts'
import type { ReportAsset } from './report-network.ts'
import type { ReportData, ReportFinding } from './report-data.ts'
import { findingText } from './report-words.ts'
import { ruleFigure } from './rule-figure.ts'

/** An owner and the findings in which something of theirs, already in the ground, takes part. */
interface Concern {
  readonly owner: string
  readonly assets: readonly ReportAsset[]
  readonly rows: readonly ReportFinding[]
}

/** Owners whose existing lines are in a finding, in the order of their names; those without a known owner come last. */
export function ownerConcerns({ findings, network, language, owners }: Pick<ReportData, 'findings' | 'network' | 'language' | 'owners'>): Concern[] {
  const byOwner = new Map<string, { assets: Map<string, ReportAsset>; rows: ReportFinding[] }>()
  for (const row of findings) {
    const assets = [...row.finding.a, ...row.finding.b].flatMap(id => network.assetOf(id) ?? []).filter(asset => !asset.isProposal)
    for (const owner of new Set(assets.map(asset => owners.nameOf(asset.owner)))) {
      const concern = byOwner.get(owner) ?? { assets: new Map<string, ReportAsset>(), rows: [] }
      byOwner.set(owner, concern)
      concern.rows.push(row)
      for (const asset of assets) if (owners.nameOf(asset.owner) === owner) concern.assets.set(asset.id, asset)
    }
  }
  const collator = new Intl.Collator(language, { numeric: true })
  return [...byOwner].map(([owner, { assets, rows }]) => ({ owner, assets: [...assets.values()], rows })).sort((p, q) => Number(p.owner === '') - Number(q.owner === '') || collator.compare(p.owner, q.owner))
}

/** A letter to each owner: which of their lines are concerned, where and by how much, and what is asked of them. */
export function noticeLetters(data: ReportData, { fontFaces }: PaperDress): string {
  const { words, language, project, scheme, today } = data
  const concerns = ownerConcerns(data)
  const letters = concerns.map(concern => html`<section><p class="soft">${project}${scheme ? html` · ${scheme.name}` : null} · ${today}</p>
<h2>${words('report:letter.title', { owner: concern.owner || words('report:letter.unknownOwner') })}</h2>
${addressOf(concern, data)}<p>${words('report:letter.opening', { owner: concern.owner || words('report:letter.unknownOwner'), count: concern.assets.length })}</p>
${assetsTable(concern, data)}${findingsList(concern, data)}
<p>${words('report:letter.request')}</p>
<div class="signature"><span>${words('report:letter.planner')}</span><span>${words('report:letter.owner')}</span><span>${words('report:letter.date')}</span></div></section>`)
  const body = concerns.length === 0 ? html`<h1>${words('report:letter.paper')}</h1><p>${words('report:letter.none')}</p>` : html`${letters}`
  return htmlPage({ language, title: `${words('report:letter.paper')} – ${project}`, style: paperStyle(fontFaces), body })
}

/** Where the letter goes, and what of theirs the body answers for; nothing where it is not registered. */
function addressOf({ owner }: Concern, { owners, words }: ReportData): Markup | null {
  const body = owners.find(owner)
  if (!body) return null
  const lines = [body.address, ...reachOf(body, words)].filter(line => line !== '')
  return html`${lines.length > 0 ? html`<p class="soft">${lines.map(line => html`${line}<br>`)}</p>` : null}${body.duty ? html`<p>${words('report:owner.duty', { duty: body.duty })}</p>` : null}`
}

function assetsTable({ assets }: Concern, { words }: ReportData): Markup {
  return html`<table><thead><tr>${['line', 'kind', 'size'].map(name => html`<th>${words(`report:letter.${name}`)}</th>`)}</tr></thead><tbody>${assets.map(asset => html`<tr><td>${asset.label}</td><td>${words(`kinds:kind.${asset.kind}`)}</td><td>${size(asset.section)}</td></tr>`)}</tbody></table>`
}

function findingsList({ rows }: Concern, data: ReportData): Markup {
  const { words } = data
  return html`<h3>${words('report:letter.where')}</h3><table><thead><tr>${['number', 'finding', 'place', 'shortfall'].map(name => html`<th>${words(`report:letter.${name}`)}</th>`)}</tr></thead><tbody>${rows.map(row => {
    const { at, rule, shortfall } = row.finding
    return html`<tr><td>${row.number}</td><td>${findingText(data, row).sentence}</td><td class="nowrap">${figure(at.a[0], 2)}<br>${figure(at.a[1], 2)}<br>${figure(at.a[2], 2)}</td><td class="figure">${ruleFigure(rule, shortfall)}</td></tr>`
  })}</tbody></table>`
}
