import { CheckCheck, SearchX } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ruleFigure } from '#shared/report/rule-figure.ts'
import { goneFindings } from '#shared/review/gone.ts'
import { resolveGone } from '../../actions/check/review-actions.ts'
import { freshness } from '../../state/findings/freshness.ts'
import type { CheckResult } from '../../state/findings/findings-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { keyIn } from '../../state/findings/standings.ts'
import { Button } from '../../ui/button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { StatusMark } from './status-mark.tsx'

/** What somebody worked on and the newest check no longer finds: told, and closed in one step when people agree. */
export function GoneFindings({ result }: { readonly result: CheckResult }) {
  const { t } = useTranslation('review')
  const project = useStore(projectStore)
  const scenario = useStore(scenarioStore, activeScenario)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const records = useStore(registerStore, state => state.findingStates)
  const document = scenario?.document ?? null
  const gone = useMemo(() => {
    const { scope, findings } = result
    // A check that is old, was broken off, or looked at a selection only says nothing about what is gone.
    if ((scope !== 'proposals' && scope !== 'network' && scope !== 'lifeline') || freshness(result, project, scenario) !== 'fresh') return []
    return goneFindings(records, new Set(findings.map(finding => keyIn(finding, document).key)), activeId, scope)
  }, [result, project, scenario, records, document, activeId])
  if (gone.length === 0) return null
  return (
    <Popover trigger={<Button look="quiet" icon={<SearchX size={14} />}>{t('gone.title', { count: gone.length })}</Button>}>
      <div className="findings__popover findings__gone">
        <p className="soft small">{t('gone.text')}</p>
        <ul>
          {gone.slice(0, 200).map(({ key, state: { seen, status, assignee } }) => (
            <li key={key}>
              <span className="strong">{t(`findings:rule.${seen.rule}`)}</span> {[seen.a[0], seen.b[0]].filter(Boolean).join(' – ')}
              <span className="soft"> {t('gone.was', { found: ruleFigure(seen.rule, seen.found), required: ruleFigure(seen.rule, seen.required) })}</span>
              <span className="findings__gone-state"><StatusMark status={status} />{assignee && <span className="faint"> {assignee}</span>}</span>
            </li>
          ))}
        </ul>
        {gone.length > 200 && <p className="faint small">{t('gone.more', { count: gone.length - 200 })}</p>}
        <Button icon={<CheckCheck size={14} />} disabled={project.info?.readOnly !== null} onClick={() => void resolveGone(gone)}>{t('gone.resolve', { count: gone.length })}</Button>
      </div>
    </Popover>
  )
}
