import { groundSampler, type GridSurface, type GroundSurface } from '../twin/ground.ts'
import { lookUpCrs, planTransform, type CrsDefinition, type PlanPoint } from './crs.ts'
import type { IssueLog } from './issue-log.ts'
import { placeLayer, type PlanSource } from './place-layer.ts'
import { groundCorners, type SourceGrid, type SourceGround } from './source-ground.ts'

/** A ground as something with a place, so that it is placed by the same rules as a layer. */
export const asPlanSource = (ground: SourceGround): PlanSource => ({ name: ground.name, crs: ground.crs, canonical: false, features: [{ parts: [groundCorners(ground)] }] })

/** Cells of a grid count as square within this share of their size. */
const SQUARE = 1e-6

/**
 * A source's ground in the project's coordinates. A TIN is moved point by point. A grid stays as it is where its system is
 * the project's and its cells are square; else it is sampled anew over the same area with as many columns and rows.
 */
export function placeGround(ground: SourceGround, target: CrsDefinition | null, log: IssueLog): GroundSurface {
  const { name, surface } = ground
  const { place, crs } = placeLayer(asPlanSource(ground), target, log)
  if (hasWholeMetres(surface)) log.add('surface_coarse', 'warning', name)
  if (surface.type === 'tin') {
    const xyz = surface.xyz.slice()
    for (let i = 0; i < xyz.length; i += 3) [xyz[i], xyz[i + 1]] = place([xyz[i]!, xyz[i + 1]!]) as [number, number]
    return { type: 'tin', name, xyz, faces: surface.faces }
  }
  const isSame = !crs || !target || crs.code === target.code
  const isSquare = Math.abs(surface.stepX - surface.stepY) <= SQUARE * surface.stepX
  if (isSame && isSquare) return { type: 'grid', name, cols: surface.cols, rows: surface.rows, cellSizeM: surface.stepX, x0: surface.x0, y0: surface.y0, z: surface.z }
  return resampled(name, surface, place, isSame ? point => point : planTransform(lookUpCrs(target.code)!, crs))
}

/** Fewer levels may be whole by chance or by design (a platform, a test). */
const MIN_LEVELS = 1000

/** True for a surface of many levels, not all the same, none of which has a fraction: terrain rounded to metres. */
function hasWholeMetres(surface: SourceGround['surface']): boolean {
  const [values, first, step] = surface.type === 'grid' ? [surface.z, 0, 1] : [surface.xyz, 2, 3]
  let [known, least, most] = [0, Infinity, -Infinity]
  for (let i = first; i < values.length; i += step) {
    const z = values[i]!
    if (Number.isNaN(z)) continue
    if (!Number.isInteger(z)) return false
    known++
    least = Math.min(least, z)
    most = Math.max(most, z)
  }
  return known >= MIN_LEVELS && most > least
}

function resampled(name: string, grid: SourceGrid, forward: (position: readonly number[]) => PlanPoint, back: (point: PlanPoint) => PlanPoint): GridSurface {
  const { cols, rows } = grid
  const extent = borderExtent(grid, forward)
  const cellSizeM = Math.max((extent.maxX - extent.minX) / cols, (extent.maxY - extent.minY) / rows) || 1
  const [x0, y0] = [(extent.minX + extent.maxX) / 2 - ((cols - 1) / 2) * cellSizeM, (extent.minY + extent.maxY) / 2 - ((rows - 1) / 2) * cellSizeM]
  // In units of cells the source is square whatever its steps are.
  const sample = groundSampler({ type: 'grid', name, cols, rows, cellSizeM: 1, x0: 0, y0: 0, z: grid.z })
  const z = new Float64Array(cols * rows)
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < cols; i++) {
      const [x, y] = back([x0 + i * cellSizeM, y0 + j * cellSizeM])
      z[j * cols + i] = sample((x - grid.x0) / grid.stepX, (y - grid.y0) / grid.stepY) ?? NaN
    }
  }
  return { type: 'grid', name, cols, rows, cellSizeM, x0, y0, z }
}

/** Extent of the outer cell edges after transformation: along the border, since straight edges become curves. */
function borderExtent({ cols, rows, x0, y0, stepX, stepY }: SourceGrid, forward: (position: readonly number[]) => PlanPoint) {
  const extent = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  const take = (i: number, j: number) => {
    const [x, y] = forward([x0 + i * stepX, y0 + j * stepY])
    if (!Number.isFinite(x) || !Number.isFinite(y)) return // a pole: no place in a projection
    extent.minX = Math.min(extent.minX, x)
    extent.maxX = Math.max(extent.maxX, x)
    extent.minY = Math.min(extent.minY, y)
    extent.maxY = Math.max(extent.maxY, y)
  }
  for (let i = 0; i <= cols; i++) for (const j of [0, rows]) take(i - 0.5, j - 0.5)
  for (let j = 0; j <= rows; j++) for (const i of [0, cols]) take(i - 0.5, j - 0.5)
  return extent
}
