import type { JobControl } from '../../core/job.ts'
import { manholeRows } from '../overflow/overflow-rows.ts'
import { nodesOf } from '../../network/topology.ts'
import { assetId } from '../../twin/asset-columns.ts'
import { swmmModel, type SwmmModel } from '../overflow/swmm-model.ts'
import { readSwmmReport, type SwmmNode, type SwmmReport } from '../overflow/swmm-report.ts'
import type { OverflowAnswer } from '../overflow/overflow.ts'
import type { AnalysisOutcome, OutcomeFigure, OutcomeTable } from './outcome.ts'
import { assetRow, idColumn, numberColumn, outcome, placeRow, table } from './outcome-parts.ts'
import { formulaOf } from '../lifeline/lifeline-settings.ts'
import { computeOverflow, rainAssumptions } from './overflow-method.ts'
import type { ParametersOf } from './parameters.ts'
import type { AnalysisSubject } from './subject.ts'

export interface SwmmAnswer {
  readonly outcome: AnalysisOutcome
  /** The input file. */
  readonly model: string
}

/** Flow from which a drain's two figures are compared: below it the report's rounding is a share of it. */
const LEAST_FLOW_M3S = 0.01

/**
 * One storm through SWMM beside the screening: flows of every drain, water and flooding of every manhole.
 * @param reportText What a SWMM program wrote on this very model; null where none was run: the model alone.
 * @throws AnalysisRefused there is nothing that takes rain. @throws CancelledError
 */
export function swmmOutcome(subject: AnalysisSubject, parameters: ParametersOf<'swmm'>, reportText: string | null, job: JobControl): SwmmAnswer {
  const run = swmmRun(subject, parameters, job)
  const { answer, model } = run
  const report = reportText === null ? null : readSwmmReport(reportText)
  const links = compareLinks(subject, run, report)
  const nodes = compareNodes(run, report)
  const issues = [...answer.issues]
  if (report === null) issues.push({ code: 'swmm_missing', severity: 'info' })
  for (const line of [...(report?.errors ?? []), ...(report?.warnings ?? [])]) issues.push({ code: 'engine_warning', severity: 'warning', ref: line.slice(0, 300) })
  const placesOf = (which: readonly NodeComparison[]) => which.map(({ at }) => at)
  return {
    model: model.text,
    outcome: outcome({
      method: 'swmm', isScreening: true, issues, figures: figuresOf(report, links, nodes),
      tables: [linkTable(links, report !== null), nodeTable(nodes, report !== null)],
      groups: [
        { id: 'onlyScreening', tone: 'medium', assets: [], points: placesOf(nodes.filter(({ ours, theirs }) => report !== null && ours.flooded && !(theirs && theirs.floodedM3s > 0))) },
        { id: 'onlySwmm', tone: 'high', assets: [], points: placesOf(nodes.filter(({ ours, theirs }) => !ours.flooded && theirs !== null && theirs.floodedM3s > 0)) },
        { id: report === null ? 'flooded' : 'bothFlood', tone: 'severe', assets: [], points: placesOf(nodes.filter(({ ours, theirs }) => ours.flooded && (report === null || (theirs !== null && theirs.floodedM3s > 0)))) },
      ],
      assumptions: [...(report === null ? [] : [{ id: 'engine', value: report.engine, isName: true }]), ...rainAssumptions(subject, parameters, parameters.returnYear), { id: 'routing', value: 'dynamicWave' }],
    }),
  }
}

/** The screening of one storm, and the model of it. */
export interface SwmmRun {
  readonly answer: OverflowAnswer
  readonly model: SwmmModel
}

/** @throws AnalysisRefused there is nothing that takes rain. @throws CancelledError */
export function swmmRun(subject: AnalysisSubject, parameters: ParametersOf<'swmm'>, job: JobControl): SwmmRun {
  const { returnYear, durationMin, peakShare } = parameters
  const formula = formulaOf(parameters)
  const answer = computeOverflow(subject, { ...parameters, returnYears: [returnYear], formula }, job)
  return { answer, model: swmmModel(answer, { formula, returnYears: returnYear, durationMin, peakShare }) }
}

/** Every drain and manhole of a run beside what a SWMM program reports of it. */
export function compareWithSwmm(subject: AnalysisSubject, run: SwmmRun, reportText: string): { readonly report: SwmmReport; readonly links: readonly LinkComparison[]; readonly nodes: readonly NodeComparison[] } {
  const report = readSwmmReport(reportText)
  return { report, links: compareLinks(subject, run, report), nodes: compareNodes(run, report) }
}

interface LinkComparison {
  readonly asset: string
  readonly fromM: number
  readonly oursM3s: number
  readonly fullM3s: number
  readonly theirsM3s: number | null
}

function compareLinks(subject: AnalysisSubject, { answer: { graph, runs }, model: { linkNames } }: SwmmRun, report: SwmmReport | null): LinkComparison[] {
  const { flowM3s, fullM3s } = runs[0]!.flows
  return graph.drains.map(({ asset, edge }, d) => ({ asset: assetId(subject.columns, asset), fromM: graph.topology.edgeStartM[edge]!, oursM3s: flowM3s[d]!, fullM3s: fullM3s[d]!, theirsM3s: report?.links.get(linkNames[d]!.toUpperCase())?.maxFlowM3s ?? null }))
}

