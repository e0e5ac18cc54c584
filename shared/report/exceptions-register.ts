import type { PaperDress } from './check-report.ts'
import { exceptionsTable } from './exceptions-section.ts'
import { html, htmlPage } from './markup.ts'
import { paperStyle } from './paper-style.ts'
import type { ReportData } from './report-data.ts'
import { stamp } from './report-words.ts'

/** The register of exceptions as a paper of its own, to be signed. */
export function exceptionsRegister(data: ReportData, { fontFaces }: PaperDress): string {
  const { words, language, project, scheme, madeAt, pack: { pack } } = data
  const title = words('report:exception.title')
  return htmlPage({
    language, title: `${title} – ${project}`, style: `${paperStyle(fontFaces)}@page { size: A4 landscape; } body { max-width: 270mm; }`,
    body: html`<h1>${title}</h1><p>${project}${scheme ? html` · ${scheme.name}` : null}<br><span class="soft">${words('report:cover.pack', { id: pack.id, version: pack.version })} · ${stamp(madeAt, language)}</span></p>
${exceptionsTable(data) ?? html`<p class="notice">${words('report:exception.none')}</p>`}
<div class="signature"><span>${words('report:letter.planner')}</span><span>${words('report:letter.reviewer')}</span><span>${words('report:letter.date')}</span></div>`,
  })
}
