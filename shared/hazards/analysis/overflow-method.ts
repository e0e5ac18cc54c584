import type { JobControl } from '../../core/job.ts'
import { GRAVITY_KINDS } from '../../twin/kinds.ts'
import type { PlanRing } from '../../geometry/plan-polygon.ts'
import { DEFAULT_STORM, findStorm, intensityLsHa, type StormFormula } from '../design-storm.ts'
import { overflow, type Catchment, type OverflowAnswer, type OverflowOptions } from '../overflow/overflow.ts'
import { drainRows, manholeRows, type ManholeRow } from '../overflow/overflow-rows.ts'
import type { AnalysisOutcome, OutcomeColumn } from './outcome.ts'
import { assetRow, idColumn, numberColumn, outcome, placeRow, table, topologyIssues } from './outcome-parts.ts'
import type { ParametersOf } from './parameters.ts'
import { AnalysisRefused, subjectTopology, type AnalysisSubject } from './subject.ts'

/** @throws AnalysisRefused there is nothing that takes rain. @throws CancelledError */
export function computeOverflow(subject: AnalysisSubject, options: OverflowOptions, job: JobControl): OverflowAnswer {
  const topology = subjectTopology(subject, [...GRAVITY_KINDS], job)
  const [ox, oy] = subject.columns.origin
  const boundaries = subject.blocks.map(({ ring }): PlanRing => ring.flatMap(([x, y]) => [x - ox, y - oy]))
  const roughnessOf = (asset: number): number | null => {
    const { type, roughness } = subject.attributesOf(asset) ?? {}
    // Manning's n of a SWMM conduit; an EPANET pipe's roughness is another thing.
    return type === 'conduit' && typeof roughness === 'number' && roughness > 0 && roughness < 1 ? roughness : null
  }
  const answer = overflow({ topology, ground: subject.ground, boundaries, roughnessOf }, options, job)
  if (answer.graph.drains.length === 0) throw new AnalysisRefused('nothing_to_analyse')
  return { ...answer, issues: [...topologyIssues(topology, subject), ...answer.issues] }
}

export const stormOf = (id: string): StormFormula => findStorm(id) ?? findStorm(DEFAULT_STORM)!

export function overflowOutcome(subject: AnalysisSubject, { storm, method: _, ...given }: ParametersOf<'overflow'>, job: JobControl): AnalysisOutcome {
  const formula = stormOf(storm)
  const returnYears = [...new Set(given.returnYears)].sort((a, b) => a - b)
  const options: OverflowOptions = { ...given, returnYears, formula, catchments: null as readonly Catchment[] | null }
  const answer = computeOverflow(subject, options, job)
  const [manholes, drains] = [manholeRows(answer, subject.ground), drainRows(answer)]
  const issues = [...answer.issues]
  const flooding = manholes.filter(row => row.floodsFromYears !== null)
  if (flooding.length > 0 && subject.ground?.type !== 'grid') issues.push({ code: 'ponding_unknown', severity: 'info' })
  const perYear = (id: string, unit: 'm' | 'm3s' | 'percent', decimals: number): OutcomeColumn[] => returnYears.map(years => numberColumn(id, unit, decimals, years))
  return outcome({
    method: 'overflow', isScreening: true, issues,
    figures: [
      { id: 'drains', value: answer.graph.drains.length }, { id: 'area', value: [...answer.areaM2.values()].reduce((sum, area) => sum + area, 0) / 10_000, unit: 'ha', decimals: 2 },
      { id: 'surcharged', value: manholes.filter(row => row.surchargesFromYears !== null).length }, { id: 'flooded', value: flooding.length },
      { id: 'overloaded', value: new Set(drains.filter(row => row.overloadedFromYears !== null).map(row => row.asset)).size },
    ],
    tables: [
      table('manholes', [
        idColumn('node'), numberColumn('floodsFrom', 'years', 1), numberColumn('surchargesFrom', 'years', 1), numberColumn('area', 'm2', 0), numberColumn('ground', 'm', 3),
        ...perYear('water', 'm', 3), numberColumn('excess', 'm3s', 3), numberColumn('volume', 'm3', 1), numberColumn('pondArea', 'm2', 0), numberColumn('pondDepth', 'm', 2),
      ], manholes.map(row => placeRow(row.node, row.at, [
        row.node, row.floodsFromYears, row.surchargesFromYears, row.areaM2, row.groundM, ...row.results.map(result => result.waterM),
        row.results.at(-1)!.excessM3s, row.results.at(-1)!.volumeM3, row.pond?.areaM2 ?? null, row.pond?.deepestM ?? null,
      ]))),
      table('drains', [
        idColumn('asset'), numberColumn('overloadedFrom', 'years', 1), numberColumn('inside', 'mm', 0), numberColumn('slope', 'permille', 1), numberColumn('full', 'm3s', 3), ...perYear('flow', 'm3s', 3),
      ], drains.map(row => assetRow(row.asset, [row.asset, row.overloadedFromYears, 1000 * row.insideHeightM, 1000 * row.slopeRatio, row.fullM3s, ...row.results.map(result => result.flowM3s)]))),
    ],
    groups: [
      { id: 'overloaded', tone: 'medium', assets: [...new Set(drains.filter(row => row.overloadedFromYears !== null).map(row => row.asset))], points: [] },
      { id: 'surcharged', tone: 'high', assets: [], points: manholes.filter(row => row.surchargesFromYears !== null && row.floodsFromYears === null).map(row => row.at) },
      { id: 'flooded', tone: 'severe', assets: [], points: flooding.map(row => row.at) },
      { id: 'ponds', tone: 'first', assets: [], points: flooding.flatMap((row: ManholeRow) => (row.pond ? [row.pond.at] : [])) },
    ],
    assumptions: [
      { id: 'storm', value: formula.id, title: formula.title }, { id: 'intensity', value: intensityLsHa(formula, returnYears[0]!, given.inletMinutes), unit: 'lsha', decimals: 1 },
      { id: 'runoff', value: given.runoffCoefficient, decimals: 2 }, { id: 'inlet', value: given.inletMinutes, unit: 'min', decimals: 0 }, { id: 'roughness', value: given.roughness, decimals: 3 },
      { id: 'reach', value: given.reachM, unit: 'm', decimals: 0 }, { id: 'wall', value: 10, unit: 'percent', decimals: 0 }, { id: 'boundary', value: subject.blocks.length > 0 ? 'blocks' : 'reach' },
      { id: 'tailwater', value: given.tailwaterM, unit: 'm', decimals: 2 },
    ],
  })
}
