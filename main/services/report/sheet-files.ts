import { writeSheetsDxf } from '#shared/io/export/write-sheets-dxf.ts'
import type { ReportData } from '#shared/report/report-data.ts'
import { schemeSheets } from '#shared/report/sheets/scheme-sheets.ts'
import type { SheetOrder } from '#shared/report/sheets/sheet-order.ts'
import { sheetsPage } from '#shared/report/sheets/sheets-page.ts'
import type { Paper } from './report-papers.ts'

/** What nobody says otherwise. */
const DEFAULT_ORDER: SheetOrder = { size: 'A3', scale: 500, lineIds: null, title: { number: '', revision: '', drawn: '', checked: '', approved: '' } }

/** Sheets as a drawing. @throws NothingToDraw; TooManySheets. */
export const sheetsDxf = (data: ReportData, order = DEFAULT_ORDER): Uint8Array => new Uint8Array(Buffer.concat([...writeSheetsDxf(schemeSheets(data, order))]))

/** Sheets as pages. @throws NothingToDraw; TooManySheets. */
export function sheetsPaper(data: ReportData, order = DEFAULT_ORDER): Paper {
  const sheets = schemeSheets(data, order)
  const title = `${data.project.replace(/\.gpkg$/i, '')}${data.scheme ? ` – ${data.scheme.name}` : ''}`
  return ({ fontFaces }) => sheetsPage(sheets, { language: data.language, title, fontFaces })
}
