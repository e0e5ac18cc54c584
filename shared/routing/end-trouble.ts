import type { Vec3 } from '../twin/asset.ts'
import type { Blocked } from './blocked.ts'
import type { RouteSite } from './route-site.ts'
import { KEEP_OUT } from './street-space.ts'
import type { ShortRow } from './trial.ts'

const DIRECTIONS = 16
/** A line may leave a crowded place by crossing what it begins beside: short and long ways out are tried. */
const REACHES_M = [2, 6, 12]
const LEVEL_STEP_M = 0.15
/** A line this short shows what the end itself is against. */
const AT_END_M = 0.2

/** Why one of the points cannot be on any line: off the ground, under a building, or against the rules whichever way a line leaves it. Local frame. */
export function endTrouble(points: readonly (readonly [number, number])[], site: RouteSite): readonly Blocked[] {
  for (const [x, y] of points) {
    const ground = site.groundAt(x, y)
    const at: Vec3 = [x, y, ground ?? 0]
    if (ground === null) return [{ reason: 'outside_ground', asset: null, rule: null, at }]
    const building = site.space.buildingOn(x, y, x, y)
    if (building === KEEP_OUT) return [{ reason: 'keep_out', asset: null, rule: null, at }]
    if (building !== null) return [{ reason: 'in_building', asset: building, rule: null, at }]
    const rows = rowsInTheWay(at, ground, site)
    if (rows.length > 0) return limitsOf(rows)
  }
  return []
}

/** Rows at a point that stay whichever way and at whatever level a line leaves it; empty where some line may. */
function rowsInTheWay([x, y]: Vec3, ground: number, { trial, halfHeightM, leastCoverFor, maxCoverM }: RouteSite): readonly ShortRow[] {
  let fewest: readonly ShortRow[] | null = null
  for (let cover = Math.min(...Object.values(leastCoverFor)); cover <= maxCoverM; cover += LEVEL_STEP_M) {
    const z = ground - cover - halfHeightM
    for (let k = 0; k < DIRECTIONS; k++) {
      const rowsOver = (reach: number): ShortRow[] => {
        const angle = (2 * Math.PI * k) / DIRECTIONS
        return trial.shortRows([[x, y, z], [x + reach * Math.cos(angle), y + reach * Math.sin(angle), z]]).filter(({ rule }) => rule !== 'cover' && rule !== 'cover_max')
      }
      const here = rowsOver(AT_END_M)
      if (here.length === 0) return []
      for (const reach of REACHES_M) {
        const onward = rowsOver(reach)
        const rows = here.filter(row => onward.some(({ other, rule }) => other === row.other && rule === row.rule))
        if (rows.length === 0) return []
        if (fewest === null || rows.length < fewest.length) fewest = rows
      }
    }
  }
  return fewest ?? []
}

/** Of each asset the limit most broken. */
export function limitsOf(rows: readonly ShortRow[]): Blocked[] {
  const worst = new Map<string, ShortRow>()
  for (const row of rows) if (row.shortfall > (worst.get(row.other ?? '')?.shortfall ?? 0)) worst.set(row.other ?? '', row)
  return [...worst.values()].map(({ other, rule, at }) => ({ reason: 'limit' as const, asset: other, rule, at: at.route }))
}
