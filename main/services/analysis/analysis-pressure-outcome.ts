import { leastOf } from '#shared/core/extremes.ts'
import type { Issue } from '#shared/core/issues.ts'
import type { JobControl } from '#shared/core/job.ts'
import type { AnalysisOutcome, OutcomeFigure, OutcomeRow, Tone } from '#shared/hazards/analysis/outcome.ts'
import { idColumn, numberColumn, outcome, placeAt, placeRow, table, topologyIssues } from '#shared/hazards/analysis/outcome-parts.ts'
import type { ParametersOf } from '#shared/hazards/analysis/parameters.ts'
import { AnalysisRefused, analysisSubject, assetIndexIn, NO_CHANGES, subjectTopology, type AnalysisBaseline, type AnalysisSubject, type SchemeChanges } from '#shared/hazards/analysis/subject.ts'
import { ASSUMED_ROUGHNESS, epanetModel } from '#shared/network/epanet-model.ts'
import { sourceNodes, suppliedEdges } from '#shared/network/supply.ts'
import { EDGE_DEVICES, type Topology } from '#shared/network/topology.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { runEpanet } from './analyse-epanet.ts'

interface Pressures {
  readonly byName: ReadonlyMap<string, { readonly pressureM: number; readonly at: Vec3; readonly isSource: boolean }>
  readonly engine: string
  readonly issues: readonly Issue[]
}

/** For reading the picture, not limits: the highest first, so that what is low lies over it. */
const PRESSURE_BANDS: readonly { readonly id: string; readonly tone: Tone; readonly fromM: number; readonly toM: number }[] = [
  { id: 'over60', tone: 'second', fromM: 60, toM: Infinity }, { id: 'to60', tone: 'low', fromM: 28, toM: 60 }, { id: 'to28', tone: 'medium', fromM: 10, toM: 28 },
  { id: 'to10', tone: 'high', fromM: 0, toM: 10 }, { id: 'low', tone: 'severe', fromM: -Infinity, toM: 0 },
]

type Parameters = ParametersOf<'pressure'>
/** What a hydrant's or a tap's pressure falls below without anybody calling it the same. */
const NOTICEABLE_M = 0.5

/**
 * Pressures by EPANET on a model written from the twin: as it is; with the scheme, or with a line shut, beside it.
 * @throws AnalysisRefused; ModelRefused; CancelledError
 */
