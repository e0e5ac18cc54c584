import { basename, extname } from 'node:path'
import type { TFunction } from 'i18next'
import type { ParseArgsOptionsConfig } from 'node:util'
import { lifelineOutcome } from '#shared/hazards/analysis/lifeline-method.ts'
import type { AnalysisOutcome } from '#shared/hazards/analysis/outcome.ts'
import { AnalysisRefused, analysisSubject } from '#shared/hazards/analysis/subject.ts'
import { MAX_SHEET_ROWS } from '#shared/io/export/write-xlsx.ts'
import type { ReportData } from '#shared/report/report-data.ts'
import { MOST_SHEETS, NothingToDraw, TooManySheets } from '#shared/report/sheets/scheme-sheets.ts'
import type { SheetOrder } from '#shared/report/sheets/sheet-order.ts'
import { writeArchiveFile } from '../services/export/bcf-file.ts'
import type { CheckAnswer } from '../services/check/check-task.ts'
import { LANGUAGES, loadMessages, type Language } from '../services/messages.ts'
import { CannotPrint, printWithBrowser } from '../services/report/browser-pdf.ts'
import { buildReportData, type ReportRequest } from '../services/report/report-data.ts'
import { coordinationIfc } from '../services/report/coordination-ifc.ts'
import { paperHtml, paperPdf, reportCsv, reportPaper, reportXlsx, type Paper } from '../services/report/report-papers.ts'
import { sceneFile, SceneTooLarge } from '../services/report/scene-file.ts'
import { sheetsDxf, sheetsPaper } from '../services/report/sheet-files.ts'
import { writeFindingsBcf } from './check-bcf.ts'
import type { CheckSubject } from './check-subject.ts'
import { readBaseline } from './commands/analyse/subject.ts'
import { CliFailure, type CliIo, type ParsedCommand } from './command.ts'
import { reportedBeside } from './report-comparison.ts'
import { readSheetOrder, SHEET_OPTIONS } from './sheet-options.ts'
import { findBrowser } from '../services/host/find-browser.ts'
import { terminalJob } from './terminal-job.ts'

/** What a check can be put on paper as; each option takes a file. */
export const PAPER_OPTIONS = { html: { type: 'string' }, pdf: { type: 'string' }, xlsx: { type: 'string' }, csv: { type: 'string' }, bcf: { type: 'string' }, ifc: { type: 'string' }, scene: { type: 'string' }, sheets: { type: 'string' }, lang: { type: 'string' }, ...SHEET_OPTIONS } satisfies ParseArgsOptionsConfig

const SHEET_ENDINGS: ReadonlySet<string> = new Set(['.dxf', '.pdf', '.html'])

type PaperName = Exclude<keyof typeof PAPER_OPTIONS, 'lang' | keyof typeof SHEET_OPTIONS>

/** The papers asked for and the files they go to. */
export interface PaperOrder {
  readonly language: Language
  readonly files: Readonly<Partial<Record<PaperName, string>>>
  readonly sheetOrder: SheetOrder
}

/** @throws CliFailure for a language that is none of ours, and for a PDF where nothing can print one: before the check has run. */
export function readPaperOrder({ values }: ParsedCommand, io: CliIo): PaperOrder {
  const names = ['html', 'pdf', 'xlsx', 'csv', 'bcf', 'ifc', 'scene', 'sheets'] as const
  const files = Object.fromEntries(names.flatMap(name => (typeof values[name] === 'string' ? [[name, values[name]]] : [])))
  const lang = values['lang']
  const language = typeof lang === 'string' ? LANGUAGES.find(known => known === lang) : io.language
  if (language === undefined) throw new CliFailure('cli-report:badLanguage', { lang: String(lang), languages: LANGUAGES.join(', ') })
  const sheetsAs = files['sheets'] === undefined ? null : extname(files['sheets']).toLowerCase()
  if (sheetsAs !== null && !SHEET_ENDINGS.has(sheetsAs)) throw new CliFailure('cli-report:sheetsForm', { file: files['sheets']!, endings: [...SHEET_ENDINGS].join(', ') })
  if ((files['pdf'] !== undefined || sheetsAs === '.pdf') && findBrowser() === null) throw new CliFailure('cli-report:noBrowser')
  return { language, files, sheetOrder: readSheetOrder(values) }
}

/**
 * Writes the papers of a check, each whole or not at all.
 * @throws CliFailure where one cannot be made or written.
 */
