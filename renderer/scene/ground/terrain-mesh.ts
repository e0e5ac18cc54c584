import type { Vec3 } from '#shared/twin/asset.ts'
import type { GroundSurface, GridSurface, TinSurface } from '#shared/twin/ground.ts'

/** Ground as drawn: positions relative to the view origin, smooth normals, faces seen from above counter-clockwise. */
export interface TerrainMesh {
  readonly positions: Float32Array<ArrayBuffer>
  readonly normals: Float32Array<ArrayBuffer>
  readonly indices: Uint32Array<ArrayBuffer>
}

/**
 * @param mostPointsPerSide Denser grids are thinned to this for the picture (never for reading levels).
 */
export const terrainMesh = (surface: GroundSurface, origin: Vec3, mostPointsPerSide: number): TerrainMesh =>
  surface.type === 'grid' ? gridMesh(surface, origin, mostPointsPerSide) : tinMesh(surface, origin)

function gridMesh(grid: GridSurface, origin: Vec3, mostPointsPerSide: number): TerrainMesh {
  const step = thinningStep(grid, mostPointsPerSide)
  return meshOfGrid(grid, steps(0, grid.cols - 1, step), steps(0, grid.rows - 1, step), origin, (col, row) => grid.z[row * grid.cols + col]!)
}

/** Every so many-eth point of a grid is drawn, so that a side has no more than wanted. */
export const thinningStep = ({ cols, rows }: Pick<GridSurface, 'cols' | 'rows'>, mostPointsPerSide: number): number => Math.max(1, Math.ceil(Math.max(cols, rows) / mostPointsPerSide))

/** The mesh of some columns and rows of a grid. @param levelAt Local frame; NaN where there is a hole. */
export function meshOfGrid(grid: Pick<GridSurface, 'x0' | 'y0' | 'cellSizeM'>, columns: readonly number[], rows: readonly number[], origin: Vec3, levelAt: (col: number, row: number) => number): TerrainMesh {
  const positions = new Float32Array(3 * columns.length * rows.length)
  let p = 0
  for (const row of rows) {
    for (const col of columns) {
      positions[p++] = grid.x0 + col * grid.cellSizeM - origin[0]
      positions[p++] = grid.y0 + row * grid.cellSizeM - origin[1]
      positions[p++] = levelAt(col, row) - origin[2]
    }
  }
  const width = columns.length
  const indices: number[] = []
  const known = (v: number) => !Number.isNaN(positions[3 * v + 2]!)
  for (let j = 0; j + 1 < rows.length; j++) {
    for (let i = 0; i + 1 < width; i++) {
      const [a, b, c, d] = [j * width + i, j * width + i + 1, (j + 1) * width + i + 1, (j + 1) * width + i]
      if (known(a) && known(b) && known(c)) indices.push(a, b, c)
      if (known(a) && known(c) && known(d)) indices.push(a, c, d)
    }
  }
  // A hole's points are in no face; NaN would spoil the bounds.
  for (let v = 2; v < positions.length; v += 3) if (Number.isNaN(positions[v]!)) positions[v] = 0
  const faces = Uint32Array.from(indices)
  return { positions, indices: faces, normals: smoothNormals(positions, faces) }
}

/** first, first + step … and always the last. */
export function steps(first: number, last: number, step: number): number[] {
  const list: number[] = []
  for (let i = first; i < last; i += step) list.push(i)
  list.push(last)
  return list
}

function tinMesh(tin: TinSurface, origin: Vec3): TerrainMesh {
  const positions = new Float32Array(tin.xyz.length)
  for (let i = 0; i < positions.length; i++) positions[i] = tin.xyz[i]! - origin[i % 3]!
  const indices = tin.faces.slice()
  for (let f = 0; f < indices.length; f += 3) {
    const [a, b, c] = [3 * indices[f]!, 3 * indices[f + 1]!, 3 * indices[f + 2]!]
    const area = (positions[b]! - positions[a]!) * (positions[c + 1]! - positions[a + 1]!) - (positions[b + 1]! - positions[a + 1]!) * (positions[c]! - positions[a]!)
    if (area < 0) [indices[f + 1], indices[f + 2]] = [indices[f + 2]!, indices[f + 1]!]
  }
  return { positions, indices, normals: smoothNormals(positions, indices) }
}

/** Area-weighted mean of the face normals at each point. */
function smoothNormals(positions: Float32Array, indices: Uint32Array): Float32Array<ArrayBuffer> {
  const normals = new Float32Array(positions.length)
  for (let f = 0; f < indices.length; f += 3) {
    const [a, b, c] = [3 * indices[f]!, 3 * indices[f + 1]!, 3 * indices[f + 2]!]
    const [ux, uy, uz] = [positions[b]! - positions[a]!, positions[b + 1]! - positions[a + 1]!, positions[b + 2]! - positions[a + 2]!]
    const [vx, vy, vz] = [positions[c]! - positions[a]!, positions[c + 1]! - positions[a + 1]!, positions[c + 2]! - positions[a + 2]!]
    const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    for (const v of [a, b, c]) {
      normals[v]! += nx
      normals[v + 1]! += ny
      normals[v + 2]! += nz
    }
  }
  for (let v = 0; v < normals.length; v += 3) {
    const length = Math.hypot(normals[v]!, normals[v + 1]!, normals[v + 2]!)
    if (length > 0) for (let c = 0; c < 3; c++) normals[v + c]! /= length
    else normals[v + 2] = 1
  }
  return normals
}
