import { writeCsv } from '#shared/io/export/write-csv.ts'
import { writeXlsx, type SheetCell } from '#shared/io/export/write-xlsx.ts'
import { checkReport } from '#shared/report/check-report.ts'
import { findingsSheet, statementSheet } from '#shared/report/finding-sheets.ts'
import type { ReportData } from '#shared/report/report-data.ts'
import type { PrintPdf } from './browser-pdf.ts'
import { pdfAnchorPages } from './pdf-anchors.ts'
import { fontFacesFor } from './report-fonts.ts'

/** A paper in the making: the page for a dress of fonts and page numbers. */
export type Paper = (dress: { readonly fontFaces: string; readonly pageOf?: (anchor: string) => number | null }) => string

export const reportPaper = (data: ReportData): Paper => dress => checkReport(data, dress)

/** The paper as one HTML file with its fonts. */
export function paperHtml(paper: Paper): string {
  return paper({ fontFaces: fontFacesFor(paper({ fontFaces: '' })) })
}

/**
 * The paper as PDF, printed twice: only a printed page knows on which page what lies.
 * @throws CannotPrint
 */
export async function paperPdf(paper: Paper, print: PrintPdf, signal: AbortSignal): Promise<Uint8Array> {
  const fontFaces = fontFacesFor(paper({ fontFaces: '' }))
  const first = await print(paper({ fontFaces }), signal)
  const pages = pdfAnchorPages(first)
  return pages.size === 0 ? first : print(paper({ fontFaces, pageOf: anchor => pages.get(anchor) ?? null }), signal)
}

export const reportXlsx = (data: ReportData): Uint8Array => writeXlsx([findingsSheet(data), statementSheet(data)])

/** The findings as CSV; days as they are written. */
export function reportCsv(data: ReportData): string {
  const { columns, rows } = findingsSheet(data)
  const plain = (cell: SheetCell) => (typeof cell === 'object' && cell !== null ? cell.date : typeof cell === 'boolean' ? String(cell) : cell)
  return [...writeCsv(columns.map(({ title }) => title), [...rows].map(row => row.map(plain)))].join('')
}
