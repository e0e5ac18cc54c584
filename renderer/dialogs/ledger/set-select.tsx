import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { SetRef } from '#shared/ledger/selection-set.ts'
import { ASSET_STATUSES } from '#shared/twin/kinds.ts'
import { kindCounts } from '../../state/twin/asset-facts.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { Field, Select } from '../../ui/fields.tsx'

const EVERYWHERE: readonly SetRef[] = [{ type: 'all' }, { type: 'proposals' }]

/** One side of a check: everything, the scheme's proposals, a saved query, or all of one kind, owner, block or status there is. */
export function SetSelect({ label, value, onChange }: { readonly label: string; readonly value: SetRef; readonly onChange: (set: SetRef) => void }) {
  const { t } = useTranslation('ledger')
  const words = useSetWords()
  const queries = useStore(registerStore, state => state.queries)
  const columns = useStore(projectStore, state => state.columns)
  const blocks = useStore(projectStore, state => state.context?.blocks)
  const groups = useMemo((): readonly (readonly [heading: string, sets: readonly SetRef[]])[] => {
    const owners = columns ? [...new Set(columns.owners.map(owner => owner.trim()))].sort() : []
    return [
      [t('sets.queries'), Object.values(queries).sort((p, q) => p.body.name.localeCompare(q.body.name)).map(({ id }) => ({ type: 'query', id }))],
      [t('app:ledger.column.kind'), columns ? kindCounts(columns).map(({ kind }) => ({ type: 'kind', kind })) : []],
      [t('app:ledger.column.owner'), owners.map(owner => ({ type: 'owner', owner }))],
      [t('column.block'), (blocks ?? []).map(({ id }) => ({ type: 'block', id }))],
      [t('app:ledger.column.status'), ASSET_STATUSES.map(status => ({ type: 'status', status }))],
    ]
  }, [t, queries, columns, blocks])
  const listed = new Map([...EVERYWHERE.map(set => [keyOf(set), { set }] as const), ...groups.flatMap(([group, sets]) => sets.map(set => [keyOf(set), { set, group }] as const))])
  if (!listed.has(keyOf(value))) listed.set(keyOf(value), { set: value })
  return (
    <Field label={label}>
      <Select<string>
        aria-label={label} value={keyOf(value)} onChange={key => onChange(listed.get(key)!.set)}
        options={[...listed].map(([key, { set, ...group }]) => ({ value: key, label: words(set), ...group }))}
      />
    </Field>
  )
}

const keyOf = (set: SetRef): string => JSON.stringify(set)

/** A set in words. */
export function useSetWords(): (set: SetRef) => string {
  const { t } = useTranslation('ledger')
  const queries = useStore(registerStore, state => state.queries)
  const blocks = useStore(projectStore, state => state.context?.blocks)
  // By id: a list of sets asks for each of thousands.
  const names = useMemo(() => new Map(blocks?.map(({ id, name }) => [id, name])), [blocks])
  return set => {
    switch (set.type) {
      case 'query': return queries[set.id]?.body.name ?? t('sets.gone')
      case 'kind': return t(`kinds:kind.${set.kind}`)
      case 'owner': return set.owner || t('quality:nobody')
      case 'block': return set.id === '' ? t('quality:nowhere') : names.get(set.id) || set.id
      case 'status': return t(`kinds:status.${set.status}`)
      default: return t(`sets.${set.type}`)
    }
  }
}
