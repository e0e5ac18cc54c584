import type { NodeType } from '#shared/twin/kinds.ts'

/** From this scale on points are drawn: below, they would cover the lines. */
export const SYMBOL_PX_PER_M = 1.4
const LEAST_PX = 3.2
const MOST_PX = 9
const GROWTH_PX_M = 0.5

type Shape = (context: OffscreenCanvasRenderingContext2D, r: number) => void

const round: Shape = (context, r) => context.arc(0, 0, r, 0, 2 * Math.PI)
const square: Shape = (context, r) => context.rect(-r, -r, 2 * r, 2 * r)
/** The two triangles of a valve. */
const bowTie: Shape = (context, r) => {
  context.moveTo(-r, -0.75 * r)
  context.lineTo(r, 0.75 * r)
  context.lineTo(r, -0.75 * r)
  context.lineTo(-r, 0.75 * r)
  context.closePath()
}
const triangle: Shape = (context, r) => {
  context.moveTo(0, r)
  context.lineTo(r, -0.8 * r)
  context.lineTo(-r, -0.8 * r)
  context.closePath()
}

/** Signs of the points, and whether they are filled: after the usual signs of survey sheets, told apart without colour. */
const SIGNS: Readonly<Record<NodeType, readonly [Shape, boolean] | null>> = {
  manhole: [round, false], chamber: [square, false], valve: [bowTie, true], hydrant: [round, true], gully: [square, true], source: [triangle, true],
  tank: [square, false], pump: [triangle, false], outfall: [triangle, true], junction: null, connection: null, pole: null, other: null,
}

/** Draws a point at its place in metres, with a size in pixels. */
export function drawSymbol(context: OffscreenCanvasRenderingContext2D, type: NodeType, x: number, y: number, pxPerM: number, colour: string, rim: string): void {
  const sign = SIGNS[type]
  if (!sign) return
  const [shape, isFilled] = sign
  const r = Math.min(MOST_PX, Math.max(LEAST_PX, GROWTH_PX_M * pxPerM)) / pxPerM
  context.save()
  context.translate(x, y)
  context.beginPath()
  shape(context, r)
  context.fillStyle = isFilled ? colour : rim
  context.fill()
  context.lineWidth = 1.3 / pxPerM
  context.strokeStyle = isFilled ? rim : colour
  context.stroke()
  context.restore()
}
