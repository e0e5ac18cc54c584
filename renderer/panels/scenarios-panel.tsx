import { Circle, CircleDot, Copy, Ellipsis, Focus, GitCompareArrows, Milestone, Pencil, Plus, SquareSplitHorizontal, Trash2 } from 'lucide-react'
import { Fragment, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { runAction } from '../actions/app-actions.ts'
import { switchScenario } from '../actions/scheme/scenario-actions.ts'
import { swipeBetween } from '../actions/scheme/scheme-actions.ts'
import { flyToScheme } from '../actions/viewing/selection-actions.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { activeScenario, scenarioStore, type ScenarioState } from '../state/scheme/scenario-store.ts'
import { stageOf } from '../state/scheme/scheme-stage.ts'
import { sessionStore, type DialogState } from '../state/app/session-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Menu } from '../ui/popover.tsx'
import { SchemeExcavations } from './excavation/scheme-excavations.tsx'
import { SchemeContents } from './scheme-contents.tsx'
import { SchemeVerdict } from './scheme-verdict.tsx'
import './lists.css'

const show = (dialog: DialogState) => sessionStore.setState({ dialog })

/** The schemes of the project: which one is worked on, and how each stands against the rules. */
export function ScenariosPanel() {
  const { t } = useTranslation('app')
  const { order, byId, activeId } = useStore(scenarioStore)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const list = useRef<HTMLUListElement>(null)
  const active = activeId === null ? undefined : byId[activeId]
  const parts = active ? Object.keys(active.document.proposals).length + Object.keys(active.document.excavations).length : 0
  // What the scheme worked on holds comes into sight with it, the row itself last.
  useEffect(() => {
    for (const row of [list.current?.querySelector('.scheme__contents'), list.current?.querySelector('.scheme--active')]) row?.scrollIntoView({ block: 'nearest' })
  }, [activeId, parts])
  return (
    <div className="panel">
      <div className="panel__scroll">
        <ul ref={list} aria-label={t('panel.scenarios')}>
          <li className={`scheme ${activeId === null ? 'scheme--active' : ''}`}>
            <Marker isActive={activeId === null} />
            <button type="button" className="scheme__open" aria-current={activeId === null} onClick={() => void switchScenario(null)}>
              <span className="truncate scheme__name">{t('scenarios.baseline')}</span>
              <span className="truncate list-row__note">{t('scenarios.baselineNote')}</span>
            </button>
          </li>
          {order.map(id => {
            const scenario = byId[id]
            return scenario && (
              <Fragment key={id}>
                <SchemeRow id={id} scenario={scenario} isActive={id === activeId} isReadOnly={isReadOnly} />
                {id === activeId && <li className="scheme__contents"><SchemeContents /><SchemeExcavations /></li>}
              </Fragment>
            )
          })}
        </ul>
      </div>
      <div className="panel__bar panel__bar--bottom">
        <Button look="quiet" icon={<Plus size={14} />} disabled={isReadOnly} onClick={() => show({ type: 'newScenario', copyFrom: null })}>{t('scenarios.add')}</Button>
        {order.length > 1 && <Button look="quiet" icon={<GitCompareArrows size={14} />} onClick={() => runAction('scheme.compare')}>{t('planning:compare.title')}</Button>}
      </div>
    </div>
  )
}

const Marker = ({ isActive }: { readonly isActive: boolean }) => (
  <span className="scheme__marker">{isActive ? <CircleDot size={14} /> : <Circle size={14} />}</span>
)

interface SchemeRowProps {
  readonly id: string
  readonly scenario: ScenarioState
  readonly isActive: boolean
  readonly isReadOnly: boolean
}

function SchemeRow({ id, scenario, isActive, isReadOnly }: SchemeRowProps) {
  const { t } = useTranslation('app')
  const lines = Object.keys(scenario.document.proposals).length
  const cuts = Object.keys(scenario.document.excavations).length
  const stage = useStore(registerStore, state => stageOf(state, id))
  const activeId = useStore(scenarioStore, state => state.activeId)
  const activeName = useStore(scenarioStore, state => activeScenario(state)?.document.name ?? '')
  return (
    <li className={`scheme ${isActive ? 'scheme--active' : ''}`}>
      <Marker isActive={isActive} />
      <button type="button" className="scheme__open" aria-current={isActive} onClick={() => void switchScenario(id)} onDoubleClick={() => !isReadOnly && show({ type: 'renameScenario', id })}>
        <span className="truncate scheme__name" title={scenario.document.name}>{scenario.document.name}</span>
        <span className="truncate list-row__note">{stage !== 'draft' && <b className="strong">{t(`stages:stage.${stage}`)} · </b>}{t('scenarios.lines', { count: lines })}{cuts > 0 && ` · ${t('excavation:count', { count: cuts })}`}</span>
      </button>
      <SchemeVerdict id={id} scenario={scenario} />
      <Menu
        align="end"
        trigger={<IconButton size="small" label={t('scenarios.more', { name: scenario.document.name })} icon={<Ellipsis size={14} />} />}
        items={[
          { id: 'show', label: t('scenarios.show'), icon: <Focus size={14} />, onSelect: () => void switchScenario(id).then(() => flyToScheme(scenario.document)) },
          { id: 'rename', label: t('scenarios.rename'), icon: <Pencil size={14} />, disabled: isReadOnly, onSelect: () => show({ type: 'renameScenario', id }) },
          { id: 'duplicate', label: t('scenarios.duplicate'), icon: <Copy size={14} />, disabled: isReadOnly, onSelect: () => show({ type: 'newScenario', copyFrom: id }) },
          ...(activeId !== null && activeId !== id ? [{ id: 'swipe', label: t('planning:compare.swipeWith', { name: activeName }), icon: <SquareSplitHorizontal size={14} />, onSelect: () => void swipeBetween(activeId, id) }] : []),
          { id: 'stage', label: t('stages:menu'), icon: <Milestone size={14} />, onSelect: () => show({ type: 'schemeStage', id }) },
          'separator',
          { id: 'delete', label: t('scenarios.delete'), icon: <Trash2 size={14} />, danger: true, disabled: isReadOnly, onSelect: () => show({ type: 'deleteScenario', id }) },
        ]}
      />
    </li>
  )
}
