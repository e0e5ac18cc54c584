import type { DrawingSheet, PaperPoint, SheetLayer, SheetMark } from '../../io/export/drawing-sheet.ts'
import { escapeMarkup } from '../drawing.ts'
import { htmlPage, type Markup } from '../markup.ts'

/** Em of a capital letter's height in our fonts. */
const EM = 1.32
const DASHES = { continuous: '', dashed: '3 1.5', dashdot: '6 1.2 0.4 1.2' } as const

/** The same sheets as a page of its own each, at their size: to print, and to look at without a drawing program. */
export function sheetsPage(sheets: readonly DrawingSheet[], { language, title, fontFaces }: { readonly language: string; readonly title: string; readonly fontFaces: string }): string {
  const [first] = sheets
  const style = `${fontFaces}
html { font-family: "Inter Report", "Noto Sans SC Report", "Segoe UI", Arial, "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; font-variant-numeric: tabular-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact; color-scheme: light; background: #fff; }
body { margin: 0; }
svg { display: block; break-after: page; }
svg:last-child { break-after: auto; }
@page { size: ${first?.widthMm ?? 420}mm ${first?.heightMm ?? 297}mm; margin: 0; }
@media screen { html { background: #d5dbe2; } svg { width: 100%; height: auto; background: #fff; margin-bottom: 16px; } }
`
  const body: Markup = { markup: sheets.map(sheetSvg).join('\n') }
  return htmlPage({ language, title, style, body })
}

function sheetSvg({ widthMm, heightMm, marks, title }: DrawingSheet): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthMm}mm" height="${heightMm}mm" viewBox="0 0 ${widthMm} ${heightMm}" role="img" aria-label="${escapeMarkup(title)}" fill="none" stroke-linejoin="round" stroke-linecap="butt">${marks.map(mark => markSvg(mark, heightMm)).join('')}</svg>`
}

const mm = (value: number): string => String(Math.round(value * 1000) / 1000)

function markSvg(mark: SheetMark, heightMm: number): string {
  const { layer } = mark
  const point = ([x, y]: PaperPoint): string => `${mm(x)} ${mm(heightMm - y)}`
  switch (mark.type) {
    case 'path':
      return `<path d="M${mark.points.map(point).join('L')}${mark.isClosed ? 'Z' : ''}"${strokeOf(layer, mark.widthMm)}/>`
    case 'circle':
      return `<circle cx="${mm(mark.at[0])}" cy="${mm(heightMm - mark.at[1])}" r="${mm(mark.radiusMm)}"${strokeOf(layer, 0)}/>`
    case 'text': {
      const [x, y] = [mm(mark.at[0]), mm(heightMm - mark.at[1])]
      const size = mark.heightMm * EM
      return `<text x="${x}" y="${y}" font-size="${mm(size)}"${mark.anchor === 'start' ? '' : ` text-anchor="${mark.anchor}"`}${mark.turnDeg === 0 ? '' : ` transform="rotate(${mm(-mark.turnDeg)} ${x} ${y})"`} fill="${inkOf(layer)}" stroke="#fff" stroke-width="${mm(size * 0.18)}" paint-order="stroke">${escapeMarkup(mark.text)}</text>`
    }
  }
}

const strokeOf = (layer: SheetLayer, widthMm: number): string =>
  ` stroke="${layer.css}" stroke-width="${mm(Math.max(widthMm, layer.pen / 100))}"${DASHES[layer.look] === '' ? '' : ` stroke-dasharray="${DASHES[layer.look]}"`}`

/** Texts in bright colours of the code are hard to read on paper: darker. */
function inkOf({ css }: SheetLayer): string {
  const channels = /^#(..)(..)(..)$/.exec(css)
  if (!channels) return css
  return `#${channels.slice(1).map(hex => Math.round(parseInt(hex, 16) * 0.62).toString(16).padStart(2, '0')).join('')}`
}
