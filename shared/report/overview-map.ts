import { leastOf, mostOf } from '../core/extremes.ts'
import { ASSET_KINDS, type AssetKind } from '../twin/kinds.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import { pathThrough, type Drawing, type DrawingColours, type Shape } from './drawing.ts'
import { northArrow, scaleBar } from './plan-picture.ts'
import type { ReportNetwork } from './report-network.ts'

/** A finding on the map. Project CRS. */
export interface MapMark {
  readonly number: number
  readonly at: readonly [number, number, number]
  readonly isMandatory: boolean
}

interface MapStyle {
  readonly width: number
  readonly colours: DrawingColours
  readonly kindColour: (kind: AssetKind) => string
  readonly label: string
}

/** Numbers more than these would hide each other: the marks then go without. */
const MOST_NUMBERS = 80
/** What is said below the map of so many marks: a key of the texts. */
export const mapCaption = (marks: number): string => (marks <= MOST_NUMBERS ? 'report:picture.mapCaption' : 'report:picture.mapCaptionMany')

/** Steps on a map this fine are one pixel on paper. */
const STEP_PX = 0.5
const MARGIN_PX = 24
/** Pieces drawn at most: a twin of a million lines is a grey mass anyway. */
const MOST_PIECES = 60_000

/** What was checked from above, north up, with the findings on it by number: all of it, or the part around findings that lie close together. Null where nothing has a place. */
export function overviewMap({ columns, surfaceFeatures }: ReportNetwork, marks: readonly MapMark[], { width, colours, kindColour, label }: MapStyle): Drawing | null {
  const whole = extentOf(columns)
  if (!whole) return null
  const box = aroundMarks(whole, marks, columns.origin)
  const { minX, minY, maxX, maxY } = box
  const spanM = Math.max(maxX - minX, 1)
  const scale = (width - 2 * MARGIN_PX) / Math.max(spanM, (maxY - minY) * 0.75)
  const height = Math.max(width * 0.35, (maxY - minY) * scale + 2 * MARGIN_PX)
  const [midX, midY] = [(minX + maxX) / 2, (minY + maxY) / 2]
  const x = (east: number): number => width / 2 + (east - midX) * scale
  const y = (north: number): number => height / 2 - (north - midY) * scale
  const { origin } = columns
  const shapes: Shape[] = [{ type: 'path', d: pathThrough([[0, 0], [width, 0], [width, height], [0, height]], true), fill: colours.paper }]
  const buildings = surfaceFeatures.filter(({ type, points }) => type === 'building' && points.length > 2)
  if (buildings.length > 0 && buildings.length < 20_000) {
    shapes.push({ type: 'path', d: buildings.map(({ points }) => pathThrough(points.map(([e, n]) => [x(e - origin[0]), y(n - origin[1])]), true)).join(''), fill: colours.line, opacity: 0.55 })
  }
  shapes.push(...lineShapes(columns, x, y, kindColour, [width, height]))
  const hasNumbers = marks.length <= MOST_NUMBERS
  for (const { number, at, isMandatory } of [...marks].reverse()) {
    const [px, py] = [x(at[0] - origin[0]), y(at[1] - origin[1])]
    // Mandatory filled, advisory hollow: told apart without colour.
    shapes.push({ type: 'circle', x: px, y: py, r: hasNumbers ? 8 : 3, fill: isMandatory ? colours.ink : colours.paper, stroke: colours.ink, strokeWidth: 1.3 })
    if (hasNumbers) shapes.push({ type: 'text', x: px, y: py + 3.2, text: String(number), size: 9, isBold: true, anchor: 'middle', fill: isMandatory ? colours.paper : colours.ink })
  }
  shapes.push(...scaleBar(scale, width, height, colours), ...northArrow(width, colours))
  return { width, height, label, shapes }
}

type Box = NonNullable<ReturnType<typeof extentOf>>

/** Air around findings that lie close together, metres and share of their extent. */
const [AIR_M, AIR_SHARE] = [80, 0.25]
/** Findings over more than this share of the network are shown on all of it. */
const CLOSE_SHARE = 0.4

function aroundMarks(whole: Box, marks: readonly MapMark[], origin: readonly [number, number, number]): Box {
  if (marks.length === 0) return whole
  const [xs, ys] = [marks.map(({ at }) => at[0] - origin[0]), marks.map(({ at }) => at[1] - origin[1])]
  const [minX, maxX, minY, maxY] = [leastOf(xs), mostOf(xs), leastOf(ys), mostOf(ys)]
  const air = AIR_M + AIR_SHARE * Math.max(maxX - minX, maxY - minY)
  const close = { minX: minX - air, minY: minY - air, maxX: maxX + air, maxY: maxY + air }
  return Math.max(close.maxX - close.minX, close.maxY - close.minY) > CLOSE_SHARE * Math.max(whole.maxX - whole.minX, whole.maxY - whole.minY) ? whole : close
}

function extentOf({ xyz, vertexStart, count }: AssetColumns): { minX: number; minY: number; maxX: number; maxY: number } | null {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let v = 0; v < vertexStart[count]!; v++) {
    minX = Math.min(minX, xyz[3 * v]!)
    maxX = Math.max(maxX, xyz[3 * v]!)
    minY = Math.min(minY, xyz[3 * v + 1]!)
    maxY = Math.max(maxY, xyz[3 * v + 1]!)
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : null
}

/** One path per kind; pieces that fall on the same pixels are drawn once. */
function lineShapes({ count, kind, vertexStart, xyz }: AssetColumns, x: (e: number) => number, y: (n: number) => number, kindColour: MapStyle['kindColour'], [width, height]: readonly [number, number]): Shape[] {
  const paths = new Map<number, string[]>()
  const seen = new Set<string>()
  const step = (value: number): number => Math.round(value / STEP_PX) * STEP_PX
  for (let i = 0; i < count && seen.size < MOST_PIECES; i++) {
    for (let v = vertexStart[i]!; v + 1 < vertexStart[i + 1]!; v++) {
      const [px, py, qx, qy] = [step(x(xyz[3 * v]!)), step(y(xyz[3 * v + 1]!)), step(x(xyz[3 * v + 3]!)), step(y(xyz[3 * v + 4]!))]
      if ((px === qx && py === qy) || Math.max(px, qx) < 0 || Math.min(px, qx) > width || Math.max(py, qy) < 0 || Math.min(py, qy) > height) continue
      const piece = `M${px} ${py}L${qx} ${qy}`
      const key = `${kind[i]}${piece}`
      if (seen.has(key)) continue
      seen.add(key)
      const path = paths.get(kind[i]!)
      if (path) path.push(piece)
      else paths.set(kind[i]!, [piece])
    }
  }
  return [...paths].map(([index, pieces]) => ({ type: 'path', d: pieces.join(''), stroke: kindColour(ASSET_KINDS[index]!), strokeWidth: 0.8, opacity: 0.8 }))
}
