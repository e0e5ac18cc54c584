import type { LimitLookup } from '../../rules/limit-lookup.ts'
import type { GridSurface } from '../../twin/ground.ts'
import { SURFACE_CLASSES } from '../../twin/kinds.ts'
import type { ClearanceNetwork } from '../network/network.ts'

/** Figures this near to a limit are left to the full test. */
const NEAR_M = 1e-7
const MOST_BREAKS = 256

/**
 * Says of most segments over a grid that no use of the ground makes their cover short, without asking for the use:
 * between two grid lines the cover is a parabola. Holds the scratch space of one thread.
 */
export class CoverScreen {
  readonly #grid: GridSurface
  readonly #limits: LimitLookup
  /** Per signature: the greatest minimum and the least maximum of all uses. */
  readonly #least: number[] = []
  readonly #most: number[] = []
  /** The segment at hand: [u0, v0, u1, v1] in cells, level of its crown and how far it rises, least and most cover. */
  readonly #line = new Float64Array(8)
  readonly #breaks = new Float64Array(MOST_BREAKS + 8)
  #count = 0

  constructor(grid: GridSurface, limits: LimitLookup) {
    this.#grid = grid
    this.#limits = limits
  }

  /** False is certain. */
  mayBeShort({ xyz, signature, halfHeightM, accuracyLevelM }: ClearanceNetwork, asset: number, v: number): boolean {
    const sort = signature[asset]!
    if (this.#least[sort] === undefined) this.#lookUp(sort)
    const spareM = (accuracyLevelM[asset]! || 0) + NEAR_M
    const least = this.#least[sort]! + spareM
    const most = this.#most[sort]! - spareM
    if (least === -Infinity && most === Infinity) return false
    const { x0, y0, cellSizeM, cols, rows } = this.#grid
    const u0 = (xyz[3 * v]! - x0) / cellSizeM
    const v0 = (xyz[3 * v + 1]! - y0) / cellSizeM
    const u1 = (xyz[3 * v + 3]! - x0) / cellSizeM
    const v1 = (xyz[3 * v + 4]! - y0) / cellSizeM
    const z0 = xyz[3 * v + 2]! + halfHeightM[asset]!
    const dz = xyz[3 * v + 5]! - xyz[3 * v + 2]!
    this.#line[0] = u0
    this.#line[1] = v0
    this.#line[2] = u1
    this.#line[3] = v1
    this.#line[4] = z0
    this.#line[5] = dz
    this.#line[6] = least
    this.#line[7] = most
    if (this.#isWithin()) return false
    this.#breaks[0] = 0
    this.#count = 1
    if (!(Math.abs(u1 - u0) + Math.abs(v1 - v0) < MOST_BREAKS)) return true
    this.#cut(u0, u1, cols)
    this.#cut(v0, v1, rows)
    this.#breaks[this.#count++] = 1
    for (let k = 0; k + 1 < this.#count; k++) {
      const from = this.#breaks[k]!
      const to = this.#breaks[k + 1]!
      const x1 = from + 0.25 * (to - from)
      const x2 = from + 0.5 * (to - from)
      const x3 = from + 0.75 * (to - from)
      const quarter = this.#level(u0 + x1 * (u1 - u0), v0 + x1 * (v1 - v0)) - z0 - x1 * dz
      const half = this.#level(u0 + x2 * (u1 - u0), v0 + x2 * (v1 - v0)) - z0 - x2 * dz
      const threeQuarters = this.#level(u0 + x3 * (u1 - u0), v0 + x3 * (v1 - v0)) - z0 - x3 * dz
      // No ground there, no cover.
      if (Number.isNaN(quarter + half + threeQuarters)) continue
      const c2 = 8 * (quarter - 2 * half + threeQuarters)
      const c1 = 2 * (threeQuarters - quarter) - c2
      const start = half - c1 / 2 - c2 / 4
      const end = start + c1 + c2
      const turn = c2 !== 0 ? -c1 / (2 * c2) : -1
      const middle = turn > 0 && turn < 1 ? start + turn * (c1 + turn * c2) : start
      if (Math.min(start, end, middle) < least || Math.max(start, end, middle) > most) return true
    }
    return false
  }

  /**
   * Whether the cover keeps to its limits from cell to cell, by its figures at the cells' edges and how far it can bend
   * between them; false where it is too near to say, or at the grid's edge.
   */
  #isWithin(): boolean {
    const { cols, rows, z } = this.#grid
    const u0 = this.#line[0]!
    const v0 = this.#line[1]!
    const u1 = this.#line[2]!
    const v1 = this.#line[3]!
    const z0 = this.#line[4]!
    const dz = this.#line[5]!
    const least = this.#line[6]!
    const most = this.#line[7]!
    if (!(Math.min(u0, u1) >= 0 && Math.max(u0, u1) < cols - 1 && Math.min(v0, v1) >= 0 && Math.max(v0, v1) < rows - 1)) return false
    const du = u1 - u0
    const dv = v1 - v0
    let i = Math.floor(u0)
    let j = Math.floor(v0)
    let steps = Math.abs(Math.floor(u1) - i) + Math.abs(Math.floor(v1) - j)
    let nextU = du === 0 ? Infinity : ((du > 0 ? i + 1 : i) - u0) / du
    let nextV = dv === 0 ? Infinity : ((dv > 0 ? j + 1 : j) - v0) / dv
    let from = 0
    for (;;) {
      const to = steps === 0 ? 1 : Math.min(nextU, nextV, 1)
      const k = j * cols + i
      const low = z[k]!
      const alongU = z[k + 1]! - low
      const alongV = z[k + cols]! - low
      const twist = z[k + cols + 1]! - z[k + cols]! - alongU
      const fu = u0 + from * du - i
      const fv = v0 + from * dv - j
      const tu = u0 + to * du - i
      const tv = v0 + to * dv - j
      const start = low + alongU * fu + alongV * fv + twist * fu * fv - z0 - from * dz
      const end = low + alongU * tu + alongV * tv + twist * tu * tv - z0 - to * dz
      const bend = (twist * du * dv * (to - from) * (to - from)) / 4
      // Of a level that is not known nothing is true.
      if (!(Math.min(start, end) - Math.max(bend, 0) >= least && Math.max(start, end) - Math.min(bend, 0) <= most)) return false
      if (steps-- === 0) return true
      if (nextU <= nextV) {
        i += du > 0 ? 1 : -1
        nextU += Math.abs(1 / du)
      } else {
        j += dv > 0 ? 1 : -1
        nextV += Math.abs(1 / dv)
      }
      from = to
    }
  }

  #lookUp(signature: number): void {
    let [least, most] = [-Infinity, Infinity]
    for (const surface of SURFACE_CLASSES) {
      const { min, max } = this.#limits.cover(signature, surface)
      if (min) least = Math.max(least, min.minM)
      if (max) most = Math.min(most, max.minM)
    }
    this.#least[signature] = least
    this.#most[signature] = most
  }

