import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { freshness } from '../state/findings/freshness.ts'
import { findingsStore, resultKey, resultOf } from '../state/findings/findings-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import type { ScenarioState } from '../state/scheme/scenario-store.ts'
import { Badge } from '../ui/display.tsx'
import { useUncut } from './use-uncut.ts'

/** The scheme's standing in a word: the heaviest there is, or that nobody knows (any more). Hidden touching does not count; an excavation that cannot be computed is never clear. */
export function SchemeVerdict({ id, scenario }: { readonly id: string; readonly scenario: ScenarioState }) {
  const { t } = useTranslation('app')
  const result = useStore(findingsStore, state => resultOf(state, id, 'proposals'))
  const isRunning = useStore(findingsStore, state => state.running.has(resultKey(id, 'proposals')))
  const project = useStore(projectStore)
  const uncut = useUncut(id)
  if (Object.keys(scenario.document.proposals).length + Object.keys(scenario.document.excavations).length === 0) return null
  if (isRunning) return <Badge>{t('freshness.running')}</Badge>
  if (!result) return <Badge>{t('scenarios.verdict.unchecked')}</Badge>
  if (freshness(result, project, scenario) !== 'fresh') return <Badge tone="neutral">{t('scenarios.verdict.stale')}</Badge>
  const findings = result.findings.filter(finding => finding.rule !== 'touching')
  const mandatory = findings.filter(finding => finding.mandatory)
  const certain = mandatory.filter(finding => finding.verdict === 'certain').length
  if (certain > 0) return <Badge tone="danger">{t('scenarios.verdict.mandatory', { count: certain })}</Badge>
  if (uncut > 0) return <Badge tone="danger">{t('scenarios.verdict.uncut', { count: uncut })}</Badge>
  if (mandatory.length > 0) return <Badge tone="warning">{t('scenarios.verdict.possible', { count: mandatory.length })}</Badge>
  return findings.length > 0 ? <Badge tone="warning">{t('scenarios.verdict.advisory', { count: findings.length })}</Badge> : <Badge tone="good">{t('scenarios.verdict.clear')}</Badge>
}
