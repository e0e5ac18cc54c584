import { buildBoxGrid, queryBoxGrid } from '../geometry/box-grid.ts'
import type { GridSurface, GroundSurface, TinSurface } from '../twin/ground.ts'
import type { SurfaceAreas } from './surface-areas.ts'

/** Shares x in (0, 1) of a plan line from (x0, y0) to (x1, y1) at which something changes its form; in any order. */
export type LineBreaks = (x0: number, y0: number, x1: number, y1: number) => number[]

/** Where the ground along a line changes from one cell or face to the next: between, its level is quadratic or linear in x. */
export function groundBreaks(surface: GroundSurface): LineBreaks {
  return surface.type === 'grid' ? gridBreaks(surface) : tinBreaks(surface)
}

function gridBreaks({ x0: gridX, y0: gridY, cellSizeM, cols, rows }: GridSurface): LineBreaks {
  const axis = (from: number, to: number, count: number, breaks: number[]): void => {
    const [low, high] = [Math.min(from, to), Math.max(from, to)]
    if (low === high) return
    const add = (u: number): void => {
      const x = (u - from) / (to - from)
      if (x > 0 && x < 1) breaks.push(x)
    }
    add(-0.5)
    add(count - 0.5)
    for (let u = Math.max(0, Math.ceil(low)); u <= Math.min(count - 1, high); u++) add(u)
  }
  return (x0, y0, x1, y1) => {
    const breaks: number[] = []
    axis((x0 - gridX) / cellSizeM, (x1 - gridX) / cellSizeM, cols, breaks)
    axis((y0 - gridY) / cellSizeM, (y1 - gridY) / cellSizeM, rows, breaks)
    return breaks
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
  return (x0, y0, x1, y1) => {
    const breaks: number[] = []
    for (const f of queryBoxGrid(grid, Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1))) {
      for (let i = 0; i < 3; i++) {
        const [p, q] = [3 * faces[3 * f + i]!, 3 * faces[3 * f + ((i + 1) % 3)]!]
        addCrossing(x0, y0, x1, y1, xyz[p]!, xyz[p + 1]!, xyz[q]!, xyz[q + 1]!, breaks)
      }
    }
    return breaks
  }
}

/** Where a line enters or leaves areas. */
export function areaBreaks({ start, xy, boxes }: SurfaceAreas): { breaks: LineBreaks; at: (x: number, y: number) => number[] } {
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
    breaks: (x0, y0, x1, y1) => {
      const breaks: number[] = []
      for (const k of queryBoxGrid(grid, Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1))) {
        const [first, last] = [start[k]!, start[k + 1]! - 1]
        for (let i = first, j = last; i <= last; j = i++) addCrossing(x0, y0, x1, y1, xy[2 * j]!, xy[2 * j + 1]!, xy[2 * i]!, xy[2 * i + 1]!, breaks)
      }
      return breaks
    },
    at: (x, y) => queryBoxGrid(grid, x, y, x, y).filter(k => isInside(k, x, y)),
  }
}

function addCrossing(x0: number, y0: number, x1: number, y1: number, px: number, py: number, qx: number, qy: number, breaks: number[]): void {
  const [ux, uy, wx, wy] = [x1 - x0, y1 - y0, qx - px, qy - py]
  const det = ux * wy - uy * wx
  if (det === 0) return
  const s = ((px - x0) * wy - (py - y0) * wx) / det
  const t = ((px - x0) * uy - (py - y0) * ux) / det
  if (s > 0 && s < 1 && t >= -1e-9 && t <= 1 + 1e-9) breaks.push(s)
}
