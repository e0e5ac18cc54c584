import type { Proposal } from '#shared/scenario/document.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { TONE_COLOURS, TONE_SHAPES, type AnalysisGroup } from '#renderer/state/findings/analysis-store.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { drawAsset, type Overlay } from './map-overlay.ts'
import { toPixels } from './map-pose.ts'
import type { PlanBox } from '#shared/geometry/plan-box.ts'

const MARK_PX = 5
const VEIL = 0.62
/** Arrows are drawn where a street is wide enough for them, pixels a metre; they grow with the scale up to this half length. */
const [ARROWS_PX_PER_M, MOST_ARROW_PX] = [0.9, 7]
const arrowPx = (pxPerM: number): number => Math.min(MOST_ARROW_PX, 2 + pxPerM)
/** Where marks would touch each other they are dots. */
const [CROWDED_PX_PER_M, DOT_PX] = [0.6, 2.2]

/** What an analysis found: areas, then lines; later groups over earlier ones, as in the 3D view. */
export function drawAnalysis(over: Overlay, model: SceneModel, groups: readonly AnalysisGroup[], proposals: Readonly<Record<string, Proposal>>): void {
  const { context, pose, size } = over
  // The rest recedes, as it does in the 3D view.
  context.globalAlpha = VEIL
  context.fillStyle = over.colours.soil
  context.fillRect(0, 0, size.width, size.height)
  context.globalAlpha = 1
  const [ox, oy] = model.columns.origin
  const place = (x: number, y: number) => toPixels(pose, size, x - ox, y - oy)
  for (const { areas = [], tone } of groups) {
    for (const { rings, levelM } of areas) {
      context.beginPath()
      for (const ring of rings) {
        for (let i = 0; i < ring.length; i += 2) {
          const [x, y] = place(ring[i]!, ring[i + 1]!)
          if (i === 0) context.moveTo(x, y)
          else context.lineTo(x, y)
        }
        context.closePath()
      }
      context.fillStyle = context.strokeStyle = TONE_COLOURS[tone]
      context.globalAlpha = levelM === null ? 0.22 : 0.62
      context.fill('evenodd')
      context.globalAlpha = levelM === null ? 0.55 : 1
      context.lineWidth = 1
      context.stroke()
    }
  }
  context.globalAlpha = 1
  for (const { assets, tone } of groups) {
    for (const id of assets) {
      const asset = assetIndexOf(model.columns, id)
      if (asset !== null) drawAsset(over, model, asset, TONE_COLOURS[tone], 2)
      const axis = proposals[id]?.axis
      if (!axis) continue
      context.beginPath()
      axis.forEach(([x, y]) => context.lineTo(...place(x, y)))
      context.strokeStyle = TONE_COLOURS[tone]
      context.lineWidth = 4
      context.stroke()
    }
  }
}

/** Its arrows and places, over the scheme: a trial hole lies on the very line that is to be laid. */
export function drawAnalysisPlaces(over: Overlay, { columns: { origin: [ox, oy] } }: SceneModel, groups: readonly AnalysisGroup[]): void {
  const { pose, size } = over
  const place = (x: number, y: number) => toPixels(pose, size, x - ox, y - oy)
  if (pose.pxPerM >= ARROWS_PX_PER_M) for (const { arrows = [], tone } of groups) drawArrows(over, arrows, place, TONE_COLOURS[tone])
  for (const { points, tone } of groups) for (const [px, py] of points) mark(over, place(px, py), TONE_SHAPES[tone], TONE_COLOURS[tone])
}

function mark({ context, colours, pose }: Overlay, [x, y]: readonly [number, number], shape: (typeof TONE_SHAPES)[keyof typeof TONE_SHAPES], colour: string): void {
  const isCrowded = pose.pxPerM < CROWDED_PX_PER_M
  const r = isCrowded ? DOT_PX : MARK_PX
  context.beginPath()
  if (shape === 'square') context.rect(x - r, y - r, 2 * r, 2 * r)
  else if (shape === 'diamond') for (const [dx, dy] of [[0, -1], [1, 0], [0, 1], [-1, 0]] as const) context.lineTo(x + 1.3 * r * dx, y + 1.3 * r * dy)
  else context.arc(x, y, r, 0, 2 * Math.PI)
  context.closePath()
  if (shape === 'ring' && !isCrowded) {
    context.strokeStyle = colour
    context.lineWidth = 2.5
    context.stroke()
    return
  }
  context.fillStyle = colour
  context.fill()
  if (isCrowded) return
  context.strokeStyle = colours.outline
  context.lineWidth = 1
  context.stroke()
}

/** A head where water flows, pointing there. */
function drawArrows({ context, size, pose }: Overlay, arrows: readonly number[], place: (x: number, y: number) => readonly [number, number], colour: string): void {
  const px = arrowPx(pose.pxPerM)
  context.beginPath()
  for (let k = 0; k < arrows.length; k += 5) {
    const [x, y] = place(arrows[k]!, arrows[k + 1]!)
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue
    // North is up, so pixels run against it.
    const [dx, dy] = [arrows[k + 3]! * px, -arrows[k + 4]! * px]
    context.moveTo(x + dx, y + dy)
    context.lineTo(x - dx - 0.8 * dy, y - dy + 0.8 * dx)
    context.lineTo(x - dx + 0.8 * dy, y - dy - 0.8 * dx)
    context.closePath()
  }
  context.fillStyle = colour
  context.fill()
}

const AROUND_M = 20

/** What lines and places of an answer take up, local frame; null where it has none. */
export function analysisExtent({ columns: { xyz, vertexStart, origin: [ox, oy] }, columns }: SceneModel, groups: readonly AnalysisGroup[]): PlanBox | null {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  const grow = (x: number, y: number): void => {
    box.minX = Math.min(box.minX, x - AROUND_M)
    box.minY = Math.min(box.minY, y - AROUND_M)
    box.maxX = Math.max(box.maxX, x + AROUND_M)
    box.maxY = Math.max(box.maxY, y + AROUND_M)
  }
  for (const { points, assets } of groups) {
    for (const [x, y] of points) grow(x - ox, y - oy)
    for (const id of assets) {
      const asset = assetIndexOf(columns, id)
      if (asset !== null) for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]!; v++) grow(xyz[3 * v]!, xyz[3 * v + 1]!)
    }
  }
  return box.minX < box.maxX ? box : null
}
