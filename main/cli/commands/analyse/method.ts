import type { TFunction } from 'i18next'
import type { Issue } from '#shared/core/issues.ts'
import type { JobControl } from '#shared/core/job.ts'
import { buildTopology } from '#shared/network/build-topology.ts'
import { CARRIER_BY_KIND, CARRIERS, carrierOfKind, type Carrier } from '#shared/network/carriers.ts'
import { unjoinedNodes } from '#shared/network/connectivity.ts'
import { DEFAULT_TOLERANCE_M, type Topology } from '#shared/network/topology.ts'
import { waysOf } from '#shared/hazards/analysis/subject.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { ASSET_KINDS, type AssetKind } from '#shared/twin/kinds.ts'
import { CliFailure, type CliIo } from '../../command.ts'
import { readSubject, type Subject } from './subject.ts'

export interface AnalyseContext {
  readonly path: string
  /** Value of an option of the command, null where it is not given. */
  readonly option: (name: string) => string | null
  readonly job: JobControl
  readonly io: CliIo
  readonly t: TFunction
}

export interface AnalyseAnswer {
  /** The keys of cli.md; `issues` is added from below. */
  readonly json: Readonly<Record<string, unknown>>
  readonly issues: readonly Issue[]
  /** The same for a person. */
  readonly lines: readonly string[]
  /** 0 where absent; a method that is asked a question answers it as `check` does. */
  readonly exitCode?: number
}

export interface AnalyseMethod {
  readonly name: string
  /** Options beside `--json` and `--scenario`. */
  readonly options: readonly string[]
  run(context: AnalyseContext): Promise<AnalyseAnswer>
}

/** A subject with the graph of the networks asked for. */
export interface Network extends Subject {
  readonly topology: Topology
}

/**
 * Reads the subject and joins its network: that of `--asset`, those of `--kind`, else all.
 * @throws CliFailure
 */
export async function readNetwork(context: AnalyseContext, asset: string | null): Promise<Network & { readonly asset: number }> {
  const { path, option, job, io, t } = context
  const subject = await readSubject(path, option('scenario'), job, io, t)
  const index = asset === null ? -1 : subject.ids.indexOf(asset)
  if (asset !== null && index < 0) throw new CliFailure('cli-analyse:noAsset', { asset, file: path })
  const kind = option('kind')
  if (kind !== null && !ASSET_KINDS.includes(kind as AssetKind)) throw new CliFailure('cli-analyse:noKind', { kind, kinds: ASSET_KINDS.join(', ') })
  const carriers = index >= 0 ? [CARRIERS[CARRIER_BY_KIND[subject.columns.kind[index]!]!]!] : kind !== null ? [carrierOfKind(kind as AssetKind)] : null
  const { columns, nodes, links, proposalsFrom } = subject
  const topology = buildTopology({ columns, nodes, links, proposalsFrom, surveyedWays: waysOf(subject), toleranceM: toleranceOf(option('tolerance')), ...(carriers && { carriers: new Set<Carrier>(carriers) }) }, job)
  if (index >= 0 && topology.assetEdges[2 * index] === topology.assetEdges[2 * index + 1]) throw new CliFailure('cli-analyse:assetUnused', { asset: asset! })
  return { ...subject, topology, asset: index }
}

const MAX_TOLERANCE_M = 1

function toleranceOf(text: string | null): number {
  if (text === null) return DEFAULT_TOLERANCE_M
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= MAX_TOLERANCE_M)) throw new CliFailure('cli-analyse:badTolerance', { value: text, high: MAX_TOLERANCE_M })
  return value
}

export function requiredAsset(option: AnalyseContext['option'], t: TFunction): string {
  const asset = option('asset')
  if (asset === null) throw new CliFailure('cli:missingArgument', { what: t('cli-analyse:assetOption') })
  return asset
}

/** What joining the network left to say, beside what reading it noticed. */
export function networkIssues({ issues, topology, ids }: Network): Issue[] {
  const found: Issue[] = [...issues]
  for (const id of unjoinedNodes(topology)) found.push({ code: 'node_unjoined', severity: 'warning', ref: id })
  for (const miss of topology.nearMisses) {
    found.push({ code: 'near_miss', severity: 'warning', ref: ids[miss.asset]!, context: { end: miss.end, other: ids[miss.other]!, gapM: Number(miss.gapM.toFixed(3)) } })
  }
  if (topology.unusedCount > 0) found.push({ code: 'asset_unused', severity: 'info', ref: String(topology.unusedCount) })
  return found
}

/** Local coordinates in the project's system, to the tenth of a millimetre. */
export function placeInProject(topology: Topology, place: number): Vec3 {
  const at = (k: 0 | 1 | 2): number => Number((topology.placeXyz[3 * place + k]! + topology.columns.origin[k]).toFixed(4))
  return [at(0), at(1), at(2)]
}

export const metres = (value: number): number => Number(value.toFixed(4))

/** Ids of the assets some edges are on, in the twin's order. */
export function assetIds({ topology, ids }: Network, edges: Iterable<number>): string[] {
  const assets = new Set<number>()
  for (const edge of edges) if (topology.edgeAsset[edge]! >= 0) assets.add(topology.edgeAsset[edge]!)
  return [...assets].sort((a, b) => a - b).map(asset => ids[asset]!)
}

/** A list cut to what a person reads at a glance. */
export function shortList(items: readonly string[], t: TFunction, limit = 20): string {
  const shown = items.slice(0, limit).join(', ')
  return items.length === 0 ? t('cli-analyse:none') : items.length > limit ? t('cli-analyse:andMore', { shown, count: items.length - limit }) : shown
}
