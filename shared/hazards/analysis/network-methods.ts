import type { Issue } from '../../core/issues.ts'
import type { JobControl } from '../../core/job.ts'
import { analyseBurst } from '../../network/burst.ts'
import { nearestNodes, pathTo, placesOfAsset, walkFrom } from '../../network/connectivity.ts'
import { flowIssues, lineFlow } from '../../network/flow-issues.ts'
import { gravityFlow } from '../../network/gravity-flow.ts'
import { isShutEdge, valveIds, type Valve } from '../../network/supply.ts'
import type { Topology } from '../../network/topology.ts'
import { traceFrom } from '../../network/trace.ts'
import { assetKind } from '../../twin/asset-columns.ts'
import type { NodeRecord } from '../../twin/asset.ts'
import { GRAVITY_KINDS, type NodeType } from '../../twin/kinds.ts'
import type { AnalysisOutcome, OutcomeFigure, OutcomeRow } from './outcome.ts'
import { assetRow, assetsOn, axisLengthM, idColumn, numberColumn, outcome, placeAt, placeRow, table, tableOf, topologyIssues, wordColumn } from './outcome-parts.ts'
import type { ParametersOf } from './parameters.ts'
import { AnalysisRefused, assetIndexIn, subjectTopology, type AnalysisSubject } from './subject.ts'

interface AssetNetwork {
  readonly asset: number
  readonly topology: Topology
  readonly issues: Issue[]
}

function networkOf(subject: AnalysisSubject, id: string, job: JobControl): AssetNetwork {
  const { asset, kind } = assetIndexIn(subject, id)
  const topology = subjectTopology(subject, [kind], job)
  if (topology.assetEdges[2 * asset] === topology.assetEdges[2 * asset + 1]) throw new AnalysisRefused('asset_unused', { asset: id })
  return { asset, topology, issues: topologyIssues(topology, subject) }
}

/** Valves to shut around a burst, what is isolated, what else loses supply, and second choices. */
export function burstOutcome(subject: AnalysisSubject, { asset: id }: ParametersOf<'burst'>, job: JobControl): AnalysisOutcome {
  const { asset, topology, issues } = networkOf(subject, id, job)
  const { ids } = subject
  const answer = analyseBurst(topology, asset)
  if (answer.valveCount === 0) issues.push({ code: 'valve_missing', severity: 'warning', ref: id })
  if (answer.sourceCount === 0) issues.push({ code: 'source_missing', severity: 'warning', ref: id })
  for (const n of answer.sourcesInside) issues.push({ code: 'source_not_separable', severity: 'warning', ref: topology.nodes[n]!.id })
  const named = (valves: readonly Valve[]) => valves.flatMap(valve => valveIds(topology, valve, a => ids[a]!)).sort()
  const atOf = (valve: Valve) => placeAt(topology, valve < topology.placeCount ? valve : topology.edgeFrom[valve - topology.placeCount]!)
  const valves = answer.valves.flatMap(valve => valveIds(topology, valve, a => ids[a]!).map(one => ({ id: one, at: atOf(valve), second: named(answer.alternatives.find(({ failed }) => failed === valve)?.valves ?? []) })))
  const lines = (state: string, assets: readonly number[]): OutcomeRow[] => assets.map(a => assetRow(ids[a]!, [ids[a]!, state, axisLengthM(subject, a)]))
  const countOf = (type: string): number => answer.nodesCut.filter(n => topology.nodes[n]!.nodeType === type).length
  return outcome({
    method: 'burst', isScreening: false, issues, assumptions: [],
    figures: [
      { id: 'valves', value: valves.length }, { id: 'isolatedLength', value: answer.lengthM, unit: 'm', decimals: 1 }, { id: 'outOfSupply', value: answer.outOfSupply.length },
      { id: 'connections', value: countOf('connection') }, { id: 'hydrants', value: countOf('hydrant') },
    ],
    tables: [
      table('valves', [idColumn('valve'), idColumn('second')], valves.map(valve => placeRow(valve.id, valve.at, [valve.id, valve.second.join(', ')]))),
      table('lines', [idColumn('asset'), wordColumn('state'), numberColumn('length', 'm', 2)], [...lines('isolated', answer.isolated), ...lines('outOfSupply', answer.outOfSupply)]),
    ],
    groups: [
      { id: 'outOfSupply', tone: 'medium', assets: answer.outOfSupply.map(a => ids[a]!), points: [] },
      { id: 'isolated', tone: 'severe', assets: answer.isolated.map(a => ids[a]!), points: [] },
      { id: 'valves', tone: 'first', assets: [], points: valves.map(({ at }) => at) },
      { id: 'subject', tone: 'subject', assets: [id], points: [] },
    ],
  })
}

