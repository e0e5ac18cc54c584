import { Command } from 'cmdk'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { EVERYTHING } from '#shared/ledger/asset-query.ts'
import { appActions } from '../actions/app-actions.ts'
import type { AppAction } from '../actions/action.ts'
import { showInLedger } from '../actions/ledger/ledger-actions.ts'
import { switchScenario } from '../actions/scheme/scenario-actions.ts'
import { goToPlace, selectAndFly } from '../actions/viewing/selection-actions.ts'
import { LANGUAGES } from '../i18n/language.ts'
import { kindCounts } from '../state/twin/asset-facts.ts'
import { coordinatesIn, idsLike, streetsLike } from '../state/twin/find-places.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { scenarioStore } from '../state/scheme/scenario-store.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import './dialogs.css'

const GROUPS: readonly AppAction['group'][] = ['tools', 'check', 'view', 'edit', 'file', 'help']

/** Every typed word must be in the name (the action's in both languages, and what other programs call it); a name that starts with it comes first. */
function score(value: string, search: string): number {
  const [name, wanted] = [value.toLowerCase(), search.toLowerCase().trim()]
  if (!wanted.split(/\s+/).every(word => name.includes(word))) return 0
  return name.startsWith(wanted) ? 1 : 0.5
}

const MOST_LINES = 8

/**
 * Every action by name or by what people call it, with its key; the schemes, to switch to; lines by id, streets by name and places by
 * coordinates, to go to; kinds and owners, whose lines the ledger then lists.
 */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('app')
  const [typed, setTyped] = useState('')
  const sought = useDeferredValue(typed)
  const columns = useStore(projectStore, state => state.columns)
  const lines = useMemo(() => (columns ? idsLike(columns, sought, MOST_LINES) : []), [columns, sought])
  const context = useStore(projectStore, state => state.context)
  const streets = useMemo(() => (context ? streetsLike(context, sought, MOST_LINES) : []), [context, sought])
  const kinds = useMemo(() => (columns ? kindCounts(columns) : []), [columns])
  const place = columns ? coordinatesIn(sought) : null
  const isTyped = sought.trim() !== ''
  const inAllLanguages = (...keys: readonly string[]) =>
    LANGUAGES.flatMap(language => keys.filter(key => i18n.exists(key, { lng: language })).map(key => i18n.getFixedT(language)(key))).join(' ')
  const { order, byId, activeId } = useStore(scenarioStore)
  const run = (work: () => unknown) => () => {
    onClose()
    // After the dialog has given the focus back, so that an action that opens another one finds it free.
    queueMicrotask(() => void work())
  }
  const actions = appActions.filter(action => action.id !== 'app.palette' && action.isEnabled())
  const others = order.filter(id => id !== activeId)
  return (
    <Dialog title={t('action.app.palette')} closeLabel={t('common:close')} onClose={onClose} width={560} bare>
      <Command label={t('action.app.palette')} className="palette" filter={score} loop>
        <Command.Input value={typed} onValueChange={setTyped} data-autofocus className="palette__input" placeholder={t('palette.placeholder')} />
        <Command.List className="palette__list" label={t('action.app.palette')}>
          <Command.Empty className="palette__empty">{t('palette.nothing')}</Command.Empty>
          {GROUPS.map(group => (
            <Command.Group key={group} heading={t(`group.${group}`)}>
              {actions.filter(action => action.group === group).map(action => (
                <Command.Item key={action.id} value={`${t(action.labelKey)} ${inAllLanguages(action.labelKey, `app:alsoCalled.${action.id}`)} ${action.id}`} onSelect={run(() => action.run())}>
                  <span>{t(action.labelKey)}</span>{action.shortcut && <Keys shortcut={action.shortcut} />}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
          {others.length > 0 && (
            <Command.Group heading={t('palette.switchTo')}>
              {others.map(id => <Command.Item key={id} value={`${byId[id]?.document.name} ${id}`} onSelect={run(() => switchScenario(id))}><span>{byId[id]?.document.name}</span></Command.Item>)}
            </Command.Group>
          )}
          {place && (
            <Command.Group heading={t('palette.goTo')}>
              <Command.Item value={sought} onSelect={run(() => goToPlace(...place))}><span>X {place[0]} · Y {place[1]}</span></Command.Item>
            </Command.Group>
          )}
          {isTyped && kinds.length > 0 && (
            <Command.Group heading={t('palette.ofKind')}>
              {kinds.map(({ kind, count }) => (
                <Command.Item key={kind} value={`${t(`kinds:kind.${kind}`)} ${inAllLanguages(`kinds:kind.${kind}`)}`} onSelect={run(() => showInLedger({ ...EVERYTHING, kinds: [kind] }))}>
                  <span>{t(`kinds:kind.${kind}`)}</span><span className="faint">{count}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {isTyped && columns && columns.owners.length > 0 && (
            <Command.Group heading={t('palette.ofOwner')}>
              {columns.owners.filter(owner => owner !== '').map(owner => (
                <Command.Item key={owner} value={owner} onSelect={run(() => showInLedger({ ...EVERYTHING, owners: [owner] }))}><span>{owner}</span></Command.Item>
              ))}
            </Command.Group>
          )}
          {streets.length > 0 && (
            <Command.Group heading={t('palette.streets')}>
              {streets.map(({ name, at }) => <Command.Item key={name} value={name} onSelect={run(() => goToPlace(...at))}><span>{name}</span></Command.Item>)}
            </Command.Group>
          )}
          {lines.length > 0 && (
            <Command.Group heading={t('palette.lines')}>
              {lines.map(id => <Command.Item key={id} value={id} onSelect={run(() => selectAndFly(id))}><span>{id}</span></Command.Item>)}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  )
}
