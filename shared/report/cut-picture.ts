import type { Finding } from '../clearance/findings/finding.ts'
import { figure } from '../core/figures.ts'
import { cutPart, type CutShape, type SolidPart, type VerticalPlane } from '../geometry/section-shape.ts'
import { assetSection } from '../twin/asset-columns.ts'
import { packedString } from '../core/packed-strings.ts'
import { ASSET_KINDS, type AssetKind } from '../twin/kinds.ts'
import { segmentsInBox } from '../twin/segments-near.ts'
import { pathThrough, type Drawing, type DrawingColours, type Shape } from './drawing.ts'
import { placeText, textBox, type LabelBox, type TextPlace } from './label-places.ts'
import type { ReportNetwork } from './report-network.ts'
import { ruleFigure } from './rule-figure.ts'

export interface PictureStyle {
  readonly width: number
  readonly height: number
  readonly colours: DrawingColours
  readonly kindColour: (kind: AssetKind) => string
  readonly label: string
  /** Names of the two sides as written on the picture. */
  readonly sides: { readonly a: string; readonly b: string }
}

/** Where a finding is looked at. Local frame. */
interface Spot {
  readonly a: readonly [number, number, number]
  readonly b: readonly [number, number, number]
  readonly gapM: number
}

interface Cut {
  readonly id: string
  readonly kind: AssetKind
  readonly shape: CutShape
  readonly side: 'a' | 'b' | null
}

/** Sides are told apart by letter and outline too, not by colour alone. */
const SIDE_STROKE = 2
const [FIGURE_SIZE, NAME_SIZE, LEVEL_SIZE] = [12, 11, 9]
/** Of a name, in the picture; whole in the text beside it. */
const MOST_SIGNS = 22
/** The ground is worth its room up to this many metres above; a section, which is about the gap, gives it less. */
const MOST_DEPTH_TO_GROUND_M = { section: 0.8, profile: 12 } as const
type Look = keyof typeof MOST_DEPTH_TO_GROUND_M

/**
 * A section across the finding, one scale both ways: through both closest points where they lie apart in plan, else square
 * to side a, where one lies over the other.
 */
export function sectionPicture(network: ReportNetwork, finding: Finding, style: PictureStyle): Drawing {
  const spot = spotOf(network, finding)
  const [dx, dy] = [spot.b[0] - spot.a[0], spot.b[1] - spot.a[1]]
  const planM = Math.hypot(dx, dy)
  const [alongX, alongY] = directionOf(finding)
  // Side a is cut wherever along it; side b may run square to it, so the plane stands on b's own axis.
  return cutPicture(network, finding, spot, spot.b, planM > Math.max(0.3, 0.5 * Math.abs(spot.b[2] - spot.a[2])) ? [dx / planM, dy / planM] : [alongY, -alongX], 'section', style)
}

/** The long profile of side a at the finding, seen from the side. */
export const profilePicture = (network: ReportNetwork, finding: Finding, style: PictureStyle): Drawing => {
  const spot = spotOf(network, finding)
  return cutPicture(network, finding, spot, spot.a, directionOf(finding), 'profile', style)
}

function spotOf({ columns: { origin } }: ReportNetwork, { at }: Finding): Spot {
  const local = ([x, y, z]: readonly [number, number, number]): [number, number, number] => [x - origin[0], y - origin[1], z - origin[2]]
  const [a, b] = [local(at.a), local(at.b)]
  return { a, b, gapM: Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) }
}

/** Direction of side a along the stretch, in plan; east for a stretch of no length. */
function directionOf({ stretch: { from, to } }: Finding): [number, number] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  return length < 1e-9 ? [1, 0] : [dx / length, dy / length]
}

function cutPicture(network: ReportNetwork, finding: Finding, spot: Spot, [planeX, planeY]: readonly [number, number, number], [dirX, dirY]: readonly [number, number], look: Look, style: PictureStyle): Drawing {
  const { width, height, colours } = style
  const plane: VerticalPlane = { x: planeX, y: planeY, dirX, dirY }
  const groundHere = network.groundAt(plane.x, plane.y)
  const reachM = Math.max(look === 'section' ? 0.9 : 2.5, 0.75 * spot.gapM, finding.unit ? 0 : 0.75 * finding.required)
  const first = cutsNear(network, finding, plane, reachM * 1.6)
  const { halfSpanM, middleM } = windowOf(first, spot, groundHere, reachM, width / height, finding.b.length === 0 ? 'profile' : look)
  const cuts = cutsNear(network, finding, plane, halfSpanM)
  const scale = width / (2 * halfSpanM)
  const x = (u: number): number => width / 2 + u * scale
  const y = (z: number): number => height / 2 - (z - middleM) * scale
  const shapes: Shape[] = [{ type: 'path', d: pathThrough([[0, 0], [width, 0], [width, height], [0, height]], true), fill: colours.paper }]
  const taken: LabelBox[] = []
  shapes.push(...groundShapes(network, plane, halfSpanM, x, y, style), ...levelShapes(network.columns.origin[2], middleM, halfSpanM * (height / width), y, taken, style))
  for (const cut of [...cuts].sort((p, q) => depthOf(p) - depthOf(q))) shapes.push(outlineShape(cut, x, y, style))
  shapes.push(...gapShapes(finding, spot, plane, x, y, taken, style), ...nameShapes(cuts, x, y, taken, style))
  return { width, height, label: style.label, shapes }
}

