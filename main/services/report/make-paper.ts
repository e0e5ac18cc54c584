import { zipSync } from 'fflate'
import type { PaperRequest } from '#shared/contract/paper-shapes.ts'
import { MAX_FINDING_TOPICS } from '#shared/io/bcf/findings-to-bcf.ts'
import { MAX_SHEET_ROWS, writeXlsx } from '#shared/io/export/write-xlsx.ts'
import type { SavedView } from '#shared/register/saved-view.ts'
import { conflictMatrix } from '#shared/report/conflict-matrix.ts'
import { exceptionsRegister } from '#shared/report/exceptions-register.ts'
import { statementSheet } from '#shared/report/finding-sheets.ts'
import { meetingMinutes, type Meeting } from '#shared/report/minutes.ts'
import { noticeLetters } from '#shared/report/notice-letters.ts'
import type { ReportData } from '#shared/report/report-data.ts'
import type { SheetOrder } from '#shared/report/sheets/sheet-order.ts'
import { findingKey } from '#shared/review/finding-key.ts'
import { CannotPrint, type PrintPdf } from './browser-pdf.ts'
import { coordinationIfc } from './coordination-ifc.ts'
import { findingsArchive } from './findings-archive.ts'
import { paperHtml, paperPdf, reportCsv, reportPaper, reportXlsx, type Paper } from './report-papers.ts'
import { sceneFile } from './scene-file.ts'
import { sheetsDxf, sheetsPaper } from './sheet-files.ts'

/** More findings than the form asked for can hold. */
export class TooManyFindings extends Error {
  override readonly name = 'TooManyFindings'
  readonly count: number
  readonly limit: number
  constructor(count: number, limit: number) {
    super(`${count} findings, ${limit} at most`)
    this.count = count
    this.limit = limit
  }
}

/** What a paper is made with beside its data. */
export interface PaperMeans {
  readonly print: PrintPdf
  readonly signal: AbortSignal
  readonly scenarioId: string | null
  readonly meeting: Meeting | null
  /** For the scene, in the order of the list. */
  readonly views: readonly SavedView[]
  /** For sheets. */
  readonly sheets: SheetOrder | null
}

/** A paper made. `lacksPdf`: minutes with all that goes out with them, but for the PDF that nothing here could print. */
export interface MadePaper {
  readonly bytes: Uint8Array
  readonly lacksPdf: boolean
}

/**
 * Makes a paper.
 * @throws TooManyFindings; CannotPrint; SceneTooLarge; NothingToDraw; TooManySheets.
 */
export async function makePaper({ paper, form }: Pick<PaperRequest, 'paper' | 'form'>, data: ReportData, means: PaperMeans): Promise<MadePaper> {
  const whole = (bytes: Uint8Array): MadePaper => ({ bytes, lacksPdf: false })
  if (form === 'xlsx' || form === 'csv' || form === 'bcfzip' || form === 'bcf') return whole(findingsFile(paper, form, data))
  if (paper === 'scene') return whole(textBytes(await sceneFile(data, means.views)))
  if (paper === 'findings' && form === 'zip') return whole(zipSync(coordinationFiles(data), { level: 0 }))
  if (form === 'dxf') return whole(sheetsDxf(data, means.sheets ?? undefined))
  const sheet = paperOf(paper, data, means)
  if (form === 'pdf') return whole(await paperPdf(sheet, means.print, means.signal))
  if (form === 'html') return whole(textBytes(paperHtml(sheet)))
  // Minutes with all that goes out with them: one file, one step.
  const pdf = await paperPdf(sheet, means.print, means.signal).catch(cause => {
    if (means.signal.aborted || !(cause instanceof CannotPrint)) throw cause
    return null
  })
  const bytes = zipSync({
    'minutes.html': textBytes(paperHtml(sheet)), ...(pdf && { 'minutes.pdf': pdf }), ...coordinationFiles(data), 'findings.xlsx': findingsFile('findings', 'xlsx', data),
  }, { level: 0 })
  return { bytes, lacksPdf: pdf === null }
}

/** Topics, and the objects they select. */
function coordinationFiles(data: ReportData): Record<string, Uint8Array> {
  refuseTooMany(data.findings.length, MAX_FINDING_TOPICS)
  return { 'findings.bcfzip': findingsArchive(data, '2.1', MODEL_FILE), [MODEL_FILE]: coordinationIfc(data) }
}

const MODEL_FILE = 'objects.ifc'

function refuseTooMany(count: number, limit: number): void {
  if (count > limit) throw new TooManyFindings(count, limit)
}

function findingsFile(paper: PaperRequest['paper'], form: 'xlsx' | 'csv' | 'bcfzip' | 'bcf', data: ReportData): Uint8Array {
  const count = data.findings.length
  const limit = form === 'bcfzip' || form === 'bcf' ? MAX_FINDING_TOPICS : form === 'xlsx' ? Math.floor(MAX_SHEET_ROWS / (paper === 'conflicts' ? 2 : 1)) : Infinity
  refuseTooMany(count, limit)
  if (form === 'csv') return textBytes(reportCsv(data))
  if (form === 'bcfzip' || form === 'bcf') return findingsArchive(data, form === 'bcf' ? '3.0' : '2.1')
  return paper === 'conflicts' ? writeXlsx([conflictMatrix(data), statementSheet(data)]) : reportXlsx(data)
}

function paperOf(paper: PaperRequest['paper'], data: ReportData, { meeting, scenarioId, sheets }: PaperMeans): Paper {
  switch (paper) {
    case 'exceptions': return dress => exceptionsRegister(data, dress)
    case 'letters': return dress => noticeLetters(data, dress)
    case 'minutes': return dress => meetingMinutes(data, meeting ?? NO_MEETING, ({ finding }) => findingKey(finding, scenarioId, data.network.isProposal).key, dress)
    case 'sheets': return sheetsPaper(data, sheets ?? undefined)
    default: return reportPaper(data)
  }
}

const NO_MEETING: Meeting = { name: '', date: '', people: '', isKept: true, decisions: [], pictures: new Map(), nameOf: () => null }

const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text)
