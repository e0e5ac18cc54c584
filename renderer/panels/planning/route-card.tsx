import { Ban, Check, Diamond, Route, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { acceptRoute, chooseRoute, dropPlanning } from '../../actions/planning-actions.ts'
import { figure, metres } from '../../i18n/format.ts'
import { planningStore } from '../../state/planning-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/display.tsx'
import './planning.css'

/** What was found between the points: alternatives side by side with what each costs, the narrow places of the chosen one, or what blocks. */
export function RouteCard() {
  const { t } = useTranslation('planning')
  const route = useStore(planningStore, state => state.route)
  if (!route) return null
  const { answer, chosen } = route
  const best = answer?.routes[0]?.cost.total ?? 0
  return (
    <article className="planning-card" aria-live="polite">
      <header className="planning-card__head">
        <Route size={16} />
        <span className="strong">{t('route.title')}</span>
        {answer && <span className="soft">{answer.routes.length > 0 ? t('route.count', { count: answer.routes.length }) : t('route.none')}</span>}
        <span className="planning-card__space" />
        <IconButton size="small" label={t('discard')} shortcut="Escape" icon={<X size={16} />} onClick={dropPlanning} />
      </header>
      {!answer && <div className="planning-card__wait"><ProgressBar fraction={null} label={t('job.route')} /><span className="soft">{t('route.looking')}</span><Button look="quiet" onClick={dropPlanning}>{t('common:cancel')}</Button></div>}
      {answer && answer.routes.length > 0 && (
        <table className="planning-table">
          <thead><tr><th /><th>{t('route.length')}</th><th>{t('route.cost')}</th><th>{t('route.trench')}</th><th>{t('route.bends')}</th><th>{t('route.crossings')}</th><th>{t('route.more')}</th></tr></thead>
          <tbody>
            {answer.routes.map(({ lengthM, cost }, i) => (
              <tr key={i} className={i === chosen ? 'planning-table__chosen' : ''} onClick={() => chooseRoute(i)}>
                <td><label className="planning-table__name"><input type="radio" name="route" checked={i === chosen} onChange={() => chooseRoute(i)} />{t('route.option', { rank: i + 1 })}</label></td>
                <td>{metres(lengthM, 1)}</td><td className="strong">{figure(cost.total, 1)}</td><td>{figure(cost.trench, 1)}</td><td>{figure(cost.bends, 1)}</td><td>{figure(cost.crossings, 0)}</td>
                <td>{i === 0 ? '–' : `+${figure(100 * (cost.total / best - 1), 0)} %`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {answer && answer.routes[chosen] && (
        <ul className="planning-card__list">
          {answer.routes[chosen].tightest.slice(0, 3).map(({ asset, rule, found, required }) => (
            <li key={`${asset} ${rule}`}><Diamond size={12} className="planning-card__narrow" />{t('route.narrow', { asset, rule: t(`findings:rule.${rule}`), found: metres(found), required: metres(required) })}</li>
          ))}
        </ul>
      )}
      {answer && answer.routes.length === 0 && (
        <ul className="planning-card__list">
          {answer.blocked.slice(0, 5).map(({ reason, asset, rule }, i) => (
            <li key={i}><Ban size={12} className="planning-card__blocked" />{t(`route.blocked.${reason}`, { asset: asset ?? t('theGround'), rule: rule === null ? '' : t(`findings:rule.${rule}`) })}</li>
          ))}
          <li className="soft">{t('route.whatNext')}</li>
        </ul>
      )}
      {answer && answer.routes.length > 0 && (
        <footer className="planning-card__foot">
          <span className="soft">{t('route.checked')}</span>
          <span className="planning-card__space" />
          <Button onClick={dropPlanning}>{t('discard')}</Button>
          <Button look="primary" icon={<Check size={14} />} onClick={acceptRoute}>{t('route.accept')}</Button>
        </footer>
      )}
    </article>
  )
}