  /** Adds where a line meets the grid lines of one axis, and the edges of the grid, in order. */
  #cut(from: number, to: number, count: number): void {
    if (from === to) return
    const low = Math.min(from, to)
    const high = Math.max(from, to)
    this.#add((-0.5 - from) / (to - from))
    this.#add((count - 0.5 - from) / (to - from))
    for (let u = Math.max(0, Math.ceil(low)); u <= Math.min(count - 1, high); u++) this.#add((u - from) / (to - from))
  }

  #add(x: number): void {
    if (!(x > 0 && x < 1)) return
    let at = this.#count++
    while (at > 1 && this.#breaks[at - 1]! > x) this.#breaks[at] = this.#breaks[--at]!
    this.#breaks[at] = x
  }

  /** As `groundSampler` has it; NaN outside. */
  #level(u: number, v: number): number {
    const { cols, rows, z } = this.#grid
    if (!(u >= -0.5 && v >= -0.5 && u <= cols - 0.5 && v <= rows - 0.5)) return NaN
    const i = Math.min(Math.max(Math.floor(u), 0), Math.max(0, cols - 2))
    const j = Math.min(Math.max(Math.floor(v), 0), Math.max(0, rows - 2))
    const fu = cols > 1 ? Math.min(Math.max(u - i, 0), 1) : 0
    const fv = rows > 1 ? Math.min(Math.max(v - j, 0), 1) : 0
    const i1 = Math.min(i + 1, cols - 1)
    const low = j * cols
    const high = Math.min(j + 1, rows - 1) * cols
    return (z[low + i]! * (1 - fu) + z[low + i1]! * fu) * (1 - fv) + (z[high + i]! * (1 - fu) + z[high + i1]! * fu) * fv
  }
}
