import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { SetRef } from '#shared/ledger/selection-set.ts'
import { registerStore } from '../../state/register-store.ts'
import { Field, Select } from '../../ui/fields.tsx'

/** One side of a check: everything, the scheme's proposals, or a saved query. */
export function SetSelect({ label, value, onChange }: { readonly label: string; readonly value: SetRef; readonly onChange: (set: SetRef) => void }) {
  const { t } = useTranslation('ledger')
  const queries = useStore(registerStore, state => state.queries)
  const saved = Object.values(queries).sort((p, q) => p.body.name.localeCompare(q.body.name)).map(({ id, body }) => ({ value: `query:${id}`, label: body.name }))
  return (
    <Field label={label}>
      <Select<string>
        aria-label={label} value={value.type === 'query' ? `query:${value.id}` : value.type}
        options={[{ value: 'all', label: t('sets.all') }, { value: 'proposals', label: t('sets.proposals') }, ...saved]}
        onChange={next => onChange(next.startsWith('query:') ? { type: 'query', id: next.slice('query:'.length) } : { type: next as 'all' | 'proposals' })}
      />
    </Field>
  )
}

/** A set in words. */
export function useSetWords(): (set: SetRef) => string {
  const { t } = useTranslation('ledger')
  const queries = useStore(registerStore, state => state.queries)
  return set => (set.type === 'query' ? (queries[set.id]?.body.name ?? t('sets.gone')) : t(`sets.${set.type}`))
}
