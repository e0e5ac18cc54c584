import type { GridSurface, GroundSurface, TinSurface } from '../twin/ground.ts'
import { clipToPlanes, type PlanPlane, type PlanRing } from '../geometry/plan-polygon.ts'
import { type PlanBox, widened } from '../geometry/plan-box.ts'

/**
 * A convex piece of the ground over which its level is c + gx·u + gy·v + gxy·u·v with u, v from (x, y): a face of a TIN
 * (gxy = 0), or a square of a grid between four cell centres.
 */
export interface GroundPatch extends PlanPlane {
  /** Number of the face or square: the same patch has the same number in every answer. */
  readonly id: number
  readonly ring: PlanRing
  readonly gxy: number
  readonly minZ: number
  readonly maxZ: number
}

export const patchLevel = (patch: GroundPatch, x: number, y: number): number => {
  const u = x - patch.x
  const v = y - patch.y
  return patch.c + patch.gx * u + patch.gy * v + patch.gxy * u * v
}

/** The ground cut into patches, found by plan box. Built once per surface. */
export interface GroundPatches {
  /** Every patch whose box meets the box, each once, in a fixed order. Ground that is not known has no patch. */
  forEachIn(box: PlanBox, visit: (patch: GroundPatch) => void): void
  /** Highest ground anywhere. */
  readonly maxZ: number
  /** Lowest and highest ground in a box, where that is had without cutting patches; null where none is known there. */
  readonly rangeIn?: (box: PlanBox) => LevelRange | null
}

export interface LevelRange {
  readonly minZ: number
  readonly maxZ: number
}

export function groundPatches(surface: GroundSurface): GroundPatches {
  return surface.type === 'grid' ? gridPatches(surface) : tinPatches(surface)
}

const boxPlanes = ({ minX, minY, maxX, maxY }: PlanBox): PlanPlane[] => [
  { x: minX, y: minY, c: WIDENING_M, gx: 1, gy: 0 }, { x: minX, y: minY, c: WIDENING_M, gx: 0, gy: 1 },
  { x: maxX, y: maxY, c: WIDENING_M, gx: -1, gy: 0 }, { x: maxX, y: maxY, c: WIDENING_M, gx: 0, gy: -1 },
]

/** A box may be a line or a point: it is widened so that clipping leaves a ring. */
const WIDENING_M = 1e-6

/** Lowest and highest ground in a box; null where no ground is known there. */
export function groundRange(patches: GroundPatches, box: PlanBox): LevelRange | null {
  if (patches.rangeIn) return patches.rangeIn(box)
  let [minZ, maxZ] = [Infinity, -Infinity]
  const sides = boxPlanes(box)
  patches.forEachIn(box, patch => {
    if (patch.minZ >= minZ && patch.maxZ <= maxZ) return
    // Only what is inside counts: a face may be far larger than the box. Extremes are at corners, of squares too.
    const inside = clipToPlanes(patch.ring, sides)
    for (let i = 0; i < inside.length; i += 2) {
      const level = patchLevel(patch, inside[i]!, inside[i + 1]!)
      minZ = Math.min(minZ, level)
      maxZ = Math.max(maxZ, level)
    }
  })
  return minZ <= maxZ ? { minZ, maxZ } : null
}

const KEPT_PATCHES = 251

