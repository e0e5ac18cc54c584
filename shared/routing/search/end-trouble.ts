import type { Vec3 } from '../../twin/asset.ts'
import type { Blocked } from './blocked.ts'
import type { RouteSite } from './route-site.ts'
import { KEEP_OUT } from './street-space.ts'
import type { ShortRow } from '../fix/trial.ts'

const DIRECTIONS = 16
/** A line may leave a crowded place by crossing what it begins beside: short and long ways out are tried. */
const REACHES_M = [2, 6, 12]
const LEVEL_STEP_M = 0.15
/** A line this short shows what the end itself is against. */
const AT_END_M = 0.2

/** Why one of the points cannot be on any line: off the ground, under a building, or against the rules whichever way a line leaves it. Local frame. */
export function endTrouble(points: readonly (readonly [number, number])[], site: RouteSite): readonly Blocked[] {
  for (const [i, [x, y]] of points.entries()) {
    const ground = site.groundAt(x, y)
    const level = site.levels[i] ?? null
    const at: Vec3 = [x, y, level ?? ground ?? 0]
    if (ground === null) return [{ reason: 'outside_ground', asset: null, rule: null, at }]
    const building = site.space.buildingOn(x, y, x, y)
    if (building === KEEP_OUT) return [{ reason: 'keep_out', asset: null, rule: null, at }]
    if (building !== null) return [{ reason: 'in_building', asset: building, rule: null, at }]
    const covers = level === null ? [] : coverTrouble(at, ground, site)
    if (covers.length > 0) return covers
    const rows = rowsInTheWay(at, ground, level, site)
    if (rows.length > 0) return limitsOf(rows)
  }
  return []
}

/** A level that is given where the ground leaves too little cover, or too much, for any line. */
function coverTrouble(at: Vec3, ground: number, { trial, halfHeightM, maxCoverM, leastCoverFor }: RouteSite): readonly Blocked[] {
  const [x, y, z] = at
  const coverM = ground - z - halfHeightM
  if (coverM > maxCoverM + 1e-9) return [{ reason: 'too_deep', asset: null, rule: null, at, cover: { neededM: coverM, mostM: maxCoverM } }]
  const requiredM = trial.shortRows([at, [x + AT_END_M, y, z]]).find(({ rule }) => rule === 'cover')?.required ?? Math.min(...Object.values(leastCoverFor))
  return coverM < requiredM - 1e-9 ? [{ reason: 'too_shallow', asset: null, rule: 'cover', at, figures: { foundM: coverM, requiredM } }] : []
}

/** Rows at a point that stay whichever way a line leaves it, at whatever level or at the one given; empty where some line may. */
function rowsInTheWay([x, y]: Vec3, ground: number, level: number | null, { trial, halfHeightM, leastCoverFor, maxCoverM }: RouteSite): readonly ShortRow[] {
  let fewest: readonly ShortRow[] | null = null
  for (let cover = Math.min(...Object.values(leastCoverFor)); cover <= maxCoverM; cover += level === null ? LEVEL_STEP_M : Infinity) {
    const z = level ?? ground - cover - halfHeightM
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
