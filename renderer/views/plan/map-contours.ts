import type { GroundSurface } from '#shared/twin/ground.ts'
import type { PlanBox } from '#shared/geometry/plan-box.ts'

/** Metres between contours from a scale on, CSS pixels a metre. */
const INTERVALS = [[3, 1], [1.2, 2], [0.4, 5], [0.15, 10], [0.05, 25], [0, 50]] as const
/** Every fifth is drawn stronger. */
const INDEX_EVERY = 5
/** A grid's cells are put together until one is this many pixels. */
const LEAST_CELL_PX = 5
const ROWS_AT_ONCE = 16
const FACES_AT_ONCE = 20_000

export const contourIntervalM = (pxPerM: number): number => INTERVALS.find(([from]) => pxPerM >= from)![1]

type Corner = readonly [x: number, y: number, z: number]
/** Told each piece of a contour: the level's number (level = number · interval) and its ends. */
export type ContourPen = (number: number, x0: number, y0: number, x1: number, y1: number) => void

/** Pieces of the contours that cross a triangle. @param datumM Level of the frame's zero. */
export function triangleContours(corners: readonly [Corner, Corner, Corner], intervalM: number, datumM: number, pen: ContourPen): void {
  const [low, middle, high] = [...corners].sort((a, b) => a[2] - b[2]) as [Corner, Corner, Corner]
  for (let number = Math.ceil((low[2] + datumM) / intervalM); number * intervalM - datumM <= high[2]; number++) {
    const z = number * intervalM - datumM
    // A level face lies in its contour rather than being crossed by it.
    if (high[2] === low[2]) return
    const [ax, ay] = at(low, high, z)
    const [bx, by] = z < middle[2] ? at(low, middle, z) : at(middle, high, z)
    pen(number, ax, ay, bx, by)
  }
}

function at(from: Corner, to: Corner, z: number): readonly [number, number] {
  const share = to[2] === from[2] ? 0 : (z - from[2]) / (to[2] - from[2])
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
}

/** Contours of the ground within a box, in small steps. @param surface Local frame, as the context. @param datumM Level of the frame's zero. */
export function* paintContours(context: OffscreenCanvasRenderingContext2D, surface: GroundSurface, box: PlanBox, pxPerM: number, datumM: number, colour: string): Generator {
  const intervalM = contourIntervalM(pxPerM)
  const [plain, index] = [new Path2D(), new Path2D()]
  const pen: ContourPen = (number, x0, y0, x1, y1) => {
    const path = number % INDEX_EVERY === 0 ? index : plain
    path.moveTo(x0, y0)
    path.lineTo(x1, y1)
  }
  const triangle = (a: Corner, b: Corner, c: Corner) => {
    if (!Number.isNaN(a[2] + b[2] + c[2])) triangleContours([a, b, c], intervalM, datumM, pen)
  }
  if (surface.type === 'grid') {
    const { cols, rows, cellSizeM, x0, y0, z } = surface
    const step = Math.max(1, Math.ceil(LEAST_CELL_PX / pxPerM / cellSizeM))
    const corner = (i: number, j: number): Corner => [x0 + i * cellSizeM, y0 + j * cellSizeM, z[j * cols + i]!]
    const range = (low: number, high: number, from: number, count: number) => [Math.max(0, Math.floor((low - from) / cellSizeM / step) * step), Math.min(count - 1, Math.ceil((high - from) / cellSizeM))] as const
    const [i0, i1] = range(box.minX, box.maxX, x0, cols)
    const [j0, j1] = range(box.minY, box.maxY, y0, rows)
    for (let j = j0, n = 0; j < j1; j += step) {
      for (let i = i0; i < i1; i += step) {
        const [right, top] = [Math.min(i + step, cols - 1), Math.min(j + step, rows - 1)]
        const [a, b, c, d] = [corner(i, j), corner(right, j), corner(right, top), corner(i, top)]
        triangle(a, b, c)
        triangle(a, c, d)
      }
      if (++n % ROWS_AT_ONCE === 0) yield
    }
  } else {
    const { xyz, faces } = surface
    const corner = (f: number): Corner => [xyz[3 * faces[f]!]!, xyz[3 * faces[f]! + 1]!, xyz[3 * faces[f]! + 2]!]
    for (let f = 0; f < faces.length; f += 3) {
      const [a, b, c] = [corner(f), corner(f + 1), corner(f + 2)]
      const isIn = Math.max(a[0], b[0], c[0]) >= box.minX && Math.min(a[0], b[0], c[0]) <= box.maxX && Math.max(a[1], b[1], c[1]) >= box.minY && Math.min(a[1], b[1], c[1]) <= box.maxY
      if (isIn) triangle(a, b, c)
      if (f % FACES_AT_ONCE === 0) yield
    }
  }
  context.strokeStyle = colour
  for (const [path, opacity, widthPx] of [[plain, 0.3, 0.8], [index, 0.55, 1.1]] as const) {
    context.globalAlpha = opacity
    context.lineWidth = widthPx / pxPerM
    context.stroke(path)
    yield
  }
  context.globalAlpha = 1
}
