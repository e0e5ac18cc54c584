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
  const found: number[] = []
  eachInBoxGrid(grid, minX, minY, maxX, maxY, k => void found.push(k))
  return found.length < 2 ? found : found.sort((a, b) => a - b)
}

/** Visits the boxes that meet a box, each once; those of one bucket ascending. Makes nothing: for what is asked without end. */
export function eachInBoxGrid(grid: BoxGrid, minX: number, minY: number, maxX: number, maxY: number, visit: (k: number) => void): void {
  const { boxes, start, entries, side } = grid
  if (boxes.length === 0) return
  const [c0, c1, r0, r1] = [columnOf(grid, minX), columnOf(grid, maxX), rowOf(grid, minY), rowOf(grid, maxY)]
  for (let row = r0; row <= r1; row++) {
    for (let column = c0; column <= c1; column++) {
      const bucket = row * side + column
      for (let e = start[bucket]!; e < start[bucket + 1]!; e++) {
        const k = entries[e]!
        const [x0, y0] = [boxes[4 * k]!, boxes[4 * k + 1]!]
        if (x0 > maxX || boxes[4 * k + 2]! < minX || y0 > maxY || boxes[4 * k + 3]! < minY) continue
        // Of the buckets that both reach into it is told in the first.
        if (Math.max(c0, columnOf(grid, x0)) === column && Math.max(r0, rowOf(grid, y0)) === row) visit(k)
      }
    }
  }
}

type Frame = Pick<BoxGrid, 'side' | 'minX' | 'minY' | 'stepX' | 'stepY'>

const clamped = (value: number, side: number): number => Math.min(side - 1, Math.max(0, Math.floor(value)))
const columnOf = ({ side, minX, stepX }: Frame, x: number): number => clamped((x - minX) / stepX, side)
const rowOf = ({ side, minY, stepY }: Frame, y: number): number => clamped((y - minY) / stepY, side)

function forEachBucket(frame: Frame, x0: number, y0: number, x1: number, y1: number, visit: (bucket: number) => void): void {
  const [c0, c1, r0, r1] = [columnOf(frame, x0), columnOf(frame, x1), rowOf(frame, y0), rowOf(frame, y1)]
  for (let row = r0; row <= r1; row++) for (let column = c0; column <= c1; column++) visit(row * frame.side + column)
}
