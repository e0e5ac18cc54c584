import { packedString } from '../../core/packed-strings.ts'
import { trenchOutline } from '../../geometry/trench-outline.ts'
import { textWidthMm, type PaperPoint, type SheetLayer } from '../../io/export/drawing-sheet.ts'
import { assetSection } from '../../twin/asset-columns.ts'
import { ASSET_KINDS, type AssetKind } from '../../twin/kinds.ts'
import { sizeFigure } from '../../twin/section-size.ts'
import { segmentsInBox } from '../../twin/segments-near.ts'
import type { SurfaceFeatureType } from '../../twin/surface-feature.ts'
import type { ReportData, ReportFinding } from '../report-data.ts'
import { clipLine, clipRing, isWithin } from './clip.ts'
import { findingMark, MARK_RADIUS_MM } from './finding-mark.ts'
import type { LabelRoom } from './label-room.ts'
import type { PlanFrame } from './plan-frame.ts'
import type { FixedLayer, SheetLayers } from './sheet-layers.ts'
import type { SheetPen } from './sheet-pen.ts'

/** What a plan turned out to show. */
export interface PlanContent {
  readonly kinds: ReadonlySet<AssetKind>
  readonly proposedKinds: ReadonlySet<AssetKind>
  readonly findings: readonly ReportFinding[]
}

interface DrawnLine {
  readonly id: string
  readonly kind: AssetKind
  readonly isProposal: boolean
  readonly label: string
  readonly pieces: readonly (readonly PaperPoint[])[]
}

const [LABEL, SMALL] = [2.2, 1.8]
/** Vertices nearer than this on paper say nothing. */
const LEAST_STEP_MM = 0.2
/** Grid lines stand this far apart on paper at least. */
const GRID_MM = 80
const GRID_STEPS_M = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000]

/**
 * Everything of a plan but its frame: surroundings, what is in the ground, what the scheme proposes and digs, its findings.
 * @param room What is written already.
 */
export function drawPlan(pen: SheetPen, layers: SheetLayers, data: ReportData, frame: PlanFrame, room: LabelRoom, isDetailed: boolean): PlanContent {
  pen.box(layers.fixed.table, frame.window)
  drawSurroundings(pen, layers, data, frame, room, isDetailed)
  drawGrid(pen, layers, data, frame, room)
  drawDigs(pen, layers, data, frame)
  const lines = linesIn(data, frame)
  for (const { kind, isProposal, pieces } of [...lines].sort((p, q) => Number(p.isProposal) - Number(q.isProposal))) {
    for (const piece of pieces) pen.line(layers.kind(kind, isProposal), piece, isProposal ? 0.9 : 0.3)
  }
  const findings = drawFindings(pen, layers, data, frame, room)
  drawLabels(pen, layers, lines, frame, room, isDetailed)
  const kindsOf = (isProposal: boolean) => new Set(lines.filter(line => line.isProposal === isProposal).map(({ kind }) => kind))
  return { kinds: kindsOf(false), proposedKinds: kindsOf(true), findings }
}

/** Lines of the network within the window, in pieces as the window shows them. */
function linesIn({ network }: ReportData, frame: PlanFrame): DrawnLine[] {
  const { columns } = network
  const { minX, minY, maxX, maxY } = frame.reach
  const segments = segmentsInBox(columns, minX, minY, maxX, maxY)
  const byAsset = new Map<number, number[]>()
  for (const { asset, vertex } of segments) {
    const list = byAsset.get(asset)
    if (list) list.push(vertex)
    else byAsset.set(asset, [vertex])
  }
  return [...byAsset].sort(([p], [q]) => p - q).flatMap(([asset, vertices]): DrawnLine[] => {
    const runs: PaperPoint[][] = []
    let last = -2
    for (const vertex of vertices.sort((p, q) => p - q)) {
      const at = (v: number): PaperPoint => frame.toSheet(columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!)
      if (vertex === last + 1) runs.at(-1)!.push(at(vertex + 1))
      else runs.push([at(vertex), at(vertex + 1)])
      last = vertex
    }
    const pieces = runs.flatMap(run => clipLine(thinned(run), frame.window))
    if (pieces.length === 0) return []
    const id = packedString(columns.ids, asset)
    const known = network.assetOf(id)
    return [{ id, kind: ASSET_KINDS[columns.kind[asset]!]!, isProposal: known?.isProposal ?? false, label: `${known?.isProposal ? `${known.label} ` : ''}${sizeFigure(assetSection(columns, asset))}`, pieces }]
  })
}

function thinned(points: readonly PaperPoint[]): PaperPoint[] {
  const kept: PaperPoint[] = []
  points.forEach((point, i) => {
    const last = kept.at(-1)
    if (!last || i === points.length - 1 || Math.hypot(point[0] - last[0], point[1] - last[1]) >= LEAST_STEP_MM) kept.push(point)
  })
  return kept
}

