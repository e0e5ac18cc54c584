import type { CutMesh } from '#shared/excavation/cut-mesh.ts'
import type { PlanRing } from '#shared/geometry/plan-polygon.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

/** The triangles of some cuts in one, as the GPU takes them. View frame. */
export interface CutArrays {
  readonly positions: Float32Array<ArrayBuffer>
  readonly normals: Float32Array<ArrayBuffer>
}

/** @param origin View zero in the local frame. */
export function cutArrays(meshes: readonly CutMesh[], origin: Vec3): CutArrays {
  const length = meshes.reduce((sum, mesh) => sum + mesh.positions.length, 0)
  const [positions, normals] = [new Float32Array(length), new Float32Array(length)]
  let at = 0
  for (const mesh of meshes) {
    for (let i = 0; i < mesh.positions.length; i++, at++) {
      positions[at] = mesh.positions[i]! - origin[i % 3]!
      normals[at] = mesh.normals[i]!
    }
  }
  return { positions, normals }
}

/** Openings in the view frame. */
export const openingsInView = (meshes: readonly CutMesh[], origin: Vec3): PlanRing[] =>
  meshes.flatMap(mesh => mesh.openings.map(ring => ring.map((value, i) => value - origin[i % 2]!)))
