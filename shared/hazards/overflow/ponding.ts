import { PlaceHeap } from '../../network/connectivity.ts'
import type { PlanRing } from '../../geometry/plan-polygon.ts'
import type { GridSurface } from '../../twin/ground.ts'

/** Water that stands in one hollow. Local frame. */
export interface Pool {
  /** Middle of the deepest cell. */
  readonly x: number
  readonly y: number
  readonly levelM: number
  readonly areaM2: number
  readonly deepestM: number
  readonly heldM3: number
  /** Edges of the wet cells: outer outlines run counter-clockwise, those of dry islands clockwise. */
  readonly outlines: readonly PlanRing[]
}

/** Where water that leaves a manhole gathers. */
export interface Pond {
  /** The hollow in which it ends. */
  readonly end: Pool
  /** Hollows that it fills to the brim on its way there, the first first. */
  readonly onTheWay: readonly Pool[]
  /** In all of them; the rest ran off the edge of the known ground. */
  readonly heldM3: number
}

/** Water to place, at a point. */
export interface Spill {
  readonly x: number
  readonly y: number
  readonly volumeM3: number
}

/** Far more cells than a street's water wets. */
const MOST_CELLS = 200_000
const STEPS = [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, 1], [-1, 1], [1, -1]] as const

/**
 * Where the water of several manholes gathers. What ends in one hollow is put into it together; where that makes it run
 * over into a hollow that holds water of others, the two are not joined.
 * @returns per spill; those that share a pond have the same. Null where the ground is not known or nothing spills.
 */
export function pondsOf(grid: GridSurface, spills: readonly Spill[]): (Pond | null)[] {
  const alone = spills.map(({ x, y, volumeM3 }) => (volumeM3 > 0 ? pondBelow(grid, x, y, volumeM3) : null))
  const byHollow = Map.groupBy(alone.keys(), k => (alone[k] ? `${alone[k].end.x} ${alone[k].end.y}` : ''))
  const ponds = [...alone]
  for (const [hollow, members] of byHollow) {
    if (hollow === '' || members.length < 2) continue
    const { end: { x, y } } = alone[members[0]!]!
    const heldBefore = (k: number) => alone[k]!.onTheWay.reduce((sum, pool) => sum + pool.heldM3, 0)
    const pond = pondBelow(grid, x, y, members.reduce((sum, k) => sum + spills[k]!.volumeM3 - heldBefore(k), 0))!
    for (const k of members) ponds[k] = { ...pond, onTheWay: [...alone[k]!.onTheWay, ...pond.onTheWay], heldM3: pond.heldM3 + heldBefore(k) }
  }
  return ponds
}

/**
 * Follows water from a point down the lowest way and fills the hollow it comes to, level by level, until it is used up
 * or runs over into the next one. Cells of the grid are flat at the level of their centres.
 * @param volumeM3 Water to place, > 0.
 * @returns null where the ground at the point is not known.
 */
