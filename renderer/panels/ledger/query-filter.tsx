import { ListFilter, PenTool, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EVERYTHING, type AssetQuery, type Range } from '#shared/ledger/asset-query.ts'
import { LEDGER_FACTS } from '#shared/quality/quality-report.ts'
import type { AttributeRole } from '#shared/twin/attribute-roles.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS } from '#shared/twin/kinds.ts'
import { startOutline } from '../../actions/scheme/outline-actions.ts'
import { needAttribute } from '../../actions/viewing/colour-actions.ts'
import { kindCounts } from '../../state/twin/asset-facts.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { Button } from '../../ui/button.tsx'
import { NumberInput } from '../../ui/fields.tsx'
import { FilterBox } from '../../ui/filter-box.tsx'
import { Popover, PopoverClose } from '../../ui/popover.tsx'
import type { LedgerFacts } from './ledger-rows.ts'

interface QueryFilterProps {
  readonly facts: LedgerFacts
  readonly query: AssetQuery
}

/** Parts of a query that ask for something, the words typed beside it left out. */
const partsInUse = (query: AssetQuery): number =>
  [query.kinds, query.owners, query.blocks, query.statuses, query.layings, query.materials, query.lacks].filter(list => list.length > 0).length
  + [query.years, query.sizesM].filter(({ from, to }) => from !== null || to !== null).length + (query.area ? 1 : 0)

/** Narrows the ledger by what is known of the lines; everything chosen within one part counts as "or", the parts as "and". */
export function QueryFilter({ facts, query }: QueryFilterProps) {
  const { t } = useTranslation('ledger')
  const used = partsInUse(query)
  return (
    <Popover
      align="end"
      onOpenChange={isOpen => {
        if (isOpen) for (const role of ['material', 'year'] as const) void needAttribute(role)
      }}
      trigger={<Button look="quiet" icon={<ListFilter size={14} />} aria-pressed={used > 0}>{used > 0 ? t('filter.used', { count: used }) : t('filter.title')}</Button>}
    >
      <Parts facts={facts} query={query} />
      <div className="query__foot">
        <span className="faint small">{t('filter.logic')}</span>
        <Button look="quiet" disabled={used === 0} onClick={() => ledgerStore.setState({ query: { ...EVERYTHING, text: query.text } })}>{t('filter.clear')}</Button>
      </div>
    </Popover>
  )
}

function Parts({ facts, query }: QueryFilterProps) {
  const { t } = useTranslation('ledger')
  const { columns, blocks } = facts
  const set = (part: Partial<AssetQuery>) => ledgerStore.setState({ query: { ...query, ...part } })
  const present = useMemo(() => new Set(kindCounts(columns).map(({ kind }) => kind)), [columns])
  const owners = useMemo(() => [...new Set(columns.owners.map(owner => owner.trim()))].sort(), [columns])
  const materials = useValues(facts, 'material')
  return (
    <div className="query">
      <p className="query__area">
        <span className="query__label">{query.area ? t('filter.area', { count: query.area.length }) : t('filter.areaTitle')}</span>
        <PopoverClose><Button look="quiet" icon={<PenTool size={12} />} onClick={startOutline('query')}>{t(query.area ? 'filter.redraw' : 'filter.drawArea')}</Button></PopoverClose>
        {query.area && <Button look="quiet" icon={<X size={12} />} onClick={() => set({ area: null })}>{t('filter.noArea')}</Button>}
      </p>
      <Chips label={t('app:ledger.column.kind')} all={ASSET_KINDS.filter(kind => present.has(kind))} chosen={query.kinds} word={kind => t(`kinds:kind.${kind}`)} onChange={kinds => set({ kinds })} />
      <Chips label={t('app:ledger.column.status')} all={ASSET_STATUSES} chosen={query.statuses} word={status => t(`kinds:status.${status}`)} onChange={statuses => set({ statuses })} />
      <Chips label={t('app:ledger.column.laying')} all={LAYINGS} chosen={query.layings} word={laying => t(`kinds:laying.${laying}`)} onChange={layings => set({ layings })} />
      <Chips label={t('filter.lacks')} all={LEDGER_FACTS} chosen={query.lacks} word={fact => t(`quality:fact.${fact}`)} onChange={lacks => set({ lacks })} />
      <div className="query__pair">
        <Bounds label={t('filter.years')} range={query.years} scale={1} unit="" onChange={years => set({ years })} />
        <Bounds label={t('filter.sizes')} range={query.sizesM} scale={1000} unit="mm" onChange={sizesM => set({ sizesM })} />
      </div>
      <div className="query__pair">
        <Choices label={t('app:ledger.column.owner')} all={owners} chosen={query.owners} word={owner => owner || t('quality:nobody')} onChange={chosen => set({ owners: [...chosen] })} />
        {blocks.length > 0
          ? <Choices label={t('column.block')} all={[...blocks.map(({ id }) => id), '']} chosen={query.blocks} word={id => blocks.find(block => block.id === id)?.name || id || t('quality:nowhere')} onChange={chosen => set({ blocks: [...chosen] })} />
          : materials.length > 0 && <Choices label={t('column.material')} all={materials} chosen={query.materials} word={name => name} onChange={chosen => set({ materials: [...chosen] })} />}
      </div>
      {blocks.length > 0 && materials.length > 0 && <Choices label={t('column.material')} all={materials} chosen={query.materials} word={name => name} onChange={chosen => set({ materials: [...chosen] })} />}
    </div>
  )
}

