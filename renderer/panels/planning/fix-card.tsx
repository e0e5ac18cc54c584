import { ArrowDownToLine, ArrowUpFromLine, Check, MoveHorizontal, Route, Shuffle, TriangleAlert, Wand2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Fix } from '#shared/routing/fix/fix-scheme.ts'
import type { FixKind } from '#shared/routing/fix/smallest-move.ts'
import { acceptFix, dropPlanning, FIX_JOB, rerouteLine } from '../../actions/scheme/planning-actions.ts'
import { metres } from '../../i18n/format.ts'
import { jobsStore } from '../../state/app/jobs-store.ts'
import { planningStore } from '../../state/scheme/planning-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/display.tsx'
import { unresolvedWords } from './unresolved-words.ts'
import './planning.css'

const KIND_ICONS: Readonly<Record<FixKind, ReactNode>> = {
  raise: <ArrowUpFromLine size={14} />, dip: <ArrowDownToLine size={14} />, shift: <MoveHorizontal size={14} />, detour: <Shuffle size={14} />,
}

/** A fix before it is taken: what moves how far, each limit before and after, and what no move clears. */
export function FixCard() {
  const { t } = useTranslation('planning')
  const fix = useStore(planningStore, state => state.fix)
  const scenario = useStore(scenarioStore, activeScenario)
  const fraction = useStore(jobsStore, ({ jobs }) => jobs.find(({ titleKey }) => titleKey === FIX_JOB)?.fraction ?? null)
  if (!fix || scenario?.document.id !== fix.scenarioId) return null
  const { outcome } = fix
  const isStale = scenario.revision !== fix.revision
  const stuck = [...new Set(outcome?.unresolved.flatMap(({ asset }) => asset ?? []))]
  const nameOf = (id: string) => scenario.document.proposals[id]?.name || id
  return (
    <article className="planning-card" aria-live="polite">
      <header className="planning-card__head">
        <Wand2 size={16} />
        <span className="strong">{t('fix.title')}</span>
        {outcome && <span className="soft">{t('fix.summary', { fixes: outcome.fixes.length, unresolved: outcome.unresolved.length })}</span>}
        <span className="planning-card__space" />
        <IconButton size="small" label={t('discard')} shortcut="Escape" icon={<X size={16} />} onClick={dropPlanning} />
      </header>
      {!outcome && <div className="planning-card__wait"><ProgressBar fraction={fraction} label={t('job.fix')} /><span className="soft">{t('fix.looking')}</span><Button look="quiet" onClick={dropPlanning}>{t('common:cancel')}</Button></div>}
      {outcome && outcome.fixes.length === 0 && outcome.unresolved.length === 0 && <p>{t(outcome.isUnknownFinding ? 'fix.notByMoving' : 'fix.nothing')}</p>}
      {outcome && (
        <div className="planning-card__body">
          {outcome.fixes.map((one, i) => <FixRow key={i} fix={one} name={nameOf(one.asset)} />)}
          {reasonsOf(outcome.unresolved.map(one => unresolvedWords(t, one, nameOf))).map(([reason, count]) => (
            <p key={reason} className="planning-card__closed"><TriangleAlert size={14} /><span className="selectable">{count > 1 && <b className="strong">{t('fix.several', { count })} </b>}{reason}</span></p>
          ))}
        </div>
      )}
      {outcome && (outcome.fixes.length > 0 || stuck.length > 0) && (
        <footer className="planning-card__foot">
          {isStale && <span className="planning-card__stale">{t('fix.stale')}</span>}
          {stuck.slice(0, 1).map(id => <Button key={id} icon={<Route size={14} />} onClick={() => rerouteLine(id)}>{t('fix.reroute', { name: nameOf(id) })}</Button>)}
          <span className="planning-card__space" />
          {outcome.fixes.length > 0 && <><Button onClick={dropPlanning}>{t('discard')}</Button>
            <Button look="primary" icon={<Check size={14} />} disabled={isStale} onClick={acceptFix}>{t('fix.accept')}</Button></>}
        </footer>
      )}
    </article>
  )
}

/** Findings that stay for the same reason are told of once, with their number. */
function reasonsOf(reasons: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
}

function FixRow({ fix, name }: { readonly fix: Fix; readonly name: string }) {
  const { t } = useTranslation('planning')
  return (
    <div className="fix-row">
      <p className="fix-row__move">{KIND_ICONS[fix.kind]}<span className="strong">{t(`fix.kind.${fix.kind === 'detour' ? (fix.upM < 0 ? 'detourDown' : 'detourUp') : fix.kind}`, { name, by: metres(fix.displacementM), aside: metres(fix.asideM), level: metres(Math.abs(fix.upM)) })}</span></p>
      <ul className="fix-row__limits">
        {fix.before.pairs.map(limit => {
          const left = fix.after.pairs.find(other => other.other === limit.other && other.rule === limit.rule)
          return (
            <li key={`${limit.other ?? ''} ${limit.rule}`}>
              <span className="truncate">{t('fix.limit', { rule: t(`findings:rule.${limit.rule}`), other: limit.other ?? t('theGround') })}</span>
              <span className="fix-row__figures">{metres(limit.found)} → {left ? metres(left.found) : <>≥ {metres(limit.required)} <Check size={12} /></>}</span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
