import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { featuresOfTypes, packContext } from '#shared/twin/twin-context.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { blockLookup } from '#shared/quality/block-lookup.ts'
import { groupOf } from '../../state/findings/finding-groups.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import type { RegisterState } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { standingIn } from '../../state/findings/standings.ts'
import { useOwners } from '../../state/twin/use-responsibility.ts'
import { subjectOf } from '../../state/twin/subjects.ts'
import type { FindingRow, ListedRow } from './finding-rows.ts'
import type { Looking } from './findings-tools.tsx'

/** Rows with where each finding stands and the group it is in; those the look leaves out are gone. */
export function useListed(rows: readonly FindingRow[], { statuses, showTouching, groupBy }: Looking, records: RegisterState['findingStates']): readonly ListedRow[] {
  const { t } = useTranslation('review')
  const project = useStore(projectStore)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const owners = useOwners()
  return useMemo(() => {
    // Half a million features are read only for somebody who asks for streets.
    const streets = groupBy === 'street' && project.context ? featuresOfTypes(packContext(project.context).surfaceFeatures, ['street_centreline']) : []
    const ownerOf = (id: string) => owners.nameOf(subjectOf(id, project.columns, document)?.owner ?? '')
    const blocks = project.context?.blocks ?? []
    const lookup = blockLookup(blocks, [0, 0, 0])
    const blockAt = ({ at: { a, b } }: Finding) => {
      const block = blocks[lookup((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)]
      return block ? block.name || block.id : ''
    }
    return rows.flatMap((row): ListedRow[] => {
      if (!showTouching && row.finding.rule === 'touching') return []
      const standing = standingIn(row.finding, { project, document, records })
      if (statuses.length > 0 && !statuses.includes(standing.status)) return []
      const status = t(`status.${standing.status}`)
      const statusWords = standing.reopened ? t('reopenedStatus', { status, why: t(`reopened.${standing.reopened}`) }) : standing.trend === 'worse' || standing.trend === 'better' || standing.trend === 'again' ? `${status} · ${t(`trend.${standing.trend}`)}` : status
      return [{ ...row, standing, statusWords, group: groupOf(row.finding, standing, groupBy, { streets, ownerOf, blockAt, sideWords: row.aWords, ruleWords: row.ruleWords, statusWords: status }) }]
    })
  }, [rows, statuses, showTouching, groupBy, project, document, owners, records, t])
}

/** Rows of a group together, groups by name, those without one last; within a group the order stays. */
export function grouped(rows: readonly ListedRow[], isGrouped: boolean, language: string): readonly ListedRow[] {
  if (!isGrouped) return rows
  const collator = new Intl.Collator(language, { numeric: true })
  return [...rows].sort((p, q) => Number(p.group === '') - Number(q.group === '') || collator.compare(p.group, q.group))
}