/** What is cut across is seen before what runs along, and both before what is no side of the finding. */
const depthOf = ({ side, shape }: Cut): number => (side === null ? 0 : shape.isAlong ? 1 : 2)

/** Whatever the plane shows within a half width, both sides marked. */
function cutsNear({ columns }: ReportNetwork, finding: Finding, plane: VerticalPlane, halfSpanM: number): Cut[] {
  const [x0, y0, x1, y1] = [plane.x - halfSpanM * plane.dirX, plane.y - halfSpanM * plane.dirY, plane.x + halfSpanM * plane.dirX, plane.y + halfSpanM * plane.dirY]
  const cuts: Cut[] = []
  for (const { asset, vertex } of segmentsInBox(columns, Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1))) {
    const section = assetSection(columns, asset)
    const [p, q] = [3 * vertex, 3 * vertex + 3]
    const { xyz } = columns
    const part: SolidPart = {
      ax: xyz[p]!, ay: xyz[p + 1]!, az: xyz[p + 2]!, bx: xyz[q]!, by: xyz[q + 1]!, bz: xyz[q + 2]!, isCircle: section.shape === 'circle',
      halfWidthM: columns.halfWidthM[asset]!, halfHeightM: columns.halfHeightM[asset]!,
    }
    const shape = cutPart(plane, part, vertex + 2 === columns.vertexStart[asset + 1])
    if (!shape || shape.maxU < -halfSpanM || shape.minU > halfSpanM) continue
    const id = packedString(columns.ids, asset)
    cuts.push({ id, kind: ASSET_KINDS[columns.kind[asset]!]!, shape, side: finding.a.includes(id) ? 'a' : finding.b.includes(id) ? 'b' : null })
  }
  return cuts
}

/** Both sides whole, the ground where it is not far above, and some air around. */
function windowOf(cuts: readonly Cut[], spot: Spot, groundM: number | null, reachM: number, aspect: number, look: Look): { halfSpanM: number; middleM: number } {
  const own = cuts.filter(({ side, shape }) => side !== null && !shape.isAlong && Math.abs(shape.u) < 2 * reachM)
  const levels = [spot.a[2], spot.b[2], ...own.flatMap(({ shape }) => shape.outline.map(([, z]) => z))]
  const low = Math.min(...levels)
  let high = Math.max(...levels)
  if (groundM !== null && groundM > low && groundM - high < MOST_DEPTH_TO_GROUND_M[look]) high = Math.max(high, groundM)
  const halfU = Math.max(reachM, 0, ...own.flatMap(({ shape }) => [Math.abs(shape.minU), Math.abs(shape.maxU)]))
  const halfSpanM = Math.max(1.15 * halfU, 0.72 * (high - low) * aspect)
  return { halfSpanM, middleM: (low + high) / 2 }
}

function groundShapes({ groundAt }: ReportNetwork, plane: VerticalPlane, halfSpanM: number, x: (u: number) => number, y: (z: number) => number, { colours, height }: PictureStyle): Shape[] {
  const points: [number, number][] = []
  for (let i = 0; i <= 40; i++) {
    const u = -halfSpanM + (i / 20) * halfSpanM
    const z = groundAt(plane.x + u * plane.dirX, plane.y + u * plane.dirY)
    if (z !== null) points.push([x(u), y(z)])
  }
  if (points.length < 2) return []
  const bottom = Math.max(height, ...points.map(([, py]) => py)) + 1
  return [
    { type: 'path', d: pathThrough([...points, [points.at(-1)![0], bottom], [points[0]![0], bottom]], true), fill: colours.earth },
    { type: 'path', d: pathThrough(points), stroke: colours.ground, strokeWidth: 1.5 },
  ]
}

/** Levels at whole steps on the left, project datum. */
function levelShapes(datumM: number, middleM: number, halfHeightM: number, y: (z: number) => number, taken: LabelBox[], { colours, width }: PictureStyle): Shape[] {
  const step = [0.25, 0.5, 1, 2, 5, 10, 20, 50].find(each => (2 * halfHeightM) / each <= 7) ?? 100
  const shapes: Shape[] = []
  for (let level = Math.ceil((middleM + datumM - halfHeightM) / step) * step; level <= middleM + datumM + halfHeightM; level += step) {
    const at = y(level - datumM)
    shapes.push({ type: 'path', d: pathThrough([[0, at], [width, at]]), stroke: colours.line, strokeWidth: 0.6 })
    const text = figure(level, step < 1 ? 2 : 0)
    taken.push(textBox(text, LEVEL_SIZE, { x: 4, y: at - 2, anchor: 'start' }))
    shapes.push({ type: 'text', x: 4, y: at - 2, text, size: LEVEL_SIZE, fill: colours.soft })
  }
  return shapes
}

