import { Ban, Check, ChevronDown, ChevronUp, Diamond, FlipHorizontal2, Route, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Blocked } from '#shared/routing/search/blocked.ts'
import { DEFAULT_ROUTE_COSTS } from '#shared/routing/search/route-costs.ts'
import type { FoundRoute } from '#shared/routing/search/find-route.ts'
import { acceptRoute, chooseRoute, dropPlanning, turnRoute } from '../../actions/scheme/planning-actions.ts'
import { costOf, projectCosts } from '../../actions/scheme/route-cost-actions.ts'
import { figure, metres } from '../../i18n/format.ts'
import { planningStore } from '../../state/scheme/planning-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { subjectOf } from '../../state/twin/subjects.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/display.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useChangedCosts } from './route-costs.tsx'
import { RouteFindings, findingGroups } from './route-findings.tsx'
import './planning.css'

/** From this height of the window on the card and the picture have room beside each other. */
const ROOMY_PX = 1000

/** What was found between the points: alternatives side by side with what each costs and what the check says of it, the narrow places of the chosen one, or what blocks. */
export function RouteCard() {
  const { t } = useTranslation('planning')
  const route = useStore(planningStore, state => state.route)
  const columns = useStore(projectStore, state => state.columns)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  // Small, the card is one line and leaves the picture free; it begins so where the window is low, and then stays as it was left.
  const [isSmall, setSmall] = useState(() => innerHeight < ROOMY_PX)
  if (!route) return null
  const { answer, chosen, isComplete } = route
  const nameOf = (id: string | null): string => (id === null ? t('theGround') : subjectOf(id, columns, document)?.label ?? id)
  const shown = answer?.routes[chosen]
  return (
    <article className="planning-card" aria-live="polite">
      <header className="planning-card__head">
        <Route size={16} />
        <span className="strong">{route.replaces === null ? t('route.title') : t('route.titleInstead', { name: nameOf(route.replaces) })}</span>
        {answer && !(isSmall && shown) && <span className="soft">{answer.routes.length > 0 ? t('route.count', { count: answer.routes.length }) : t('route.none')}</span>}
        <span className="planning-card__space" />
        {isSmall && shown && <Choice routes={answer!.routes} chosen={chosen} />}
        {answer && answer.routes.length > 0 && <IconButton size="small" label={t(isSmall ? 'route.larger' : 'route.smaller')} icon={isSmall ? <ChevronUp size={16} /> : <ChevronDown size={16} />} onClick={() => setSmall(!isSmall)} />}
        <IconButton size="small" label={t('discard')} shortcut="Escape" icon={<X size={16} />} onClick={dropPlanning} />
      </header>
      {!isComplete && <div className="planning-card__wait"><ProgressBar fraction={null} label={t('job.route')} /><span className="soft">{answer ? t('route.lookingOn') : t('route.looking')}</span><Button look="quiet" onClick={dropPlanning}>{t('common:cancel')}</Button></div>}
      {!isSmall && answer && answer.routes.length > 0 && <Alternatives routes={answer.routes} chosen={chosen} />}
      {!isSmall && shown && <OwnCosts />}
      {!isSmall && shown && (
        <div className="planning-card__lists">
          <ul className="planning-card__list"><RouteFindings findings={shown.findings} /></ul>
          <ul className="planning-card__list">{shown.tightest.slice(0, 3).map(({ asset, rule, found, required }) => (
            <li key={`${asset} ${rule}`}><Diamond size={12} className="planning-card__narrow" />{t('route.narrow', { asset: nameOf(asset), rule: t(`findings:rule.${rule}`), found: metres(found), required: metres(required) })}</li>
          ))}</ul>
        </div>
      )}
      {answer && answer.routes.length === 0 && <Blocks blocked={answer.blocked} nameOf={nameOf} />}
      {!isSmall && shown && (
        <footer className="planning-card__foot">
          <span className="soft">{shown.findings.length === 0 ? t('route.checked') : t('route.checkedLeft', { count: shown.findings.length })}</span>
          <span className="planning-card__space" />
          <Button onClick={dropPlanning}>{t('discard')}</Button>
          <Button look="primary" icon={<Check size={14} />} onClick={acceptRoute}>{t('route.accept')}</Button>
        </footer>
      )}
    </article>
  )
}

