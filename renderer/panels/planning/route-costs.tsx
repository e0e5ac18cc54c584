import { Coins, Redo2, RotateCcw, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { DEFAULT_ROUTE_COSTS } from '#shared/routing/search/route-costs.ts'
import { changeCost, costOf, projectCosts, resetCosts, stepCosts, type CostName } from '../../actions/scheme/route-cost-actions.ts'
import { figure } from '../../i18n/format.ts'
import { planningStore } from '../../state/scheme/planning-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { NumberInput } from '../../ui/fields.tsx'
import { Popover } from '../../ui/popover.tsx'

interface CostGroup {
  readonly title: 'surfaces' | 'added' | 'worth'
  readonly names: readonly CostName[]
  readonly unit: 'times' | 'perM' | 'metres'
  readonly min: number
  readonly max: number
}

const GROUPS: readonly CostGroup[] = [
  { title: 'surfaces', names: ['roadway', 'footway', 'green', 'open', 'water_body'], unit: 'times', min: 0.1, max: 100 },
  { title: 'added', names: ['depthPerM', 'besideMandatory', 'besideAdvisory'], unit: 'perM', min: 0, max: 100 },
  { title: 'worth', names: ['bend', 'bendPerRightAngle', 'crossing', 'manhole'], unit: 'metres', min: 0, max: 1000 },
]
/** Figures with more to say than their name. */
const TIPS: ReadonlySet<CostName> = new Set(['open', 'besideMandatory', 'besideAdvisory', 'bend', 'bendPerRightAngle'])
const NAMES = GROUPS.flatMap(({ names }) => names)

/** The figures the project's costs have otherwise than those shipped. */
export function useChangedCosts(): readonly CostName[] {
  const costs = projectCosts(useStore(registerStore, state => state.routeCosts))
  return NAMES.filter(name => costOf(costs, name) !== costOf(DEFAULT_ROUTE_COSTS, name))
}

/** What is dear and what is cheap for automatic routes and cost indices of this project: a table of figures beside those shipped. */
export function RouteCosts() {
  const { t } = useTranslation('planning')
  const costs = projectCosts(useStore(registerStore, state => state.routeCosts))
  const steps = useStore(planningStore, state => state.costSteps)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const changed = useChangedCosts()
  return (
    <Popover trigger={<Button icon={<Coins size={14} />}>{changed.length > 0 ? t('costs.openChanged', { count: changed.length }) : t('costs.open')}</Button>}>
      <section className="route-costs" aria-label={t('costs.title')}>
        <header className="route-costs__head">
          <h3>{t('costs.title')}</h3>
          <IconButton size="small" label={t('costs.undo')} icon={<Undo2 size={14} />} disabled={isReadOnly || steps.past.length === 0} onClick={() => void stepCosts('undo')} />
          <IconButton size="small" label={t('costs.redo')} icon={<Redo2 size={14} />} disabled={isReadOnly || steps.next.length === 0} onClick={() => void stepCosts('redo')} />
        </header>
        <p className="soft small">{t('costs.what')}</p>
        <table className="route-costs__table">
          {GROUPS.map(({ title, names, unit, min, max }) => (
            <tbody key={title}>
              <tr><th scope="rowgroup">{t(`costs.${title}`)}</th><th>{t(`costs.unit.${unit}`)}</th><th>{t('costs.shipped')}</th></tr>
              {names.map(name => {
                const shipped = costOf(DEFAULT_ROUTE_COSTS, name)
                return (
                  <tr key={name} className={changed.includes(name) ? 'route-costs__changed' : ''}>
                    <td {...(TIPS.has(name) && { title: t(`costs.tip.${name}`) })}>{t(`costs.name.${name}`)}</td>
                    <td><NumberInput aria-label={t(`costs.name.${name}`)} value={costOf(costs, name)} decimals={2} min={min} max={max} disabled={isReadOnly} onCommit={next => void changeCost(name, next)} /></td>
                    <td className="soft">{figure(shipped, 2)}</td>
                  </tr>
                )
              })}
            </tbody>
          ))}
        </table>
        <footer className="route-costs__foot">
          <span className="soft small">{t('costs.kept')}</span>
          <Button icon={<RotateCcw size={14} />} disabled={isReadOnly || changed.length === 0} onClick={() => void resetCosts()}>{t('costs.reset')}</Button>
        </footer>
      </section>
    </Popover>
  )
}