/** Squares between cell centres, and the half cells around the border, which hold the border centres' levels. */
function gridPatches({ cols, rows, cellSizeM, x0, y0, z }: GridSurface): GroundPatches {
  const clampIndex = (i: number, count: number) => Math.min(Math.max(i, 0), count - 1)
  // Index i is the gap between centres i and i + 1; −1 and count − 1 are the half cells at the border.
  const low = (i: number, start: number) => (i < 0 ? start - cellSizeM / 2 : start + i * cellSizeM)
  const high = (i: number, start: number, count: number) => (i === count - 1 ? start + (i + 0.5) * cellSizeM : start + (i + 1) * cellSizeM)
  const patchAt = (i: number, j: number): GroundPatch | null => {
    const i0 = clampIndex(i, cols)
    const i1 = clampIndex(i + 1, cols)
    const j0 = clampIndex(j, rows)
    const j1 = clampIndex(j + 1, rows)
    const z00 = z[j0 * cols + i0]!
    const z10 = z[j0 * cols + i1]!
    const z01 = z[j1 * cols + i0]!
    const z11 = z[j1 * cols + i1]!
    if (Number.isNaN(z00 + z10 + z01 + z11)) return null
    const minX = low(i, x0)
    const maxX = high(i, x0, cols)
    const minY = low(j, y0)
    const maxY = high(j, y0, rows)
    return {
      id: (j + 1) * (cols + 1) + i + 1, ring: [minX, minY, maxX, minY, maxX, maxY, minX, maxY],
      x: minX, y: minY, c: z00, gx: (z10 - z00) / cellSizeM, gy: (z01 - z00) / cellSizeM, gxy: (z11 - z10 - z01 + z00) / (cellSizeM * cellSizeM),
      minZ: Math.min(z00, z10, z01, z11), maxZ: Math.max(z00, z10, z01, z11),
    }
  }
  /** The last patches asked for: a cut asks for the same ones again and again. */
  const kept: (GroundPatch | null)[] = new Array<GroundPatch | null>(KEPT_PATCHES).fill(null)
  const keptPatchAt = (i: number, j: number): GroundPatch | null => {
    const id = (j + 1) * (cols + 1) + i + 1
    const known = kept[id % KEPT_PATCHES]
    return known?.id === id ? known : (kept[id % KEPT_PATCHES] = patchAt(i, j))
  }
  /** Over a square the ground is bilinear: on the part of it in a box, its extremes are at that part's corners. */
  const rangeIn = (query: PlanBox): LevelRange | null => {
    if (!meetsGrid(query)) return null
    let minZ = Infinity
    let maxZ = -Infinity
    const c1 = gapOf(query.maxX, x0, cols)
    const r1 = gapOf(query.maxY, y0, rows)
    for (let j = gapOf(query.minY, y0, rows); j <= r1; j++) {
      const j0 = clampIndex(j, rows) * cols
      const j1 = clampIndex(j + 1, rows) * cols
      const startY = low(j, y0)
      const minY = Math.max(startY, query.minY - WIDENING_M)
      const maxY = Math.min(high(j, y0, rows), query.maxY + WIDENING_M)
      if (minY > maxY) continue
      for (let i = gapOf(query.minX, x0, cols); i <= c1; i++) {
        const i0 = clampIndex(i, cols)
        const i1 = clampIndex(i + 1, cols)
        const z00 = z[j0 + i0]!
        const alongX = (z[j0 + i1]! - z00) / cellSizeM
        const alongY = (z[j1 + i0]! - z00) / cellSizeM
        const twist = (z[j1 + i1]! - z[j0 + i1]! - z[j1 + i0]! + z00) / (cellSizeM * cellSizeM)
        const startX = low(i, x0)
        const minX = Math.max(startX, query.minX - WIDENING_M)
        const maxX = Math.min(high(i, x0, cols), query.maxX + WIDENING_M)
        // Of a square whose levels are not known nothing is.
        if (minX > maxX || Number.isNaN(twist)) continue
        for (let corner = 0; corner < 4; corner++) {
          const u = ((corner & 1) === 0 ? minX : maxX) - startX
          const v = ((corner & 2) === 0 ? minY : maxY) - startY
          const level = z00 + alongX * u + alongY * v + twist * u * v
          if (level < minZ) minZ = level
          if (level > maxZ) maxZ = level
        }
      }
    }
    return minZ <= maxZ ? { minZ, maxZ } : null
  }
  const gapOf = (value: number, start: number, count: number) => Math.min(Math.max(Math.floor((value - start) / cellSizeM), -1), count - 1)
  const meetsGrid = (query: PlanBox): boolean =>
    cols > 0 && rows > 0 && query.minX <= query.maxX && query.minY <= query.maxY && query.maxX >= box.minX && query.minX <= box.maxX && query.maxY >= box.minY && query.minY <= box.maxY
  const box = { minX: x0 - cellSizeM / 2, minY: y0 - cellSizeM / 2, maxX: x0 + (cols - 0.5) * cellSizeM, maxY: y0 + (rows - 0.5) * cellSizeM }
  // Asked for by few, and a large city's grid has millions of levels.
  let highest: number | null = null
  return {
    rangeIn,
    get maxZ() {
      if (highest === null) {
        highest = -Infinity
        for (let k = 0; k < z.length; k++) if (z[k]! > highest) highest = z[k]!
      }
      return highest
    },
    forEachIn(query, visit) {
      if (!meetsGrid(query)) return
      const c0 = gapOf(query.minX, x0, cols)
      const c1 = gapOf(query.maxX, x0, cols)
      const r0 = gapOf(query.minY, y0, rows)
      const r1 = gapOf(query.maxY, y0, rows)
      for (let j = r0; j <= r1; j++) {
        for (let i = c0; i <= c1; i++) {
          const patch = keptPatchAt(i, j)
          if (patch) visit(patch)
        }
      }
    },
  }
}

