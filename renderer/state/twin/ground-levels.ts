import type { Vec3 } from '#shared/twin/asset.ts'
import { groundSampler, type GroundSampler, type GroundSurface } from '#shared/twin/ground.ts'

const samplers = new WeakMap<GroundSurface, GroundSampler>()
const NO_GROUND: GroundSampler = () => null

/** Ground level in the local frame; one sampler per surface, built when first asked for. */
export function groundOf(ground: GroundSurface | null): GroundSampler {
  if (!ground) return NO_GROUND
  let sampler = samplers.get(ground)
  if (!sampler) {
    sampler = groundSampler(ground)
    samplers.set(ground, sampler)
  }
  return sampler
}

/** The same for places and levels in the project CRS. @param origin Project CRS of the local frame. */
export function groundInCrs(ground: GroundSurface | null, origin: Vec3): GroundSampler {
  const sampler = groundOf(ground)
  return (x, y) => {
    const level = sampler(x - origin[0], y - origin[1])
    return level === null ? null : level + origin[2]
  }
}
