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
