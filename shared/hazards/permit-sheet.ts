import type { Issue } from '../core/issues.ts'
import { summariseIssues } from '../core/issues.ts'
import { assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import type { DigRow } from './dig-damage.ts'
import { metLengthM, type Dig } from './digging.ts'
import { planBoxOf, type PlanPoint } from './plan-points.ts'

/** One dig with what it can hit. */
export interface PermitPart {
  readonly digs: readonly Dig[]
  readonly rows: readonly DigRow[]
  /** Valves to shut, by asset; those of assets that this dig does not meet are not looked at. */
  readonly valves: ReadonlyMap<number, readonly string[]>
  readonly issues: readonly Issue[]
}

export interface PermitText {
  readonly language: 'zh-CN' | 'en'
  /** Catalogue key and parameters → text. */
  readonly translate: (key: string, parameters?: Record<string, string | number>) => string
  readonly at: Date
  /** Registered name of an owner as the ledger writes it, and how to reach them (telephone first), one line each; absent where no register is at hand. */
  readonly ownerOf?: (written: string) => { readonly name: string; readonly reach: readonly string[] }
}

interface Ledger {
  readonly columns: AssetColumns
  readonly ids: readonly string[]
}

/** The sheets of some digs in one HTML file that loads nothing, each beginning a page of its own. */
export function permitSheet(ledger: Ledger, parts: readonly PermitPart[], text: PermitText): string {
  const { translate } = text
  const names = [...new Set(parts.flatMap(({ digs }) => digs.map(dig => dig.name)))]
  return `<!doctype html>
<html lang="${text.language}"><head><meta charset="utf-8"><title>${escaped(translate('permit:title'))} – ${escaped(names.join(translate('analyses:comma')))}</title><style>${STYLE}</style></head><body>
${parts.map(part => `<article>${sheetOf(ledger, part, text)}</article>`).join('\n')}
</body></html>
`
}

/**
 * What goes to the site with a dig: a plan sketch, what can be met and how sure that is, what to do before and while
 * digging, where to look first, whom to call, and room for signatures.
 */
function sheetOf({ columns, ids }: Ledger, { digs, rows, valves, issues }: PermitPart, text: PermitText): string {
  const { translate } = text
  const t = (key: string, parameters?: Record<string, string | number>) => escaped(translate(`permit:${key}`, parameters))
  const word = (id: string) => escaped(translate(`analyses:word.${id}`))
  const written = (row: DigRow) => columns.owners[columns.owner[row.asset]!] ?? ''
  const bodyOf = (name: string) => text.ownerOf?.(name) ?? { name, reach: [] }
  const owner = (row: DigRow) => bodyOf(written(row)).name || translate('permit:ownerUnknown')
  const metres = (value: number) => value.toFixed(2)
  const names = [...new Set(digs.map(dig => dig.name))]
  const bottom = digs.flatMap(({ bottom: given }) => ('levelM' in given ? [given.levelM + columns.origin[2]] : []))
  const position = (row: DigRow) => (row.accuracyPlanM === null ? t('positionUnknown') : `±${metres(row.accuracyPlanM)} / ±${row.accuracyLevelM === null ? '?' : metres(row.accuracyLevelM)}`) + (row.isAssumed ? ` ${t('assumed')}` : '')
  const effect = (row: DigRow) => [...(row.struck || row.exposed ? [t('met', { length: metres(metLengthM(row)) })] : [t('clear', { distance: metres(row.clearanceM) })]), ...(row.undermined ? [t('undermined')] : [])].join(t('semicolon'))
  const cells = (values: readonly string[], tag = 'td') => `<tr>${values.map(value => `<${tag}>${value}</${tag}>`).join('')}</tr>`
  const table = (head: readonly string[], body: readonly (readonly string[])[]) => `<table><thead>${cells(head.map(key => t(`column.${key}`)), 'th')}</thead><tbody>${body.map(row => cells(row)).join('\n')}</tbody></table>`
  const holes = rows.filter(row => row.trialHole !== null)
  const owners = [...Map.groupBy(rows, owner)]
  const notes = summariseIssues(issues)
  return `<header><h1>${t('title')}</h1><p>${t('subtitle', { digs: names.join(', '), date: text.at.toISOString().slice(0, 10) })}${bottom.length > 0 ? ` · ${t('bottom', { low: metres(Math.min(...bottom)), high: metres(Math.max(...bottom)) })}` : ''}</p></header>
<p class="warning">${t('screening')}</p>
<section class="whole">${sketch(columns, ids, digs, rows)}<p class="small">${t('sketch')}</p></section>
<section><h2>${t('assets')}</h2>${rows.length === 0 ? `<p>${t('nothing')}</p>` : table(['asset', 'consequence', 'effect', 'position', 'safe', 'hand', 'owner'], rows.map(row => [
    `<b>${escaped(ids[row.asset]!)}</b><br>${escaped(translate(`kinds:kind.${assetKind(columns, row.asset)}`))}`, word(`consequence.${row.consequence}`), effect(row), position(row), metres(row.safeDigM), metres(row.handDigM), escaped(owner(row)),
  ]))}</section>
<section><h2>${t('precautions')}</h2><ol>${rows.filter(row => row.precautions.length > 0).map(row => `<li><b>${escaped(ids[row.asset]!)}</b>: ${row.precautions.map(word).join(t('semicolon'))}${valves.has(row.asset) ? `${t('semicolon')}${t('valves', { list: valves.get(row.asset)!.join(translate('analyses:comma')) })}` : ''}</li>`).join('')}</ol></section>
<section><h2>${t('trialHoles')}</h2>${holes.length === 0 ? `<p>${t('noTrialHoles')}</p>` : table(['number', 'asset', 'x', 'y', 'level', 'found'], holes.map((row, k) => [`T${k + 1}`, escaped(ids[row.asset]!), ...[0, 1, 2].map(axis => (row.trialHole![axis]! + columns.origin[axis]!).toFixed(2)), '']))}</section>
<section><h2>${t('notices')}</h2>${table(['owner', 'reach', 'assets', 'told', 'signature'], owners.map(([name, mine]) => [escaped(name), bodyOf(written(mine[0]!)).reach.map(escaped).join('<br>'), escaped(mine.map(row => ids[row.asset]!).join(translate('analyses:comma'))), '', '']))}</section>
${notes.length === 0 ? '' : `<section><h2>${t('notes')}</h2><ul>${notes.map(issue => `<li>${escaped(translate(`issues:${issue.code}`))} (${issue.count}${issue.example === '' ? '' : `: ${escaped(issue.example)}`})</li>`).join('')}</ul></section>`}
<div class="end"><section class="sign"><p>${t('preparedBy')}</p><p>${t('approvedBy')}</p><p>${t('siteBy')}</p><p>${t('validUntil')}</p></section>
<footer class="small">${t('sources')}</footer></div>`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const STYLE = `@page{size:A4;margin:14mm}body{font:11px/1.45 system-ui,"Noto Sans SC",sans-serif;color:#111;max-width:190mm;margin:12px auto;padding:0 8px}h1{font-size:20px;margin:0}h2{font-size:13px;margin:16px 0 4px}p{margin:2px 0}.small{font-size:9.5px;color:#555}.warning{border:1.5px solid #111;padding:4px 8px;font-weight:600;margin:8px 0}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:2px 5px;text-align:left;vertical-align:top}th{background:#eee}svg{width:100%;height:auto;max-height:110mm;border:1px solid #999}.sign{display:grid;grid-template-columns:1fr 1fr;gap:18px 24px;margin-top:20px}.sign p{border-bottom:1px solid #111;padding-bottom:18px}footer{margin-top:14px}svg text[stroke-width]{paint-order:stroke;stroke:#fff;stroke-linejoin:round}article+article{break-before:page}.whole,.end,tr,li{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}`

const MARGIN_M = 6
/** Names that a sketch has room for beside those of the holes. */
const MOST_NAMED = 12
/** Width over height of the room a sheet has for its sketch. */
const SKETCH_ASPECT = 1.73

/** Plan sketch, north up: the digs hatched, what is met drawn strong, the rest of the list thin; a bar of ten metres. */
function sketch({ xyz, vertexStart }: AssetColumns, ids: readonly string[], digs: readonly Dig[], rows: readonly DigRow[]): string {
  const [minX, minY, maxX, maxY] = planBoxOf(digs.flatMap(dig => dig.outline as readonly PlanPoint[]))
  // A dig that runs north is given ground to either side, so that the sketch has the width of the sheet and its names are read.
  const [top, height] = [maxY + MARGIN_M, maxY - minY + 2 * MARGIN_M]
  const width = Math.max(maxX - minX + 2 * MARGIN_M, SKETCH_ASPECT * height)
  const left = (minX + maxX - width) / 2
  const unit = Math.max(width, height) / 400
  const at = (x: number, y: number) => `${(x - left).toFixed(2)},${(top - y).toFixed(2)}`
  const taken: PlanPoint[] = rows.flatMap(row => (row.trialHole ? [[row.trialHole[0], row.trialHole[1]] as const] : []))
  /** The place on a line, inside the picture, that is farthest from the trial holes and the names there are already. */
  const roomFor = (asset: number): PlanPoint | null => {
    let [best, widest]: [PlanPoint | null, number] = [null, -1]
    for (let v = vertexStart[asset]!; v + 1 < vertexStart[asset + 1]!; v++) {
      const steps = Math.max(1, Math.ceil(Math.hypot(xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!) / (10 * unit)))
      for (let k = 0; k <= steps; k++) {
        const [x, y] = [xyz[3 * v]! + (k / steps) * (xyz[3 * v + 3]! - xyz[3 * v]!), xyz[3 * v + 1]! + (k / steps) * (xyz[3 * v + 4]! - xyz[3 * v + 1]!)]
        // A name takes some width to the right and stands above its place.
        if (x < left + 4 * unit || x > left + width - 50 * unit || y > top - 12 * unit || y < top - height + 16 * unit) continue
        const room = Math.min(Infinity, ...taken.map(([ox, oy]) => Math.hypot(ox - x, oy - y)))
        if (room > widest) [best, widest] = [[x, y], room]
      }
    }
    if (best) taken.push(best)
    return best
  }
  const lines = rows.map(row => {
    const points: string[] = []
    for (let v = vertexStart[row.asset]!; v < vertexStart[row.asset + 1]!; v++) points.push(at(xyz[3 * v]!, xyz[3 * v + 1]!))
    const isMet = row.struck || row.exposed
    // Where there are many, what a trial hole stands on is named in the table of holes alone.
    const name = row.trialHole && rows.length > MOST_NAMED ? null : roomFor(row.asset)
    const label = name ? `<text x="${(name[0] - left).toFixed(2)}" y="${(top - name[1] - 2 * unit).toFixed(2)}" font-size="${(7 * unit).toFixed(2)}" stroke-width="${(2 * unit).toFixed(2)}">${escaped(ids[row.asset]!)}</text>` : ''
    return `<polyline points="${points.join(' ')}" fill="none" stroke="#111" stroke-width="${((isMet ? 2.4 : 1) * unit).toFixed(2)}"${isMet ? '' : ` stroke-dasharray="${(5 * unit).toFixed(2)} ${(3 * unit).toFixed(2)}"`}/>${label}`
  })
  const outlines = digs.map(dig => `<polygon points="${dig.outline.map(([x, y]) => at(x, y)).join(' ')}" fill="url(#dig)" stroke="#666" stroke-width="${unit.toFixed(2)}"/>`)
  const spots = rows.flatMap(row => (row.trialHole ? [[row.trialHole[0], row.trialHole[1]] as const] : []))
  const names = namesBeside(spots, unit)
  const holes = spots.map(([x, y], k) => `<circle cx="${(x - left).toFixed(2)}" cy="${(top - y).toFixed(2)}" r="${(4 * unit).toFixed(2)}" fill="#fff" stroke="#111" stroke-width="${unit.toFixed(2)}"/><text x="${(names[k]![0] - left).toFixed(2)}" y="${(top - names[k]![1] + 2.5 * unit).toFixed(2)}" text-anchor="middle" font-size="${(7 * unit).toFixed(2)}" font-weight="bold" stroke-width="${(2 * unit).toFixed(2)}">T${k + 1}</text>`)
  const bar = `<path d="M${(4 * unit).toFixed(2)} ${(height - 5 * unit).toFixed(2)}h10" stroke="#111" stroke-width="${(2 * unit).toFixed(2)}"/><text x="${(4 * unit).toFixed(2)}" y="${(height - 8 * unit).toFixed(2)}" font-size="${(7 * unit).toFixed(2)}">10 m · N ↑</text>`
  return `<svg viewBox="0 0 ${width.toFixed(2)} ${height.toFixed(2)}" xmlns="http://www.w3.org/2000/svg"><defs><pattern id="dig" width="${(6 * unit).toFixed(2)}" height="${(6 * unit).toFixed(2)}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="100%" height="100%" fill="#f4f4f4"/><path d="M0 0v${(6 * unit).toFixed(2)}" stroke="#bbb" stroke-width="${unit.toFixed(2)}"/></pattern></defs>${outlines.join('')}${lines.join('')}${holes.join('')}${bar}</svg>`
}

/** Middles of the names of trial holes: of eight places round each hole the one that is farthest from other holes and names. */
function namesBeside(spots: readonly PlanPoint[], unit: number): PlanPoint[] {
  const taken: PlanPoint[] = []
  return spots.map(([x, y], k) => {
    const others = [...spots.filter((_, j) => j !== k), ...taken]
    let [best, widest]: [PlanPoint, number] = [[x, y], -1]
    for (const [dx, dy] of BESIDE) {
      const place: PlanPoint = [x + 10 * unit * dx, y + 9 * unit * dy]
      const room = Math.min(24 * unit, ...others.map(([ox, oy]) => Math.hypot(ox - place[0], oy - place[1])))
      if (room > widest) [best, widest] = [place, room]
    }
    taken.push(best)
    return best
  })
}

/** To the right first: there a name is looked for. */
const BESIDE = [[1, 0], [-1, 0], [0, 1], [0, -1], [0.8, 0.8], [-0.8, 0.8], [0.8, -0.8], [-0.8, -0.8]] as const
