import { unitOf } from '../clearance/findings/finding.ts'
import type { Sheet, SheetCell, SheetColumn } from '../io/export/write-xlsx.ts'
import { sizeFigure } from '../twin/section-size.ts'
import type { ReportData, ReportFinding } from './report-data.ts'
import { weightWords } from './finding-words.ts'
import { findingText } from './report-words.ts'

interface Column extends SheetColumn {
  readonly cell: (row: ReportFinding, text: ReturnType<typeof findingText>) => SheetCell
}

/** The findings as a table: one row each, figures as figures. The first sheet, and the whole of a CSV. */
export function findingsSheet(data: ReportData): Sheet {
  const columns = findingColumns(data)
  return {
    name: data.words('report:sheet.findings'), columns,
    rows: data.findings.map(row => {
      const text = findingText(data, row)
      return columns.map(({ cell }) => cell(row, text))
    }),
  }
}

function findingColumns({ words, network, crs }: ReportData): Column[] {
  const title = (name: string): string => words(`report:sheet.${name}`)
  const asset = (ids: readonly string[]) => network.assetOf(ids[0] ?? '')
  const side = (letter: 'a' | 'b'): Column[] => [
    { title: title(`${letter}Ids`), width: 18, cell: ({ finding }) => finding[letter].join(' ') },
    { title: title(`${letter}Kind`), width: 14, cell: ({ finding }, text) => (asset(finding[letter]) ? words(`kinds:kind.${asset(finding[letter])!.kind}`) : letter === 'b' ? text.b : null) },
    { title: title(`${letter}Size`), width: 12, cell: ({ finding }) => (asset(finding[letter]) ? sizeFigure(asset(finding[letter])!.section) : null) },
    { title: title(`${letter}Owner`), width: 20, cell: ({ finding }) => asset(finding[letter])?.owner ?? null },
  ]
  const frame = crs ?? words('report:statement.localFrame')
  const at = (letter: 'a' | 'b'): Column[] => ([0, 1, 2] as const).map(k => ({ title: `${letter.toUpperCase()} ${'xyz'[k]} (m, ${frame})`, width: 15, decimals: 3 as const, cell: ({ finding }) => finding.at[letter][k] }))
  return [
    { title: title('number'), width: 6, decimals: 0, cell: ({ number }) => number },
    { title: title('weight'), width: 12, cell: ({ finding }) => weightWords(words, finding) },
    { title: title('verdict'), width: 10, cell: ({ finding }) => words(`findings:verdict.${finding.verdict}`) },
    { title: title('rule'), width: 22, cell: (_, text) => text.rule },
    ...side('a'), ...side('b'),
    { title: title('unit'), width: 6, cell: ({ finding }) => words(`report:sheet.units.${unitOf(finding.rule)}`) },
    { title: title('required'), width: 12, decimals: 3, cell: ({ finding }) => finding.required },
    { title: title('found'), width: 12, decimals: 3, cell: ({ finding }) => finding.found },
    { title: title('shortfall'), width: 12, decimals: 3, cell: ({ finding }) => finding.shortfall },
    { title: title('clause'), width: 10, cell: ({ finding }) => finding.clause },
    { title: title('basis'), width: 10, cell: ({ finding }) => finding.basis },
    { title: title('yields'), width: 24, cell: (_, text) => text.yields },
    { title: title('status'), width: 14, cell: (_, text) => text.status },
    { title: title('assignee'), width: 16, cell: ({ standing }) => standing.state?.assignee ?? null },
    { title: title('due'), width: 12, cell: ({ standing }) => (standing.state?.due ? { date: standing.state.due } : null) },
    { title: title('tags'), width: 16, cell: ({ standing }) => standing.state?.tags.join(' ') ?? null },
    { title: title('decisions'), width: 30, cell: ({ decisions }) => decisions.map(({ date, text }) => `${date} ${text}`).join('\n') },
    { title: title('sentence'), width: 60, cell: (_, text) => text.sentence },
    { title: title('from'), width: 12, decimals: 2, cell: ({ finding }) => finding.stretch.fromChainageM },
    { title: title('to'), width: 12, decimals: 2, cell: ({ finding }) => finding.stretch.toChainageM },
    ...at('a'), ...at('b'),
    { title: title('id'), width: 30, cell: ({ finding }) => finding.id },
  ]
}

/** What the table is based on, so that a sheet that wanders off still says. */
export function statementSheet({ words, project, scheme, dataHash, pack: { pack, hash }, engine, madeAt, language, sets }: ReportData): Sheet {
  const row = (name: string, value: string): SheetCell[] => [words(`report:statement.${name}`), value]
  return {
    name: words('report:sheet.about'),
    columns: [{ title: words('report:sheet.what'), width: 28 }, { title: words('report:sheet.value'), width: 80 }],
    rows: [
      row('file', project), row('dataHash', dataHash), ...(scheme ? [row('scheme', scheme.name), row('schemeHash', scheme.hash)] : []),
      row('pack', `${pack.title[language]} (${pack.id}, ${pack.version})`), row('packHash', hash), ...(sets === null ? [] : [row('scope', sets)]), row('engine', engine), row('made', madeAt),
    ],
  }
}
