import { Ban, Route, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ASSET_KINDS, GRAVITY_KINDS, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { findRoute, lineOfRoute, setRouteLevel, setRouteOptions } from '../../actions/scheme/planning-actions.ts'
import { changeTemplate } from '../../actions/scheme/template-actions.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { planningStore } from '../../state/scheme/planning-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore, type Interaction } from '../../state/app/session-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button } from '../../ui/button.tsx'
import { Swatch } from '../../ui/display.tsx'
import { Field, NumberInput, Select } from '../../ui/fields.tsx'
import { RouteCosts } from './route-costs.tsx'
import { SectionFields } from '../section-fields.tsx'
import '../pipeline-options.css'
import './planning.css'

/** What line is to be laid between the points, and within which bounds. */
export function RouteOptions() {
  const { t } = useTranslation('planning')
  const interaction = useStore(sessionStore, state => state.interaction)
  const palette = useStore(viewStore, state => state.colours)
  const { routeOptions: { alternatives, minCoverM, maxCoverM, prefersCertain }, keepOut } = useStore(planningStore)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  if (interaction.type !== 'routing') return null
  const replaced = interaction.lineId === null ? undefined : document?.proposals[interaction.lineId]
  const toggleArea = () => sessionStore.setState({ interaction: { ...interaction, area: interaction.area ? null : [] } })
  return (
    <div className="pipeline-options" role="group" aria-label={t('app:action.tools.findRoute')}>
      {replaced ? <span><Swatch colour={kindColour(replaced.kind, palette)} /> {t('route.instead', { name: replaced.name || replaced.id })}</span> : <LineFields />}
      <Field label={t('route.cover')} inline>
        <NumberInput aria-label={t('route.minCover')} className="pipeline-options__small" value={minCoverM} decimals={2} min={0} max={50} unit="m" onCommit={next => setRouteOptions({ minCoverM: next, maxCoverM: Math.max(next, maxCoverM) })} />
        <span className="faint">–</span>
        <NumberInput aria-label={t('route.maxCover')} className="pipeline-options__small" value={maxCoverM} decimals={2} min={0} max={50} unit="m" onCommit={next => setRouteOptions({ maxCoverM: next, minCoverM: Math.min(next, minCoverM) })} />
      </Field>
      {interaction.points.length > 0 && <EndLevels interaction={interaction} />}
      <Field label={t('route.alternatives')} inline>
        <Select aria-label={t('route.alternatives')} value={String(alternatives)} onChange={next => setRouteOptions({ alternatives: Number(next) })} options={['1', '2', '3'].map(value => ({ value, label: value }))} />
      </Field>
      <label className="check-row" title={t('route.certainTip')}><input type="checkbox" checked={prefersCertain} onChange={() => setRouteOptions({ prefersCertain: !prefersCertain })} />{t('route.certain')}</label>
      <RouteCosts />
      <Button icon={<Ban size={14} />} pressed={interaction.area !== null} onClick={toggleArea}>{t('route.keepOut')}</Button>
      {keepOut.length > 0 && <Button look="quiet" icon={<Trash2 size={14} />} onClick={() => planningStore.setState({ keepOut: [], route: null })}>{t('route.clearAreas', { count: keepOut.length })}</Button>}
      <Button look="primary" icon={<Route size={14} />} disabled={interaction.points.length < 2} onClick={findRoute}>{t('route.find')}</Button>
    </div>
  )
}

/** The level a route has to begin and end at: of the bottom of a gravity line, of the axis of any other; an empty field leaves it to the search. */
function EndLevels({ interaction: { points, levels, lineId } }: { readonly interaction: Extract<Interaction, { type: 'routing' }> }) {
  const { t } = useTranslation('planning')
  const origin = useStore(projectStore, state => state.info?.origin ?? null)
  const template = useStore(sessionStore, state => state.template)
  if (!origin) return null
  const { kind, section } = lineId === null ? template : lineOfRoute(lineId)
  const isGravity = GRAVITY_KINDS.has(kind)
  // What the field shows above the axis in the local frame.
  const shift = origin[2] - (isGravity ? (section.shape === 'circle' ? section.diameterM : section.heightM) / 2 : 0)
  const field = (index: number, label: string) => (
    <NumberInput aria-label={label} title={label} placeholder={t('route.levelFree')} className="pipeline-options__level" value={levels[index] == null ? null : levels[index] + shift} decimals={3} unit="m"
      onCommit={next => setRouteLevel(index, next - shift)} onClear={() => setRouteLevel(index, null)} />
  )
  return (
    <div className="field field--inline" title={t('route.levelTip')}>
      <span className="field__label">{t(isGravity ? 'route.inverts' : 'route.levels')}</span>
      {field(0, t('route.startLevel'))}
      {points.length > 1 && <><span className="faint">–</span>{field(points.length - 1, t('route.endLevel'))}</>}
    </div>
  )
}

/** What is to be laid: kind, size, laying and pressure of what is drawn next. */
function LineFields() {
  const { t } = useTranslation('planning')
  const { kind, section, laying, pressureClass } = useStore(sessionStore, state => state.template)
  const palette = useStore(viewStore, state => state.colours)
  return (
    <>
      <Field label={t('app:field.kind')} inline>
        <Swatch colour={kindColour(kind, palette)} />
        <Select aria-label={t('app:field.kind')} value={kind} onChange={next => changeTemplate({ kind: next })} options={ASSET_KINDS.map(value => ({ value, label: t(`kinds:kind.${value}`) }))} />
      </Field>
      <SectionFields section={section} onChange={next => changeTemplate({ section: next, ductBank: null })} />
      <Field label={t('app:field.laying')} inline>
        <Select aria-label={t('app:field.laying')} value={laying} onChange={next => changeTemplate({ laying: next })} options={LAYINGS.map(value => ({ value, label: t(`kinds:laying.${value}`) }))} />
      </Field>
      {kind === 'gas' && (
        <Field label={t('app:field.pressure')} inline>
          <Select aria-label={t('app:field.pressure')} value={pressureClass ?? 'low'} onChange={next => changeTemplate({ pressureClass: next })} options={PRESSURE_CLASSES.map(value => ({ value, label: t(`kinds:pressureClass.${value}`) }))} />
        </Field>
      )}
    </>
  )
}
