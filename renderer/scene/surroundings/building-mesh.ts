import earcut from 'earcut'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'

/** Building masses as one mesh, and their visible edges as line segments. Positions in the view frame. */
export interface BuildingMesh {
  readonly positions: Float32Array<ArrayBuffer>
  /** Normal, and in w the share of the height (0 foot … 127 eaves). */
  readonly packed: Int8Array<ArrayBuffer>
  readonly indices: Uint32Array<ArrayBuffer>
  /** Pairs of points: eaves and upright corners. */
  readonly edges: Float32Array<ArrayBuffer>
}

/** Height where the source tells none: three storeys, for the picture only. */
const DRAWN_HEIGHT_M = 10
/** Walls go this far below the lowest ground, so that no slope shows under them. */
const FOOTING_M = 0.6

/** @param groundAt Local frame. @param crsOrigin, viewOrigin As in SceneFrame: view = CRS − crsOrigin − viewOrigin. */
export function buildingMesh(features: readonly SurfaceFeature[], groundAt: GroundSampler | null, crsOrigin: Vec3, viewOrigin: Vec3): BuildingMesh {
  const positions: number[] = []
  const packed: number[] = []
  const indices: number[] = []
  const edges: number[] = []
  const add = (x: number, y: number, z: number, nx: number, ny: number, nz: number, share: number): number => {
    positions.push(x, y, z)
    packed.push(Math.round(127 * nx), Math.round(127 * ny), Math.round(127 * nz), Math.round(127 * share))
    return positions.length / 3 - 1
  }
  for (const feature of features) {
    if (feature.type !== 'building' || feature.geometry !== 'polygon' || feature.points.length < 3) continue
    const local = feature.points.map(([x, y]) => [x - crsOrigin[0], y - crsOrigin[1]] as const)
    const levels = local.map(([x, y]) => groundAt?.(x, y) ?? viewOrigin[2])
    const [low, high] = [Math.min(...levels), Math.max(...levels)]
    const foot = low - FOOTING_M - viewOrigin[2]
    const eaves = (low + high) / 2 + (feature.heightM ?? DRAWN_HEIGHT_M) - viewOrigin[2]
    const ring = local.map(([x, y]) => [x - viewOrigin[0], y - viewOrigin[1]] as const)
    if (signedArea(ring) < 0) ring.reverse()
    ring.forEach(([ax, ay], i) => {
      const [bx, by] = ring[(i + 1) % ring.length]!
      const length = Math.hypot(bx - ax, by - ay)
      if (length < 1e-6) return
      const [nx, ny] = [(by - ay) / length, -(bx - ax) / length]
      const a = add(ax, ay, foot, nx, ny, 0, 0)
      const b = add(bx, by, foot, nx, ny, 0, 0)
      const c = add(bx, by, eaves, nx, ny, 0, 1)
      const d = add(ax, ay, eaves, nx, ny, 0, 1)
      indices.push(a, b, c, a, c, d)
      edges.push(ax, ay, eaves, bx, by, eaves, ax, ay, foot, ax, ay, eaves)
    })
    const roof = ring.map(([x, y]) => add(x, y, eaves, 0, 0, 1, 1))
    for (const corner of counterClockwiseTriangles(ring)) indices.push(roof[corner]!)
  }
  return { positions: Float32Array.from(positions), packed: Int8Array.from(packed), indices: Uint32Array.from(indices), edges: Float32Array.from(edges) }
}

type Ring = readonly (readonly [number, number])[]

const signedArea = (ring: Ring): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + x * nextY - nextX * y
  }, 0) / 2

function counterClockwiseTriangles(ring: Ring): number[] {
  const corners = earcut(ring.flat())
  for (let t = 0; t < corners.length; t += 3) {
    const [a, b, c] = [ring[corners[t]!]!, ring[corners[t + 1]!]!, ring[corners[t + 2]!]!]
    if (signedArea([a, b, c]) < 0) [corners[t + 1], corners[t + 2]] = [corners[t + 2]!, corners[t + 1]!]
  }
  return corners
}
