import type { PlanPoint } from './plan-polygon.ts'

/**
 * The band of a width along a line, flat at its ends and mitred at its corners: the outline of a trench's bottom.
 * @param line Plan points, metres; consecutive ones apart. @param widthM Across the line.
 * @returns left side forwards, right side back. Where the line turns too sharply for its width the outline crosses itself.
 */
export function trenchOutline(line: readonly PlanPoint[], widthM: number): PlanPoint[] {
  const half = widthM / 2
  const left: PlanPoint[] = []
  const right: PlanPoint[] = []
  for (let i = 0; i < line.length; i++) {
    const [x, y] = line[i]!
    const [mx, my] = mitre(i > 0 ? normalOf(line[i - 1]!, line[i]!) : null, i + 1 < line.length ? normalOf(line[i]!, line[i + 1]!) : null)
    left.push([x + half * mx, y + half * my])
    right.push([x - half * mx, y - half * my])
  }
  return [...left, ...right.reverse()]
}

/** Unit normal to the left. */
function normalOf([ax, ay]: PlanPoint, [bx, by]: PlanPoint): PlanPoint {
  const length = Math.hypot(bx - ax, by - ay)
  return [-(by - ay) / length, (bx - ax) / length]
}

function mitre(before: PlanPoint | null, after: PlanPoint | null): PlanPoint {
  if (!before || !after) return before ?? after ?? [0, 0]
  const cosine = before[0] * after[0] + before[1] * after[1]
  // A line that folds back has no mitre; what comes out crosses itself and is refused as such.
  if (cosine < -1 + 1e-9) return before
  return [(before[0] + after[0]) / (1 + cosine), (before[1] + after[1]) / (1 + cosine)]
}
