import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { severityRank, severityWords } from '#shared/report/finding-words.ts'
import { SeverityMark } from '../../ui/severity-mark.tsx'

/** Findings of like weight and rule, the heaviest first. */
export function findingGroups(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of [...findings].sort((p, q) => severityRank(p) - severityRank(q))) {
    const key = `${finding.mandatory} ${finding.verdict} ${finding.rule}`
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  return [...groups.values()]
}

/** Rows of a list: what a check of the line leaves, by weight and rule. */
export function RouteFindings({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation('findings')
  return findingGroups(findings).map(group => {
    const { mandatory, verdict, rule } = group[0]!
    return (
      <li key={`${mandatory} ${verdict} ${rule}`}>
        <SeverityMark mandatory={mandatory} verdict={verdict} size={12} />
        {t('planning:route.left', { severity: severityWords(t, group[0]!), rule: t(`rule.${rule}`), count: group.length })}
      </li>
    )
  })
}
