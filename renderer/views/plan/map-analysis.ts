import type { Proposal } from '#shared/scenario/document.ts'
import { assetIndexOf } from '#renderer/state/asset-facts.ts'
import { TONE_COLOURS, TONE_SHAPES, type AnalysisGroup } from '#renderer/state/analysis-store.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { drawAsset, type Overlay } from './map-overlay.ts'
import { toPixels } from './map-pose.ts'

const MARK_PX = 5
/** Where marks would touch each other they are dots. */
const [CROWDED_PX_PER_M, DOT_PX] = [0.6, 2.2]

/** What an analysis found: areas, then lines, then places; later groups over earlier ones, as in the 3D view. */
export function drawAnalysis(over: Overlay, model: SceneModel, groups: readonly AnalysisGroup[], proposals: Readonly<Record<string, Proposal>>): void {
  const { context, pose, size } = over
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
