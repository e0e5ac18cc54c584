/**
 * How our papers look, on a screen and printed (A4). Page numbers are margin boxes, which browsers of the Chromium family
 * print. `fontFaces` are `@font-face` rules with the fonts inside; without them the reader's own fonts serve.
 */
export const paperStyle = (fontFaces: string): string => `${fontFaces}
:root { --ink: #16202c; --soft: #5b6876; --line: #d5dbe2; --pale: #f4f6f8; --accent: #0b62a8; color-scheme: light; }
* { box-sizing: border-box; }
html { font: 10.5pt/1.5 "Inter Report", "Noto Sans SC Report", "Segoe UI", "Helvetica Neue", Arial, "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; color: var(--ink); background: #fff; font-variant-numeric: tabular-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; max-width: 190mm; padding: 8mm; }
h1 { font-size: 26pt; line-height: 1.2; margin: 0 0 4mm; font-weight: 600; }
h2 { font-size: 16pt; line-height: 1.25; margin: 0 0 3mm; font-weight: 600; }
h3 { font-size: 11.5pt; margin: 5mm 0 2mm; font-weight: 600; }
h2, h3 { break-after: avoid; }
p { margin: 0 0 2.5mm; }
a { color: inherit; text-decoration: none; }
svg { display: block; width: 100%; height: auto; }
figure { margin: 0; break-inside: avoid; border: 0.3mm solid var(--line); }
figcaption { font-size: 8pt; color: var(--soft); padding: 1mm 2mm; border-top: 0.3mm solid var(--line); }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 1.35; }
th, td { text-align: left; vertical-align: top; padding: 0.9mm 2mm; border-bottom: 0.25mm solid var(--line); }
thead { display: table-header-group; }
thead th { border-bottom: 0.5mm solid var(--ink); font-weight: 600; }
tr { break-inside: avoid; }
.figure { text-align: right; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.soft { color: var(--soft); }
.small { font-size: 8.5pt; }
.hash { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 8pt; overflow-wrap: anywhere; }
.statement th { width: 46mm; font-weight: 600; }
.cover { min-height: 235mm; display: flex; flex-direction: column; }
.cover__mark { font-weight: 600; letter-spacing: 0.02em; color: var(--accent); margin-bottom: 45mm; padding-top: 6mm; }
.cover__subject { font-size: 14pt; margin-bottom: 14mm; }
.cover__counts { display: flex; gap: 10mm; margin: 4mm 0 12mm; }
.cover__counts b { display: block; font-size: 24pt; line-height: 1.1; font-weight: 600; }
.cover__foot { margin-top: auto; }
.notice { border-left: 1mm solid var(--accent); background: var(--pale); padding: 2mm 4mm; margin: 3mm 0; }
.contents { list-style: none; padding: 0; margin: 0; }
.contents li { display: flex; gap: 2mm; padding: 0.8mm 0; border-bottom: 0.25mm dotted var(--line); }
.contents .page { margin-left: auto; color: var(--soft); }
.contents .inner { padding-left: 6mm; font-size: 9.5pt; }
.findings { table-layout: fixed; }
.findings :is(th, td) { padding: 0.9mm 1.2mm; }
.findings .number { width: 9mm; }
.findings .severity { width: 24mm; }
.findings .rule { width: 24mm; }
.findings .figure { width: 17mm; }
.findings .clause { width: 14mm; }
.findings .status { width: 18mm; }
.findings .verdict { padding-left: 4.2mm; color: var(--soft); }
span.severity { white-space: nowrap; }
span.severity::before { content: ""; display: inline-block; width: 2.6mm; height: 2.6mm; margin-right: 1.6mm; border: 0.4mm solid var(--ink); vertical-align: -0.3mm; }
span.severity--mandatory::before { background: var(--ink); border-radius: 0; }
span.severity--advisory::before { border-radius: 50%; }
img.kept { display: block; max-width: 100%; max-height: 90mm; margin: 1.5mm 0; border: 0.3mm solid var(--line); break-inside: avoid; }
.comparison thead th { white-space: normal; }
.sentence { font-size: 11.5pt; line-height: 1.4; margin: 1mm 0 2mm; }
.pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 3mm; margin: 2mm 0 3mm; }
.pictures figure:first-child { grid-column: 1 / -1; }
.kinds { display: flex; flex-wrap: wrap; gap: 1mm 5mm; font-size: 8.5pt; margin-top: 2mm; }
.kinds span::before { content: ""; display: inline-block; width: 5mm; height: 1mm; margin-right: 1.5mm; vertical-align: 1mm; background: var(--kind); }
.signature { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 10mm; margin-top: 14mm; font-size: 9pt; }
.signature span { border-top: 0.3mm solid var(--ink); padding-top: 1mm; }
section { break-before: page; }
section.flow { break-before: auto; }
@page { size: A4; margin: 16mm 16mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #5b6876; } }
@page :first { @bottom-right { content: none; } }
@media print { body { max-width: none; padding: 0; } }
@media screen { section { padding-top: 6mm; border-top: 0.3mm solid var(--line); margin-top: 10mm; } .cover { min-height: 0; } .cover__mark { margin-bottom: 12mm; } .contents .page { display: none; } }
`
