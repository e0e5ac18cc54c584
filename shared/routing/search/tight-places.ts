import type { RuleName } from '../../clearance/findings/finding.ts'
import { prepareClearance } from '../../clearance/prepare.ts'
import type { RulePack } from '../../rules/rule-pack.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { plus } from '../lines/axis.ts'
import type { RouteSite } from './route-site.ts'
import { createTrial, type LineProperties } from '../fix/trial.ts'

/** A limit near the route: what was found of it, and where. Project CRS. */
export interface TightPlace {
  readonly asset: string
  readonly rule: RuleName
  readonly found: number
  readonly required: number
  readonly at: Vec3
}

/** Limits are asked about this much wider, metres. */
const WIDER_M = 0.5
const MOST = 5

/** The narrowest places: what would be short first if every limit were greater. Found by asking again under a wider pack. */
export function tightPlaces({ prepared: { columns, pack }, nodes }: Pick<RouteSite, 'prepared' | 'nodes'>, line: LineProperties): (axis: readonly Vec3[]) => readonly TightPlace[] {
  const widened = <T extends { readonly minM: number }>(cells: readonly T[]): T[] => cells.map(cell => ({ ...cell, minM: cell.minM + WIDER_M }))
  const wider: RulePack = { ...pack, cover: [], horizontal: widened(pack.horizontal), vertical: widened(pack.vertical), distance: widened(pack.distance) }
  const trial = createTrial(prepareClearance({ assets: columns, pack: wider, ground: null, surfaceFeatures: [], nodes }), line)
  return axis => {
    const tightest = new Map<string, TightPlace>()
    for (const { other, rule, found, required, at } of trial.shortRows(axis)) {
      if (other === null || required === 0) continue
      const place = { asset: other, rule, found, required: required - WIDER_M, at: plus(at.route, columns.origin) }
      const known = tightest.get(`${other} ${rule}`)
      if (!known || found < known.found) tightest.set(`${other} ${rule}`, place)
    }
    return [...tightest.values()].sort((a, b) => a.found - a.required - (b.found - b.required)).slice(0, MOST)
  }
}
