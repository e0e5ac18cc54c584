import type { TFunction } from 'i18next'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { FINDING_STATUSES } from '#shared/register/finding-state.ts'
import type { Standing } from '#shared/review/standing.ts'
import type { Subject } from '../../state/twin/subjects.ts'
import type { TableSort } from '../../ui/data-table.tsx'
import { againstWords, severityRank, sideWords } from '#shared/report/finding-words.ts'

/** A finding with what the table shows of it: looked up and worded once, not at every scroll. */
export interface FindingRow {
  readonly finding: Finding
  readonly a: Subject | null
  readonly b: Subject | null
  readonly aWords: string
  readonly bWords: string
  readonly ruleWords: string
}

/** A row with how far the finding has come, and the group it is listed in. */
export interface ListedRow extends FindingRow {
  readonly standing: Standing
  readonly statusWords: string
  readonly group: string
}

export function findingRows(t: TFunction, findings: readonly Finding[], subject: (id: string) => Subject | null): FindingRow[] {
  return findings.map(finding => {
    const [a, b] = [subject(finding.a[0] ?? ''), subject(finding.b[0] ?? '')]
    return {
      finding, a, b,
      aWords: sideWords(t, finding.a, a),
      bWords: againstWords(t, finding, b),
      ruleWords: t(`findings:rule.${finding.rule}`),
    }
  })
}

const figures: Readonly<Record<string, (row: FindingRow) => number>> = {
  severity: row => severityRank(row.finding),
  required: row => row.finding.required,
  found: row => row.finding.found,
  shortfall: row => row.finding.shortfall,
}
const words: Readonly<Record<string, (row: FindingRow & Partial<ListedRow>) => string>> = {
  group: row => row.group ?? '', status: row => String(FINDING_STATUSES.indexOf(row.standing?.status ?? 'new')), assignee: row => row.standing?.state?.assignee ?? '',
  rule: row => row.ruleWords, a: row => row.aWords, b: row => row.bWords, clause: row => row.finding.clause,
}

/** Rows whose words hold every part of the filter, sorted; among equals the greater shortfall comes first. */
export function arrangeRows<R extends FindingRow>(rows: readonly R[], filter: string, sort: TableSort, language: string): R[] {
  const parts = filter.toLowerCase().split(/\s+/).filter(part => part !== '')
  const text = ({ aWords, bWords, ruleWords, a, b, finding, standing, group }: FindingRow & Partial<ListedRow>) =>
    [aWords, bWords, ruleWords, a?.owner, b?.owner, finding.clause, ...finding.a, ...finding.b, standing?.state?.assignee, ...(standing?.state?.tags ?? []), group].join(' ').toLowerCase()
  const collator = new Intl.Collator(language, { numeric: true })
  const [byFigure, byWords] = [figures[sort.columnId], words[sort.columnId]]
  const compare = (x: FindingRow, y: FindingRow) =>
    byFigure ? byFigure(x) - byFigure(y) : byWords ? collator.compare(byWords(x), byWords(y)) : 0
  return rows
    .filter(row => parts.length === 0 || parts.every(part => text(row).includes(part)))
    .sort((x, y) => (sort.descending ? -1 : 1) * compare(x, y) || y.finding.shortfall - x.finding.shortfall || (x.finding.id < y.finding.id ? -1 : 1))
}
