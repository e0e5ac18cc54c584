import { ClipboardCopy, FileUp, Plus, Undo2, Users } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { BLANK_OWNER, type Owner } from '#shared/register/owner.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { importOwners, undoOwners } from '../../actions/ledger/owner-actions.ts'
import { networkLength } from '../../i18n/format.ts'
import { listedOwners, ownerStore, type ListedOwner } from '../../state/twin/owner-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { FilterBox } from '../../ui/filter-box.tsx'
import { OwnerForm } from './owner-form.tsx'
import { ownersSheet } from './owners-sheet.ts'
import './owners.css'

/** What is open in the form: one that is kept, or a new one with what is known of it. */
interface Open {
  readonly id: string | null
  readonly owner: Owner
}

/** The register of owners (权属单位): who answers for which lines, how to reach them; and whom the ledger names that nobody registered. */
export function OwnersDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('owners')
  const records = useStore(registerStore, state => state.owners)
  const columns = useStore(projectStore, state => state.columns)
  const canEdit = useStore(projectStore, state => state.info?.readOnly === null)
  const canUndo = useStore(ownerStore, state => state.undo.length > 0)
  const [filter, setFilter] = useState('')
  const [open, setOpen] = useState<Open | null>(null)
  const fileRef = useRef<HTMLInputElement>(null)
  const listed = useMemo(() => listedOwners(records, columns), [records, columns])
  const wanted = filter.trim().toLowerCase()
  const shown = listed.filter(({ name, owner }) => [name, ...(owner?.aliases ?? []), owner?.contact].join(' ').toLowerCase().includes(wanted))
  const registered = Object.values(records).map(({ body }) => body)
  const choose = ({ id, owner, name }: ListedOwner) => setOpen({ id, owner: owner ?? { ...BLANK_OWNER, name } })
  // What was taken back is no longer what the form shows.
  const back = () => void undoOwners().then(() => setOpen(null))
  return (
    <Dialog
      title={t('title')} closeLabel={t('common:close')} onClose={onClose} width={940}
      footer={<>
        <span className="owners__hint soft">{t('summary', { count: registered.length, unknown: listed.length - registered.length })}</span>
        <IconButton label={t('common:copyTable')} disabled={registered.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(ownersSheet(registered, t), 'app:toast.tableCopied', { count: registered.length })} />
        <Button look="quiet" icon={<Undo2 size={14} />} disabled={!canUndo || !canEdit} onClick={back}>{t('undo')}</Button>
        <Button look="quiet" icon={<FileUp size={14} />} disabled={!canEdit} onClick={() => fileRef.current?.click()}>{t('import')}</Button>
        <Button onClick={onClose}>{t('common:close')}</Button>
      </>}
    >
      <input ref={fileRef} type="file" accept=".csv,.txt,.xlsx" aria-label={t('import')} hidden onChange={event => { const file = event.target.files?.[0]; event.target.value = ''; if (file) void importOwners(file).then(() => setOpen(null)) }} />
      <div className="owners">
        <div className="owners__side">
          <div className="owners__bar">
            <FilterBox value={filter} placeholder={t('filter')} clearLabel={t('common:clear')} onChange={setFilter} />
            <IconButton label={t('new')} disabled={!canEdit} icon={<Plus size={14} />} onClick={() => setOpen({ id: null, owner: BLANK_OWNER })} />
          </div>
          <ul className="owners__list" aria-label={t('title')}>
            {shown.map(row => <OwnerRow key={row.id ?? `name:${row.name}`} row={row} isOpen={open !== null && (row.id === null ? open.id === null && open.owner.name === row.name : open.id === row.id)} onOpen={() => choose(row)} />)}
          </ul>
        </div>
        {open === null
          ? <EmptyState icon={<Users size={24} />} title={t('choose.title')} text={t('choose.text')} />
          : <OwnerForm key={open.id ?? `new:${open.owner.name}`} id={open.id} owner={open.owner} registered={records} onKept={(id, owner) => setOpen({ id, owner })} onRemoved={() => setOpen(null)} />}
      </div>
    </Dialog>
  )
}

function OwnerRow({ row: { owner, name, count, lengthM }, isOpen, onOpen }: { readonly row: ListedOwner; readonly isOpen: boolean; readonly onOpen: () => void }) {
  const { t } = useTranslation('owners')
  const reach = owner?.emergencyPhone || owner?.phone
  return (
    <li>
      <button type="button" className={`owners__row ${isOpen ? 'owners__row--open' : ''}`} aria-current={isOpen} onClick={onOpen}>
        <span className="truncate strong" title={name}>{name}</span>
        <span className="owners__note">{t('lines', { count, length: networkLength(lengthM) })}</span>
        <span className={`truncate owners__note ${reach ? '' : 'is-warning'}`}>{owner ? reach || t('noPhone') : t('unregistered')}</span>
      </button>
    </li>
  )
}