export async function writePapers({ language, files, sheetOrder }: PaperOrder, subject: CheckSubject, sets: string | null, answer: CheckAnswer, io: CliIo): Promise<void> {
  const t = await loadMessages(language)
  const { html, pdf, xlsx, csv, bcf, ifc, scene, sheets } = files
  if (Object.keys(files).length === 0) return
  const isReported = html !== undefined || pdf !== undefined
  const lifeline = isReported ? await lifelineOf(subject, io, t) : null
  const compared = isReported ? await reportedBeside(subject, sets, io, t) : []
  const data = dataOf(subject, sets, answer, language, t, { lifeline, compared })
  if (bcf !== undefined) writeFindingsBcf(bcf, data, ifc === undefined ? null : basename(ifc))
  if (ifc !== undefined) put(ifc, coordinationIfc(data))
  if (xlsx !== undefined) {
    if (answer.findings.length > MAX_SHEET_ROWS) throw new CliFailure('cli-report:tooManyRows', { count: answer.findings.length, limit: MAX_SHEET_ROWS })
    put(xlsx, reportXlsx(data))
  }
  if (csv !== undefined) put(csv, new TextEncoder().encode(reportCsv(data)))
  if (html !== undefined) put(html, new TextEncoder().encode(paperHtml(reportPaper(data))))
  if (scene !== undefined) put(scene, new TextEncoder().encode(await sceneOf(data, subject.views)))
  if (sheets !== undefined) put(sheets, await sheetsOf(data, sheetOrder, extname(sheets).toLowerCase(), io))
  if (pdf !== undefined) put(pdf, await printed(reportPaper(data), io))
}

/** The four hazards as they are and with the scheme, as the report of the application has them; null without a scheme, or with nothing to screen. */
async function lifelineOf({ path, input }: CheckSubject, io: CliIo, t: TFunction): Promise<AnalysisOutcome | null> {
  if (!input.scenario || extname(path).toLowerCase() !== '.gpkg') return null
  const { baseline, scheme, settings } = await readBaseline(path, input.scenario.name, io)
  try {
    return lifelineOutcome(baseline, analysisSubject(baseline, scheme), { method: 'lifeline', ...settings }, new Date().getFullYear(), terminalJob(io, t))
  } catch (cause) {
    if (cause instanceof AnalysisRefused) return null
    throw cause
  }
}

async function sceneOf(data: ReportData, views: CheckSubject['views']): Promise<string> {
  try {
    return await sceneFile(data, views)
  } catch (cause) {
    throw cause instanceof SceneTooLarge ? new CliFailure('cli-report:sceneTooLarge', { megabytes: cause.megabytes }) : cause
  }
}

/** @throws CliFailure */
async function sheetsOf(data: ReportData, order: SheetOrder, ending: string, io: CliIo): Promise<Uint8Array> {
  try {
    if (ending === '.dxf') return sheetsDxf(data, order)
    const paper = sheetsPaper(data, order)
    return ending === '.pdf' ? await printed(paper, io) : new TextEncoder().encode(paperHtml(paper))
  } catch (cause) {
    if (cause instanceof NothingToDraw) throw new CliFailure('cli-report:nothingToDraw')
    throw cause instanceof TooManySheets ? new CliFailure('cli-report:tooManySheets', { count: cause.count, limit: MOST_SHEETS }) : cause
  }
}

async function printed(paper: Paper, io: CliIo): Promise<Uint8Array> {
  try {
    return await paperPdf(paper, printWithBrowser, io.signal)
  } catch (cause) {
    if (!(cause instanceof CannotPrint)) throw cause
    throw cause.code === 'no_browser' ? new CliFailure('cli-report:noBrowser') : new CliFailure('cli-report:browserFailed', { detail: cause.detail })
  }
}

function dataOf(subject: CheckSubject, sets: string | null, { findings, pairCount }: CheckAnswer, language: Language, t: TFunction, computed: Pick<ReportRequest, 'lifeline' | 'compared'>): ReportData {
  const { path, projectId, baseline, proposals, excavations, isProposal, pack, input, issues, crs, isSynthetic, scenarioId, records } = subject
  return buildReportData({
    language, words: t, project: basename(path), projectId, dataHash: input.hash, crs, isSynthetic, baseline, proposals, excavations, isProposal, pack, sets, issues, findings, pairCount, records,
    scheme: input.scenario && scenarioId !== null ? { id: scenarioId, ...input.scenario } : null, ...computed, now: new Date(),
  })
}

function put(file: string, bytes: Uint8Array): void {
  try {
    writeArchiveFile(file, bytes)
  } catch (cause) {
    throw new CliFailure('cli:cannotWrite', { file, reason: cause instanceof Error ? cause.message : String(cause) })
  }
}
