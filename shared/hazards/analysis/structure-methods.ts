import type { JobControl } from '../../core/job.ts'
import { carrierOfKind } from '../../network/carriers.ts'
import { componentsOf, openEnds } from '../../network/connectivity.ts'
import { crossConnections } from '../../network/cross-connections.ts'
import { flowIssues, lineFlow } from '../../network/flow-issues.ts'
import { FLOW_SOURCES, gravityFlow, type FlowSource } from '../../network/gravity-flow.ts'
import { loopsOf } from '../../network/loops.ts'
import { edgeLengthM, nodesOf, type Topology } from '../../network/topology.ts'
import { criticalAssets } from '../../network/critical.ts'
import { assetKind } from '../../twin/asset-columns.ts'
import { GRAVITY_KINDS } from '../../twin/kinds.ts'
import type { AnalysisOutcome } from './outcome.ts'
import { assetRow, assetsOn, flowArrows, idColumn, numberColumn, outcome, placeAt, placeRow, table, topologyIssues, wordColumn } from './outcome-parts.ts'
import type { ParametersOf } from './parameters.ts'
import { AnalysisRefused, subjectTopology, type AnalysisSubject } from './subject.ts'

/** How a network hangs together: its parts, rings, open ends, near misses, and what most depends on a single line. */
export function connectivityOutcome(subject: AnalysisSubject, { kind }: ParametersOf<'connectivity'>, job: JobControl): AnalysisOutcome {
  const topology = subjectTopology(subject, kind === null ? null : [kind], job)
  if (topology.edgeCount === 0) throw new AnalysisRefused('nothing_to_analyse')
  const { ids, columns } = subject
  const { ofPlace } = componentsOf(topology)
  const parts = partsOf(topology, ofPlace)
  const isolated = isolatedOf(topology, parts, ofPlace)
  const loops = loopsOf(topology)
  const open = openEnds(topology)
  const critical = criticalAssets(topology)
  const assetAt = (place: number): string => ids[topology.edgeAsset[topology.incident[topology.incidentStart[place]!]!]!] ?? ''
  return outcome({
    method: 'connectivity', isScreening: false, issues: topologyIssues(topology, subject), assumptions: [{ id: 'tolerance', value: 1000 * topology.toleranceM, unit: 'mm', decimals: 0 }],
    figures: [
      { id: 'parts', value: parts.length }, { id: 'isolated', value: isolated.length }, { id: 'loops', value: loops.reduce((sum, loop) => sum + loop.cycles, 0) },
      { id: 'openEnds', value: open.length }, { id: 'nearMisses', value: topology.nearMisses.length }, { id: 'critical', value: critical.length },
    ],
    tables: [
      table('parts', [idColumn('example'), { id: 'kind', type: 'kind' }, numberColumn('lines', '', 0), numberColumn('length', 'm', 1)], parts.map(part => assetRow(ids[part.first]!, [ids[part.first]!, assetKind(columns, part.first), part.assets.length, part.lengthM]))),
      table('critical', [idColumn('asset'), { id: 'kind', type: 'kind' }, numberColumn('connections', '', 0), numberColumn('behind', 'm', 1)], critical.map(row => assetRow(ids[row.asset]!, [ids[row.asset]!, assetKind(columns, row.asset), row.connections, row.lengthM]))),
      table('loops', [idColumn('example'), numberColumn('cycles', '', 0), numberColumn('lines', '', 0)], loops.map(loop => {
        const assets = assetsOn(topology, loop.edges)
        return assetRow(ids[assets[0]!]!, [ids[assets[0]!]!, loop.cycles, assets.length])
      })),
      table('openEnds', [idColumn('asset')], open.map(place => placeRow(assetAt(place), placeAt(topology, place), [assetAt(place)]))),
      table('nearMisses', [idColumn('asset'), idColumn('other'), numberColumn('gap', 'm', 3)], topology.nearMisses.map(miss => placeRow(ids[miss.asset]!, [miss.at[0] + columns.origin[0], miss.at[1] + columns.origin[1], miss.at[2] + columns.origin[2]], [ids[miss.asset]!, ids[miss.other]!, miss.gapM]))),
    ],
    groups: [
      { id: 'isolated', tone: 'severe', assets: isolated.flatMap(part => part.assets.map(a => ids[a]!)), points: [] },
      { id: 'critical', tone: 'high', assets: critical.filter(row => row.connections > 0).slice(0, MOST_SHOWN).map(row => ids[row.asset]!), points: [] },
      { id: 'openEnds', tone: 'medium', assets: [], points: open.map(place => placeAt(topology, place)) },
    ],
  })
}

