import { buildBoxGrid, queryBoxGrid } from '../../geometry/box-grid.ts'
import { distanceToSegment } from '../../geometry/point-segment.ts'
import { ASSUMED, type AssetRecord, type Vec3 } from '../../twin/asset.ts'
import { convexHull, isInHull } from './convex-hull.ts'

/**
 * Why a survey may not have gone over a known line, though it has lines of its kind around it: of another owner than any it
 * names, smaller than any it measured (house connections beside a survey of mains), or away from everything it measured.
 */
export const OUTSIDE_SCOPE = ['owner', 'size', 'area'] as const
export type OutsideScope = (typeof OUTSIDE_SCOPE)[number]

/** A surveyor in a street sees what lies in it; a line further than this from anything surveyed was not passed. Metres. */
const REACH_M = 30

interface KindScope {
  /** Null where the survey names no owner. */
  readonly owners: ReadonlySet<string> | null
  /** Larger outer dimension of the smallest line measured, metres; 0 where none was. */
  readonly leastSizeM: number
}

const sizeOf = ({ section }: AssetRecord): number => (section.shape === 'circle' ? section.diameterM : Math.max(section.widthM, section.heightM))

/**
 * What a survey says about the lines it does not show.
 * @returns for a known line: null where it should have been met, why not where that is doubtful, undefined where the survey says
 * nothing about it: of a kind it has none of, or not wholly within its outline.
 */
export function surveyScope(survey: readonly AssetRecord[]): (known: AssetRecord) => OutsideScope | null | undefined {
  const kinds = new Map([...Map.groupBy(survey, ({ kind }) => kind)].map(([kind, lines]): [string, KindScope] => {
    const owners = new Set(lines.map(({ owner }) => owner.trim()).filter(owner => owner !== ''))
    const measured = lines.filter(({ assumed }) => (assumed & ASSUMED.size) === 0)
    return [kind, { owners: owners.size === 0 ? null : owners, leastSizeM: measured.length === 0 ? 0 : measured.reduce((least, line) => Math.min(least, sizeOf(line)), Infinity) }]
  }))
  const hull = convexHull(survey.flatMap(({ axis }) => axis.map(([x, y]) => [x, y] as const)))
  const grid = buildBoxGrid(Float64Array.from(survey.flatMap(({ axis }) => boxAround(axis, 0))))
  const isPassed = (x: number, y: number): boolean =>
    queryBoxGrid(grid, x - REACH_M, y - REACH_M, x + REACH_M, y + REACH_M).some(i => survey[i]!.axis.some(([bx, by], v, axis) => v > 0 && distanceToSegment(x, y, axis[v - 1]![0], axis[v - 1]![1], bx, by) <= REACH_M))
  return known => {
    const scope = kinds.get(known.kind)
    if (!scope || !known.axis.every(([x, y]) => isInHull(hull, x, y))) return undefined
    const owner = known.owner.trim()
    if (scope.owners && owner !== '' && !scope.owners.has(owner)) return 'owner'
    if (sizeOf(known) < scope.leastSizeM - 1e-6) return 'size'
    return known.axis.every(([x, y]) => isPassed(x, y)) ? null : 'area'
  }
}

/** Plan extent of a line, widened. */
export function boxAround(axis: readonly Vec3[], byM: number): [number, number, number, number] {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of axis) [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)]
  return [x0 - byM, y0 - byM, x1 + byM, y1 + byM]
}
