import { ChevronLeft, ChevronRight, CornerDownRight, Info, Wand2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { runAction } from '../../actions/app-actions.ts'
import { closeFinding } from '../../actions/check/finding-actions.ts'
import { proposeFix } from '../../actions/scheme/planning-actions.ts'
import { freshness } from '../../state/findings/freshness.ts'
import { findingsStore, resultOf } from '../../state/findings/findings-store.ts'
import { planningStore } from '../../state/scheme/planning-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { subjectOf } from '../../state/twin/subjects.ts'
import { usePackName } from '../../state/findings/pack-name.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Badge } from '../../ui/display.tsx'
import { SeverityMark } from '../../ui/severity-mark.tsx'
import { isScreening } from '#shared/clearance/findings/finding.ts'
import { againstWords, findingSentence, otherWords, severityWords, sideWords, uncertaintyWords, yieldWords } from '#shared/report/finding-words.ts'
import { FindingPictures } from './finding-pictures.tsx'
import './findings.css'

/** The open finding in one plain sentence, under the picture of it. */
export function FindingCard() {
  const { t } = useTranslation('findings')
  const openId = useStore(sessionStore, state => state.findingId)
  const scope = useStore(sessionStore, state => state.findingsScope)
  const project = useStore(projectStore)
  const scenario = useStore(scenarioStore, activeScenario)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const result = useStore(findingsStore, state => resultOf(state, activeId, scope))
  const isReadOnly = project.info?.readOnly != null
  const packName = usePackName()
  const finding = result?.findings.find(row => row.id === openId)
  const isDragging = useStore(sessionStore, state => state.interaction.type === 'draggingVertex')
  const hasFix = useStore(planningStore, state => state.fix !== null && state.fix.scenarioId === activeId)
  // A line in hand changes what the card speaks of, and its figures need the place; so does a proposed fix.
  if (!finding || !result || isDragging || hasFix) return null

  const subject = (ids: readonly string[]) => subjectOf(ids[0] ?? '', project.columns, scenario?.document ?? null)
  const sides = { a: sideWords(t, finding.a, subject(finding.a)), b: againstWords(t, finding, subject(finding.b)) }
  const yields = yieldWords(t, finding, sides)
  const uncertainty = uncertaintyWords(t, finding)
  const pack = packName(result.label.pack.id)
  const isStale = freshness(result, project, scenario) !== 'fresh'
  const isProposal = (id: string) => scenario !== null && Object.hasOwn(scenario.document.proposals, id)
  const canFix = !isScreening(finding.rule) && [...finding.a, ...finding.b].some(isProposal) && [finding, ...finding.others].some(({ shortfall }) => shortfall > 1e-6)
  return (
    <article className="finding-card" aria-live="polite">
      <header className="finding-card__head">
        <SeverityMark mandatory={finding.mandatory} verdict={finding.verdict} label={severityWords(t, finding)} size={16} />
        <span className="strong">{t(`rule.${finding.rule}`)}</span>
        <span className="soft">{severityWords(t, finding)}</span>
        {isStale && <Badge tone="warning">{t('card.stale')}</Badge>}
        <span className="finding-card__space" />
        <IconButton size="small" label={t('app:action.findings.previous')} shortcut="Shift+N" icon={<ChevronLeft size={16} />} onClick={() => runAction('findings.previous')} />
        <IconButton size="small" label={t('app:action.findings.next')} shortcut="N" icon={<ChevronRight size={16} />} onClick={() => runAction('findings.next')} />
        <IconButton size="small" label={t('common:close')} shortcut="Escape" icon={<X size={16} />} onClick={closeFinding} />
      </header>
      <p className="finding-card__sentence selectable">{findingSentence(t, finding, sides, pack)}</p>
      {yields !== null && <p className="finding-card__note"><CornerDownRight size={14} />{yields}</p>}
      {uncertainty !== null && <p className="finding-card__note"><Info size={14} />{uncertainty}</p>}
      {finding.surface?.isAssumed && <p className="finding-card__note"><Info size={14} />{t('card.surfaceAssumed', { surface: t(`kinds:surface.${finding.surface.surface}`) })}</p>}
      {!finding.mandatory && <p className="finding-card__note"><Info size={14} />{t(isScreening(finding.rule) ? 'card.screening' : `basis.${finding.basis}`)}</p>}
      <FindingPictures finding={finding} />
      {finding.others.length > 0 && (
        <ul className="finding-card__others">{finding.others.map((other, i) => <li key={`${other.rule}-${i}`}>{otherWords(t, other)}</li>)}</ul>
      )}
      {canFix && (
        <footer className="finding-card__foot">
          <Button icon={<Wand2 size={14} />} disabled={isReadOnly || isStale} onClick={() => proposeFix({ type: 'finding', id: finding.id })}>{t('planning:propose')}</Button>
        </footer>
      )}
    </article>
  )
}
