import { partOf, type JobControl } from '../../core/job.ts'
import { GRAVITY_KINDS } from '../../twin/kinds.ts'
import { ringArea, type PlanRing } from '../../geometry/plan-polygon.ts'
import { intensityLsHa } from '../design-storm.ts'
import { formulaOf } from '../lifeline/lifeline-settings.ts'
import { mixedCoefficient } from '../overflow/drawn-catchment.ts'
import { overflow, type Catchment, type OverflowAnswer, type OverflowOptions } from '../overflow/overflow.ts'
import { drainRows, manholeRows, type ManholeRow } from '../overflow/overflow-rows.ts'
import type { AnalysisOutcome, OutcomeArea, OutcomeColumn, OutcomeFigure } from './outcome.ts'
import { assetRow, idColumn, numberColumn, outcome, placeRow, table, tableOf, topologyIssues } from './outcome-parts.ts'
import type { ParametersOf } from './parameters.ts'
import { AnalysisRefused, subjectTopology, type AnalysisSubject } from './subject.ts'

/**
 * The catchments drawn in the project drain to their manholes, the rest to the nearest.
 * @param options With catchments of its own, those stand for the project's.
 * @throws AnalysisRefused there is nothing that takes rain. @throws CancelledError
 */
export function computeOverflow(subject: AnalysisSubject, given: Omit<OverflowOptions, 'catchments' | 'withThiessen'> & Partial<OverflowOptions>, job: JobControl): OverflowAnswer {
  const options: OverflowOptions = { catchments: drawnCatchments(subject), withThiessen: true, ...given }
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

function drawnCatchments({ catchments = [], columns: { origin: [ox, oy] } }: AnalysisSubject): Catchment[] {
  return catchments.map(({ id, name, ring, node, runoffCoefficient, areaM2, imperviousPercent, widthM, slopePercent }): Catchment => {
    const local = ring.flatMap(([x, y]) => [x - ox, y - oy])
    const model = areaM2 === undefined ? {} : { model: { ...(imperviousPercent !== undefined && { imperviousPercent }), ...(widthM !== undefined && { widthM }), ...(slopePercent !== undefined && { slopePercent }) } }
    return { id: areaM2 === undefined ? id : name, ring: local, areaM2: areaM2 ?? Math.abs(ringArea(local)), node, runoffCoefficient: runoffCoefficient ?? (imperviousPercent === undefined ? null : mixedCoefficient(imperviousPercent)), ...model }
  })
}

/** Water this shallow ran off over the edge of the known ground, or wets it. */
const PUDDLE_M = 0.01
/** Of the work: then water is led over the ground. */
const PONDS_FROM = 0.75

type RainParameters = Omit<ParametersOf<'overflow'>, 'method' | 'returnYears'>

/** What the rain and its way to the drains stand on, for the card beside an answer. */
export function rainAssumptions(subject: AnalysisSubject, given: RainParameters, returnYears: number): OutcomeFigure[] {
  const formula = formulaOf(given)
  const drawn = subject.catchments?.length ?? 0
  return [
    { id: 'storm', value: formula.id, title: formula.title }, { id: 'intensity', value: intensityLsHa(formula, returnYears, given.inletMinutes), unit: 'lsha', decimals: 1 }, { id: 'inflow', value: given.inflow },
    ...(given.inflow === 'unit_hydrograph' ? [{ id: 'duration', value: given.durationMin, unit: 'min' as const, decimals: 0 }, { id: 'peakShare', value: given.peakShare, decimals: 2 }] : []),
    { id: 'runoff', value: given.runoffCoefficient, decimals: 2 }, { id: 'inlet', value: given.inletMinutes, unit: 'min', decimals: 0 }, { id: 'roughness', value: given.roughness, decimals: 3 },
    ...(drawn > 0 ? [{ id: 'drawnCatchments', value: drawn }] : []),
    { id: 'reach', value: given.reachM, unit: 'm', decimals: 0 }, { id: 'wall', value: 10, unit: 'percent', decimals: 0 }, { id: 'boundary', value: subject.blocks.length > 0 ? 'blocks' : 'reach' },
    { id: 'tailwater', value: given.tailwaterM, unit: 'm', decimals: 2 },
  ]
}

export function overflowOutcome(subject: AnalysisSubject, parameters: ParametersOf<'overflow'>, job: JobControl): AnalysisOutcome {
  const returnYears = [...new Set(parameters.returnYears)].sort((a, b) => a - b)
  const answer = computeOverflow(subject, { ...parameters, returnYears, formula: formulaOf(parameters) }, partOf(job, 0, PONDS_FROM))
  const [manholes, drains] = [manholeRows(answer, subject.ground, partOf(job, PONDS_FROM, 1)), drainRows(answer, job)]
  job.throwIfCancelled()
  const issues = [...answer.issues]
  const flooding = manholes.filter(row => row.floodsFromYears !== null)
  const surcharged = manholes.filter(row => row.surchargesFromYears !== null && row.floodsFromYears === null)
  const ponds = [...new Set(flooding.flatMap(row => row.ponds))].filter(({ deepestM }) => deepestM >= PUDDLE_M).sort((a, b) => b.heldM3 - a.heldM3)
  if (flooding.length > 0 && subject.ground?.type !== 'grid') issues.push({ code: 'ponding_unknown', severity: 'info' })
  const perYear = (id: string, unit: 'm' | 'm3s' | 'percent', decimals: number): OutcomeColumn[] => returnYears.map(years => numberColumn(id, unit, decimals, years))
  const overloaded = [...new Set(drains.filter(row => row.overloadedFromYears !== null).map(row => row.asset))]
  return outcome({
    method: 'overflow', isScreening: true, issues,
    figures: [
      { id: 'drains', value: answer.graph.drains.length }, { id: 'area', value: [...answer.areaM2.values()].reduce((sum, area) => sum + area, 0) / 10_000, unit: 'ha', decimals: 2 },
      { id: 'surcharged', value: surcharged.length }, { id: 'flooded', value: flooding.length }, { id: 'overloaded', value: overloaded.length },
      { id: 'ponded', value: flooding.length > 0 && subject.ground?.type !== 'grid' ? null : ponds.reduce((sum, { heldM3 }) => sum + heldM3, 0), unit: 'm3', decimals: 0, figure: returnYears.at(-1)! },
    ],
    tables: [
      tableOf('manholes', [
        idColumn('node'), numberColumn('floodsFrom', 'years', 1), numberColumn('surchargesFrom', 'years', 1), numberColumn('area', 'm2', 0), numberColumn('ground', 'm', 3),
        ...perYear('water', 'm', 3), numberColumn('excess', 'm3s', 3), numberColumn('volume', 'm3', 1), numberColumn('pondArea', 'm2', 0), numberColumn('pondDepth', 'm', 2),
      ], manholes, row => placeRow(row.node, row.at, [
        row.node, row.floodsFromYears, row.surchargesFromYears, row.areaM2, row.groundM, ...row.results.map(result => result.waterM),
        row.results.at(-1)!.excessM3s, row.results.at(-1)!.volumeM3, row.pond?.areaM2 ?? null, row.pond?.deepestM ?? null,
      ])),
      tableOf('drains', [
        idColumn('asset'), numberColumn('from', 'm', 1), numberColumn('overloadedFrom', 'years', 1), numberColumn('inside', 'mm', 0), numberColumn('slope', 'permille', 1), numberColumn('full', 'm3s', 3), ...perYear('flow', 'm3s', 3),
      ], drains, row => assetRow(row.asset, [row.asset, row.fromM, row.overloadedFromYears, 1000 * row.insideHeightM, 1000 * row.slopeRatio, row.fullM3s, ...row.results.map(result => result.flowM3s)])),
      table('ponds', [numberColumn('volume', 'm3', 1), numberColumn('pondArea', 'm2', 0), numberColumn('pondDepth', 'm', 2), numberColumn('level', 'm', 3)],
        ponds.map(({ at, levelM, areaM2, deepestM, heldM3 }) => placeRow('', at, [heldM3, areaM2, deepestM, levelM]))),
    ],
    groups: [
      { id: 'catchments', tone: 'low', assets: [], points: [], areas: areasOf(manholes.filter(row => row.surchargesFromYears === null && row.floodsFromYears === null)) },
      { id: 'overloaded', tone: 'medium', assets: overloaded, points: [] },
      { id: 'surcharged', tone: 'high', assets: [], points: surcharged.map(row => row.at), areas: areasOf(surcharged) },
      { id: 'flooded', tone: 'severe', assets: [], points: flooding.map(row => row.at), areas: areasOf(flooding) },
      { id: 'ponds', tone: 'first', assets: [], points: [], areas: ponds.map(({ outlines, levelM }) => ({ rings: outlines, levelM })) },
    ],
    assumptions: rainAssumptions(subject, parameters, returnYears[0]!),
  })
}

/** What drains to each manhole. */
const areasOf = (rows: readonly ManholeRow[]): OutcomeArea[] => rows.flatMap(({ cells }) => cells.map(({ ring }) => ({ rings: [ring], levelM: null })))
