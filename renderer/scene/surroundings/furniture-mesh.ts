import type { Vec3 } from '#shared/twin/asset.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'

/** Trees and street-light poles of a district as one mesh: position, and per vertex normal (bytes) with the part in w. */
export interface FurnitureMesh {
  readonly positions: Float32Array<ArrayBuffer>
  /** Normal, and in w 0 for crowns, 127 for poles and trunks. */
  readonly packed: Int8Array<ArrayBuffer>
  readonly indices: Uint32Array<ArrayBuffer>
}

const TREE_HEIGHT_M = 7
const POLE_HEIGHT_M = 8

interface Parts {
  positions: number[]
  packed: number[]
  indices: number[]
}

/** Same frames as `buildingMesh`. */
export function furnitureMesh(features: readonly SurfaceFeature[], groundAt: GroundSampler | null, crsOrigin: Vec3, viewOrigin: Vec3): FurnitureMesh {
  const parts: Parts = { positions: [], packed: [], indices: [] }
  for (const feature of features) {
    const place = feature.points[0]
    if (!place || feature.geometry !== 'point' || (feature.type !== 'tree' && feature.type !== 'pole')) continue
    const [x, y] = [place[0] - crsOrigin[0], place[1] - crsOrigin[1]]
    const at: Vec3 = [x - viewOrigin[0], y - viewOrigin[1], (groundAt?.(x, y) ?? viewOrigin[2]) - viewOrigin[2]]
    if (feature.type === 'tree') addTree(parts, at, feature.heightM ?? TREE_HEIGHT_M)
    else addPrism(parts, at, 0.07, 0, feature.heightM ?? POLE_HEIGHT_M)
  }
  return { positions: Float32Array.from(parts.positions), packed: Int8Array.from(parts.packed), indices: Uint32Array.from(parts.indices) }
}

/** Rings of a crown: share of the tree's height and of the crown's radius. */
const CROWN = [[0.36, 0.85], [0.66, 0.95]] as const
const CROWN_SIDES = 6

function addTree(parts: Parts, [x, y, z]: Vec3, heightM: number): void {
  const radius = 0.3 * heightM
  // Each tree turned by its place, so that rows do not look stamped; the same at every load.
  const turn = ((x * 12.9898 + y * 78.233) % 1) * Math.PI
  addPrism(parts, [x, y, z], 0.12, 0, 0.4 * heightM)
  const start = parts.positions.length / 3
  const bottom = vertex(parts, x, y, z + 0.2 * heightM, 0, 0, -1, 0)
  for (const [share, width] of CROWN) {
    for (let j = 0; j < CROWN_SIDES; j++) {
      const angle = turn + (2 * Math.PI * j) / CROWN_SIDES
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      const tilt = (share - 0.5) * 1.8
      const size = Math.hypot(1, tilt)
      vertex(parts, x + radius * width * cos, y + radius * width * sin, z + share * heightM, cos / size, sin / size, tilt / size, 0)
    }
  }
  const top = vertex(parts, x, y, z + heightM, 0, 0, 1, 0)
  for (let j = 0; j < CROWN_SIDES; j++) {
    const k = (j + 1) % CROWN_SIDES
    const ring = (r: number, s: number) => start + 1 + r * CROWN_SIDES + s
    parts.indices.push(bottom, ring(0, k), ring(0, j))
    for (let r = 0; r + 1 < CROWN.length; r++) parts.indices.push(ring(r, j), ring(r, k), ring(r + 1, k), ring(r, j), ring(r + 1, k), ring(r + 1, j))
    parts.indices.push(ring(CROWN.length - 1, j), ring(CROWN.length - 1, k), top)
  }
}

/** A thin triangular post without ends. */
function addPrism(parts: Parts, [x, y, z]: Vec3, radiusM: number, fromM: number, toM: number): void {
  const start = parts.positions.length / 3
  for (let j = 0; j < 3; j++) {
    const [cos, sin] = [Math.cos((2 * Math.PI * j) / 3), Math.sin((2 * Math.PI * j) / 3)]
    vertex(parts, x + radiusM * cos, y + radiusM * sin, z + fromM, cos, sin, 0, 1)
    vertex(parts, x + radiusM * cos, y + radiusM * sin, z + toM, cos, sin, 0, 1)
  }
  for (let j = 0; j < 3; j++) {
    const [a, b] = [start + 2 * j, start + 2 * ((j + 1) % 3)]
    parts.indices.push(a, b, b + 1, a, b + 1, a + 1)
  }
}

function vertex(parts: Parts, x: number, y: number, z: number, nx: number, ny: number, nz: number, part: number): number {
  parts.positions.push(x, y, z)
  parts.packed.push(Math.round(127 * nx), Math.round(127 * ny), Math.round(127 * nz), 127 * part)
  return parts.positions.length / 3 - 1
}