/** Which of the costs the alternatives were counted by are the project's own. */
function OwnCosts() {
  const { t } = useTranslation('planning')
  const changed = useChangedCosts()
  const costs = projectCosts(useStore(registerStore, state => state.routeCosts))
  if (changed.length === 0) return null
  return <p className="soft small">{t('costs.own', { list: changed.map(name => t('costs.ownOne', { name: t(`costs.name.${name}`), value: figure(costOf(costs, name), 2), shipped: figure(costOf(DEFAULT_ROUTE_COSTS, name), 2) })).join(t('costs.join')) })}</p>
}

/** The alternatives as one line: which is shown, what it comes to, and the button that takes it. */
function Choice({ routes, chosen }: { readonly routes: readonly FoundRoute[]; readonly chosen: number }) {
  const { t } = useTranslation('planning')
  return (
    <>
      <Segmented label={t('route.title')} value={String(chosen)} options={routes.map(({ lengthM, cost }, i) => ({ value: String(i), label: t('route.brief', { rank: i + 1, length: metres(lengthM, 1), cost: figure(cost.total, 0) }) }))} onChange={value => chooseRoute(Number(value))} />
      <Button look="primary" icon={<Check size={14} />} onClick={acceptRoute}>{t('route.accept')}</Button>
    </>
  )
}

/** Cost of each alternative by what makes it, dearer than the first by so much. */
function Alternatives({ routes, chosen }: { readonly routes: readonly FoundRoute[]; readonly chosen: number }) {
  const { t } = useTranslation('planning')
  const best = routes[0]!.cost.total
  const [hasManholes, hasBeside] = [routes.some(({ cost }) => cost.manholes > 0), routes.some(({ cost }) => cost.beside > 0)]
  return (
    <table className="planning-table">
      <thead>
        <tr>
          <th /><th>{t('route.length')}</th><th>{t('route.cost')}</th><th>{t('route.trench')}</th><th>{t('route.bends')}</th>{hasManholes && <th>{t('route.manholes')}</th>}<th>{t('route.crossings')}</th>
          {hasBeside && <th title={t('route.besideTip')}>{t('route.beside')}</th>}<th>{t('route.more')}</th><th>{t('route.findings')}</th>
        </tr>
      </thead>
      <tbody>
        {routes.map(({ lengthM, cost, findings }, i) => (
          <tr key={i} className={i === chosen ? 'planning-table__chosen' : ''} onClick={() => chooseRoute(i)}>
            <td><label className="planning-table__name"><input type="radio" name="route" checked={i === chosen} onChange={() => chooseRoute(i)} />{t('route.option', { rank: i + 1 })}</label></td>
            <td>{metres(lengthM, 1)}</td><td className="strong">{figure(cost.total, 1)}</td><td>{figure(cost.trench, 1)}</td><td>{figure(cost.bends, 1)}</td>{hasManholes && <td>{figure(cost.manholes, 1)}</td>}<td>{figure(cost.crossings, 0)}</td>
            {hasBeside && <td>{figure(cost.beside, 1)}</td>}<td>{i === 0 ? '–' : `+${figure(100 * (cost.total / best - 1), 0)} %`}</td>
            <td>{findingGroups(findings).length === 0 ? <Check size={14} className="planning-card__clean" aria-label={t('route.noFindings')} /> : figure(findings.length, 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What closes every way, and what to do about it. */
function Blocks({ blocked, nameOf }: { readonly blocked: readonly Blocked[]; readonly nameOf: (id: string | null) => string }) {
  const { t } = useTranslation('planning')
  // The ground rises, or the levels given do: the other way round it may fall.
  const isUphill = blocked.some(({ reason, figures }) => reason === 'too_deep' || (reason === 'no_fall' && figures !== undefined && -figures.foundM >= figures.requiredM))
  return (
    <ul className="planning-card__list">
      {blocked.slice(0, 5).map(({ reason, asset, rule, cover, figures }, i) => (
        <li key={i}><Ban size={12} className="planning-card__blocked" />{t(`route.blocked.${reason}`, { asset: nameOf(asset), rule: rule === null ? '' : t(`findings:rule.${rule}`), ...(figures && { found: metres(figures.foundM), required: metres(figures.requiredM) }), ...(cover && { needed: metres(cover.neededM, 1), most: metres(cover.mostM, 1) }) })}</li>
      ))}
      {isUphill
        ? <li><Button icon={<FlipHorizontal2 size={14} />} onClick={turnRoute}>{t('route.turn')}</Button></li>
        : <li className="soft">{t('route.whatNext')}</li>}
    </ul>
  )
}