/** Of the lines most depends on, so many are drawn. */
const MOST_SHOWN = 50

interface Part {
  readonly component: number
  readonly first: number
  readonly assets: readonly number[]
  readonly lengthM: number
}

/** Connected parts, the longest first. */
function partsOf(topology: Topology, ofPlace: Int32Array): Part[] {
  const edges = new Map<number, number[]>()
  for (let e = 0; e < topology.edgeCount; e++) {
    const key = ofPlace[topology.edgeFrom[e]!]!
    const list = edges.get(key)
    if (list) list.push(e)
    else edges.set(key, [e])
  }
  return [...edges].flatMap(([component, list]): Part[] => {
    const assets = assetsOn(topology, list)
    return assets.length === 0 ? [] : [{ component, first: assets[0]!, assets, lengthM: list.reduce((sum, edge) => sum + edgeLengthM(topology, edge), 0) }]
  }).sort((a, b) => b.lengthM - a.lengthM || a.first - b.first)
}

/** Ends a network needs: without a source nothing comes, without an outfall nothing leaves. */
const ENDS = { supply: ['source', 'tank', 'pump'], gravity: ['outfall', 'pump'] } as const

/**
 * Parts that hang on nothing: of a supply or sewer network those without source or outfall; where no node of the network
 * is one, or it needs none (cables), all but the longest.
 */
function isolatedOf(topology: Topology, parts: readonly Part[], ofPlace: Int32Array): Part[] {
  const kindOf = (part: Part) => assetKind(topology.columns, part.first)
  const served = (part: Part, components: ReadonlySet<number>) => components.has(part.component)
  const withEnd = (types: readonly string[]) => new Set(topology.nodes.flatMap((node, n) => (types.includes(node.nodeType) && topology.nodePlace[n]! >= 0 ? [ofPlace[topology.nodePlace[n]!]!] : [])))
  const ends = { supply: withEnd(ENDS.supply), gravity: withEnd(ENDS.gravity) }
  return [...Map.groupBy(parts, part => carrierOfKind(kindOf(part))).values()].flatMap(same => {
    const components = GRAVITY_KINDS.has(kindOf(same[0]!)) ? ends.gravity : ends.supply
    return same.some(part => served(part, components)) ? same.filter(part => !served(part, components)) : same.slice(1)
  })
}

