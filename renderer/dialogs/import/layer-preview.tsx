import { useEffect, useRef } from 'react'
import type { InspectedLayer } from '../../actions/import-actions.ts'

const MARGIN_PX = 12

/** The layer's lines from above, north up, in the source's own coordinates: enough to recognise a street or a mistake. */
export function LayerPreview({ preview, label }: { readonly preview: InspectedLayer['preview']; readonly label: string }) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    const [width, height] = [canvas.clientWidth, canvas.clientHeight]
    canvas.width = width * devicePixelRatio
    canvas.height = height * devicePixelRatio
    context.scale(devicePixelRatio, devicePixelRatio)
    draw(context, preview, width, height, getComputedStyle(canvas).color)
  }, [preview])
  return <canvas ref={ref} className="import-preview" role="img" aria-label={label} />
}

function draw(context: CanvasRenderingContext2D, { xy, partStart }: InspectedLayer['preview'], width: number, height: number, colour: string): void {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < xy.length; i += 2) {
    minX = Math.min(minX, xy[i]!)
    maxX = Math.max(maxX, xy[i]!)
    minY = Math.min(minY, xy[i + 1]!)
    maxY = Math.max(maxY, xy[i + 1]!)
  }
  if (!(maxX >= minX && maxY >= minY)) return
  const scale = Math.min((width - 2 * MARGIN_PX) / (maxX - minX || 1), (height - 2 * MARGIN_PX) / (maxY - minY || 1))
  const left = (width - scale * (maxX - minX)) / 2
  const top = (height - scale * (maxY - minY)) / 2
  const x = (i: number) => left + scale * (xy[i]! - minX)
  const y = (i: number) => top + scale * (maxY - xy[i + 1]!)
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = 1
  context.beginPath()
  for (let part = 0; part + 1 < partStart.length; part++) {
    const [from, to] = [2 * partStart[part]!, 2 * partStart[part + 1]!]
    if (to - from === 2) context.fillRect(x(from) - 1, y(from) - 1, 2, 2)
    for (let i = from; i < to; i += 2) {
      if (i === from) context.moveTo(x(i), y(i))
      else context.lineTo(x(i), y(i))
    }
  }
  context.stroke()
}