function outlineShape({ shape, side, kind }: Cut, x: (u: number) => number, y: (z: number) => number, { colours, kindColour }: PictureStyle): Shape {
  const d = pathThrough(shape.outline.map(([u, z]) => [x(u), y(z)]), true)
  return side === null
    ? { type: 'path', d, fill: kindColour(kind), stroke: colours.soft, strokeWidth: 0.7, opacity: 0.35 }
    : { type: 'path', d, fill: kindColour(kind), stroke: colours.ink, strokeWidth: SIDE_STROKE, ...(side === 'b' && { dash: '5 2.5' }) }
}

/** The two closest points on the axes, the line between them, and what was found. */
function gapShapes({ found, rule }: Finding, { a, b }: Spot, plane: VerticalPlane, x: (u: number) => number, y: (z: number) => number, taken: LabelBox[], style: PictureStyle): Shape[] {
  const { colours } = style
  const u = (p: readonly [number, number, number]): number => (p[0] - plane.x) * plane.dirX + (p[1] - plane.y) * plane.dirY
  const [p, q] = [[x(u(a)), y(a[2])] as const, [x(u(b)), y(b[2])] as const]
  // The line between the points is to be read too.
  taken.push({ x: Math.min(p[0], q[0]) - 3, y: Math.min(p[1], q[1]) - 3, width: Math.abs(p[0] - q[0]) + 6, height: Math.abs(p[1] - q[1]) + 6 })
  const text = ruleFigure(rule, found)
  const my = (p[1] + q[1]) / 2 + 4
  const [left, right] = [Math.min(p[0], q[0]) - 14, Math.max(p[0], q[0]) + 14]
  const at = rule === 'touching' ? null : placeText(text, FIGURE_SIZE, [{ x: right, y: my, anchor: 'start' }, { x: left, y: my, anchor: 'end' }], taken, style)
  return [
    { type: 'path', d: pathThrough([p, q]), stroke: colours.ink, strokeWidth: 1, dash: '2 2' },
    { type: 'circle', x: p[0], y: p[1], r: 2.5, fill: colours.ink },
    { type: 'circle', x: q[0], y: q[1], r: 2.5, fill: colours.paper, stroke: colours.ink, strokeWidth: 1.2 },
    ...(at ? [{ type: 'text', ...at, text, size: FIGURE_SIZE, isBold: true, fill: colours.ink, halo: colours.paper } as const] : []),
  ]
}

/** Ids of forty signs (UUIDs) would fill the picture: both ends stay, which tell them apart. */
function shortName(name: string): string {
  const signs = [...name]
  return signs.length > MOST_SIGNS ? `${signs.slice(0, MOST_SIGNS - 9).join('')}…${signs.slice(-8).join('')}` : name
}

/** Each side once, where it is shown nearest to the middle: over it, under it or beside it, wherever nothing is written yet. */
function nameShapes(cuts: readonly Cut[], x: (u: number) => number, y: (z: number) => number, taken: LabelBox[], style: PictureStyle): Shape[] {
  const { colours, sides, width } = style
  return (['a', 'b'] as const).flatMap((side): Shape[] => {
    const [nearest] = cuts.filter(cut => cut.side === side).sort((p, q) => Number(p.shape.isAlong) - Number(q.shape.isAlong) || Math.abs(p.shape.u) - Math.abs(q.shape.u))
    if (!nearest) return []
    const { shape } = nearest
    const text = `${side.toUpperCase()}  ${shortName(sides[side])}`
    const levels = shape.outline.map(([, z]) => y(z))
    const [above, below] = [Math.min(...levels) - 7, Math.max(...levels) + 6 + NAME_SIZE]
    // What runs along the picture is named anywhere on its length, a cut at its middle or beside it.
    const middles = shape.isAlong ? [0.5, 0.28, 0.72, 0.14, 0.86].map(share => share * width) : [x(shape.u)]
    const aside = shape.isAlong ? [] : ([[x(shape.maxU) + 8, 'start'], [x(shape.minU) - 8, 'end']] as const).map(([at, anchor]): TextPlace => ({ x: at, y: y(shape.z) + 4, anchor }))
    const places = middles.flatMap(at => [above, below].map((py): TextPlace => ({ x: at, y: py, anchor: 'middle' })))
    const further = middles.flatMap(at => [above - 14, below + 14].map((py): TextPlace => ({ x: at, y: py, anchor: 'middle' })))
    const place = placeText(text, NAME_SIZE, [...places, ...aside, ...further], taken, style)
    return place ? [{ type: 'text', ...place, text, size: NAME_SIZE, isBold: true, fill: colours.ink, halo: colours.paper }] : []
  })
}
