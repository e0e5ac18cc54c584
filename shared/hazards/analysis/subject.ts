import type { JobControl } from '../../core/job.ts'
import { indicesOf, unpackStrings } from '../../core/packed-strings.ts'
import { effectiveNetwork } from '../../clearance/network/effective-network.ts'
import { buildTopology } from '../../network/build-topology.ts'
import { carrierOfKind, type Carrier } from '../../network/carriers.ts'
import { declaredLinks, type NamedEnds } from '../../network/declared-links.ts'
import type { DeclaredLink, Topology } from '../../network/topology.ts'
import type { DrawnCatchment } from '../overflow/drawn-catchment.ts'
import type { Excavation, Proposal, ScenarioDocument } from '../../scenario/document.ts'
import type { AssetColumns } from '../../twin/asset-columns.ts'
import { assetKind } from '../../twin/asset-columns.ts'
import type { Attributes, NodeRecord } from '../../twin/asset.ts'
import { surveyedWay } from '../../twin/flow-direction.ts'
import type { GroundSurface } from '../../twin/ground.ts'
import { GRAVITY_KINDS, type AssetKind } from '../../twin/kinds.ts'
import type { Block, SurfaceFeature } from '../../twin/surface-feature.ts'

/** A twin as analyses need it. Sent to a worker once and kept there. */
export interface AnalysisBaseline {
  readonly columns: AssetColumns
  readonly nodes: readonly NodeRecord[]
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly blocks: readonly Block[]
  /** Local frame. */
  readonly ground: GroundSurface | null
  /** Attributes of the drains, and of what names its ends; the rest is not asked for. */
  readonly attributes: ReadonlyMap<string, Attributes>
  /** Drawn by people; none where absent. */
  readonly catchments?: readonly (DrawnCatchment & { readonly id: string })[]
}

/** What a scheme changes, as far as analyses ask. */
export interface SchemeChanges {
  readonly proposals: readonly Proposal[]
  /** Baseline assets it takes out. */
  readonly removed: readonly string[]
  readonly excavations: readonly Excavation[]
}

export const NO_CHANGES: SchemeChanges = { proposals: [], removed: [], excavations: [] }

export const changesOf = ({ proposals, removals, excavations }: ScenarioDocument): SchemeChanges =>
  ({ proposals: Object.values(proposals), removed: Object.keys(removals), excavations: Object.values(excavations) })

/** A baseline with a scheme in it. */
export interface AnalysisSubject extends Omit<AnalysisBaseline, 'attributes'> {
  readonly ids: readonly string[]
  readonly links: readonly DeclaredLink[]
  /** From this asset on: the scheme's proposals. */
  readonly proposalsFrom: number
  /** Baseline assets that a proposal takes the place of, by the proposal's index. */
  readonly replaces: ReadonlyMap<number, readonly number[]>
  readonly attributesOf: (asset: number) => Attributes | null
  /** The scheme's own. */
  readonly excavations: readonly Excavation[]
}

export const isEmpty = ({ proposals, removed, excavations }: SchemeChanges): boolean => proposals.length + removed.length + excavations.length === 0

interface KeptSubject {
  readonly key: string
  readonly subject: AnalysisSubject
}

/** Of a baseline: itself, and with the scheme asked about last. People ask one question after another about the same twin. */
const kept = new WeakMap<AnalysisBaseline, { bare?: KeptSubject; withScheme?: KeptSubject }>()

/** @param scheme `NO_CHANGES` for the baseline alone. */
export function analysisSubject(baseline: AnalysisBaseline, scheme: SchemeChanges): AnalysisSubject {
  const known = kept.get(baseline) ?? {}
  kept.set(baseline, known)
  const slot = isEmpty(scheme) ? 'bare' : 'withScheme'
  const key = JSON.stringify([scheme.proposals, scheme.removed, scheme.excavations])
  if (known[slot]?.key !== key) known[slot] = { key, subject: makeSubject(baseline, scheme) }
  return known[slot].subject
}