function tinPatches({ xyz, faces }: TinSurface): GroundPatches {
  const count = faces.length / 3
  const boxes = new Float64Array(4 * count)
  let maxZ = -Infinity
  const whole = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (let f = 0; f < count; f++) {
    const a = 3 * faces[3 * f]!
    const b = 3 * faces[3 * f + 1]!
    const c = 3 * faces[3 * f + 2]!
    boxes[4 * f] = Math.min(xyz[a]!, xyz[b]!, xyz[c]!)
    boxes[4 * f + 1] = Math.min(xyz[a + 1]!, xyz[b + 1]!, xyz[c + 1]!)
    boxes[4 * f + 2] = Math.max(xyz[a]!, xyz[b]!, xyz[c]!)
    boxes[4 * f + 3] = Math.max(xyz[a + 1]!, xyz[b + 1]!, xyz[c + 1]!)
    maxZ = Math.max(maxZ, xyz[a + 2]!, xyz[b + 2]!, xyz[c + 2]!)
    whole.minX = Math.min(whole.minX, boxes[4 * f]!)
    whole.minY = Math.min(whole.minY, boxes[4 * f + 1]!)
    whole.maxX = Math.max(whole.maxX, boxes[4 * f + 2]!)
    whole.maxY = Math.max(whole.maxY, boxes[4 * f + 3]!)
  }
  const side = Math.max(1, Math.min(2048, Math.ceil(Math.sqrt(count / 2))))
  const stepX = (whole.maxX - whole.minX) / side || 1
  const stepY = (whole.maxY - whole.minY) / side || 1
  const column = (x: number) => Math.min(side - 1, Math.max(0, Math.floor((x - whole.minX) / stepX)))
  const row = (y: number) => Math.min(side - 1, Math.max(0, Math.floor((y - whole.minY) / stepY)))
  const start = new Uint32Array(side * side + 1)
  const forEachCell = (f: number, emit: (cell: number) => void) => {
    const c0 = column(boxes[4 * f]!)
    const c1 = column(boxes[4 * f + 2]!)
    const r0 = row(boxes[4 * f + 1]!)
    const r1 = row(boxes[4 * f + 3]!)
    for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) emit(r * side + c)
  }
  for (let f = 0; f < count; f++) forEachCell(f, cell => start[cell + 1]!++)
  for (let k = 0; k < side * side; k++) start[k + 1]! += start[k]!
  const entries = new Uint32Array(start[side * side]!)
  const next = start.slice(0, side * side)
  for (let f = 0; f < count; f++) forEachCell(f, cell => (entries[next[cell]!++] = f))
  return {
    maxZ,
    forEachIn(query, visit) {
      if (!(query.minX <= query.maxX && query.minY <= query.maxY && query.maxX >= whole.minX && query.minX <= whole.maxX && query.maxY >= whole.minY && query.minY <= whole.maxY)) return
      const c0 = column(query.minX)
      const c1 = column(query.maxX)
      const r0 = row(query.minY)
      const r1 = row(query.maxY)
      for (let r = r0; r <= r1; r++) {
        for (let c = c0; c <= c1; c++) {
          for (let k = start[r * side + c]!; k < start[r * side + c + 1]!; k++) {
            const f = entries[k]!
            // A face in several cells is told from the first of them that the query covers.
            if (Math.max(column(boxes[4 * f]!), c0) !== c || Math.max(row(boxes[4 * f + 1]!), r0) !== r) continue
            if (boxes[4 * f]! > query.maxX || boxes[4 * f + 2]! < query.minX || boxes[4 * f + 1]! > query.maxY || boxes[4 * f + 3]! < query.minY) continue
            const patch = facePatch(xyz, faces, f)
            if (patch) visit(patch)
          }
        }
      }
    },
  }
}

function facePatch(xyz: Float64Array, faces: Uint32Array, f: number): GroundPatch | null {
  const a = 3 * faces[3 * f]!
  const b = 3 * faces[3 * f + 1]!
  const c = 3 * faces[3 * f + 2]!
  const ux = xyz[b]! - xyz[a]!
  const uy = xyz[b + 1]! - xyz[a + 1]!
  const uz = xyz[b + 2]! - xyz[a + 2]!
  const vx = xyz[c]! - xyz[a]!
  const vy = xyz[c + 1]! - xyz[a + 1]!
  const vz = xyz[c + 2]! - xyz[a + 2]!
  const twice = ux * vy - uy * vx
  // A face without plan area (a vertical step in the ground) covers nothing.
  if (!(Math.abs(twice) > 1e-9)) return null
  const [second, third] = twice > 0 ? [b, c] : [c, b]
  return {
    id: f, ring: [xyz[a]!, xyz[a + 1]!, xyz[second]!, xyz[second + 1]!, xyz[third]!, xyz[third + 1]!],
    x: xyz[a]!, y: xyz[a + 1]!, c: xyz[a + 2]!, gx: (uz * vy - vz * uy) / twice, gy: (vz * ux - uz * vx) / twice, gxy: 0,
    minZ: Math.min(xyz[a + 2]!, xyz[b + 2]!, xyz[c + 2]!), maxZ: Math.max(xyz[a + 2]!, xyz[b + 2]!, xyz[c + 2]!),
  }
}

/** Ground level at a point, or null where none is known. */
export function groundAt(patches: GroundPatches, x: number, y: number): number | null {
  let level: number | null = null
  patches.forEachIn(widened({ minX: x, minY: y, maxX: x, maxY: y }, 1e-9), patch => {
    if (level === null && isOnPatch(patch.ring, x, y)) level = patchLevel(patch, x, y)
  })
  return level
}

function isOnPatch(ring: PlanRing, x: number, y: number): boolean {
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const dx = ring[i]! - ring[j]!
    const dy = ring[i + 1]! - ring[j + 1]!
    if (dx * (y - ring[j + 1]!) - dy * (x - ring[j]!) < -1e-9 * Math.hypot(dx, dy)) return false
  }
  return true
}
