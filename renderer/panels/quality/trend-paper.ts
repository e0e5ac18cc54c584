import type { TFunction } from 'i18next'
import type { CompletenessPoint } from '#shared/register/completeness.ts'
import { html, htmlPage } from '#shared/report/markup.ts'
import { paperStyle } from '#shared/report/paper-style.ts'
import { count, dateTime, figure } from '../../i18n/format.ts'
import { percent } from '../../ui/percent.ts'
import { trendPlot, trendRows, type TrendRow } from './trend-rows.ts'

/** What the paper says at its head, and what blocks are called. */
interface TrendHead {
  readonly project: string
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly language: string
  readonly blockName: (id: string) => string
}

/** How complete the ledger was over its imports and edits, to print: a chart with its table, then every owner and block from first to last. */
export function trendPage(points: readonly CompletenessPoint[], { project, day, language, blockName }: TrendHead, t: TFunction): string {
  const title = t('quality:trend.paper')
  const rows = trendRows(points, '')
  const last = points.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)
  const parts = (['owners', 'blocks'] as const).flatMap(sort => {
    const lines = (last?.[sort] ?? []).map(({ name }) => ({ name: sort === 'owners' ? name || t('quality:nobody') : blockName(name), rows: trendRows(points, `${sort === 'owners' ? 'owner' : 'block'}:${name}`) }))
    return lines.length === 0 ? [] : [{ title: t(`quality:view.${sort === 'owners' ? 'owner' : 'block'}`), lines }]
  })
  const heading = (...texts: string[]) => html`<thead><tr>${texts.map(text => html`<th>${text}</th>`)}</tr></thead>`
  const body = html`<h1>${title}</h1><p class="soft">${project} · ${day}</p>${chart(rows, language)}
<table>${heading(t('quality:trend.at'), t('quality:trend.after'), t('quality:column.lines'), t('quality:column.score'), t('quality:trend.gain'), t('quality:column.flaws'))}
<tbody>${rows.map(row => html`<tr><td>${dateTime(row.at, language)}</td><td>${row.after}</td><td class="figure">${count(row.count)}</td><td class="figure">${percent(row.score)}</td><td class="figure">${gain(row.gain)}</td><td class="figure">${count(row.flaws)}</td></tr>`)}</tbody></table>
${parts.map(part => html`<section><h2>${part.title}</h2><table>${heading('', t('quality:column.lines'), t('quality:trend.first'), t('quality:trend.last'), t('quality:trend.gain'), t('quality:column.flaws'), '')}
<tbody>${part.lines.map(({ name, rows: own }) => html`<tr><td>${name}</td><td class="figure">${count(own.at(-1)!.count)}</td><td class="figure">${percent(own[0]!.score)}</td><td class="figure">${percent(own.at(-1)!.score)}</td><td class="figure">${gain(own.length > 1 ? own.at(-1)!.score - own[0]!.score : null)}</td><td class="figure">${count(own.at(-1)!.flaws)}</td><td>${spark(own)}</td></tr>`)}</tbody></table></section>`)}`
  return htmlPage({ language, title: `${title} – ${project}`, style: `${paperStyle('')} section { break-inside: avoid; } svg.trend { display: block; width: 100%; margin: 3mm 0; } td svg { display: block; width: 30mm; height: 6mm; }`, body })
}

const gain = (share: number | null): string => (share === null ? '–' : `${share > 0 ? '+' : ''}${figure(100 * share, 1)} %`)

const INK = { line: '#0b62a8', bar: '#c9ced4', grid: '#d9dde1', text: '#333a42' }

function chart(rows: readonly TrendRow[], language: string) {
  if (rows.length === 0) return html``
  const { grid, points, left, right, base, barWidth, width, height } = trendPlot(rows, 720, 200)
  const text = (x: number, y: number, anchor: string, words: string) => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="11" fill="${INK.text}">${words}</text>`
  return { markup: `<svg class="trend" viewBox="0 0 ${width} ${height}" role="img">${[
    ...grid.map(({ share, y }) => `<line x1="${left}" x2="${right}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="${INK.grid}"/>${text(left - 6, y + 4, 'end', percent(share))}`),
    ...points.map(({ x, barY }) => `<rect x="${(x - barWidth / 2).toFixed(1)}" y="${barY.toFixed(1)}" width="${barWidth.toFixed(1)}" height="${(base - barY).toFixed(1)}" fill="${INK.bar}"/>`),
    `<polyline fill="none" stroke="${INK.line}" stroke-width="2" points="${points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}"/>`,
    ...points.map(({ x, y, isDated }, i) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3.5" fill="${INK.line}"/>${text(x, y - 8, 'middle', percent(rows[i]!.score))}${isDated ? text(x, base + 15, 'middle', dateTime(rows[i]!.at, language).slice(-11)) : ''}`),
  ].join('')}</svg>` }
}

/** The line alone, on a scale of its own from 0 to 1. */
function spark(rows: readonly TrendRow[]) {
  const places = rows.map(({ score }, i) => `${(rows.length > 1 ? (100 * i) / (rows.length - 1) : 50).toFixed(1)},${(20 - 18 * score - 1).toFixed(1)}`)
  return { markup: `<svg viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true"><polyline fill="none" stroke="${INK.line}" stroke-width="1.5" vector-effect="non-scaling-stroke" points="${places.join(' ')}"/></svg>` }
}
