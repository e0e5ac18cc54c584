import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { JobControl } from '#shared/core/job.ts'
import type { AnalysisOutcome } from '#shared/hazards/analysis/outcome.ts'
import type { AnalysisParameters } from '#shared/hazards/analysis/parameters.ts'
import { permitParts } from '#shared/hazards/analysis/permit-parts.ts'
import { computeDig, digOutcome } from '#shared/hazards/analysis/ground-methods.ts'
import { holesOutcome, shiftOutcome } from '#shared/hazards/analysis/doubt-methods.ts'
import { runAnalysis } from '#shared/hazards/analysis/run-analysis.ts'
import { swmmOutcome } from '#shared/hazards/analysis/swmm-method.ts'
import { analysisSubject, type AnalysisBaseline, type AnalysisRefusal, type SchemeChanges } from '#shared/hazards/analysis/subject.ts'
import { lifelineFindings } from '#shared/hazards/lifeline/lifeline-findings.ts'
import type { LifelineSettings } from '#shared/hazards/lifeline/lifeline-settings.ts'
import { permitSheet } from '#shared/hazards/permit-sheet.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { ownerReach } from '#shared/report/owner-reach.ts'
import type { Owner } from '#shared/register/owner.ts'
import { loadMessages } from '../messages.ts'
import { pressureOutcome } from './analysis-pressure-outcome.ts'

/** One analysis of a baseline with a scheme in it. */
export interface AnalysisTask {
  readonly scheme: SchemeChanges
  readonly parameters: AnalysisParameters
  /** What verdicts are judged by. */
  readonly pack: RulePack
  readonly thisYear: number
  /** Of the sheet. */
  readonly language: 'zh-CN' | 'en'
  /** Who is registered as an owner: for whom the sheet tells to call. */
  readonly owners?: readonly Owner[]
  /** What a SWMM program wrote on the model that this very task gives without it. */
  readonly swmmReport?: string
}

export interface AnalysisAnswer {
  readonly outcome: AnalysisOutcome
  /** A permit sheet to print, as HTML; null where the method has none. */
  readonly sheet: string | null
  /** A SWMM model; null where the method has none. */
  readonly model: string | null
}

/** What a scheme makes worse, with what the project says of storm and radius: a finding must not hang on what somebody tried last. */
export type LifelineTask = Pick<AnalysisTask, 'scheme' | 'thisYear'> & { readonly settings: LifelineSettings }

/** To the worker: a baseline to keep, then analyses of it. */
export type AnalysisOrder =
  | { readonly type: 'baseline'; readonly baseline: AnalysisBaseline }
  | { readonly type: 'run'; readonly task: AnalysisTask }
  | { readonly type: 'lifeline'; readonly task: LifelineTask }

/** How an order ended, from the worker. */
export type AnalysisEnding =
  | { readonly type: 'done'; readonly answer: AnalysisAnswer | readonly Finding[] }
  | { readonly type: 'refused'; readonly code: AnalysisRefusal | 'model_refused'; readonly details: Readonly<Record<string, string | number>> }
  | { readonly type: 'failed'; readonly message: string }

/** What a scheme makes worse, as findings. @throws CancelledError */
export const runLifelineTask = (baseline: AnalysisBaseline, { scheme, thisYear, settings }: LifelineTask, job: JobControl): readonly Finding[] =>
  lifelineFindings(baseline, scheme, settings, thisYear, job)

const NO_FILES = { sheet: null, model: null } as const

/** Runs one analysis where it stands. @throws AnalysisRefused; ModelRefused; CancelledError */
export async function runAnalysisTask(baseline: AnalysisBaseline, task: AnalysisTask, job: JobControl): Promise<AnalysisAnswer> {
  const { scheme, parameters, thisYear } = task
  if (parameters.method === 'swmm') return { sheet: null, ...swmmOutcome(analysisSubject(baseline, scheme), parameters, task.swmmReport ?? null, job) }
  if (parameters.method === 'pressure') return { outcome: await pressureOutcome(baseline, scheme, parameters, job), ...NO_FILES }
  if (parameters.method === 'holes') return { outcome: holesOutcome(analysisSubject(baseline, scheme), task.pack, parameters, job), ...NO_FILES }
  if (parameters.method === 'shift') return { outcome: shiftOutcome(analysisSubject(baseline, scheme), task.pack, parameters, job), ...NO_FILES }
  if (parameters.method !== 'dig') return { outcome: runAnalysis(baseline, scheme, parameters, thisYear, job), ...NO_FILES }
  const subject = analysisSubject(baseline, scheme)
  const computed = computeDig(subject, parameters, job)
  const t = await loadMessages(task.language)
  const sheet = permitSheet(subject, permitParts(subject, computed.digs, job), { language: task.language, translate: (key, parameters = {}) => t(key, parameters), at: new Date(), ownerOf: ownerReach(task.owners ?? [], t) })
  return { outcome: digOutcome(subject, computed, parameters), sheet, model: null }
}
