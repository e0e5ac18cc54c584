import { figure } from '../../core/figures.ts'
import { placeAt } from '../../geometry/section-line.ts'
import { textWidthMm, type PaperPoint, type SheetLayer } from '../../io/export/drawing-sheet.ts'
import { halfHeightM } from '../../profile/cut-world.ts'
import type { Profile, ProfileCrossing } from '../../profile/profile-model.ts'
import type { AssetKind } from '../../twin/kinds.ts'
import { sizeFigure } from '../../twin/section-size.ts'
import type { ReportData, ReportFinding } from '../report-data.ts'
import { clipLine, clipRing, type PaperBox } from './clip.ts'
import { findingMark, MARK_RADIUS_MM } from './finding-mark.ts'
import { scaleFor } from './plan-frame.ts'
import type { SheetLayers } from './sheet-layers.ts'
import type { SheetPen } from './sheet-pen.ts'

/** A stretch of a line on one sheet. */
export interface ProfileStretch {
  readonly profile: Profile
  readonly fromM: number
  readonly toM: number
  /** Of the chainages: 500 for 1 : 500. */
  readonly scale: number
  /** Findings by their id. */
  readonly findings: ReadonlyMap<string, ReportFinding>
}

/** Left of the chainages: names of the band, levels. */
export const BAND_NAMES_MM = 30
/** Right of them: air. */
export const PROFILE_AIR_MM = 6
const ROWS = [['chainage', 14], ['ground', 13], ['crown', 13], ['bottom', 13], ['cover', 11], ['slope', 7], ['size', 7]] as const
/** Height of the table under a profile. */
export const BAND_MM = ROWS.reduce((sum, [, heightMm]) => sum + heightMm, 0)
const [TEXT, NAME] = [2.2, 2.5]
const LABELS_MM = 42
const LABEL_PITCH_MM = 10
const STATION_PITCH_MM = 4.2
const LEVEL_SCALES = [10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000]
const LEVEL_STEPS_M = [0.2, 0.5, 1, 2, 5, 10, 20, 50]
/** Steepest exaggeration a profile is drawn with. */
const MOST_EXAGGERATION = 10

interface Chart {
  readonly plot: PaperBox
  readonly scale: number
  readonly levelScale: number
  readonly x: (chainageM: number) => number
  readonly y: (levelM: number) => number
}

/** Ground, line, what crosses it and the data band of a stretch. @returns the scale of levels. */
export function drawProfile(pen: SheetPen, layers: SheetLayers, data: ReportData, window: PaperBox, stretch: ProfileStretch): number {
  const chart = chartOf(window, stretch)
  const { plot } = chart
  const { fixed: { table } } = layers
  pen.box(table, window)
  drawLevels(pen, layers, data, chart)
  drawGround(pen, layers, stretch, chart)
  drawCoverLimits(pen, layers, stretch, chart)
  for (const crossing of shown(stretch)) drawCrossing(pen, layers, crossing, chart)
  drawOwn(pen, layers, data, stretch, chart)
  drawCrossingLabels(pen, layers, data, stretch, chart, window)
  drawBand(pen, layers, data, stretch, chart, window)
  pen.line(table, [[plot.minX, window.minY], [plot.minX, plot.maxY]])
  return chart.levelScale
}

const shown = ({ profile, fromM, toM }: ProfileStretch): ProfileCrossing[] => profile.crossings.filter(({ chainageM }) => chainageM >= fromM && chainageM <= toM)

function chartOf(window: PaperBox, stretch: ProfileStretch): Chart {
  const { profile, fromM, toM, scale } = stretch
  const plot: PaperBox = { minX: window.minX + BAND_NAMES_MM, maxX: window.maxX, minY: window.minY + BAND_MM, maxY: window.maxY - LABELS_MM }
  let [low, high] = [Infinity, -Infinity]
  const look = (...levels: readonly (number | null)[]): void => {
    for (const level of levels) if (level !== null) [low, high] = [Math.min(low, level), Math.max(high, level)]
  }
  for (const station of stationsOf(stretch)) look(station.groundM, station.crownM, station.bottomM)
  for (const points of profile.ground) for (const [s, z] of points) if (s >= fromM && s <= toM) look(z)
  for (const { shape, levelM } of shown(stretch)) look(levelM, ...(shape.isAlong ? [] : shape.outline.map(([, z]) => z)))
  const rangeM = Math.max(0.5, high - low)
  const levelScale = scaleFor(LEVEL_SCALES.filter(each => each >= scale / MOST_EXAGGERATION), 0, rangeM, plot, 0.88)
  const middle = (low + high) / 2
  const centre = (plot.minY + plot.maxY) / 2
  return { plot, scale, levelScale, x: chainageM => plot.minX + 1.5 + ((chainageM - fromM) * 1000) / scale, y: levelM => centre + ((levelM - middle) * 1000) / levelScale }
}

