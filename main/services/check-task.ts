import { checkNetwork, type CheckSelection } from '#shared/clearance/check.ts'
import { effectiveNetwork } from '#shared/clearance/effective-network.ts'
import type { Finding, PairRow } from '#shared/clearance/finding.ts'
import { checkLines } from '#shared/clearance/line-rules/check-lines.ts'
import { compareText } from '#shared/clearance/order-and-frame.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import type { JobControl } from '#shared/core/job.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'

/** The baseline of a check. Kept by the worker from one check to the next under its key. */
export interface CheckBaseline {
  readonly key: string
  readonly columns: AssetColumns
  /** Local frame. */
  readonly ground: GroundSurface | null
  readonly surfaceFeatures: readonly SurfaceFeature[]
  /** Project CRS. */
  readonly nodes: readonly NodeRecord[]
}

/** One check of a baseline with a scheme's proposals. */
export interface CheckTask {
  readonly proposals: readonly Proposal[]
  /** Assets of the baseline that the scheme takes out. */
  readonly removed?: readonly string[]
  readonly pack: RulePack
  /** `proposals` lists what touches a proposal; `sets` masks the assets, baseline first, then the proposals sorted by id. */
  readonly scope: 'network' | 'proposals' | { readonly a: Uint8Array; readonly b: Uint8Array }
  /** False: only how many pairs fall short is wanted, not which. */
  readonly wantsPairs: boolean
}

export interface CheckAnswer {
  readonly findings: readonly Finding[]
  readonly pairs: readonly PairRow[]
  readonly pairCount: number
}

/** Runs a check where it stands; `CheckWorker` does so off the host's thread. */
export function runCheckTask(baseline: CheckBaseline, { proposals, removed, pack, scope, wantsPairs }: CheckTask, job: JobControl): CheckAnswer {
  const assets = effectiveNetwork(baseline.columns, proposals, removed)
  const { ground, surfaceFeatures, nodes } = baseline
  const prepared = prepareClearance({ assets, pack, ground, surfaceFeatures, nodes }, job)
  const selection = selectionOf(scope, baseline.columns.count, assets.count)
  const { findings: ofPairs, pairs } = checkNetwork(prepared, selection, job)
  const ofLines = checkLines(prepared, { surfaceFeatures, nodes }, selection, job)
  const findings = ofLines.length === 0 ? ofPairs : [...ofPairs, ...ofLines].sort((m, n) => compareText(m.id, n.id))
  return { findings, pairs: wantsPairs ? pairs : [], pairCount: pairs.length }
}

function selectionOf(scope: CheckTask['scope'], baselineCount: number, count: number): CheckSelection {
  if (scope === 'network') return {}
  return scope === 'proposals' ? { involving: new Uint8Array(count).fill(1, baselineCount) } : { sets: scope }
}
