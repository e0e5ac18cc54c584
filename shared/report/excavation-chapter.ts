import { figure, metres } from '../core/figures.ts'
import { rockWords } from '../excavation/rock.ts'
import { schemeNotices, type SchemeDig } from '../excavation/scheme-digs.ts'
import { html, type Markup } from './markup.ts'
import { mergedByOwner } from '../register/owner.ts'
import { reachOf } from './owner-reach.ts'
import type { ReportData } from './report-data.ts'

/** The scheme's excavations with their volumes, and whom to tell about which lines. Null where nothing is dug. */
export function excavationChapter({ words, digs, network, owners }: ReportData): Markup | null {
  if (digs.length === 0) return null
  const notices = mergedByOwner(schemeNotices(digs), owners)
  const label = (id: string): string => network.assetOf(id)?.label ?? id
  return html`<table><thead><tr>${['excavation', 'type', 'bottom', 'cut', 'backfill', 'haul', 'struck', 'undermined', 'near'].map(name => html`<th>${words(`report:dig.${name}`)}</th>`)}</tr></thead>
<tbody>${digs.map(dig => row(dig, network.columns.origin[2], words))}</tbody></table>
${digs.flatMap(({ planned: { id, name }, rock }) => rock.map(met => html`<p>${name || id}: ${words('excavation:rock.met', rockWords(met))}</p>`))}
<h3>${words('report:dig.toTell')}</h3>
${notices.length === 0 ? html`<p>${words('report:dig.nobody')}</p>` : html`<table><thead><tr><th>${words('report:letter.owner')}</th><th>${words('report:owner.reach')}</th><th>${words('report:dig.lines')}</th></tr></thead>
<tbody>${notices.map(({ owner, assets }) => html`<tr><td>${owner || words('report:letter.unknownOwner')}</td><td>${reachOf(owners.find(owner), words).map(line => html`${line}<br>`)}</td><td>${assets.map(label).join(words('report:dig.comma'))}</td></tr>`)}</tbody></table>`}`
}

function row({ planned: { id, name, shape }, cut, bored }: SchemeDig, originZ: number, words: ReportData['words']): Markup {
  const head = html`<td>${name || id}</td><td>${words(`findings:against.${shape.type}`)}</td>`
  if (cut && !cut.ok) return html`<tr>${head}<td colspan="7">${words('report:dig.notBuilt')}</td></tr>`
  const assets = cut?.value.assets ?? []
  const counts = cut
    ? [assets.filter(({ struck }) => struck).length, assets.filter(({ undermined }) => undermined).length, assets.filter(({ struck, withinSafeDig }) => withinSafeDig && !struck).length]
    : [bored!.filter(({ struck }) => struck).length, '–', bored!.filter(({ struck, withinEnvelope }) => withinEnvelope && !struck).length]
  const cubic = (value: number | undefined): string => (value === undefined ? '–' : `${figure(value, value < 1000 ? 1 : 0)} m³`)
  const volumes = cut?.value.volumes
  return html`<tr>${head}<td class="figure">${cut ? metres(cut.value.solid.levelM + originZ, 2) : '–'}</td>${[volumes?.cutM3, volumes?.backfillM3, volumes?.haulM3].map(value => html`<td class="figure">${cubic(value)}</td>`)}${counts.map(count => html`<td class="figure">${count}</td>`)}</tr>`
}
