import type { Vec3 } from './asset.ts'
import type { GroundSampler } from './ground.ts'

/** Between vertices the ground is looked at this often; long lines more coarsely, so that a click answers at once. */
const STEP_M = 2
const MOST_SAMPLES = 2000

/**
 * Least and greatest cover along an axis (ground to crown), metres.
 * @param axis Local frame. @param crownM From the axis up to the top of the outside.
 * @returns null where there is no ground anywhere along it.
 */
export function coverRange(axis: readonly Vec3[], crownM: number, ground: GroundSampler): { readonly minM: number; readonly maxM: number } | null {
  const lengthM = axis.reduce((sum, p, i) => (i === 0 ? 0 : sum + Math.hypot(p[0] - axis[i - 1]![0], p[1] - axis[i - 1]![1])), 0)
  const stepM = Math.max(STEP_M, lengthM / MOST_SAMPLES)
  let [minM, maxM] = [Infinity, -Infinity]
  const look = (x: number, y: number, z: number) => {
    const level = ground(x, y)
    if (level === null) return
    minM = Math.min(minM, level - z - crownM)
    maxM = Math.max(maxM, level - z - crownM)
  }
  axis.forEach((p, i) => {
    look(p[0], p[1], p[2])
    const next = axis[i + 1]
    if (!next) return
    const parts = Math.ceil(Math.hypot(next[0] - p[0], next[1] - p[1]) / stepM)
    for (let k = 1; k < parts; k++) {
      const t = k / parts
      look(p[0] + t * (next[0] - p[0]), p[1] + t * (next[1] - p[1]), p[2] + t * (next[2] - p[2]))
    }
  })
  return minM === Infinity ? null : { minM, maxM }
}
