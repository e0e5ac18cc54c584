/** Static index over boxes in plan: row-major buckets in typed arrays. For a few hundred thousand boxes of like size. */
export interface BoxGrid {
  /** [minX, minY, maxX, maxY] of each box. */
  readonly boxes: Float64Array
  readonly side: number
  readonly minX: number
  readonly minY: number
  readonly stepX: number
  readonly stepY: number
  readonly start: Uint32Array
  readonly entries: Uint32Array
}

const MAX_SIDE = 1024

export function buildBoxGrid(boxes: Float64Array): BoxGrid {
  const count = boxes.length / 4
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let k = 0; k < boxes.length; k += 4) {
    minX = Math.min(minX, boxes[k]!)
    minY = Math.min(minY, boxes[k + 1]!)
    maxX = Math.max(maxX, boxes[k + 2]!)
    maxY = Math.max(maxY, boxes[k + 3]!)
  }
  const side = Math.min(MAX_SIDE, Math.max(1, Math.ceil(Math.sqrt(count))))
  const frame = { side, minX, minY, stepX: (maxX - minX) / side || 1, stepY: (maxY - minY) / side || 1 }
  const start = new Uint32Array(side * side + 1)
  for (let k = 0; k < count; k++) forEachBucket(frame, boxes[4 * k]!, boxes[4 * k + 1]!, boxes[4 * k + 2]!, boxes[4 * k + 3]!, bucket => start[bucket + 1]!++)
  for (let b = 0; b < side * side; b++) start[b + 1]! += start[b]!
  const entries = new Uint32Array(start[side * side]!)
  const next = start.slice(0, side * side)
  for (let k = 0; k < count; k++) {
    forEachBucket(frame, boxes[4 * k]!, boxes[4 * k + 1]!, boxes[4 * k + 2]!, boxes[4 * k + 3]!, bucket => {
      entries[next[bucket]!++] = k
    })
  }
  return { boxes, ...frame, start, entries }
}

/** Numbers of the boxes that meet a box, ascending, each once. */
export function queryBoxGrid(grid: BoxGrid, minX: number, minY: number, maxX: number, maxY: number): number[] {
  const { boxes, start, entries } = grid
  const found = new Set<number>()
  if (boxes.length === 0) return []
  forEachBucket(grid, minX, minY, maxX, maxY, bucket => {
    for (let e = start[bucket]!; e < start[bucket + 1]!; e++) {
      const k = entries[e]!
      if (boxes[4 * k]! <= maxX && boxes[4 * k + 2]! >= minX && boxes[4 * k + 1]! <= maxY && boxes[4 * k + 3]! >= minY) found.add(k)
    }
  })
  return [...found].sort((a, b) => a - b)
}

type Frame = Pick<BoxGrid, 'side' | 'minX' | 'minY' | 'stepX' | 'stepY'>

function forEachBucket({ side, minX, minY, stepX, stepY }: Frame, x0: number, y0: number, x1: number, y1: number, visit: (bucket: number) => void): void {
  const clamp = (value: number): number => Math.min(side - 1, Math.max(0, Math.floor(value)))
  const [c0, c1] = [clamp((x0 - minX) / stepX), clamp((x1 - minX) / stepX)]
  const [r0, r1] = [clamp((y0 - minY) / stepY), clamp((y1 - minY) / stepY)]
  for (let row = r0; row <= r1; row++) for (let column = c0; column <= c1; column++) visit(row * side + column)
}
