import type { GridSurface } from '../ground.ts'
import type { CityShape } from './city-shape.ts'
import type { StreetEdge } from './street-graph.ts'
import { WIDTHS } from './street-section.ts'

const CELL_LIMIT = 6_000_000
/** Level ground beside the street before the slope begins: front yards and building fronts stand on it. */
const TERRACE_BEYOND_M = 5
/** How far a cut or fill fades into the hill. */
const FADE_M = 30
const MARGIN_M = 90

/** Bounds of the land and its rivers in the plan frame. */
export interface Bounds {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

export function landBounds(shape: CityShape): Bounds {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  const reach = shape.shoreM + MARGIN_M
  for (let i = 0; i <= 400; i++) {
    for (const side of [-1, 1]) {
      const along = -40 + (i / 400) * (shape.spineM + 40)
      const angle = (side * (i / 400) * Math.PI) / 2
      for (const [x, y] of [[along, side * reach], [shape.spineM + reach * Math.cos(angle), reach * Math.sin(angle)]] as const) {
        const [px, py] = shape.toPlan(x, y)
        minX = Math.min(minX, px)
        maxX = Math.max(maxX, px)
        minY = Math.min(minY, py)
        maxY = Math.max(maxY, py)
      }
    }
  }
  return { minX: Math.floor(minX / 10) * 10, minY: Math.floor(minY / 10) * 10, maxX: Math.ceil(maxX / 10) * 10, maxY: Math.ceil(maxY / 10) * 10 }
}

/** Ground in the plan frame: the natural hill, cut and filled to level terraces along every street. */
export function terrain(shape: CityShape, edges: readonly StreetEdge[]): GridSurface {
  const { minX, minY, maxX, maxY } = landBounds(shape)
  const cellSizeM = [4, 5, 8, 10, 16, 20].find(size => ((maxX - minX) / size) * ((maxY - minY) / size) <= CELL_LIMIT) ?? 40
  const cols = Math.ceil((maxX - minX) / cellSizeM)
  const rows = Math.ceil((maxY - minY) / cellSizeM)
  const [x0, y0] = [minX + cellSizeM / 2, minY + cellSizeM / 2]
  const natural = new Float64Array(cols * rows)
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < cols; i++) natural[j * cols + i] = shape.naturalLevel(...shape.toBase(x0 + i * cellSizeM, y0 + j * cellSizeM))
  }
  // Inside a street the nearest stretch gives the level; beside it, cuts and fills fade out, the nearer the weightier.
  const nearest = new Float64Array(cols * rows).fill(Infinity)
  const street = new Float64Array(cols * rows)
  const weight = new Float64Array(cols * rows)
  const change = new Float64Array(cols * rows)
  for (const edge of edges) {
    const halfM = WIDTHS[edge.street.class].halfM + TERRACE_BEYOND_M
    const reach = halfM + FADE_M
    for (let s = 1; s < edge.stations.length; s++) {
      const [a, b] = [edge.stations[s - 1]!, edge.stations[s]!]
      const [dx, dy] = [b.x - a.x, b.y - a.y]
      const lengthM = Math.hypot(dx, dy)
      const [alongA, alongB] = [(a.side[0] * dx + a.side[1] * dy) / lengthM, (b.side[0] * dx + b.side[1] * dy) / lengthM]
      const i0 = Math.max(0, Math.ceil((Math.min(a.x, b.x) - reach - x0) / cellSizeM))
      const i1 = Math.min(cols - 1, Math.floor((Math.max(a.x, b.x) + reach - x0) / cellSizeM))
      const j0 = Math.max(0, Math.ceil((Math.min(a.y, b.y) - reach - y0) / cellSizeM))
      const j1 = Math.min(rows - 1, Math.floor((Math.max(a.y, b.y) + reach - y0) / cellSizeM))
      for (let j = j0; j <= j1; j++) {
        for (let i = i0; i <= i1; i++) {
          const [px, py] = [x0 + i * cellSizeM - a.x, y0 + j * cellSizeM - a.y]
          const cell = j * cols + i
          const offsetM = (px * dy - py * dx) / lengthM
          if (Math.abs(offsetM) < Math.min(halfM, nearest[cell]!)) {
            // Between the mitred ends, as the mains beside the centre line run.
            const [from, to] = [offsetM * alongA, lengthM + offsetM * alongB]
            const t = ((px * dx + py * dy) / lengthM - from) / (to - from)
            if (t >= -1e-9 && t <= 1 + 1e-9) {
              nearest[cell] = Math.abs(offsetM)
              street[cell] = a.z + t * (b.z - a.z)
              continue
            }
          }
          const t = Math.min(1, Math.max(0, (px * dx + py * dy) / lengthM ** 2))
          const beyondM = Math.max(0, Math.hypot(px - t * dx, py - t * dy) - halfM)
          if (beyondM > FADE_M) continue
          const levelM = a.z + t * (b.z - a.z)
          const w = 1 / (0.3 + beyondM) ** 3
          weight[cell] = weight[cell]! + w
          change[cell] = change[cell]! + w * (1 - smooth(beyondM / FADE_M)) * (levelM - natural[cell]!)
        }
      }
    }
  }
  const z = natural.map((level, cell) =>
    nearest[cell]! < Infinity ? street[cell]! : weight[cell]! > 0 ? level + change[cell]! / weight[cell]! : level)
  return { type: 'grid', name: 'Sample terrain', cols, rows, cellSizeM, x0, y0, z }
}

const smooth = (t: number): number => t * t * (3 - 2 * t)
