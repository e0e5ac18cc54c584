import type { SurveyEntry, SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import { isBeyond, lineDeviation, type BuiltLine, type DeviationPlace, type LineDeviation } from '#shared/ledger/survey/deviation.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import type { SurveyAnswer } from '../../state/app/session-store.ts'

/** A line of a scheme as it was built. Local frame, metres. */
export interface BuiltDeviation extends LineDeviation {
  readonly id: string
  readonly name: string
  readonly kind: AssetKind
  readonly design: readonly Vec3[]
}

export interface SurveyDeviations {
  /** Lines of the scheme that the survey has, in the scheme's order. */
  readonly lines: readonly BuiltDeviation[]
  /** Of each entry of the comparison: where along its line it is furthest off in plan; null where it is none's. */
  readonly chainageM: readonly (number | null)[]
}

/** What a line is called: by its name, else by its id. */
export const lineName = (scheme: ScenarioDocument | null, id: string): string => scheme?.proposals[id]?.name || id

/** How a built scheme lies to what was designed, line by line. @param origin Of the local frame, in the project's system. */
export function surveyDeviations({ entries, xyz, start }: SurveyAnswer, scheme: ScenarioDocument, origin: Vec3): SurveyDeviations {
  const axisOf = (at: number): Vec3[] => Array.from({ length: start[at + 1]! - start[at]! }, (_, v): Vec3 => {
    const i = 3 * (start[at]! + v)
    return [xyz[i]!, xyz[i + 1]!, xyz[i + 2]!]
  })
  const built = (entry: SurveyEntry): BuiltLine => ({ axis: axisOf(entry.survey!), saysLevel: entry.levelM !== null })
  const designs = new Map(Object.values(scheme.proposals).map(({ id, axis }) => [id, axis.map(([x, y, z]): Vec3 => [x - origin[0], y - origin[1], z - origin[2]])]))
  const isOf = (entry: SurveyEntry) => entry.id !== null && entry.survey !== null && designs.has(entry.id)
  const lines = Object.values(scheme.proposals).flatMap(({ id, kind }): BuiltDeviation[] => {
    const design = designs.get(id)!
    const deviation = lineDeviation(design, entries.filter(entry => isOf(entry) && entry.id === id).map(built))
    return deviation ? [{ ...deviation, id, kind, name: lineName(scheme, id), design }] : []
  })
  return { lines, chainageM: entries.map(entry => (isOf(entry) ? (lineDeviation(designs.get(entry.id!)!, [built(entry)])?.worstPlan.chainageM ?? null) : null)) }
}

export const beyond = (place: DeviationPlace, { planToleranceM, levelToleranceM }: SurveyOptions): boolean => isBeyond(place, planToleranceM, levelToleranceM)

/** Places beyond the tolerances: surveyed points, and corners of the design that nobody surveyed. */
export function beyondCounts({ places }: BuiltDeviation, options: SurveyOptions): { readonly points: number; readonly corners: number } {
  const out = places.filter(place => beyond(place, options))
  const points = out.filter(({ of }) => of === 'survey').length
  return { points, corners: out.length - points }
}

/** How many times deviations are drawn larger than they are, so that the largest is seen: 1, 2 or 5 times a power of ten. @param pxPerM Of the picture. */
export function exaggeration(lines: readonly BuiltDeviation[], pxPerM: number, mostPx: number): number {
  const mostM = lines.reduce((most, { worstPlan }) => Math.max(most, Math.abs(worstPlan.planM)), 0)
  if (mostM === 0) return 1
  const times = mostPx / (mostM * pxPerM)
  const power = 10 ** Math.floor(Math.log10(times))
  return Math.max(1, ([5, 2, 1].find(step => step * power <= times) ?? 1) * power)
}

/** Where a place is drawn, its deviation so many times larger. */
export const drawnAt = ({ designed, built }: DeviationPlace, times: number): readonly [number, number] =>
  [designed[0] + times * (built[0] - designed[0]), designed[1] + times * (built[1] - designed[1])]

/** Names of surveyed points at a place in plan; '' where none is. Points a millimetre apart are one. */
export function pointNames({ pointIds, pointXy }: SurveyAnswer): (place: DeviationPlace) => string {
  const cell = (x: number, y: number) => `${Math.round(x * 1000)} ${Math.round(y * 1000)}`
  const names = new Map<string, string>()
  pointIds.forEach((id, i) => names.set(cell(pointXy[2 * i]!, pointXy[2 * i + 1]!), id))
  return ({ of, built: [x, y] }) => (of === 'survey' ? (names.get(cell(x, y)) ?? '') : '')
}
