import { useEffect, useRef } from 'react'
import type { InspectedLayer } from '../../actions/files/import-actions.ts'
import { followCanvas } from '../../ui/follow-canvas.ts'
import { barLength, planFit, type PlanFit, type PlanPicture } from './plan-fit.ts'

const [MARGIN_PX, BAR_SPACE_PX] = [12, 22]

interface LayerPreviewProps {
  /** The layer that is open: drawn last and in colour. */
  readonly layer: InspectedLayer
  /** Layers whose coordinates are of the same system: drawn faintly behind, so that what is out of place shows. */
  readonly others: readonly InspectedLayer[]
  readonly label: string
}

/** The layers from above, north up, in the source's own coordinates, with a scale: enough to recognise a street or a mistake. */
export function LayerPreview({ layer, others, label }: LayerPreviewProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = ref.current
    return canvas ? followCanvas(canvas, () => drawAll(canvas, layer, others)) : undefined
  }, [layer, others])
  return <canvas ref={ref} className="import-preview" role="img" aria-label={label} />
}

function drawAll(canvas: HTMLCanvasElement, layer: InspectedLayer, others: readonly InspectedLayer[]): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const [width, height] = [canvas.clientWidth, canvas.clientHeight]
  canvas.width = width * devicePixelRatio
  canvas.height = height * devicePixelRatio
  context.scale(devicePixelRatio, devicePixelRatio)
  const style = getComputedStyle(canvas)
  const fit = planFit([layer, ...others].map(each => each.preview), width, height - BAR_SPACE_PX, MARGIN_PX)
  if (!fit) return
  for (const other of others) draw(context, other.preview, fit, style.getPropertyValue('--ink-faint'))
  draw(context, layer.preview, fit, style.color)
  if (!layer.isDegrees) drawBar(context, fit, height, style)
}

function draw(context: CanvasRenderingContext2D, { xy, partStart }: PlanPicture, { x, y }: PlanFit, colour: string): void {
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = 1
  context.beginPath()
  for (let part = 0; part + 1 < partStart.length; part++) {
    const [from, to] = [2 * partStart[part]!, 2 * partStart[part + 1]!]
    if (to - from === 2) context.fillRect(x(xy[from]!) - 1, y(xy[from + 1]!) - 1, 2, 2)
    for (let i = from; i < to; i += 2) {
      if (i === from) context.moveTo(x(xy[i]!), y(xy[i + 1]!))
      else context.lineTo(x(xy[i]!), y(xy[i + 1]!))
    }
  }
  context.stroke()
}

/** A round length of the drawing, in its own unit. */
function drawBar(context: CanvasRenderingContext2D, { scale }: PlanFit, height: number, style: CSSStyleDeclaration): void {
  const length = barLength(96 / scale)
  const [left, right, base] = [MARGIN_PX, MARGIN_PX + length * scale, height - 8.5]
  context.strokeStyle = context.fillStyle = style.getPropertyValue('--ink-soft')
  context.beginPath()
  context.moveTo(left + 0.5, base - 4)
  context.lineTo(left + 0.5, base)
  context.lineTo(Math.round(right) + 0.5, base)
  context.lineTo(Math.round(right) + 0.5, base - 4)
  context.stroke()
  context.font = `11px ${style.fontFamily}`
  context.textBaseline = 'bottom'
  context.fillText(length.toLocaleString(document.documentElement.lang), right + 6, base + 3)
}