/** What drains into a line, what it drains into, or all it hangs together with; nearest fittings; a shortest way. */
export function traceOutcome(subject: AnalysisSubject, { asset: id, direction, to }: ParametersOf<'trace'>, job: JobControl): AnalysisOutcome {
  const { asset, topology, issues } = networkOf(subject, id, job)
  const { ids, columns } = subject
  const flow = GRAVITY_KINDS.has(assetKind(columns, asset)) && direction !== 'both' ? gravityFlow(topology, job) : null
  const trace = traceFrom(topology, asset, direction, flow)
  if (flow) issues.push(...flowIssues(topology, flow))
  for (const a of assetsOn(topology, trace.undirected)) issues.push({ code: 'direction_unknown', severity: 'warning', ref: ids[a]! })
  const assets = assetsOn(topology, trace.edges)
  const ends = endsAt(topology, trace.places)
  const fittings = ['valve', 'hydrant', 'manhole'] as const
  const nearest = nearestNodes(topology, asset, fittings).flatMap((found, k): OutcomeFigure[] =>
    found ? [{ id: `nearest_${fittings[k]}`, value: found.id, isName: true }, { id: `nearest_${fittings[k]}_m`, value: found.distanceM, unit: 'm', decimals: 1 }] : [])
  const way = to === null ? null : wayTo(topology, asset, assetIndexIn(subject, to).asset)
  const wayFigures: OutcomeFigure[] = to === null ? [] : [{ id: 'way', value: way?.lengthM ?? null, unit: 'm', decimals: 1 }]
  return outcome({
    method: 'trace', isScreening: false, issues, assumptions: [],
    figures: [{ id: 'lines', value: assets.length }, { id: 'length', value: trace.lengthM, unit: 'm', decimals: 1 }, ...wayFigures, ...nearest],
    tables: [
      tableOf('ends', [idColumn('node'), wordColumn('nodeType')], ends, ({ node, place }) => placeRow(node.id, placeAt(topology, place), [node.id, node.nodeType])),
      tableOf('lines', [idColumn('asset'), { id: 'kind', type: 'kind' }, numberColumn('length', 'm', 2), ...(flow ? [wordColumn('flowBy')] : [])], assets, a => assetRow(ids[a]!, [ids[a]!, assetKind(columns, a), axisLengthM(subject, a), ...(flow ? [lineFlow(topology, flow, a).source] : [])])),
    ],
    groups: [
      { id: direction, tone: 'first', assets: assets.map(a => ids[a]!), points: [] },
      ...(way ? [{ id: 'way', tone: 'second' as const, assets: way.assets.map(a => ids[a]!), points: [] }] : []),
      { id: 'ends', tone: 'severe', assets: [], points: ends.map(({ place }) => placeAt(topology, place)) },
      { id: 'subject', tone: 'subject', assets: [id], points: [] },
    ],
  })
}

/** Where a network ends or is fed. */
const ENDS: ReadonlySet<NodeType> = new Set(['outfall', 'source', 'tank', 'pump'])

/** What feeds or ends a network at some of its places (ascending). A city has few of them: these are looked for among the places, not the other way round. */
function endsAt(topology: Topology, places: Uint32Array): { readonly node: NodeRecord; readonly place: number }[] {
  return endNodes(topology).flatMap(n => {
    const place = topology.nodePlace[n]!
    return isAmong(places, place) ? [{ node: topology.nodes[n]!, place }] : []
  })
}

const endsKept = new WeakMap<Topology, readonly number[]>()

/** Nodes by index, in the order of their places. */
function endNodes(topology: Topology): readonly number[] {
  const { nodes, nodePlace } = topology
  const known = endsKept.get(topology)
  if (known) return known
  const found: number[] = []
  nodes.forEach(({ nodeType }, n) => void (ENDS.has(nodeType) && nodePlace[n]! >= 0 && found.push(n)))
  found.sort((m, n) => nodePlace[m]! - nodePlace[n]! || m - n)
  endsKept.set(topology, found)
  return found
}

function isAmong(sorted: Uint32Array, value: number): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return sorted[from] === value
}

/** The shortest way along the pipes; null where there is none. */
function wayTo(topology: Topology, from: number, target: number): { readonly assets: number[]; readonly lengthM: number } | null {
  const goals = new Set(placesOfAsset(topology, target))
  let goal = -1
  const reached = walkFrom(topology, placesOfAsset(topology, from), { mayPass: edge => !isShutEdge(topology, edge), isGoal: place => goals.has(place) && ((goal = place), true) })
  return goal < 0 ? null : { assets: [...assetsOn(topology, pathTo(topology, reached, goal) ?? []), target], lengthM: reached.distanceM[goal]! }
}
