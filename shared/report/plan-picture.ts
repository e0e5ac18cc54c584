import type { Finding } from '../clearance/findings/finding.ts'
import { packedString } from '../core/packed-strings.ts'
import { ASSET_KINDS } from '../twin/kinds.ts'
import { segmentsInBox } from '../twin/segments-near.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import type { PictureStyle } from './cut-picture.ts'
import { pathThrough, type Drawing, type DrawingColours, type Shape } from './drawing.ts'
import type { ReportNetwork } from './report-network.ts'

/** The spot from above: north up, both sides bold at their width, everything else pale, a ring where it is. */
export function spotPicture(network: ReportNetwork, finding: Finding, style: PictureStyle): Drawing {
  const { width, height, colours, kindColour } = style
  const { columns } = network
  const { a, b } = finding.at
  const [cx, cy] = [(a[0] + b[0]) / 2 - columns.origin[0], (a[1] + b[1]) / 2 - columns.origin[1]]
  const gapM = Math.hypot(a[0] - b[0], a[1] - b[1])
  const halfM = Math.min(40, Math.max(8, 2.5 * gapM))
  const scale = width / (2 * halfM)
  const halfHeightM = height / 2 / scale
  const x = (east: number): number => width / 2 + (east - cx) * scale
  const y = (north: number): number => height / 2 - (north - cy) * scale
  const shapes: Shape[] = [
    { type: 'path', d: pathThrough([[0, 0], [width, 0], [width, height], [0, height]], true), fill: colours.paper },
    ...surroundingShapes(network, cx, cy, halfM, halfHeightM, x, y, colours),
  ]
  const lines: { rank: number; shape: Shape }[] = []
  for (const { asset, vertex } of segmentsInBox(columns, cx - halfM, cy - halfHeightM, cx + halfM, cy + halfHeightM)) {
    const id = packedString(columns.ids, asset)
    const side = finding.a.includes(id) ? 'a' : finding.b.includes(id) ? 'b' : null
    const [p, q] = [3 * vertex, 3 * vertex + 3]
    const d = pathThrough([[x(columns.xyz[p]!), y(columns.xyz[p + 1]!)], [x(columns.xyz[q]!), y(columns.xyz[q + 1]!)]])
    const strokeWidth = Math.max(side === null ? 1 : 2.5, 2 * columns.halfWidthM[asset]! * scale)
    const stroke = kindColour(ASSET_KINDS[columns.kind[asset]!]!)
    if (side === null) lines.push({ rank: 0, shape: { type: 'path', d, stroke, strokeWidth, opacity: 0.3 } })
    else {
      lines.push({ rank: 1, shape: { type: 'path', d, stroke: colours.ink, strokeWidth: strokeWidth + 2 } })
      lines.push({ rank: 2, shape: { type: 'path', d, stroke, strokeWidth, ...(side === 'b' && { dash: '7 3' }) } })
    }
  }
  shapes.push(...lines.sort((p, q) => p.rank - q.rank).map(({ shape }) => shape))
  shapes.push({ type: 'circle', x: width / 2, y: height / 2, r: 18, stroke: colours.ink, strokeWidth: 2 }, ...scaleBar(scale, width, height, colours), ...northArrow(width, colours))
  return { width, height, label: style.label, shapes }
}

const FEATURE_PAINT: Readonly<Partial<Record<SurfaceFeature['type'], 'area' | 'line'>>> = { building: 'area', water_body: 'area', kerb: 'line', rail: 'line' }

function surroundingShapes({ surfaceFeatures, columns: { origin } }: ReportNetwork, cx: number, cy: number, halfM: number, halfHeightM: number, x: (e: number) => number, y: (n: number) => number, colours: DrawingColours): Shape[] {
  return surfaceFeatures.flatMap((feature): Shape[] => {
    const look = FEATURE_PAINT[feature.type]
    if (!look || feature.points.length < 2) return []
    const points = feature.points.map(([e, n]): [number, number] => [e - origin[0], n - origin[1]])
    const [xs, ys] = [points.map(([e]) => e), points.map(([, n]) => n)]
    if (Math.min(...xs) > cx + halfM || Math.max(...xs) < cx - halfM || Math.min(...ys) > cy + halfHeightM || Math.max(...ys) < cy - halfHeightM) return []
    const d = pathThrough(points.map(([e, n]) => [x(e), y(n)]), look === 'area')
    return [look === 'area' ? { type: 'path', d, fill: colours.line, opacity: 0.5 } : { type: 'path', d, stroke: colours.line, strokeWidth: 1.2 }]
  })
}

/** A round length of about a quarter of the picture. */
export function scaleBar(pxPerM: number, width: number, height: number, colours: DrawingColours): Shape[] {
  const lengthM = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].filter(each => each * pxPerM <= width * 0.28).at(-1) ?? 1
  const [x0, y0] = [10, height - 10]
  return [
    { type: 'path', d: pathThrough([[x0, y0 - 4], [x0, y0], [x0 + lengthM * pxPerM, y0], [x0 + lengthM * pxPerM, y0 - 4]]), stroke: colours.ink, strokeWidth: 1.4 },
    { type: 'text', x: x0 + lengthM * pxPerM + 5, y: y0 + 1, text: lengthM >= 1000 ? `${lengthM / 1000} km` : `${lengthM} m`, size: 10, fill: colours.ink, halo: colours.paper },
  ]
}

export function northArrow(width: number, colours: DrawingColours): Shape[] {
  const x = width - 16
  return [
    { type: 'path', d: pathThrough([[x, 8], [x + 6, 26], [x, 21], [x - 6, 26]], true), fill: colours.ink },
    { type: 'text', x, y: 38, text: 'N', size: 10, isBold: true, anchor: 'middle', fill: colours.ink, halo: colours.paper },
  ]
}
