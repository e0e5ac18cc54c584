import { Bookmark, RefreshCw, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { removeView, renameView, savedViews, saveView, showView, updateView } from '../actions/viewing/saved-view-actions.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { TextInput } from '../ui/fields.tsx'
import './saved-views.css'

/** Views worth coming back to, kept in the project: go to one, keep the present one, rename, renew, remove. */
export function SavedViews() {
  const { t } = useTranslation('viewing')
  const records = useStore(registerStore, state => state.views)
  const isReadOnly = useStore(projectStore, project => project.info?.readOnly != null)
  const views = useMemo(() => savedViews(records), [records])
  const [name, setName] = useState('')
  const suggested = t('views.suggested', { n: views.length + 1 })
  const keep = async () => {
    if (await saveView(name.trim() || suggested)) setName('')
  }
  return (
    <Popover align="end" trigger={<IconButton label={t('views.title')} icon={<Bookmark size={16} />} />}>
      <section className="saved-views" aria-label={t('views.title')}>
        <h3>{t('views.title')}</h3>
        {views.length === 0 && <p className="soft small">{t('views.none')}</p>}
        <ul>
          {views.map(view => (
            <li key={view.id} className="saved-views__row">
              <button type="button" className="saved-views__go" onClick={() => showView(view)}>{t('views.go')}</button>
              <TextInput value={view.name} aria-label={t('views.name')} disabled={isReadOnly} onCommit={value => void renameView(view, value)} />
              <IconButton size="small" label={t('views.renew', { name: view.name })} icon={<RefreshCw size={14} />} disabled={isReadOnly} onClick={() => void updateView(view)} />
              <IconButton size="small" label={t('views.remove', { name: view.name })} icon={<Trash2 size={14} />} disabled={isReadOnly} onClick={() => void removeView(view.id)} />
            </li>
          ))}
        </ul>
        {isReadOnly ? <p className="soft small">{t('views.readOnly')}</p> : (
          <form className="saved-views__new" onSubmit={event => { event.preventDefault(); void keep() }}>
            <input className="input" value={name} placeholder={suggested} aria-label={t('views.name')} maxLength={200} onChange={event => setName(event.target.value)} />
            <Button type="submit" look="primary">{t('views.keep')}</Button>
          </form>
        )}
      </section>
    </Popover>
  )
}
