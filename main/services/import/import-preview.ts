import type { SourceLayer } from '#shared/io/source.ts'

/** Most points a preview carries: enough for a thumbnail, little enough for a message. */
const MAX_POINTS = 20_000

/**
 * A layer's geometry thinned for a thumbnail: source coordinates [x, y, …] and the point where each part starts.
 * Parts are left out evenly once their ends alone are too many; within a part inner vertices are left out evenly.
 */
export function previewOf(layer: SourceLayer): { xy: Float64Array; partStart: Uint32Array } {
  const parts = layer.features.flatMap(feature => feature.parts)
  const everyPart = Math.max(1, Math.ceil((2 * parts.length) / MAX_POINTS))
  const kept = parts.filter((_, i) => i % everyPart === 0)
  const vertices = kept.reduce((sum, part) => sum + part.length, 0)
  const inner = Math.max(0, MAX_POINTS - 2 * kept.length)
  const everyVertex = Math.max(1, Math.ceil(vertices / Math.max(1, inner)))
  const xy: number[] = []
  const partStart = [0]
  for (const part of kept) {
    part.forEach((position, i) => {
      if (i === 0 || i === part.length - 1 || i % everyVertex === 0) xy.push(position[0]!, position[1]!)
    })
    partStart.push(xy.length / 2)
  }
  return { xy: Float64Array.from(xy), partStart: Uint32Array.from(partStart) }
}