/** Which way sewers flow by their levels, and where that fails: adverse slopes, foul into storm, unknown directions. */
export function flowOutcome(subject: AnalysisSubject, { kind }: ParametersOf<'flow'>, job: JobControl): AnalysisOutcome {
  const topology = subjectTopology(subject, kind !== null ? [kind] : [...GRAVITY_KINDS], job)
  const { ids, columns } = subject
  const flow = gravityFlow(topology, job)
  const issues = [...topologyIssues(topology, subject), ...flowIssues(topology, flow)]
  const drains = assetsOn(topology, Array.from({ length: topology.edgeCount }, (_, e) => e)).filter(a => GRAVITY_KINDS.has(assetKind(columns, a)))
  if (drains.length === 0) throw new AnalysisRefused('nothing_to_analyse')
  const unknown = drains.filter(a => flow.direction.subarray(topology.assetEdges[2 * a]!, topology.assetEdges[2 * a + 1]!).every(way => way === 0))
  const lines = drains.map(a => ({ asset: a, ...lineFlow(topology, flow, a) }))
  const countBy = (...sources: FlowSource[]): number => lines.filter(({ source }) => sources.includes(source)).length
  /** Directions that stand on what some source says; 0 for the rest. */
  const only = (isWanted: (by: FlowSource) => boolean): Int8Array => flow.direction.map((way, e) => (isWanted(FLOW_SOURCES[flow.source[e]!]!) ? way : 0))
  for (const a of unknown) issues.push({ code: 'direction_unknown', severity: 'info', ref: ids[a]! })
  const nameAt = (place: number): string => nodesOf(topology, place)[0]?.id ?? ids[topology.edgeAsset[topology.incident[topology.incidentStart[place]!]!]!] ?? ''
  for (const { place, isAssumed, isCut } of flow.outfalls) if (isAssumed) issues.push({ code: isCut ? 'drain_cut' : 'outfall_assumed', severity: 'warning', ref: nameAt(place) })
  const crossed = crossConnections(topology)
  return outcome({
    method: 'flow', isScreening: false, issues, assumptions: [],
    figures: [{ id: 'drains', value: drains.length }, { id: 'outfalls', value: flow.outfalls.length }, { id: 'adverse', value: flow.adverse.length }, { id: 'crossed', value: crossed.length }, { id: 'bySurvey', value: countBy('survey') }, { id: 'byLevels', value: countBy('levels', 'assumed_levels', 'model') }, { id: 'contradicted', value: flow.contradictions.length }, { id: 'unknown', value: unknown.length }],
    tables: [
      table('adverse', [idColumn('asset'), { id: 'kind', type: 'kind' }, numberColumn('from', 'm', 2), numberColumn('to', 'm', 2), numberColumn('rise', 'm', 3), numberColumn('slope', 'permille', 1)], flow.adverse.map(row => assetRow(ids[row.asset]!, [ids[row.asset]!, assetKind(columns, row.asset), row.fromM, row.toM, row.riseM, Number.isFinite(row.slopeRatio) ? 1000 * row.slopeRatio : null]))),
      table('contradictions', [idColumn('asset'), { id: 'kind', type: 'kind' }, numberColumn('rise', 'm', 3)], flow.contradictions.map(row => assetRow(ids[row.asset]!, [ids[row.asset]!, assetKind(columns, row.asset), row.riseM]))),
      table('crossed', [idColumn('node'), idColumn('foul'), idColumn('storm')], crossed.map(({ place, foul, storm }) => placeRow(nameAt(place), placeAt(topology, place), [nameAt(place), foul.map(a => ids[a]!).join(', '), storm.map(a => ids[a]!).join(', ')]))),
      table('outfalls', [idColumn('node'), { id: 'assumed', type: 'yes' }, numberColumn('level', 'm', 3)], flow.outfalls.map(({ place, isAssumed }) => placeRow(nameAt(place), placeAt(topology, place), [nameAt(place), isAssumed, placeAt(topology, place)[2]]))),
      table('directions', [idColumn('asset'), { id: 'kind', type: 'kind' }, wordColumn('direction'), wordColumn('flowBy')], lines.map(row => assetRow(ids[row.asset]!, [ids[row.asset]!, assetKind(columns, row.asset), row.direction, row.source]))),
    ],
    groups: [
      { id: 'flows', tone: 'first', assets: [], points: [], arrows: flowArrows(topology, only(by => by !== 'survey')) },
      { id: 'surveyed', tone: 'second', assets: [], points: [], arrows: flowArrows(topology, only(by => by === 'survey')) },
      { id: 'unknown', tone: 'low', assets: unknown.map(a => ids[a]!), points: [] },
      { id: 'contradicted', tone: 'high', assets: flow.contradictions.map(row => ids[row.asset]!), points: [] },
      { id: 'adverse', tone: 'severe', assets: [...new Set(flow.adverse.map(row => ids[row.asset]!))], points: [] },
      { id: 'crossed', tone: 'high', assets: [], points: crossed.map(({ place }) => placeAt(topology, place)) },
      { id: 'outfalls', tone: 'first', assets: [], points: flow.outfalls.map(({ place }) => placeAt(topology, place)) },
    ],
  })
}