function drawLevels(pen: SheetPen, { fixed: { level, text } }: SheetLayers, { network: { columns: { origin } } }: ReportData, { plot, levelScale, y }: Chart): void {
  const step = LEVEL_STEPS_M.find(each => (each * 1000) / levelScale >= 9) ?? 100
  // Levels count from the datum; the chart's own are in the local frame.
  const low = (plot.minY - y(-origin[2])) * levelScale / 1000
  const high = (plot.maxY - y(-origin[2])) * levelScale / 1000
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) {
    const py = y(at - origin[2])
    pen.line(level, [[plot.minX, py], [plot.maxX, py]])
    pen.line(text, [[plot.minX - 1.5, py], [plot.minX, py]])
    pen.text(text, [plot.minX - 2.2, py - TEXT / 2], figure(at, step < 1 ? 1 : 0), TEXT, { anchor: 'end' })
  }
}

function drawGround(pen: SheetPen, { fixed: { ground } }: SheetLayers, { profile, fromM, toM }: ProfileStretch, { plot, x, y }: Chart): void {
  for (const points of profile.ground) {
    for (const piece of clipLine(points.map(([s, z]): PaperPoint => [x(s), y(z)]), { ...plot, minX: x(fromM), maxX: x(toM) })) pen.line(ground, piece)
  }
}

/** Where cover is too little: how high the crown may be. */
function drawCoverLimits(pen: SheetPen, { fixed: { limit } }: SheetLayers, stretch: ProfileStretch, { plot, x, y }: Chart): void {
  const { profile: { line, ground }, fromM, toM, findings } = stretch
  for (const { finding } of findings.values()) {
    for (const part of [finding, ...finding.others]) {
      if (part.rule !== 'cover' || !finding.a.some(id => line.ids.has(id))) continue
      const [from, to] = [Math.max(fromM, finding.stretch.fromChainageM), Math.min(toM, finding.stretch.toChainageM)]
      for (const points of ground) {
        const within = points.filter(([s]) => s >= from && s <= to).map(([s, z]): PaperPoint => [x(s), y(z - part.required)])
        for (const piece of clipLine(within, plot)) pen.line(limit, piece)
      }
    }
  }
}

/** True section, stretched as the levels are; the limit where it is broken. */
function drawCrossing(pen: SheetPen, layers: SheetLayers, { item, shape, chainageM, levelM, isAbove, shortfall }: ProfileCrossing, { plot, x, y }: Chart): void {
  const layer = layers.kind(item.kind, item.type === 'proposal')
  const [px, py] = [x(chainageM), y(levelM)]
  if (shape.isAlong) pen.line(layer, [[px, py - 2], [px, py + 2]])
  else pen.ring(layer, clipRing(shape.outline.map(([u, z]) => [x(u), y(z)] as const), plot), 0.2)
  if (!shortfall || !(shortfall.required > 0)) return
  const half = halfHeightM(item.section)
  const at = y(isAbove ? levelM - half - shortfall.required : levelM + half + shortfall.required)
  pen.line(layers.fixed.limit, [[px - 3.5, at], [px + 3.5, at]])
}

function drawOwn(pen: SheetPen, layers: SheetLayers, data: ReportData, { profile: { line }, fromM, toM }: ProfileStretch, { plot, x, y }: Chart): void {
  const box = { ...plot, minX: x(fromM), maxX: x(toM) }
  const layerOf = (id: string, kind: AssetKind): SheetLayer => layers.kind(kind, data.network.assetOf(id)?.isProposal ?? false)
  const at = (vertex: number, lift: number): PaperPoint => [x(line.chainages[vertex]!), y(line.axis[vertex]![2] + lift)]
  // Crown and underside go through as far as one layer does; both ends are closed.
  for (let from = 0; from < line.parts.length;) {
    const layer = layerOf(line.parts[from]!.id, line.parts[from]!.kind)
    let to = from
    while (to + 1 < line.parts.length && layerOf(line.parts[to + 1]!.id, line.parts[to + 1]!.kind) === layer) to++
    for (const side of [1, -1]) {
      const edge = line.parts.slice(from, to + 1).flatMap((part, k) => [0, 1].map(end => at(from + k + end, side * halfHeightM(part.section))))
      for (const piece of clipLine(edge, box)) pen.line(layer, piece, 0.35)
    }
    for (const [vertex, part] of [[from, line.parts[from]!], [to + 1, line.parts[to]!]] as const) {
      const half = halfHeightM(part.section)
      for (const piece of clipLine([at(vertex, half), at(vertex, -half)], box)) pen.line(layer, piece, 0.35)
    }
    from = to + 1
  }
}

