import type { Vec3 } from '#shared/twin/asset.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import { graphicsSupport } from '../graphics-support.ts'
import { terrainMesh, type TerrainMesh } from './terrain-mesh.ts'

/** Longest side of a painted picture (a texel in a third of a metre across a small city), grid points drawn per side, and side of the patch where one looks. */
const DETAIL = { hardware: { paintPx: 4096, points: 360, patchM: 900 }, software: { paintPx: 2048, points: 220, patchM: 520 } } as const

/** How finely this machine draws the ground. */
export const groundDetail = () => (graphicsSupport().isSoftware ? DETAIL.software : DETAIL.hardware)

const sheets = new WeakMap<GroundSurface, { readonly origin: Vec3; readonly mesh: TerrainMesh }>()

/** The whole ground as this machine draws it, made once. @param origin View zero in the local frame. */
export function groundSheet(ground: GroundSurface, origin: Vec3): TerrainMesh {
  const known = sheets.get(ground)
  if (known && known.origin.every((value, c) => value === origin[c])) return known.mesh
  const mesh = terrainMesh(ground, origin, groundDetail().points)
  sheets.set(ground, { origin, mesh })
  return mesh
}
