import { Bookmark, FileDown, FileUp, ListChecks, ShieldCheck } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { FINDING_GROUPINGS, type FindingFilter } from '#shared/register/finding-filter.ts'
import { FINDING_STATUSES } from '#shared/register/finding-state.ts'
import { importBcf } from '../../actions/files/bcf-actions.ts'
import { removeFilter, saveFilter, workOff } from '../../actions/check/review-actions.ts'
import type { CheckResult } from '../../state/findings/findings-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Select } from '../../ui/fields.tsx'
import { Menu, Popover, type MenuItem } from '../../ui/popover.tsx'
import { ActionButton } from '../action-button.tsx'
import { tagsOf } from '../inspector/finding-workflow.tsx'
import { GoneFindings } from './gone-findings.tsx'

/** How the findings are looked at; saved under a name, it can be come back to. */
export type Looking = Omit<FindingFilter, 'name'>

interface FindingsToolsProps {
  readonly looking: Looking
  readonly onLook: (looking: Looking) => void
  /** Ids of the findings in the table. */
  readonly shownIds: readonly string[]
  readonly result: CheckResult
}

/** Which findings are listed and how; what is done with all of them; what goes out and comes in. */
export function FindingsTools({ looking, onLook, shownIds, result }: FindingsToolsProps) {
  const { t } = useTranslation('review')
  const canEdit = useStore(projectStore, state => state.info?.readOnly === null)
  const input = useRef<HTMLInputElement>(null)
  const status = looking.statuses.length === 0 ? 'all' : looking.statuses.length === 1 ? looking.statuses[0]! : 'open'
  return (
    <div className="panel__bar findings__tools">
      <Select
        aria-label={t('column.status')} value={status}
        options={[{ value: 'all', label: t('status.all') }, { value: 'open', label: t('status.open') }, ...FINDING_STATUSES.map(value => ({ value, label: t(`status.${value}`) }))]}
        onChange={value => onLook({ ...looking, statuses: value === 'all' ? [] : value === 'open' ? ['new', 'active', 'reviewed'] : [value] })}
      />
      <Select aria-label={t('groupBy.label')} value={looking.groupBy} options={FINDING_GROUPINGS.map(value => ({ value, label: t(`groupBy.${value}`) }))} onChange={groupBy => onLook({ ...looking, groupBy })} />
      <SavedFilters looking={looking} onLook={onLook} canEdit={canEdit} />
      <BulkEdit ids={shownIds} isEnabled={canEdit && shownIds.length > 0} />
      <GoneFindings result={result} />
      <span className="findings__space" />
      <ActionButton id="review.exceptions" icon={<ShieldCheck size={14} />} iconOnly />
      <IconButton label={t('bcf.import')} icon={<FileUp size={14} />} disabled={!canEdit} onClick={() => input.current?.click()} />
      <input ref={input} type="file" hidden accept=".bcf,.bcfzip" onChange={event => {
        const file = event.target.files?.[0]
        if (file) void importBcf(file)
        event.target.value = ''
      }} />
      <ActionButton id="review.findingsFile" icon={<FileDown size={14} />} iconOnly />
    </div>
  )
}

function SavedFilters({ looking, onLook, canEdit }: Pick<FindingsToolsProps, 'looking' | 'onLook'> & { readonly canEdit: boolean }) {
  const { t } = useTranslation('review')
  const filters = useStore(registerStore, state => state.findingFilters)
  const [name, setName] = useState('')
  const saved = Object.values(filters).map(({ body }) => body).sort((p, q) => p.name.localeCompare(q.name))
  return (
    <Popover trigger={<Button look="quiet" icon={<Bookmark size={14} />}>{t('filters.title')}</Button>}>
      <div className="findings__popover">
        {saved.map(filter => (
          <div key={filter.name} className="findings__filter-row">
            <Button look="quiet" onClick={() => onLook({ text: filter.text, statuses: filter.statuses, showTouching: filter.showTouching, groupBy: filter.groupBy })}>{filter.name}</Button>
            {canEdit && <Button look="quiet" onClick={() => void removeFilter(filter.name)}>{t('filters.remove')}</Button>}
          </div>
        ))}
        {saved.length === 0 && <p className="soft small">{t('filters.none')}</p>}
        {canEdit && (
          <form className="findings__filter-row" onSubmit={event => {
            event.preventDefault()
            if (name.trim() !== '') void saveFilter({ ...looking, name: name.trim() })
            setName('')
          }}>
            <input className="input" value={name} maxLength={200} placeholder={t('filters.name')} aria-label={t('filters.name')} onChange={event => setName(event.target.value)} />
            <Button type="submit" disabled={name.trim() === ''}>{t('filters.save')}</Button>
          </form>
        )}
      </div>
    </Popover>
  )
}

/** One change to every finding in the table. */
function BulkEdit({ ids, isEnabled }: { readonly ids: readonly string[]; readonly isEnabled: boolean }) {
  const { t } = useTranslation('review')
  const [field, setField] = useState<'assignee' | 'due' | 'tags' | 'group' | null>(null)
  const [text, setText] = useState('')
  const statuses = FINDING_STATUSES.filter(status => status !== 'accepted').map((status): MenuItem => ({ id: status, label: t('bulk.status', { status: t(`status.${status}`) }), onSelect: () => void workOff(ids, () => ({ status })) }))
  const fields = (['assignee', 'due', 'tags', 'group'] as const).map((name): MenuItem => ({ id: name, label: t(`bulk.${name}`), onSelect: () => setField(name) }))
  const apply = () => {
    const value = text.trim()
    if (field === 'assignee') void workOff(ids, () => ({ assignee: value }))
    if (field === 'due') void workOff(ids, () => ({ due: value === '' ? null : value }))
    if (field === 'tags') void workOff(ids, known => ({ tags: [...new Set([...known.tags, ...tagsOf(value)])].slice(0, 50) }))
    if (field === 'group') void workOff(ids, () => ({ group: value }))
    setField(null)
    setText('')
  }
  if (field === null) return <Menu trigger={<Button look="quiet" icon={<ListChecks size={14} />} disabled={!isEnabled}>{t('bulk.title', { count: ids.length })}</Button>} items={[...statuses, 'separator', ...fields]} />
  return (
    <form className="findings__filter-row" onSubmit={event => {
      event.preventDefault()
      apply()
    }}>
      <input className="input" autoFocus type={field === 'due' ? 'date' : 'text'} value={text} maxLength={200} placeholder={t(`bulk.${field}`)} aria-label={t(`bulk.${field}`)} onChange={event => setText(event.target.value)} onKeyDown={event => event.key === 'Escape' && setField(null)} />
      <Button type="submit" look="primary">{t('bulk.apply', { count: ids.length })}</Button>
      <Button onClick={() => setField(null)}>{t('common:cancel')}</Button>
    </form>
  )
}
