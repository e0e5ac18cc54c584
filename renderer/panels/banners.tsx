import { CircleAlert, History, Lock, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { runAction } from '../actions/app-actions.ts'
import { dateTime } from '../i18n/format.ts'
import { projectStore, type Recovery } from '../state/twin/project-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Notice } from '../ui/display.tsx'

/** What concerns the whole project: trouble with its file, why it is not to be edited, what was recovered on opening. */
export function Banners() {
  const { t } = useTranslation('app')
  const trouble = useStore(projectStore, state => state.trouble)
  const readOnly = useStore(projectStore, state => state.info?.readOnly ?? null)
  const migratedFrom = useStore(projectStore, state => state.migratedFrom)
  const recovery = useStore(projectStore, state => state.recovery)
  return (
    <>
      {trouble !== null && (
        <Notice tone="danger" icon={<CircleAlert size={16} />} action={trouble === 'host_gone' ? undefined : <Button onClick={() => runAction('file.saveAs')}>{t('action.file.saveAs')}</Button>}>
          {t(`trouble.${trouble}`)}
        </Notice>
      )}
      {readOnly !== null && (
        <Notice tone="warning" icon={<Lock size={16} />} action={<Button onClick={() => runAction('file.saveAs')}>{t('action.file.saveAs')}</Button>}>{t(`readOnly.${readOnly}`)}</Notice>
      )}
      {recovery?.uncleanEnd && <RecoveryBanner key={recovery.lastEditAt} recovery={recovery} />}
      {migratedFrom !== null && <Dismissible text={t('recovery.migrated', { version: migratedFrom })} />}
    </>
  )
}

function RecoveryBanner({ recovery }: { readonly recovery: Recovery }) {
  const { t, i18n } = useTranslation('app')
  const { editsSinceSave, lastEditAt } = recovery
  const text = editsSinceSave > 0 && lastEditAt !== null
    ? t('recovery.edits', { count: editsSinceSave, at: dateTime(lastEditAt, i18n.language) })
    : t('recovery.clean')
  return <Dismissible text={text} />
}

function Dismissible({ text }: { readonly text: string }) {
  const { t } = useTranslation()
  const [isShown, setShown] = useState(true)
  if (!isShown) return null
  return <Notice tone="info" icon={<History size={16} />} action={<IconButton size="small" label={t('common:close')} icon={<X size={14} />} onClick={() => setShown(false)} />}>{text}</Notice>
}