function makeSubject(baseline: AnalysisBaseline, { proposals, removed, excavations }: SchemeChanges): AnalysisSubject {
  const columns = effectiveNetwork(baseline.columns, proposals, removed)
  const ids = unpackStrings(columns.ids)
  const proposalsFrom = baseline.columns.count
  const attributesOf = (asset: number): Attributes | null => (asset < proposalsFrom ? (baseline.attributes.get(ids[asset]!) ?? null) : null)
  const ends: NamedEnds[] = []
  if (namesEnds(baseline.attributes)) {
    for (let asset = 0; asset < proposalsFrom; asset++) {
      const attributes = attributesOf(asset)
      if (attributes?.['node1'] !== undefined) ends.push({ asset, attributes })
    }
  }
  const { nodes, surfaceFeatures, blocks, ground, catchments = [] } = baseline
  return { columns, nodes, surfaceFeatures, blocks, ground, catchments, ids, links: declaredLinks(ends, nodes), proposalsFrom, replaces: replacedBy(columns, proposals), attributesOf, excavations }
}

/** Whether any line names the nodes it runs between: only those of models do. */
function namesEnds(attributes: AnalysisBaseline['attributes']): boolean {
  for (const one of attributes.values()) if (one['node1'] !== undefined) return true
  return false
}

function replacedBy(columns: AssetColumns, proposals: readonly Proposal[]): Map<number, readonly number[]> {
  const diversions = proposals.filter(({ replaces }) => replaces && replaces.length > 0)
  const own = diversions.length > 0 ? indicesOf(columns.ids, diversions.map(({ id }) => id)) : []
  return new Map(diversions.map(({ replaces }, k) => [own[k]!, [...indicesOf(columns.ids, replaces!)].filter(asset => asset >= 0)]))
}

interface KeptTopology {
  readonly key: string
  readonly nodes: readonly NodeRecord[]
  readonly topology: Topology
}

/**
 * Graphs made last, by the lines they are of: at a million lines one takes seconds to make, a trace in it a moment. A
 * scheme that only digs leaves the twin's lines as they are, and its graphs with them.
 */
const lastTopologies = new WeakMap<AssetColumns, readonly KeptTopology[]>()
/** A dig asks about gas, water and heat in turn. */
const MOST_TOPOLOGIES = 4

/** The graph of the networks of some kinds; of all where none are named. @throws CancelledError */
export function subjectTopology(subject: AnalysisSubject, kinds: readonly AssetKind[] | null, job: JobControl): Topology {
  const { columns, nodes, links, proposalsFrom } = subject
  const carriers = kinds && new Set<Carrier>(kinds.map(carrierOfKind))
  const key = carriers ? [...carriers].sort().join() : '*'
  const kept = lastTopologies.get(columns) ?? []
  const known = kept.find(one => one.key === key && one.nodes === nodes)
  const topology = known?.topology ?? buildTopology({ columns, nodes, links, proposalsFrom, surveyedWays: waysOf(subject), ...(carriers && { carriers }) }, job)
  lastTopologies.set(columns, [{ key, nodes, topology }, ...kept.filter(one => one !== known)].slice(0, MOST_TOPOLOGIES))
  return topology
}

/** Per asset: which way a survey says it flows; only drains have such a way. */
export function waysOf({ columns, attributesOf }: Pick<AnalysisSubject, 'columns' | 'attributesOf'>): Int8Array {
  const ways = new Int8Array(columns.count)
  for (let asset = 0; asset < columns.count; asset++) if (GRAVITY_KINDS.has(assetKind(columns, asset))) ways[asset] = surveyedWay(attributesOf(asset))
  return ways
}

/** @throws AnalysisRefused there is no such asset, or it takes no part in a network. */
export function assetIndexIn({ ids, columns }: AnalysisSubject, id: string): { readonly asset: number; readonly kind: AssetKind } {
  const asset = ids.indexOf(id)
  if (asset < 0) throw new AnalysisRefused('asset_missing', { asset: id })
  return { asset, kind: assetKind(columns, asset) }
}

export type AnalysisRefusal = 'asset_missing' | 'asset_unused' | 'not_gas' | 'no_source' | 'nothing_to_analyse' | 'nothing_dug'

/** The question makes no sense on this twin; `code` has a text under `errors`. */
export class AnalysisRefused extends Error {
  override readonly name = 'AnalysisRefused'
  readonly code: AnalysisRefusal
  readonly details: Readonly<Record<string, string | number>>
  constructor(code: AnalysisRefusal, details: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}
