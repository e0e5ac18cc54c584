import { checkNetwork, type CheckOutcome } from '#shared/clearance/check.ts'
import type { CheckSelection } from '#shared/clearance/check-selection.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { Finding, PairRow } from '#shared/clearance/findings/finding.ts'
import { lineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { ownBendFindings } from '#shared/clearance/line-rules/own-bends.ts'
import type { PartialListener } from '#shared/clearance/findings/partial-findings.ts'
import { compareText } from '#shared/clearance/network/order-and-frame.ts'
import { prepareClearance, type ClearanceInput } from '#shared/clearance/prepare.ts'
import { excavationFindings } from '#shared/excavation/excavation-findings.ts'
import type { JobControl } from '#shared/core/job.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { Excavation, Proposal } from '#shared/scenario/document.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import type { CheckThreads } from './check-threads.ts'

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
  /** Pits, trenches and bores of the scheme: what they do to the baseline is found too, but for `sets`. */
  readonly excavations?: readonly Excavation[]
  readonly pack: RulePack
  /** `proposals` lists what touches a proposal; `sets` masks the assets, baseline first, then the proposals sorted by id. */
  readonly scope: 'network' | 'proposals' | { readonly a: Uint8Array; readonly b: Uint8Array }
  /** False: only how many pairs fall short is wanted, not which. */
  readonly wantsPairs: boolean
  /** More findings than this are cut to the heaviest: nobody reads them, and they would take minutes to carry. */
  readonly most?: number
}

export interface CheckAnswer {
  /** Sorted by identity; of more than `most` the heaviest. */
  readonly findings: readonly Finding[]
  readonly pairs: readonly PairRow[]
  readonly pairCount: number
  /** All findings, listed or not. */
  readonly total: number
}

/** Runs a check where it stands, on one thread. */
export function runCheckTask(baseline: CheckBaseline, task: CheckTask, job: JobControl): CheckAnswer {
  const { input, selection } = inputOf(baseline, task)
  const prepared = prepareClearance(input, job)
  return answerOf(baseline, task, checkNetwork(prepared, selection, job, lineSite(prepared, baseline)))
}

/** The same with the help of other threads; `CheckWorker` does so off the host's. */
export async function runCheckTaskOn(threads: CheckThreads, baseline: CheckBaseline, task: CheckTask, job: JobControl, tell?: PartialListener): Promise<CheckAnswer> {
  const { input, selection } = inputOf(baseline, task)
  const prepared = await threads.prepare(input, job)
  return answerOf(baseline, task, await threads.check(prepared, selection, job, lineSite(prepared, baseline), tell))
}

function inputOf({ columns, ground, surfaceFeatures, nodes }: CheckBaseline, { proposals, removed, pack, scope }: CheckTask): { input: ClearanceInput; selection: CheckSelection } {
  const assets = effectiveNetwork(columns, proposals, removed)
  return { input: { assets, pack, ground, surfaceFeatures, nodes }, selection: selectionOf(scope, columns.count, assets.count) }
}

/** The findings of lines, of bends sharper than a proposal says it can be laid with, and of the scheme's excavations together. */
function answerOf({ columns, ground }: CheckBaseline, { proposals, removed, excavations = [], scope, wantsPairs, most = Infinity }: CheckTask, { findings: ofLines, pairs }: CheckOutcome): CheckAnswer {
  const ofCuts = typeof scope === 'object' || excavations.length === 0 ? [] : excavationFindings({ columns: effectiveNetwork(columns, proposals, removed), ground, excavations, proposalsFrom: columns.count })
  const ofBends = typeof scope === 'object' ? [] : ownBendFindings(proposals)
  const findings = ofCuts.length + ofBends.length === 0 ? ofLines : [...ofLines, ...ofCuts, ...ofBends].sort((m, n) => compareText(m.id, n.id))
  return { findings: heaviest(findings, most), pairs: wantsPairs ? pairs : [], pairCount: pairs.length, total: findings.length }
}

function heaviest(findings: readonly Finding[], most: number): readonly Finding[] {
  if (findings.length <= most) return findings
  const rank = ({ mandatory, verdict }: Finding): number => (mandatory ? 0 : 2) + (verdict === 'certain' ? 0 : 1)
  return [...findings].sort((m, n) => rank(m) - rank(n) || n.shortfall - m.shortfall || compareText(m.id, n.id)).slice(0, most).sort((m, n) => compareText(m.id, n.id))
}

function selectionOf(scope: CheckTask['scope'], baselineCount: number, count: number): CheckSelection {
  if (scope === 'network') return {}
  return scope === 'proposals' ? { involving: new Uint8Array(count).fill(1, baselineCount) } : { sets: scope }
}