function useValues({ attributes, twinHash }: LedgerFacts, role: AttributeRole): readonly string[] {
  const held = attributes[role]
  const values = held?.twinHash === twinHash ? held.column?.values : undefined
  return useMemo(() => [...(values ?? [])].sort(), [values])
}

interface PartProps<T extends string> {
  readonly label: string
  readonly all: readonly T[]
  readonly chosen: readonly T[]
  readonly word: (value: T) => string
  readonly onChange: (chosen: T[]) => void
}

const toggled = <T,>(list: readonly T[], value: T): T[] => (list.includes(value) ? list.filter(other => other !== value) : [...list, value])

/** A few values, all of them to be seen. */
const Chips = <T extends string>({ label, all, chosen, word, onChange }: PartProps<T>) => (
  <div className="query__part" role="group" aria-label={label}>
    <span className="query__label">{label}</span>
    <div className="query__chips">
      {all.map(value => <button key={value} type="button" className="chip" aria-pressed={chosen.includes(value)} onClick={() => onChange(toggled(chosen, value))}>{word(value)}</button>)}
    </div>
  </div>
)

/** Values shown at most: more are found by typing. */
const MOST_CHOICES = 200

/** Many values: those chosen first, the others as typed. */
function Choices<T extends string>({ label, all, chosen, word, onChange }: PartProps<T>) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState('')
  const wanted = filter.trim().toLowerCase()
  const shown = all.filter(value => chosen.includes(value) || word(value).toLowerCase().includes(wanted)).slice(0, MOST_CHOICES)
  return (
    <div className="query__part" role="group" aria-label={label}>
      <span className="query__label">{label}</span>
      {all.length > 8 && <FilterBox value={filter} placeholder={t('ledger:filter.find', { what: label })} clearLabel={t('common:clear')} onChange={setFilter} />}
      <div className="query__choices">
        {shown.map(value => <label key={value} className="check-row"><input type="checkbox" checked={chosen.includes(value)} onChange={() => onChange(toggled(chosen, value))} /><span className="truncate">{word(value)}</span></label>)}
      </div>
    </div>
  )
}

/** From … to; an empty end is open. */
function Bounds({ label, range, scale, unit, onChange }: { readonly label: string; readonly range: Range; readonly scale: number; readonly unit: string; readonly onChange: (range: Range) => void }) {
  const { t } = useTranslation('ledger')
  const shown = (value: number | null) => (value === null ? null : value * scale)
  const end = (name: 'from' | 'to') => (
    <span className="query__bound">
      <NumberInput aria-label={`${label} ${t(`filter.${name}`)}`} placeholder={t(`filter.${name}`)} value={shown(range[name])} decimals={0} min={0} max={100_000} {...(unit !== '' && { unit })} onCommit={value => onChange({ ...range, [name]: value / scale })} />
      {range[name] !== null && <button type="button" aria-label={t('filter.open', { what: t(`filter.${name}`) })} onClick={() => onChange({ ...range, [name]: null })}><X size={12} /></button>}
    </span>
  )
  return <div className="query__part" role="group" aria-label={label}><span className="query__label">{label}</span><div className="query__bounds">{end('from')}–{end('to')}</div></div>
}