const AREAS: ReadonlySet<SurfaceFeatureType> = new Set(['building', 'roadway', 'footway', 'green', 'water_body'])

function drawSurroundings(pen: SheetPen, { fixed }: SheetLayers, { network: { surfaceFeatures, columns: { origin } } }: ReportData, frame: PlanFrame, room: LabelRoom, isDetailed: boolean): void {
  const { reach, window } = frame
  for (const { type, geometry, points, name } of surfaceFeatures) {
    if (type === 'borehole' || !points.some(([e, n]) => e - origin[0] >= reach.minX - 200 && e - origin[0] <= reach.maxX + 200 && n - origin[1] >= reach.minY - 200 && n - origin[1] <= reach.maxY + 200)) continue
    const at = points.map(([e, n]) => frame.toSheet(e - origin[0], n - origin[1]))
    if (geometry === 'point') {
      const radius = isDetailed ? (type === 'tree' ? 1.1 : 0.6) : 0.3
      if (isWithin(at[0]!, window, radius)) pen.circle(fixed.surface, at[0]!, radius)
      continue
    }
    const layer = fixed[LAYER_OF[type] ?? 'surface']
    if (AREAS.has(type) && geometry === 'polygon') pen.ring(layer, clipRing(at, window))
    else for (const piece of clipLine(geometry === 'polygon' ? [...at, at[0]!] : at, window)) pen.line(layer, piece)
    if (type === 'street_centreline' && name !== '') alongLine(pen, fixed.street, clipLine(at, window), name, isDetailed ? 2.5 : SMALL, 0, frame, room)
  }
}

const LAYER_OF: Readonly<Partial<Record<SurfaceFeatureType, FixedLayer>>> = { building: 'building', street_centreline: 'street' }

/** Crosses at whole coordinates, each with its easting and northing. */
function drawGrid(pen: SheetPen, { fixed: { grid } }: SheetLayers, { network: { columns: { origin } } }: ReportData, frame: PlanFrame, room: LabelRoom): void {
  const { reach, window, turnDeg } = frame
  const step = GRID_STEPS_M.find(each => (each * 1000) / frame.scale >= GRID_MM) ?? 10_000
  const upright = uprightDeg(turnDeg)
  const turn = (turnDeg * Math.PI) / 180
  for (let e = Math.ceil((reach.minX + origin[0]) / step) * step; e <= reach.maxX + origin[0]; e += step) {
    for (let n = Math.ceil((reach.minY + origin[1]) / step) * step; n <= reach.maxY + origin[1]; n += step) {
      const [x, y] = frame.toSheet(e - origin[0], n - origin[1])
      if (!isWithin([x, y], window, 3)) continue
      for (const angle of [turn, turn + Math.PI / 2]) pen.line(grid, [[x - 3 * Math.cos(angle), y - 3 * Math.sin(angle)], [x + 3 * Math.cos(angle), y + 3 * Math.sin(angle)]])
      const text = `E ${e} N ${n}`
      const lift = 1
      const middle: PaperPoint = [x + (textWidthMm(text, SMALL) / 2 + 1.2) * Math.cos(rad(upright)) - lift * Math.sin(rad(upright)), y + (textWidthMm(text, SMALL) / 2 + 1.2) * Math.sin(rad(upright)) + lift * Math.cos(rad(upright))]
      if (isTextWithin(text, SMALL, middle, upright, frame) && room.takeText(text, SMALL, middle, upright)) pen.text(grid, middle, text, SMALL, { anchor: 'middle', turnDeg: upright })
    }
  }
}

function drawDigs(pen: SheetPen, { fixed: { dig } }: SheetLayers, { digs, network: { columns: { origin } } }: ReportData, frame: PlanFrame): void {
  for (const { planned: { shape } } of digs) {
    const outline = shape.type === 'pit' ? shape.outline : shape.type === 'trench' ? trenchOutline(shape.line, shape.widthM) : null
    const at = (points: readonly (readonly [number, number, ...number[]])[]) => points.map(([e, n]) => frame.toSheet(e - origin[0], n - origin[1]))
    if (outline) pen.ring(dig, clipRing(at(outline), frame.window))
    else if (shape.type === 'bore') for (const piece of clipLine(at(shape.axis), frame.window)) pen.line(dig, piece)
  }
}

