import { chainagesOf } from '../../geometry/section-line.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { between, withoutIdleVertices, withVerticesAt } from '../lines/axis.ts'

/** Rise or fall per metre at which a line is led to a level that is given: the gentlest that is sound. A trench, not a shaft. */
const RATIOS = { pressure: [0.1, 0.2, 0.4], gravity: [0.01, 0.02, 0.05, 0.1, 0.2] } as const
const STEP_M = 0.5

/**
 * Levels that are given are met on an even grade instead of in the last step of a lattice, which is as cheap and cannot be
 * laid. Only levels change, and only as far back as the grade needs.
 * @param isLevelFixed Vertices whose level stays. @param isSound Whether an axis breaks nothing. @returns a sound axis.
 */
export function easedLevels(axis: readonly Vec3[], isGravity: boolean, isLevelFixed: (point: Vec3) => boolean, isSound: (axis: readonly Vec3[]) => boolean): readonly Vec3[] {
  let best = axis
  for (const point of axis.filter(isLevelFixed)) {
    for (const direction of [-1, 1] as const) {
      for (const ratio of RATIOS[isGravity ? 'gravity' : 'pressure']) {
        const tried = eased(best, point, direction, ratio, isLevelFixed)
        if (!tried || (tried !== best && !isSound(tried))) continue
        best = tried
        break
      }
    }
  }
  return best
}

/** The axis with an even grade from a vertex back to where it meets the line; itself where it is no steeper already, null where they never meet. */
function eased(axis: readonly Vec3[], point: Vec3, direction: -1 | 1, ratio: number, isLevelFixed: (point: Vec3) => boolean): readonly Vec3[] | null {
  const at = axis.indexOf(point)
  const next = axis[at + direction]
  const chainages = chainagesOf(axis)
  const own = chainages[at]!
  if (!next || isLevelFixed(next) || Math.abs(next[2] - point[2]) <= ratio * Math.abs(chainages[at + direction]! - own) + 1e-6) return axis
  // As far as the next level that is given, or the end.
  let last = at + direction
  while (axis[last + direction] && !isLevelFixed(axis[last]!)) last += direction
  const most = Math.abs(chainages[last]! - own)
  for (let back = STEP_M; back < most; back += STEP_M) {
    const meets = own + direction * back
    const level = levelAt(axis, chainages, meets)
    if (Math.abs(level - point[2]) > ratio * back) continue
    const dense = withVerticesAt(axis, [meets])
    const along = chainagesOf(dense)
    return withoutIdleVertices(dense.map(([x, y], i): Vec3 => {
      const off = (along[i]! - own) * direction
      return off <= 0 || off >= back - 1e-6 ? dense[i]! : [x, y, point[2] + ((level - point[2]) * off) / back]
    }))
  }
  return null
}

function levelAt(axis: readonly Vec3[], chainages: readonly number[], chainage: number): number {
  let i = 1
  while (i < axis.length - 1 && chainages[i]! < chainage) i++
  const length = chainages[i]! - chainages[i - 1]!
  return between(axis[i - 1]!, axis[i]!, length > 0 ? (chainage - chainages[i - 1]!) / length : 0)[2]
}