export async function pressureOutcome(baseline: AnalysisBaseline, scheme: SchemeChanges, parameters: Parameters, job: JobControl): Promise<AnalysisOutcome> {
  const now = analysisSubject(baseline, NO_CHANGES)
  const changed = scheme.proposals.length + scheme.removed.length > 0 || parameters.closed !== null
  const before = await pressures(now, { ...parameters, closed: null }, job)
  const after = changed ? await pressures(analysisSubject(baseline, scheme), parameters, job) : null
  const shown = after ?? before
  const fallOf = (name: string, pressureM: number): number | null => {
    const was = before.byName.get(name)
    return after && was ? pressureM - was.pressureM : null
  }
  const rows = [...shown.byName].map(([name, { pressureM, at }]): OutcomeRow => placeRow(name, at, [name, after ? (before.byName.get(name)?.pressureM ?? null) : pressureM, after ? pressureM : null, fallOf(name, pressureM), at[2]]))
  const cut = after ? [...before.byName].filter(([name]) => !after.byName.has(name)) : []
  // At a reservoir the water stands free: its nought is no low pressure.
  const least = (run: Pressures): number | null => {
    const lowest = leastOf([...run.byName.values()].flatMap(({ pressureM, isSource }) => (isSource ? [] : [pressureM])))
    return Number.isFinite(lowest) ? lowest : null
  }
  const worse = rows.filter(row => typeof row.cells[3] === 'number' && row.cells[3] < -NOTICEABLE_M)
  const figures: OutcomeFigure[] = [
    { id: 'nodes', value: shown.byName.size }, { id: 'least', value: least(before), unit: 'm', decimals: 2 },
    ...(after ? [{ id: 'leastAfter', value: least(after), unit: 'm' as const, decimals: 2 }, { id: 'worse', value: worse.length }, { id: 'cut', value: cut.length }] : []),
  ]
  const order = (a: OutcomeRow, b: OutcomeRow, column: number) => Number(a.cells[column] ?? 0) - Number(b.cells[column] ?? 0)
  return outcome({
    method: 'pressure', isScreening: false, issues: [...before.issues, ...(after?.issues.filter(issue => !before.issues.some(known => known.code === issue.code && known.ref === issue.ref)) ?? [])], figures,
    tables: [
      table('nodes', [idColumn('node'), numberColumn('pressure', 'm', 2), numberColumn('after', 'm', 2), numberColumn('change', 'm', 2), numberColumn('level', 'm', 2)], rows.sort((a, b) => order(a, b, 3) || order(a, b, 1))),
      ...(after ? [table('cut', [idColumn('node'), numberColumn('pressure', 'm', 2)], cut.map(([name, { pressureM, at }]) => placeRow(name, at, [name, pressureM])))] : []),
    ],
    groups: [
      ...PRESSURE_BANDS.map(({ id, tone, fromM, toM }) => ({ id, tone, assets: [], points: [...shown.byName.values()].filter(({ pressureM }) => pressureM >= fromM && pressureM < toM).map(({ at }) => at) })),
      { id: 'worse', tone: 'first', assets: [], points: worse.map(row => row.at!) },
      { id: 'cut', tone: 'subject', assets: [], points: cut.map(([, { at }]) => at) },
      { id: 'subject', tone: 'subject', assets: parameters.closed === null ? [] : [parameters.closed], points: [] },
    ],
    assumptions: [
      { id: 'engine', value: before.engine, isName: true }, { id: 'demand', value: parameters.demandLs, unit: 'ls', decimals: 3 }, { id: 'roughness', value: ASSUMED_ROUGHNESS, decimals: 0 }, { id: 'head', value: 'sourceLevel' },
    ],
  })
}

async function pressures(subject: AnalysisSubject, { kind, demandLs, closed }: Parameters, job: JobControl): Promise<Pressures> {
  const whole = subjectTopology(subject, [kind], job)
  const topology = closed === null ? whole : shutting(whole, assetIndexIn(subject, closed).asset)
  const model = epanetModel(topology, demandLs, asset => subject.ids[asset]!)
  if (!model) throw new AnalysisRefused('no_source')
  const result = await runEpanet(new TextEncoder().encode(model.text), job)
  const byName = new Map<string, { pressureM: number; at: Vec3; isSource: boolean }>()
  const sources = new Set(sourceNodes(topology).map(n => topology.nodePlace[n]!))
  const fed = fedPlaces(topology)
  for (const [id, { pressureM }] of Object.entries(result.nodes)) {
    // Behind a shut line EPANET gives figures that mean nothing.
    if (!fed.has(Number(id.slice(1)))) continue
    for (const name of model.nodeNames.get(id)!) byName.set(name, { pressureM: pressureM[0]!, at: placeAt(topology, Number(id.slice(1))), isSource: sources.has(Number(id.slice(1))) })
  }
  const named = result.issues.map(issue => (issue.code === 'pressure_negative' && issue.ref !== undefined ? { ...issue, ref: model.nodeNames.get(issue.ref)?.[0] ?? issue.ref } : issue))
  return { byName, engine: result.engine, issues: [...topologyIssues(topology, subject), ...model.issues, ...named] }
}

/** Places that sources reach past whatever is shut. */
function fedPlaces(topology: Topology): Set<number> {
  const sources = sourceNodes(topology)
  const fed = new Set(sources.map(n => topology.nodePlace[n]!))
  suppliedEdges(topology, sources, () => false, () => false).forEach((isFed, edge) => {
    if (isFed === 1) fed.add(topology.edgeFrom[edge]!).add(topology.edgeTo[edge]!)
  })
  return fed
}

/** The same graph with every stretch of one asset shut. */
function shutting(topology: Topology, asset: number): Topology {
  const edgeDevice = topology.edgeDevice.slice()
  edgeDevice.fill(EDGE_DEVICES.indexOf('shut'), topology.assetEdges[2 * asset], topology.assetEdges[2 * asset + 1])
  return { ...topology, edgeDevice }
}
