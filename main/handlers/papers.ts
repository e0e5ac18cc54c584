import { CancelledError } from '#shared/core/job.ts'
import type { PaperRequest } from '#shared/contract/paper-shapes.ts'
import type { AnalysisOutcome } from '#shared/hazards/analysis/outcome.ts'
import { AnalysisRefused, changesOf } from '#shared/hazards/analysis/subject.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { AnyRecord, StoredRecord } from '#shared/register/collections.ts'
import type { Decision } from '#shared/register/decision.ts'
import { pictureAddress } from '#shared/register/picture.ts'
import type { Meeting } from '#shared/report/minutes.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { ReportData } from '#shared/report/report-data.ts'
import { MOST_SHEETS, NothingToDraw, TooManySheets } from '#shared/report/sheets/scheme-sheets.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { schemeHash } from '../services/content-hash.ts'
import { loadMessages } from '../services/messages.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { CannotPrint } from '../services/report/browser-pdf.ts'
import { comparedSchemes } from '../services/report/compared-schemes.ts'
import { makePaper, TooManyFindings } from '../services/report/make-paper.ts'
import { buildReportData } from '../services/report/report-data.ts'
import { reviewRecords } from '../services/report/review-records.ts'
import { savedViews } from '../services/report/saved-views.ts'
import { SceneTooLarge } from '../services/report/scene-file.ts'
import { packFor } from '../services/rule-packs.ts'
import { analysisBaseline, analysisKey, analysisWorker, lifelineSettingsOf } from './analysis.ts'
import { runCheck } from './check.ts'
import { CallFailure, openProject, type CallContext, type Handlers } from './handler.ts'

export const papersHandlers: Pick<Handlers, 'papers.make'> = {
  async 'papers.make'(request, context) {
    const project = openProject(context)
    const data = await checkedAnew(request, project, context)
    context.job.progress(null, 'app:job.writingPaper')
    try {
      const meeting = meetingOf(request, project)
      const made = await makePaper(request, data, { print: context.session.printPdf, signal: context.signal, scenarioId: request.scenarioId, meeting, views: savedViews(project), sheets: request.sheets ?? null })
      return { name: fileName(request, data), ...made }
    } catch (cause) {
      if (context.signal.aborted) throw new CancelledError()
      if (cause instanceof CannotPrint) throw new CallFailure<'papers.make'>(cause.code === 'no_browser' ? 'no_printer' : 'print_failed')
      if (cause instanceof TooManyFindings) throw new CallFailure<'papers.make'>('too_many_findings', { count: cause.count, limit: cause.limit })
      if (cause instanceof SceneTooLarge) throw new CallFailure<'papers.make'>('scene_too_large', { megabytes: cause.megabytes })
      if (cause instanceof NothingToDraw) throw new CallFailure<'papers.make'>('nothing_to_draw')
      if (cause instanceof TooManySheets) throw new CallFailure<'papers.make'>('too_many_sheets', { count: cause.count, limit: MOST_SHEETS })
      throw cause
    }
  },
}

/** A paper is never made of an old result: the check is run again on what is open. */
async function checkedAnew({ paper, scenarioId, scope, language, findingIds }: PaperRequest, project: ProjectFile, context: CallContext): Promise<ReportData> {
  const found = packFor(project, project.packId)
  if (!found) throw new CallFailure<'papers.make'>('pack_missing', { pack: project.packId })
  const scheme = scenarioId === null ? null : project.scenarioDocument(scenarioId)
  const { proposals = {}, excavations = {}, removals = {} } = scheme ?? {}
  const removed = Object.keys(removals)
  const { twinHash } = project
  const { ground, surfaceFeatures, nodes } = project.context()
  const baseline = { key: twinHash, columns: project.columns(), ground, surfaceFeatures: surfaceFeatures as readonly SurfaceFeature[], nodes: nodes as readonly NodeRecord[] }
  const { findings, pairCount } = await runCheck(project, scenarioId, scope, found.pack, context)
  const sets = scope.startsWith('job:') ? (project.recordsOf(['checkJobs']) as readonly StoredRecord<'checkJobs'>[]).find(({ id }) => `job:${id}` === scope)?.body.name ?? null : null
  const wanted = findingIds && new Set(findingIds)
  return buildReportData({
    language, words: await loadMessages(language), project: project.info().name, projectId: project.id, dataHash: twinHash, crs: project.crs, isSynthetic: project.info().synthetic,
    baseline: { ...baseline, columns: effectiveNetwork(baseline.columns, [], removed) }, proposals: Object.values(proposals), excavations: Object.values(excavations), isProposal: null, pack: found, sets, issues: [], pairCount,
    findings: wanted ? findings.filter(({ id }) => wanted.has(id)) : findings,
    scheme: scheme && { id: scheme.id, name: scheme.name, revision: project.scenarioState(scheme.id).revision, hash: schemeHash({ proposals, excavations, removals }) },
    records: reviewRecords(project), now: new Date(),
    compared: paper === 'report' && scheme && scope === 'proposals' ? await comparedSchemes(project, scheme.id, async id => (id === scheme.id ? findings : (await runCheck(project, id, 'proposals', found.pack, context)).findings)) : [],
    lifeline: paper === 'report' && scheme ? await lifelineOf(project, scheme, found.pack, language, context) : null,
  })
}

/** Null where there is nothing to screen. */
async function lifelineOf(project: ProjectFile, scheme: ScenarioDocument, pack: RulePack, language: PaperRequest['language'], { job, signal }: CallContext): Promise<AnalysisOutcome | null> {
  const task = { scheme: changesOf(scheme), parameters: { method: 'lifeline', ...lifelineSettingsOf(project) }, pack, thisYear: new Date().getFullYear(), language } as const
  try {
    return (await analysisWorker.run(analysisKey(project), () => analysisBaseline(project), task, job, signal)).outcome
  } catch (cause) {
    if (cause instanceof AnalysisRefused) return null
    throw cause
  }
}

/** Decisions of the meeting, those in the project and those that only came along. */
function meetingOf({ meeting }: PaperRequest, project: ProjectFile): Meeting | null {
  if (!meeting) return null
  const records = project.recordsOf(['decisions', 'views']) as readonly AnyRecord[]
  const kept = records.flatMap(record => (record.collection === 'decisions' && record.body.meeting === meeting.name && record.body.date === meeting.date ? [record.body] : []))
  const nameOf = (subject: Decision['subject']): string | null => {
    if (subject.type === 'scheme') return project.scenarios().find(({ id }) => id === subject.id)?.name ?? null
    const view = subject.type === 'view' ? records.find(record => record.collection === 'views' && record.id === subject.id) : undefined
    return view?.collection === 'views' ? view.body.name : null
  }
  const pictures = new Map(Object.entries(meeting.pictures).map(([id, { type, bytes }]) => [id, pictureAddress({ type, base64: Buffer.from(bytes).toString('base64') })]))
  return { ...meeting, decisions: meeting.isKept ? kept : meeting.decisions, pictures, nameOf }
}

/** A name people find again: what it is, of what, of when. */
function fileName({ paper, form }: PaperRequest, { project, scheme, words, today }: ReportData): string {
  const parts = [words(`report:fileName.${paper}`), project.replace(/\.gpkg$/i, ''), ...(scheme ? [scheme.name] : []), today]
  return `${parts.join(' ').replace(/[\\/:*?"<>|\p{Cc}]+/gu, '_').slice(0, 120)}.${form}`
}
