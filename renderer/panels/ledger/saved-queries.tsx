import { Bookmark, BookmarkPlus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useState } from 'react'
import { EVERYTHING, type AssetQuery } from '#shared/ledger/asset-query.ts'
import { removeQuery, saveQuery, usesOfQuery } from '../../actions/ledger/set-actions.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { ActionButton } from '../action-button.tsx'

/** Filters of the ledger under a name: to come back to, and as sets for checks. */
export function SavedQueries({ query }: { readonly query: AssetQuery }) {
  const { t } = useTranslation('ledger')
  const queries = useStore(registerStore, state => state.queries)
  const canEdit = useStore(projectStore, state => state.info?.readOnly === null)
  const [name, setName] = useState('')
  const saved = Object.values(queries).sort((p, q) => p.body.name.localeCompare(q.body.name))
  const current = saved.find(({ body }) => JSON.stringify(body.query) === JSON.stringify(query))
  const isAll = JSON.stringify(query) === JSON.stringify(EVERYTHING)
  const save = () => void saveQuery(name.trim(), query).then(isSaved => isSaved && setName(''))
  const remove = (id: string) => {
    const [use] = usesOfQuery(id)
    if (use !== undefined) showToast('warning', 'ledger:queries.inUse', { use })
    else void removeQuery(id)
  }
  return (
    <Popover align="end" trigger={<Button look="quiet" icon={<Bookmark size={14} />} aria-pressed={current !== undefined}><span className="truncate">{current?.body.name ?? t('queries.title')}</span></Button>}>
      <div className="query__saved">
        {saved.length === 0 && <p className="soft small">{t('queries.none')}</p>}
        {saved.map(({ id, body }) => (
          <div key={id} className="query__saved-row">
            <Button look="quiet" aria-pressed={id === current?.id} onClick={() => ledgerStore.setState({ query: body.query })}><span className="truncate">{body.name}</span></Button>
            <IconButton size="small" label={t('queries.remove', { name: body.name })} disabled={!canEdit} icon={<Trash2 size={14} />} onClick={() => remove(id)} />
          </div>
        ))}
        <form
          className="query__saved-row"
          onSubmit={event => {
            event.preventDefault()
            if (name.trim() !== '') save()
          }}
        >
          <input className="input" value={name} maxLength={200} placeholder={t('queries.name')} aria-label={t('queries.name')} disabled={!canEdit || isAll} onChange={event => setName(event.target.value)} />
          <Button type="submit" icon={<BookmarkPlus size={14} />} disabled={!canEdit || isAll || name.trim() === ''}>{t('queries.save')}</Button>
        </form>
        {isAll && <p className="faint small">{t('queries.narrowFirst')}</p>}
        <div className="query__foot"><ActionButton id="ledger.jobs" icon={null} /><ActionButton id="ledger.ignoreRules" icon={null} /></div>
      </div>
    </Popover>
  )
}