/** What crosses, written upright above the plot with a leader down to it; those that are short first, where not all have room. */
function drawCrossingLabels(pen: SheetPen, layers: SheetLayers, { words, network: { columns: { origin }, assetOf } }: ReportData, stretch: ProfileStretch, { plot, x, y }: Chart, window: PaperBox): void {
  const { fixed: { text, mandatory, advisory } } = layers
  const room = Math.floor((plot.maxX - plot.minX - 12) / LABEL_PITCH_MM)
  const all = shown(stretch)
  const kept = [...all].sort((p, q) => Number(q.shortfall !== null) - Number(p.shortfall !== null) || p.gapM - q.gapM).slice(0, room).sort((p, q) => p.chainageM - q.chainageM)
  const places = spread(kept.map(({ chainageM }) => x(chainageM)), LABEL_PITCH_MM, plot.minX + 4, plot.maxX - 8)
  kept.forEach((crossing, i) => {
    const { item, levelM, isAbove, gapM, shortfall, chainageM, isJoined } = crossing
    const [at, px] = [places[i]!, x(chainageM)]
    const row = shortfall ? stretch.findings.get(shortfall.findingId) : undefined
    const half = halfHeightM(item.section)
    pen.line(layers.kind(item.kind, item.type === 'proposal'), [[at, plot.maxY + 6], [px, plot.maxY], [px, y(levelM + half)]])
    const facing = words(isAbove ? 'sheets:crossing.bottom' : 'sheets:crossing.crown', { level: figure(levelM + (isAbove ? -half : half) + origin[2], 2) })
    const most = LABELS_MM - 10 - (row ? 8 : 0)
    pen.fitted(text, [at - 1, plot.maxY + 7], `${words(`kinds:kind.${item.kind}`)} ${sizeFigure(item.section)}${assetOf(item.id)?.isProposal ? ` ${assetOf(item.id)!.label}` : ''}`, TEXT, most, { turnDeg: 90 })
    // Kind and size, the level that faces the line, the gap: a line each.
    pen.fitted(text, [at + 2, plot.maxY + 7], facing, TEXT, most, { turnDeg: 90 })
    const said = isJoined ? words('sheets:crossing.joined') : shortfall && shortfall.required > 0 ? words('sheets:crossing.gapShort', { gap: figure(gapM, 2), required: figure(shortfall.required, 2) }) : words('sheets:crossing.gap', { gap: figure(gapM, 2) })
    pen.fitted(text, [at + 5.2, plot.maxY + 7], said, TEXT, most, { turnDeg: 90 })
    if (!row) return
    const layer: SheetLayer = row.finding.mandatory ? mandatory : advisory
    findingMark(pen, layer, [at + 1.4, window.maxY - 3.2], row.finding.mandatory)
    pen.text(layer, [at + 1.4, window.maxY - MARK_RADIUS_MM - 6.6], String(row.number), NAME, { anchor: 'middle' })
  })
  if (kept.length < all.length) pen.text(text, [window.minX + 2, window.maxY - 4], words('sheets:crossing.more', { count: all.length - kept.length }), TEXT)
}

/** Places in order, at least a pitch apart, as near to those wanted as that allows. @param wanted Rising. */
export function spread(wanted: readonly number[], pitch: number, low: number, high: number): number[] {
  const places: number[] = []
  for (const each of wanted) places.push(Math.max(each, low, places.length === 0 ? -Infinity : places.at(-1)! + pitch))
  let limit = high
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i]!, limit)
    limit = places[i]! - pitch
  }
  return places
}

interface Station {
  readonly chainageM: number
  readonly groundM: number | null
  readonly crownM: number
  readonly bottomM: number
  /** The lower, the sooner it is written. */
  readonly rank: number
}

/** Ends of the stretch, vertices, crossings, and whole chainages between. */
function stationsOf({ profile, fromM, toM, scale }: ProfileStretch): Station[] {
  const ranks = { end: 0, vertex: 1, crossing: 2 } as const
  const within = profile.stations.filter(({ chainageM }) => chainageM >= fromM - 1e-6 && chainageM <= toM + 1e-6)
  const own = within.map((station): Station => ({ ...station, rank: ranks[station.type] }))
  const step = [2, 5, 10, 20, 50, 100].find(each => (each * 1000) / scale >= 15) ?? 200
  const regular: number[] = [fromM, toM]
  for (let at = Math.ceil(fromM / step) * step; at < toM; at += step) regular.push(at)
  return [...own, ...regular.map((chainageM, i) => ({ ...stationAt(profile, chainageM), rank: i < 2 ? 0.5 : 3 }))]
}