export function pondBelow(grid: GridSurface, x: number, y: number, volumeM3: number): Pond | null {
  const { cols, rows, cellSizeM, x0, y0, z } = grid
  const [column, row] = [Math.round((x - x0) / cellSizeM), Math.round((y - y0) / cellSizeM)]
  if (column < 0 || row < 0 || column >= cols || row >= rows || Number.isNaN(z[row * cols + column])) return null
  const cellM2 = cellSizeM ** 2
  const isTaken = new Set<number>()
  let [edge, hollow, levelM, heldM3] = [new PlaceHeap(), [] as number[], z[row * cols + column]!, 0]
  edge.push(row * cols + column, levelM)
  const onTheWay: Pool[] = []
  let leaves = false
  while (edge.size > 0 && isTaken.size < MOST_CELLS && !leaves) {
    const { place: cell, key } = edge.pop()
    if (isTaken.has(cell)) continue
    if (hollow.length > 0 && key < levelM) {
      // Over the brim: the hollow stays full behind, and the rest runs on from here.
      const full = poolOf(grid, hollow, levelM)
      if (full.heldM3 > 0) onTheWay.push(full)
      ;[edge, hollow] = [new PlaceHeap(), []]
    } else if (heldM3 + hollow.length * cellM2 * (key - levelM) >= volumeM3) {
      levelM += (volumeM3 - heldM3) / (hollow.length * cellM2)
      heldM3 = volumeM3
      break
    } else heldM3 += hollow.length * cellM2 * (key - levelM)
    levelM = key
    isTaken.add(cell)
    hollow.push(cell)
    const [c, r] = [cell % cols, Math.floor(cell / cols)]
    for (const [dc, dr] of STEPS) {
      const [nc, nr] = [c + dc, r + dr]
      const next = nr * cols + nc
      const isKnown = nc >= 0 && nr >= 0 && nc < cols && nr < rows && !Number.isNaN(z[next])
      // Beyond the edge nothing holds water back: it leaves once it stands there.
      if (!isKnown) leaves = true
      else if (!isTaken.has(next)) edge.push(next, z[next]!)
    }
  }
  return { end: poolOf(grid, hollow, levelM), onTheWay, heldM3 }
}

/** Cells at the very level of the water are its shore: they are dry. */
function poolOf(grid: GridSurface, cells: readonly number[], levelM: number): Pool {
  const { cols, cellSizeM, x0, y0, z } = grid
  const deepest = cells.reduce((best, cell) => (z[cell]! < z[best]! ? cell : best))
  const wet = cells.filter(cell => z[cell]! < levelM)
  const cellM2 = cellSizeM ** 2
  return {
    x: x0 + (deepest % cols) * cellSizeM, y: y0 + Math.floor(deepest / cols) * cellSizeM, levelM, areaM2: wet.length * cellM2, deepestM: levelM - z[deepest]!,
    heldM3: wet.reduce((sum, cell) => sum + (levelM - z[cell]!) * cellM2, 0), outlines: outlinesOf(grid, wet),
  }
}

/** Sides of a cell counter-clockwise from its lower left corner: where each begins and ends, in half cells from the middle, and the cell beyond it. */
const SIDES = [[-1, -1, 1, -1, 0, -1], [1, -1, 1, 1, 1, 0], [1, 1, -1, 1, 0, 1], [-1, 1, -1, -1, -1, 0]] as const

/** Sides that no two of the cells share, strung together; corners on straight stretches are left out. */
function outlinesOf({ cols, cellSizeM, x0, y0 }: GridSurface, cells: readonly number[]): PlanRing[] {
  const isWet = new Set(cells)
  /** Ends of the sides that begin at a corner; corners as (column, row) of half cells. */
  const next = new Map<string, [number, number][]>()
  for (const cell of cells) {
    const [c, r] = [cell % cols, Math.floor(cell / cols)]
    for (const [fx, fy, tx, ty, dc, dr] of SIDES) {
      if (c + dc >= 0 && c + dc < cols && isWet.has((r + dr) * cols + c + dc)) continue
      const from = `${2 * c + fx},${2 * r + fy}`
      next.set(from, [...(next.get(from) ?? []), [2 * c + tx, 2 * r + ty]])
    }
  }
  const rings: PlanRing[] = []
  for (const start of next.keys()) {
    const corners: [number, number][] = []
    for (let at = start; (next.get(at)?.length ?? 0) > 0; ) {
      const to = next.get(at)!.pop()!
      corners.push(to)
      at = `${to[0]},${to[1]}`
    }
    const bends = corners.filter(([x, y], i) => {
      const [[px, py], [nx, ny]] = [corners.at(i - 1)!, corners[(i + 1) % corners.length]!]
      return (x - px) * (ny - y) !== (y - py) * (nx - x)
    })
    if (bends.length >= 4) rings.push(bends.flatMap(([x, y]) => [x0 + (x / 2) * cellSizeM, y0 + (y / 2) * cellSizeM]))
  }
  return rings
}