interface NodeComparison {
  readonly node: string
  readonly at: readonly [number, number, number]
  readonly ours: { readonly waterM: number; readonly surcharged: boolean; readonly flooded: boolean; readonly excessM3s: number; readonly volumeM3: number }
  readonly theirs: Pick<SwmmNode, 'maxLevelM' | 'floodedM3s' | 'floodedM3' | 'floodedHours' | 'surchargedHours'> | null
}

function compareNodes({ answer, model: { nodeNames } }: SwmmRun, report: SwmmReport | null): NodeComparison[] {
  const nameOf = new Map([...nodeNames].flatMap(([place, name]) => nodesOf(answer.graph.topology, place).slice(0, 1).map(node => [node.id, name] as const)))
  return manholeRows(answer, null).map(({ node, at, results }) => ({ node, at, ours: results[0]!, theirs: report?.nodes.get(nameOf.get(node)?.toUpperCase() ?? '') ?? null }))
}

function figuresOf(report: SwmmReport | null, links: readonly LinkComparison[], nodes: readonly NodeComparison[]): OutcomeFigure[] {
  const ours: OutcomeFigure[] = [{ id: 'drains', value: links.length }, { id: 'flooded', value: nodes.filter(node => node.ours.flooded).length }]
  if (report === null) return ours
  const ratios = links.flatMap(({ oursM3s, theirsM3s }) => (theirsM3s !== null && theirsM3s >= LEAST_FLOW_M3S ? [oursM3s / theirsM3s] : [])).sort((a, b) => a - b)
  return [
    ...ours, { id: 'floodedSwmm', value: nodes.filter(({ theirs }) => theirs !== null && theirs.floodedM3s > 0).length },
    { id: 'floodedBoth', value: nodes.filter(({ ours: { flooded }, theirs }) => flooded && theirs !== null && theirs.floodedM3s > 0).length },
    { id: 'surcharged', value: nodes.filter(node => node.ours.surcharged).length }, { id: 'surchargedSwmm', value: nodes.filter(({ theirs }) => theirs !== null && theirs.surchargedHours > 0).length },
    { id: 'compared', value: ratios.length }, { id: 'medianRatio', value: ratios[ratios.length >> 1] ?? null, decimals: 2 },
    { id: 'routingError', value: report.routingErrorPercent, unit: 'percent', decimals: 2 },
  ]
}

function linkTable(links: readonly LinkComparison[], isRun: boolean): OutcomeTable {
  const ratio = ({ oursM3s, theirsM3s }: LinkComparison) => (theirsM3s !== null && theirsM3s >= LEAST_FLOW_M3S ? oursM3s / theirsM3s : null)
  // The farthest apart first.
  const ordered = isRun ? [...links].sort((a, b) => Math.abs(Math.log(ratio(b) ?? 1)) - Math.abs(Math.log(ratio(a) ?? 1))) : links
  return table('flows', [idColumn('asset'), numberColumn('from', 'm', 1), numberColumn('full', 'm3s', 3), numberColumn('ours', 'm3s', 3), ...(isRun ? [numberColumn('swmm', 'm3s', 3), numberColumn('ratio', '', 2)] : [])],
    ordered.map(link => assetRow(link.asset, [link.asset, link.fromM, link.fullM3s, link.oursM3s, ...(isRun ? [link.theirsM3s, ratio(link)] : [])])))
}

function nodeTable(nodes: readonly NodeComparison[], isRun: boolean): OutcomeTable {
  return table('manholes', [idColumn('node'), numberColumn('ours', 'm', 3), ...(isRun ? [numberColumn('swmm', 'm', 3), numberColumn('difference', 'm', 3)] : []), { id: 'surcharged', type: 'yes' }, ...(isRun ? [numberColumn('surchargedSwmm', 'h', 2)] : []),
    numberColumn('excess', 'm3s', 3), ...(isRun ? [numberColumn('excessSwmm', 'm3s', 3)] : []), numberColumn('volume', 'm3', 1), ...(isRun ? [numberColumn('volumeSwmm', 'm3', 1), numberColumn('floodedSwmm', 'h', 2)] : [])],
    // What floods in either first, the most water first.
    [...nodes].sort((a, b) => Math.max(b.ours.excessM3s, b.theirs?.floodedM3s ?? 0) - Math.max(a.ours.excessM3s, a.theirs?.floodedM3s ?? 0)).map(({ node, at, ours, theirs }) => placeRow(node, at, [
      node, ours.waterM, ...(isRun ? [theirs?.maxLevelM ?? null, theirs ? ours.waterM - theirs.maxLevelM : null] : []), ours.surcharged, ...(isRun ? [theirs?.surchargedHours ?? null] : []),
      ours.excessM3s, ...(isRun ? [theirs?.floodedM3s ?? null] : []), ours.volumeM3, ...(isRun ? [theirs?.floodedM3 ?? null, theirs?.floodedHours ?? null] : []),
    ])))
}
