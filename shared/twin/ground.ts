/**
 * The ground surface: a grid with levels at cell centres (bilinear between, cli.md "excavate"), or a TIN.
 * Frame: local, metres, z up. NaN in a grid means no ground known there.
 */
export interface GridSurface {
  readonly type: 'grid'
  readonly name: string
  readonly cols: number
  readonly rows: number
  readonly cellSizeM: number
  /** Centre of the first cell (lowest x, lowest y). */
  readonly x0: number
  readonly y0: number
  /** Row by row from the lowest y, length cols · rows, metres. */
  readonly z: Float64Array
}

export interface TinSurface {
  readonly type: 'tin'
  readonly name: string
  /** [x, y, z, …] */
  readonly xyz: Float64Array
  /** Three vertex indices per face. */
  readonly faces: Uint32Array
}

export type GroundSurface = GridSurface | TinSurface

/** Ground level at a point, or null outside the surface (or in a hole of it). */
export type GroundSampler = (x: number, y: number) => number | null

/**
 * A sampler for a surface; a TIN's faces are found through a bucket grid built once here. Where a TIN lies over itself (an
 * overhang, terrain that crosses itself) the uppermost face counts, whatever the order of the file; upright faces have no level.
 */
export function groundSampler(surface: GroundSurface): GroundSampler {
  return surface.type === 'grid' ? gridSampler(surface) : tinSampler(surface)
}

function gridSampler(grid: GridSurface): GroundSampler {
  const { cols, rows, cellSizeM, x0, y0, z } = grid
  return (x, y) => {
    const u = (x - x0) / cellSizeM
    const v = (y - y0) / cellSizeM
    // Half a cell of margin: the outermost cells are covered to their edge by holding the centre's level.
    if (!(u >= -0.5 && v >= -0.5 && u <= cols - 0.5 && v <= rows - 0.5)) return null
    const i = Math.min(Math.max(Math.floor(u), 0), Math.max(0, cols - 2))
    const j = Math.min(Math.max(Math.floor(v), 0), Math.max(0, rows - 2))
    const fu = cols > 1 ? Math.min(Math.max(u - i, 0), 1) : 0
    const fv = rows > 1 ? Math.min(Math.max(v - j, 0), 1) : 0
    const i1 = Math.min(i + 1, cols - 1)
    const j1 = Math.min(j + 1, rows - 1)
    const level =
      (z[j * cols + i]! * (1 - fu) + z[j * cols + i1]! * fu) * (1 - fv) +
      (z[j1 * cols + i]! * (1 - fu) + z[j1 * cols + i1]! * fu) * fv
    return Number.isNaN(level) ? null : level
  }
}

function tinSampler(tin: TinSurface): GroundSampler {
  const { xyz, faces } = tin
  const faceCount = faces.length / 3
  if (faceCount === 0) return () => null
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < xyz.length; i += 3) {
    minX = Math.min(minX, xyz[i]!)
    maxX = Math.max(maxX, xyz[i]!)
    minY = Math.min(minY, xyz[i + 1]!)
    maxY = Math.max(maxY, xyz[i + 1]!)
  }
  const side = Math.max(1, Math.min(2048, Math.ceil(Math.sqrt(faceCount / 2))))
  const [stepX, stepY] = [(maxX - minX) / side || 1, (maxY - minY) / side || 1]
  const column = (x: number) => Math.min(side - 1, Math.max(0, Math.floor((x - minX) / stepX)))
  const row = (y: number) => Math.min(side - 1, Math.max(0, Math.floor((y - minY) / stepY)))
  const buckets = new Map<number, number[]>()
  for (let f = 0; f < faceCount; f++) {
    const [a, b, c] = [3 * faces[3 * f]!, 3 * faces[3 * f + 1]!, 3 * faces[3 * f + 2]!]
    const [c0, c1] = [column(Math.min(xyz[a]!, xyz[b]!, xyz[c]!)), column(Math.max(xyz[a]!, xyz[b]!, xyz[c]!))]
    const [r0, r1] = [row(Math.min(xyz[a + 1]!, xyz[b + 1]!, xyz[c + 1]!)), row(Math.max(xyz[a + 1]!, xyz[b + 1]!, xyz[c + 1]!))]
    for (let r = r0; r <= r1; r++) {
      for (let q = c0; q <= c1; q++) {
        const key = r * side + q
        const bucket = buckets.get(key)
        if (bucket) bucket.push(f)
        else buckets.set(key, [f])
      }
    }
  }
  return (x, y) => {
    if (!(x >= minX && x <= maxX && y >= minY && y <= maxY)) return null
    let top = -Infinity
    for (const f of buckets.get(row(y) * side + column(x)) ?? []) {
      const [a, b, c] = [3 * faces[3 * f]!, 3 * faces[3 * f + 1]!, 3 * faces[3 * f + 2]!]
      const [abx, aby] = [xyz[b]! - xyz[a]!, xyz[b + 1]! - xyz[a + 1]!]
      const [acx, acy] = [xyz[c]! - xyz[a]!, xyz[c + 1]! - xyz[a + 1]!]
      const area = abx * acy - aby * acx
      if (area === 0) continue
      const [px, py] = [x - xyz[a]!, y - xyz[a + 1]!]
      const s = (px * acy - py * acx) / area
      const t = (abx * py - aby * px) / area
      if (s < -1e-12 || t < -1e-12 || s + t > 1 + 1e-12) continue
      top = Math.max(top, xyz[a + 2]! + s * (xyz[b + 2]! - xyz[a + 2]!) + t * (xyz[c + 2]! - xyz[a + 2]!))
    }
    return top === -Infinity ? null : top
  }
}
