import { useTranslation } from 'react-i18next'
import { appActions } from '../actions/app-actions.ts'
import type { AppAction } from '../actions/action.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import './dialogs.css'

const GROUPS: readonly AppAction['group'][] = ['file', 'edit', 'tools', 'view', 'check', 'help']
const DRAWING = ['click', 'enter', 'escape', 'backspace', 'shift'] as const

/** Every key, by what it is for. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  return (
    <Dialog title={t('dialog.shortcuts.title')} closeLabel={t('common:close')} onClose={onClose} width={720}>
      <div className="shortcuts">
        {GROUPS.map(group => (
          <section key={group}>
            <h3>{t(`group.${group}`)}</h3>
            <dl>
              {appActions.filter(action => action.group === group && action.shortcut !== undefined).map(({ id, labelKey, shortcut }) => (
                <div key={id}><dt>{t(labelKey)}</dt><dd><Keys shortcut={shortcut!} /></dd></div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{t('dialog.shortcuts.drawing')}</h3>
          <dl>{DRAWING.map(key => <div key={key}><dt>{t(`dialog.shortcuts.draw.${key}.what`)}</dt><dd className="soft">{t(`dialog.shortcuts.draw.${key}.how`)}</dd></div>)}</dl>
        </section>
      </div>
    </Dialog>
  )
}