/** Marks with their numbers; of several at one place the numbers stand beside each other. */
function drawFindings(pen: SheetPen, { fixed: { mandatory, advisory } }: SheetLayers, { findings, network: { columns: { origin } } }: ReportData, frame: PlanFrame, room: LabelRoom): ReportFinding[] {
  const shown: ReportFinding[] = []
  for (const row of findings) {
    const { a, b } = row.finding.at
    const at = frame.toSheet((a[0] + b[0]) / 2 - origin[0], (a[1] + b[1]) / 2 - origin[1])
    if (!isWithin(at, frame.window, MARK_RADIUS_MM)) continue
    const layer = row.finding.mandatory ? mandatory : advisory
    shown.push(row)
    findingMark(pen, layer, at, row.finding.mandatory)
    room.take(at[0], at[1], MARK_RADIUS_MM)
    const text = String(row.number)
    const halfMm = textWidthMm(text, 2.5) / 2
    for (const turn of [0.25, 0.75, 1.25, 1.75, 0, 1, 0.5, 1.5]) {
      const far = MARK_RADIUS_MM + 1.2 + halfMm * Math.abs(Math.cos(turn * Math.PI))
      const middle: PaperPoint = [at[0] + far * Math.cos(turn * Math.PI), at[1] + (MARK_RADIUS_MM + 1.6) * Math.sin(turn * Math.PI) - 1.25]
      if (!isTextWithin(text, 2.5, middle, 0, frame) || !room.takeText(text, 2.5, middle, 0)) continue
      pen.text(layer, middle, text, 2.5, { anchor: 'middle' })
      break
    }
  }
  return shown
}

/** What the scheme proposes is named first; of what is in the ground whatever finds room. */
function drawLabels(pen: SheetPen, layers: SheetLayers, lines: readonly DrawnLine[], frame: PlanFrame, room: LabelRoom, isDetailed: boolean): void {
  for (const { kind, isProposal, label, pieces } of [...lines].sort((p, q) => Number(q.isProposal) - Number(p.isProposal))) {
    if (!isProposal && !isDetailed) continue
    alongLine(pen, layers.kind(kind, isProposal), pieces, label, isProposal ? 2.5 : LABEL, isProposal ? 0.9 : 0.3, frame, room)
  }
}

/** Writes a text beside the longest straight parts of a line where one has room for it. */
function alongLine(pen: SheetPen, layer: SheetLayer, pieces: readonly (readonly PaperPoint[])[], text: string, heightMm: number, lineMm: number, frame: PlanFrame, room: LabelRoom): void {
  const needed = textWidthMm(text, heightMm)
  const parts = pieces.flatMap(nearlyStraight).filter(({ lengthMm }) => lengthMm >= needed + 2).sort((p, q) => q.lengthMm - p.lengthMm).slice(0, 4)
  for (const { from, to, lengthMm } of parts) {
    const turnDeg = uprightDeg((Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI)
    const [up, side] = [rad(turnDeg), 0.7 + lineMm / 2]
    for (const share of [0.5, 0.25, 0.75]) {
      if (Math.min(share, 1 - share) * lengthMm < needed / 2) continue
      for (const lift of [side, -side - heightMm]) {
        const middle: PaperPoint = [from[0] + share * (to[0] - from[0]) - lift * Math.sin(up), from[1] + share * (to[1] - from[1]) + lift * Math.cos(up)]
        if (!isTextWithin(text, heightMm, middle, turnDeg, frame) || !room.takeText(text, heightMm, middle, turnDeg)) continue
        pen.text(layer, middle, text, heightMm, { anchor: 'middle', turnDeg })
        return
      }
    }
  }
}

/** Chords of a line that it leaves by no more than a hair: a text along one follows the line. */
function nearlyStraight(piece: readonly PaperPoint[]): { readonly from: PaperPoint; readonly to: PaperPoint; readonly lengthMm: number }[] {
  const chords: { from: PaperPoint; to: PaperPoint; lengthMm: number }[] = []
  for (let i = 0; i + 1 < piece.length;) {
    let j = i + 1
    while (j + 1 < piece.length && leavesLittle(piece, i, j + 1)) j++
    const [from, to] = [piece[i]!, piece[j]!]
    chords.push({ from, to, lengthMm: Math.hypot(to[0] - from[0], to[1] - from[1]) })
    i = j
  }
  return chords
}

const HAIR_MM = 0.5

function leavesLittle(piece: readonly PaperPoint[], i: number, j: number): boolean {
  const [p, q] = [piece[i]!, piece[j]!]
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]]
  const length = Math.hypot(dx, dy)
  if (length < 1e-9) return false
  return piece.slice(i + 1, j).every(([x, y]) => Math.abs((x - p[0]) * dy - (y - p[1]) * dx) <= HAIR_MM * length)
}

const rad = (deg: number): number => (deg * Math.PI) / 180

/** The same direction, readable from below or from the right. */
export function uprightDeg(deg: number): number {
  const turn = ((deg % 360) + 360) % 360
  return turn > 90.001 && turn <= 270.001 ? turn - 180 : turn > 270 ? turn - 360 : turn
}

function isTextWithin(text: string, heightMm: number, [x, y]: PaperPoint, turnDeg: number, { window }: PlanFrame): boolean {
  const halfMm = textWidthMm(text, heightMm) / 2
  const [dx, dy] = [halfMm * Math.cos(rad(turnDeg)), halfMm * Math.sin(rad(turnDeg))]
  return isWithin([x - dx, y - dy], window, heightMm) && isWithin([x + dx, y + dy], window, heightMm)
}
