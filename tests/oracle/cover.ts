/** Rule 7, cover against a ground of triangles: every place where ground or surface class may change. */
import type { FeatureCollection, OraclePack, Vec3 } from './types.ts'
import { BROKEN_M } from './types.ts'
import { at, between, readAssets } from './assets.ts'

export interface CoverGround {
  triangles: readonly (readonly [Vec3, Vec3, Vec3])[]
  /** Closed rings in plan (first point not repeated) with their surface class. */
  surfaces: readonly { surface: string; ring: readonly (readonly [number, number])[] }[]
}

export interface CoverRow { a: string; rule: 'cover'; surface: string; limit: 'min' | 'max'; required: number; found: number; at: Vec3 }

/** The greatest shortfall by asset, surface class and sort of limit; sorted. No row where there is no ground. */
export function oracleCover(network: FeatureCollection, pack: OraclePack, ground: CoverGround): CoverRow[] {
  const rows: CoverRow[] = []
  for (const asset of readAssets(network, pack, [0, 0, 0])) {
    for (const { surface, ring } of ground.surfaces) {
      const cells = (pack.cover ?? []).filter((c) => c.surface === surface && asset.classes.has(c.class))
      const least = Math.max(...cells.map((c) => c.minM ?? -Infinity))
      const most = Math.min(...cells.map((c) => c.maxM ?? Infinity))
      let low: CoverRow | null = null
      let high: CoverRow | null = null
      for (let i = 0; i + 1 < asset.points.length; i += 1) {
        for (const point of breakPoints(at(asset.points, i), at(asset.points, i + 1), ring, ground)) {
          for (const level of groundLevels(point, ground)) {
            const found = level - (point[2] + asset.halfHeightM)
            const row = { a: asset.id, rule: 'cover' as const, surface, found, at: point }
            if (least - found > BROKEN_M && (low === null || found < low.found)) low = { ...row, limit: 'min', required: least }
            if (found - most > BROKEN_M && (high === null || found > high.found)) high = { ...row, limit: 'max', required: most }
          }
        }
      }
      for (const row of [low, high]) if (row !== null) rows.push(row)
    }
  }
  const key = (r: CoverRow): string => `${r.a}\u0000${r.surface}\u0000${r.limit}`
  return rows.sort((m, n) => (key(m) < key(n) ? -1 : 1))
}

/** Points of the segment inside or on the ring at its ends, at triangle edges and at the ring: cover is linear between. */
function breakPoints(p: Vec3, q: Vec3, ring: readonly (readonly [number, number])[], ground: CoverGround): Vec3[] {
  const cuts = [0, 1]
  const cross = (m: readonly number[], n: readonly number[]): void => {
    const [mx = 0, my = 0] = m
    const [nx = 0, ny = 0] = n
    const sine = (q[0] - p[0]) * (ny - my) - (q[1] - p[1]) * (nx - mx)
    const x = ((mx - p[0]) * (ny - my) - (my - p[1]) * (nx - mx)) / sine
    if (sine !== 0 && x > 0 && x < 1) cuts.push(x)
  }
  ring.forEach((m, i) => cross(m, at(ring, (i + 1) % ring.length)))
  for (const [a, b, c] of ground.triangles) { cross(a, b); cross(b, c); cross(c, a) }
  cuts.sort((m, n) => m - n)
  const points: Vec3[] = []
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [from, to] = [at(cuts, i), at(cuts, i + 1)]
    if (isInRing(between(p, q, (from + to) / 2), ring)) points.push(between(p, q, from), between(p, q, to))
  }
  return points
}

function isInRing(p: Vec3, ring: readonly (readonly [number, number])[]): boolean {
  let inside = false
  ring.forEach((m, i) => {
    const n = at(ring, (i + 1) % ring.length)
    if (m[1] > p[1] !== n[1] > p[1] && p[0] < m[0] + ((p[1] - m[1]) / (n[1] - m[1])) * (n[0] - m[0])) inside = !inside
  })
  return inside
}

function groundLevels(p: Vec3, ground: CoverGround): number[] {
  const levels: number[] = []
  for (const [a, b, c] of ground.triangles) {
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    const u = ((p[0] - a[0]) * (c[1] - a[1]) - (p[1] - a[1]) * (c[0] - a[0])) / area
    const v = ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])) / area
    if (area !== 0 && u >= -1e-9 && v >= -1e-9 && u + v <= 1 + 1e-9) levels.push(a[2] + u * (b[2] - a[2]) + v * (c[2] - a[2]))
  }
  return levels
}
