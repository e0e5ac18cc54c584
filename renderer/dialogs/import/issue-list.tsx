import { CircleX, Info, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { IssueSummary } from '#shared/core/issues.ts'
import { issueExampleWords } from '#shared/report/issue-example-words.ts'
import { count } from '../../i18n/format.ts'

const ICONS = { error: CircleX, warning: TriangleAlert, info: Info } as const

/** What was noticed about the data: severity by shape, word and colour; how often; one example to look up. */
export function IssueList({ issues }: { readonly issues: readonly IssueSummary[] }) {
  const { t } = useTranslation(['import-wizard', 'issues', 'issue-examples', 'refusals'])
  return (
    <ul className="import-issues">
      {issues.map(issue => {
        const Icon = ICONS[issue.severity]
        return (
          <li key={`${issue.severity}:${issue.code}`} className={`import-issues__row import-issues__row--${issue.severity}`}>
            <Icon size={14} aria-label={t(`import-wizard:severity.${issue.severity}`)} />
            <div>
              <p>{t(`issues:${issue.code}`)}</p>
              {issue.example !== '' && <p className="soft truncate" title={issueExampleWords(t, issue.example)}>{t('import-wizard:example', { example: issueExampleWords(t, issue.example) })}</p>}
            </div>
            <span className="import-issues__count">{count(issue.count)}</span>
          </li>
        )
      })}
    </ul>
  )
}
