import {
  Download, FolderOpen, Layers, Menu as MenuIcon, MousePointer2, PenLine, Route, Redo2, Save, Search, ScanSearch, ShieldCheck, Shovel, Undo2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { actionOf, runAction } from '../actions/app-actions.ts'
import { nextHistory } from '../actions/scheme/undo-actions.ts'
import { findingsStore, resultKey } from '../state/findings/findings-store.ts'
import { ledgerStore, nextRedo, nextUndo } from '../state/twin/ledger-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../state/scheme/scenario-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Badge } from '../ui/display.tsx'
import { Keys } from '../ui/keys.tsx'
import { Menu, type MenuItem } from '../ui/popover.tsx'
import { ActionButton } from './action-button.tsx'
import './toolbar.css'

const MENU: readonly string[] = [
  'file.new', 'file.open', 'file.openSample', '|', 'file.import', 'file.export', 'file.save', 'file.saveAs', 'file.close', '|', 'tools.drawArea', 'ledger.drawBlock', 'ledger.blockGrid', 'ledger.fillLevels', 'ledger.changes', 'ledger.owners', 'ledger.jobs', 'ledger.ignoreRules', '|', 'view.toggleTheme', 'view.toggleLanguage', '|', 'help.shortcuts', 'help.methods', 'help.aboutData', 'help.about',
]

/** The main actions, labelled; what is open; and the way to everything else. */
export function Toolbar() {
  const { t } = useTranslation('app')
  const isOpen = useStore(projectStore, state => state.status === 'open')
  const isDrawing = useStore(sessionStore, state => state.interaction.type === 'drawing')
  const isRouting = useStore(sessionStore, state => state.interaction.type === 'routing')
  const isDigging = useStore(sessionStore, state => state.interaction.type === 'digging')
  return (
    <div className="toolbar" role="toolbar" aria-label={t('toolbar')}>
      <MainMenu />
      <ProjectName />
      <div className="toolbar__group toolbar__group--file">
        <ActionButton id="file.open" icon={<FolderOpen size={16} />} />
        <ActionButton id="file.import" icon={<Download size={16} />} />
        <ActionButton id="file.save" icon={<Save size={16} />} />
      </div>
      {isOpen && (
        <>
          <History />
          <div className="toolbar__group">
            <ActionButton id="tools.select" icon={<MousePointer2 size={16} />} pressed={!isDrawing && !isDigging && !isRouting} />
            <ActionButton id="tools.newPipeline" icon={<PenLine size={16} />} pressed={isDrawing} />
            <ActionButton id="tools.findRoute" icon={<Route size={16} />} pressed={isRouting} />
            <ActionButton id="tools.newExcavation" icon={<Shovel size={16} />} pressed={isDigging} />
          </div>
          <CheckGroup />
        </>
      )}
      <div className="toolbar__space" />
      <Button className="toolbar__search" icon={<Search size={14} />} onClick={() => runAction('app.palette')}>
        {t('action.app.palette')}<Keys shortcut="Mod+K" />
      </Button>
    </div>
  )
}

function MainMenu() {
  const { t } = useTranslation('app')
  const items = MENU.map((id): MenuItem | 'separator' => {
    if (id === '|') return 'separator'
    const action = actionOf(id)
    return { id, label: t(action.labelKey), shortcut: action.shortcut, disabled: !action.isEnabled(), onSelect: () => runAction(id) }
  })
  // Whether each can run is read when the menu opens: the open menu covers everything that could change it.
  return <Menu trigger={<IconButton label={t('mainMenu')} icon={<MenuIcon size={16} />} />} items={items} />
}

function ProjectName() {
  const { t } = useTranslation('app')
  const info = useStore(projectStore, state => state.info)
  return (
    <div className="toolbar__project">
      <Layers size={16} className="toolbar__logo" aria-hidden />
      <span className="strong truncate" title={info?.name}>{info ? info.name.replace(/\.gpkg$/i, '') : 'Underplan'}</span>
      {info?.synthetic && (
        <button type="button" onClick={() => runAction('help.aboutData')}><Badge tone="accent">{t('synthetic')}</Badge></button>
      )}
    </div>
  )
}

function History() {
  const { t } = useTranslation('app')
  const scenario = useStore(scenarioStore, activeScenario)
  const ledger = useStore(ledgerStore)
  useStore(sessionStore, state => state.lastEdited)
  const detail = (labelKey: string | null | undefined, direction: 'undo' | 'redo') => {
    const edit = direction === 'undo' ? nextUndo(ledger) : nextRedo(ledger)
    const next = nextHistory(direction)
    if (edit && next === 'twin') return t(`ledger:kind.${edit.kind}`)
    if (next === 'owners') return t('owners:edit')
    return labelKey ? t(labelKey) : undefined
  }
  return (
    <div className="toolbar__group">
      <ActionButton id="edit.undo" icon={<Undo2 size={16} />} iconOnly detail={detail(scenario?.undoLabel, 'undo')} />
      <ActionButton id="edit.redo" icon={<Redo2 size={16} />} iconOnly detail={detail(scenario?.redoLabel, 'redo')} />
    </div>
  )
}

function CheckGroup() {
  const activeId = useStore(scenarioStore, state => state.activeId)
  const running = useStore(findingsStore, state => state.running)
  const isChecking = running.has(resultKey(activeId, 'proposals')) || running.has(resultKey(activeId, 'network')) || running.has(resultKey(activeId, 'lifeline'))
  return (
    <div className={`toolbar__group ${isChecking ? 'toolbar__group--busy' : ''}`}>
      <ActionButton id="check.run" icon={<ShieldCheck size={16} />} />
      <ActionButton id="check.runNetwork" icon={<ScanSearch size={16} />} />
    </div>
  )
}
