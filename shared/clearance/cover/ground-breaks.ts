import { buildBoxGrid, eachInBoxGrid, queryBoxGrid } from '../../geometry/box-grid.ts'
import type { GridSurface, GroundSurface, TinSurface } from '../../twin/ground.ts'
import type { SurfaceAreas } from './surface-areas.ts'

/** Shares of a line at which something changes its form, with its ends 0 and 1: ascending once they are sorted. Filled again and again. */
export class BreakList {
  count = 0
  values = new Float64Array(64)

  begin(): void {
    this.values[0] = 0
    this.values[1] = 1
    this.count = 2
  }

  /** Keeps what lies between the ends. */
  add(x: number): void {
    if (!(x > 0 && x < 1)) return
    if (this.count === this.values.length) {
      const larger = new Float64Array(2 * this.count)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.count++] = x
  }

  sort(): void {
    if (this.count > FEW) {
      this.values.subarray(0, this.count).sort()
      return
    }
    const values = this.values
    for (let k = 1; k < this.count; k++) {
      const x = values[k]!
      let at = k
      for (; at > 0 && values[at - 1]! > x; at--) values[at] = values[at - 1]!
      values[at] = x
    }
  }
}

/** Up to so many are put in order by hand. */
const FEW = 48

/** Adds the shares of a plan line from (x0, y0) to (x1, y1) at which something changes its form. */
export type LineBreaks = (x0: number, y0: number, x1: number, y1: number, breaks: BreakList) => void

/** Where the ground along a line changes from one cell or face to the next: between, its level is quadratic or linear in x. */
export function groundBreaks(surface: GroundSurface): LineBreaks {
  return surface.type === 'grid' ? gridBreaks(surface) : tinBreaks(surface)
}

function gridBreaks({ x0: gridX, y0: gridY, cellSizeM, cols, rows }: GridSurface): LineBreaks {
  const axis = (from: number, to: number, count: number, breaks: BreakList): void => {
    const low = Math.min(from, to)
    const high = Math.max(from, to)
    if (low === high) return
    const length = to - from
    breaks.add((-0.5 - from) / length)
    breaks.add((count - 0.5 - from) / length)
    for (let u = Math.max(0, Math.ceil(low)); u <= Math.min(count - 1, high); u++) breaks.add((u - from) / length)
  }
  return (x0, y0, x1, y1, breaks) => {
    axis((x0 - gridX) / cellSizeM, (x1 - gridX) / cellSizeM, cols, breaks)
    axis((y0 - gridY) / cellSizeM, (y1 - gridY) / cellSizeM, rows, breaks)
  }
}

function tinBreaks({ xyz, faces }: TinSurface): LineBreaks {
  const boxes = new Float64Array((4 * faces.length) / 3)
  for (let f = 0; f < faces.length / 3; f++) {
    const corner = (i: number, axis: number): number => xyz[3 * faces[3 * f + i]! + axis]!
    boxes.set([
      Math.min(corner(0, 0), corner(1, 0), corner(2, 0)), Math.min(corner(0, 1), corner(1, 1), corner(2, 1)),
      Math.max(corner(0, 0), corner(1, 0), corner(2, 0)), Math.max(corner(0, 1), corner(1, 1), corner(2, 1)),
    ], 4 * f)
  }
  const grid = buildBoxGrid(boxes)
  return (x0, y0, x1, y1, breaks) => {
    eachInBoxGrid(grid, Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1), f => {
      for (let i = 0; i < 3; i++) {
        const [p, q] = [3 * faces[3 * f + i]!, 3 * faces[3 * f + ((i + 1) % 3)]!]
        addCrossing(x0, y0, x1, y1, xyz[p]!, xyz[p + 1]!, xyz[q]!, xyz[q + 1]!, breaks)
      }
    })
  }
}

const NO_AREAS: readonly number[] = []

/** Where a line enters or leaves areas. */
export function areaBreaks({ start, xy, boxes }: SurfaceAreas): { breaks: LineBreaks; at: (x: number, y: number) => readonly number[] } {
  const grid = buildBoxGrid(boxes)
  const isInside = (k: number, x: number, y: number): boolean => {
    let inside = false
    const [first, last] = [start[k]!, start[k + 1]! - 1]
    for (let i = first, j = last; i <= last; j = i++) {
      const [xi, yi, xj, yj] = [xy[2 * i]!, xy[2 * i + 1]!, xy[2 * j]!, xy[2 * j + 1]!]
      if (yi > y !== yj > y && x < xi + ((y - yi) / (yj - yi)) * (xj - xi)) inside = !inside
    }
    return inside
  }
  return {
    breaks: (x0, y0, x1, y1, breaks) => {
      if (boxes.length === 0) return
      eachInBoxGrid(grid, Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1), k => {
        const [first, last] = [start[k]!, start[k + 1]! - 1]
        for (let i = first, j = last; i <= last; j = i++) addCrossing(x0, y0, x1, y1, xy[2 * j]!, xy[2 * j + 1]!, xy[2 * i]!, xy[2 * i + 1]!, breaks)
      })
    },
    at: (x, y) => (boxes.length === 0 ? NO_AREAS : queryBoxGrid(grid, x, y, x, y).filter(k => isInside(k, x, y))),
  }
}

function addCrossing(x0: number, y0: number, x1: number, y1: number, px: number, py: number, qx: number, qy: number, breaks: BreakList): void {
  const ux = x1 - x0
  const uy = y1 - y0
  const wx = qx - px
  const wy = qy - py
  const det = ux * wy - uy * wx
  if (det === 0) return
  const s = ((px - x0) * wy - (py - y0) * wx) / det
  const t = ((px - x0) * uy - (py - y0) * ux) / det
  if (t >= -1e-9 && t <= 1 + 1e-9) breaks.add(s)
}
