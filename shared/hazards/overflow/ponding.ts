import { unattendedJob, type JobControl } from '../../core/job.ts'
import { PlaceHeap } from '../../network/place-heap.ts'
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
  /** Wet cells of the grid, the deepest first. */
  readonly cells: readonly number[]
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
 * @throws CancelledError
 */
export function pondsOf(grid: GridSurface, spills: readonly Spill[], job: JobControl = unattendedJob): (Pond | null)[] {
  const alone = spills.map(({ x, y, volumeM3 }, k) => {
    if (k % 64 === 0) job.progress(k / spills.length, 'analyses:stage.ponding')
    if (volumeM3 <= 0) return null
    job.throwIfCancelled()
    return pondBelow(grid, x, y, volumeM3)
  })
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
 * What stands in one place counts once: of pools whose deepest cell lies under another that stands at least as high, that other.
 * @returns for each pool of the ponds the one that stands there.
 */
export function standingPools(ponds: readonly (Pond | null)[]): Map<Pool, Pool> {
  const pools = [...new Set(ponds.flatMap(pond => (pond ? [...pond.onTheWay, pond.end] : [])))].sort((a, b) => b.levelM - a.levelM || b.heldM3 - a.heldM3)
  const standing = new Map<Pool, Pool>()
  const ofCell = new Map<number, Pool>()
  for (const pool of pools) {
    const over = pool.cells.length === 0 ? undefined : ofCell.get(pool.cells[0]!)
    standing.set(pool, over ?? pool)
    if (!over) for (const cell of pool.cells) if (!ofCell.has(cell)) ofCell.set(cell, pool)
  }
  return standing
}

/** Water that stands in a hollow and what borders it, while it is being filled. */
interface Filling {
  /** Cells at its rim by their level, some of them taken meanwhile. */
  rim: PlaceHeap
  cells: number[]
  levelM: number
}

/** Which cells the last water was led over; a new number for each, so that nothing is made or wiped. */
interface Marks {
  readonly cells: Uint32Array
  mark: number
}

const kept = new WeakMap<GridSurface, Marks>()

function marksOf(grid: GridSurface): Marks {
  const known = kept.get(grid) ?? { cells: new Uint32Array(grid.cols * grid.rows), mark: 0 }
  kept.set(grid, known)
  if (++known.mark === 0xffff_ffff) {
    known.cells.fill(0)
    known.mark = 1
  }
  return known
}

/**
 * Follows water from a point down the lowest way and fills the hollow it comes to, level by level, until it is used up or
 * runs over into the next one; where that one fills up to the sill between them, both rise as one. Cells of the grid are
 * flat at the level of their centres.
 * @param volumeM3 Water to place, > 0.
 * @returns null where the ground at the point is not known.
 */
export function pondBelow(grid: GridSurface, x: number, y: number, volumeM3: number): Pond | null {
  const { cols, rows, cellSizeM, x0, y0, z } = grid
  const [column, row] = [Math.round((x - x0) / cellSizeM), Math.round((y - y0) / cellSizeM)]
  if (column < 0 || row < 0 || column >= cols || row >= rows || Number.isNaN(z[row * cols + column])) return null
  const cellM2 = cellSizeM ** 2
  const { cells: takenFor, mark } = marksOf(grid)
  let takenCount = 0
  /** Hollows that are full, the last one uphill of the one being filled. */
  const full: Filling[] = []
  let pool: Filling = { rim: new PlaceHeap(), cells: [], levelM: z[row * cols + column]! }
  pool.rim.push(row * cols + column, pool.levelM)
  let [heldM3, leaves] = [0, false]
  /** Raises the water; false where there is not enough for it. */
  const rise = (toM: number): boolean => {
    const needsM3 = pool.cells.length * cellM2 * (toM - pool.levelM)
    if (heldM3 + needsM3 >= volumeM3) {
      pool.levelM += (volumeM3 - heldM3) / (pool.cells.length * cellM2)
      heldM3 = volumeM3
      return false
    }
    heldM3 += needsM3
    pool.levelM = toM
    return true
  }
  while (pool.rim.size > 0 && takenCount < MOST_CELLS && !leaves) {
    const key = pool.rim.leastKey
    const cell = pool.rim.take()
    if (takenFor[cell] === mark) continue
    const above = full.at(-1)
    if (above && pool.cells.length > 0 && key >= above.levelM) {
      // Up to the sill it came over: from here on the two are one water.
      pool.rim.push(cell, key)
      if (!rise(above.levelM)) break
      full.pop()
      while (above.rim.size > 0) {
        const rest = above.rim.leastKey
        pool.rim.push(above.rim.take(), rest)
      }
      pool = { rim: pool.rim, cells: [...above.cells, ...pool.cells], levelM: above.levelM }
      continue
    }
    if (pool.cells.length > 0 && key < pool.levelM) {
      // Over the brim: the hollow stays full behind, and the rest runs on from here.
      full.push(pool)
      pool = { rim: new PlaceHeap(), cells: [], levelM: key }
    } else if (pool.cells.length > 0 && !rise(key)) break
    pool.levelM = key
    takenFor[cell] = mark
    takenCount++
    pool.cells.push(cell)
    const [c, r] = [cell % cols, Math.floor(cell / cols)]
    for (const [dc, dr] of STEPS) {
      const [nc, nr] = [c + dc, r + dr]
      const next = nr * cols + nc
      const isKnown = nc >= 0 && nr >= 0 && nc < cols && nr < rows && !Number.isNaN(z[next])
      // Beyond the edge nothing holds water back: it leaves once it stands there.
      if (!isKnown) leaves = true
      else if (takenFor[next] !== mark) pool.rim.push(next, z[next]!)
    }
  }
  const onTheWay = full.map(({ cells, levelM }) => poolOf(grid, cells, levelM)).filter(one => one.heldM3 > 0)
  return { end: poolOf(grid, pool.cells, pool.levelM), onTheWay, heldM3 }
}

/** Cells at the very level of the water are its shore: they are dry. */
function poolOf(grid: GridSurface, cells: readonly number[], levelM: number): Pool {
  const { cols, cellSizeM, x0, y0, z } = grid
  const deepest = cells.reduce((best, cell) => (z[cell]! < z[best]! ? cell : best))
  const wet = cells.filter(cell => z[cell]! < levelM)
  const cellM2 = cellSizeM ** 2
  return {
    x: x0 + (deepest % cols) * cellSizeM, y: y0 + Math.floor(deepest / cols) * cellSizeM, levelM, areaM2: wet.length * cellM2, deepestM: levelM - z[deepest]!,
    heldM3: wet.reduce((sum, cell) => sum + (levelM - z[cell]!) * cellM2, 0), outlines: outlinesOf(grid, wet), cells: wet.toSorted((a, b) => z[a]! - z[b]! || a - b),
  }
}

/** Sides of a cell counter-clockwise from its lower left corner: where each begins and ends, in half cells from the middle, and the cell beyond it. */
const SIDES = [[-1, -1, 1, -1, 0, -1], [1, -1, 1, 1, 1, 0], [1, 1, -1, 1, 0, 1], [-1, 1, -1, -1, -1, 0]] as const

/** Sides that no two of the cells share, strung together; corners on straight stretches are left out. */
function outlinesOf({ cols, cellSizeM, x0, y0 }: GridSurface, cells: readonly number[]): PlanRing[] {
  const isWet = new Set(cells)
  /** Ends of the sides that begin at a corner; corners by the number of their (column, row) in half cells, from one before the first. */
  const next = new Map<number, number[]>()
  const across = 2 * cols + 2
  const corner = (x: number, y: number): number => (y + 1) * across + x + 1
  for (const cell of cells) {
    const [c, r] = [cell % cols, Math.floor(cell / cols)]
    for (const [fx, fy, tx, ty, dc, dr] of SIDES) {
      if (c + dc >= 0 && c + dc < cols && isWet.has((r + dr) * cols + c + dc)) continue
      const from = corner(2 * c + fx, 2 * r + fy)
      const to = corner(2 * c + tx, 2 * r + ty)
      const known = next.get(from)
      if (known) known.push(to)
      else next.set(from, [to])
    }
  }
  const rings: PlanRing[] = []
  for (const start of next.keys()) {
    const corners: [number, number][] = []
    for (let at = start; (next.get(at)?.length ?? 0) > 0; ) {
      at = next.get(at)!.pop()!
      corners.push([(at % across) - 1, Math.floor(at / across) - 1])
    }
    const bends = corners.filter(([x, y], i) => {
      const [[px, py], [nx, ny]] = [corners.at(i - 1)!, corners[(i + 1) % corners.length]!]
      return (x - px) * (ny - y) !== (y - py) * (nx - x)
    })
    if (bends.length >= 4) rings.push(bends.flatMap(([x, y]) => [x0 + (x / 2) * cellSizeM, y0 + (y / 2) * cellSizeM]))
  }
  return rings
}