function stationAt({ line, ground }: Profile, chainageM: number): Omit<Station, 'rank'> {
  const { at, segment } = placeAt(line.axis, line.chainages, chainageM)
  const half = halfHeightM(line.parts[segment]!.section)
  return { chainageM, groundM: levelOn(ground, chainageM), crownM: at[2] + half, bottomM: at[2] - half }
}

function levelOn(ground: Profile['ground'], chainageM: number): number | null {
  for (const points of ground) {
    for (let i = 0; i + 1 < points.length; i++) {
      const [[s, z], [s1, z1]] = [points[i]!, points[i + 1]!]
      if (chainageM >= s - 1e-9 && chainageM <= s1 + 1e-9) return s1 - s < 1e-9 ? z : z + ((chainageM - s) / (s1 - s)) * (z1 - z)
    }
  }
  return null
}

/** The table under the profile: figures upright under their place. */
function drawBand(pen: SheetPen, layers: SheetLayers, data: ReportData, stretch: ProfileStretch, { plot, x }: Chart, window: PaperBox): void {
  const { words, network: { columns: { origin }, assetOf } } = data
  const { fixed: { table, text } } = layers
  const { profile: { line }, fromM, toM } = stretch
  const tops: number[] = []
  let top = plot.minY
  pen.line(table, [[window.minX, top], [window.maxX, top]])
  for (const [name, heightMm] of ROWS) {
    tops.push(top)
    pen.fitted(text, [window.minX + 1.5, top - heightMm / 2 - NAME / 2], words(`sheets:band.${name}`), NAME, BAND_NAMES_MM - 3)
    top -= heightMm
    pen.line(table, [[window.minX, top], [window.maxX, top]])
  }
  for (const { chainageM, groundM, crownM, bottomM } of chosen(stationsOf(stretch), x)) {
    const values = [figure(chainageM, 2), figure(groundM === null ? null : groundM + origin[2], 2), figure(crownM + origin[2], 2), figure(bottomM + origin[2], 2), figure(groundM === null ? null : groundM - crownM, 2)]
    const px = x(chainageM)
    pen.line(table, [[px, plot.minY], [px, plot.minY + 1.5]])
    values.forEach((value, i) => pen.text(text, [px + TEXT / 2, tops[i]! - ROWS[i]![1] / 2], value, TEXT, { anchor: 'middle', turnDeg: 90 }))
  }
  const stretches = (row: number, parts: readonly { from: number; to: number; said: string }[]): void => {
    for (const { from, to, said } of parts) {
      const [left, right] = [x(Math.max(from, fromM)), x(Math.min(to, toM))]
      if (right - left < 0.5) continue
      pen.line(table, [[right, tops[row]!], [right, tops[row]! - ROWS[row]![1]]])
      if (textWidthMm(said, TEXT) <= right - left - 1) pen.text(text, [(left + right) / 2, tops[row]! - ROWS[row]![1] / 2 - TEXT / 2], said, TEXT, { anchor: 'middle' })
    }
  }
  stretches(5, line.parts.map((_, i) => {
    const [from, to] = [line.chainages[i]!, line.chainages[i + 1]!]
    return { from, to, said: `${figure((1000 * (line.axis[i + 1]![2] - line.axis[i]![2])) / Math.max(1e-9, to - from), 1)} / ${figure(to - from, 2)}` }
  }))
  const sizes: { from: number; to: number; said: string }[] = []
  line.parts.forEach((part, i) => {
    const said = [sizeFigure(part.section), assetOf(part.id)?.material ?? ''].filter(Boolean).join(' ')
    const last = sizes.at(-1)
    if (last?.said === said) last.to = line.chainages[i + 1]!
    else sizes.push({ from: line.chainages[i]!, to: line.chainages[i + 1]!, said })
  })
  stretches(6, sizes)
}

/** Stations whose figures have room: ends, then vertices, crossings, whole chainages. */
function chosen(stations: readonly Station[], x: (chainageM: number) => number): Station[] {
  const kept: Station[] = []
  for (const station of [...stations].sort((p, q) => p.rank - q.rank || p.chainageM - q.chainageM)) {
    if (kept.every(other => Math.abs(x(other.chainageM) - x(station.chainageM)) >= STATION_PITCH_MM)) kept.push(station)
  }
  return kept.sort((p, q) => p.chainageM - q.chainageM)
}
