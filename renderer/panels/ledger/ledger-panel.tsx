import { ClipboardCopy, PencilLine, Table2 } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { attributesAsked, EVERYTHING } from '#shared/ledger/asset-query.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { needAttribute } from '../../actions/viewing/colour-actions.ts'
import { canEdit } from '../../actions/scheme/scenario-actions.ts'
import { selectAndFly } from '../../actions/viewing/selection-actions.ts'
import { count } from '../../i18n/format.ts'
import { assetIds } from '../../state/twin/asset-facts.ts'
import { assetsOf, isQueryReady } from '../../state/twin/asset-sets.ts'
import { attributeStore } from '../../state/colouring/attribute-store.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { extendSelection } from '../../state/app/multi-selection.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable, tableText, type TableSort } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { FilterBox } from '../../ui/filter-box.tsx'
import { ActionButton } from '../action-button.tsx'
import { ledgerColumns } from './ledger-columns.tsx'
import { arrangeLedger, type LedgerColumn } from './ledger-rows.ts'
import { QueryFilter } from './query-filter.tsx'
import { SavedQueries } from './saved-queries.tsx'
import { useMarks } from './use-marks.ts'
import '../lists.css'
import './ledger.css'

/** More lines than this wait for their material and year until a filter asks for them. */
const MOST_WITH_ATTRIBUTES = 200_000

/** The inventory as a ledger: every line of the baseline, narrowed and sorted as asked, and edited in bulk. Rows are indices into the columns. */
export function LedgerPanel() {
  const { t } = useTranslation('app')
  const columns = useStore(projectStore, state => state.columns)
  if (!columns) return null
  if (columns.count === 0) return <EmptyState icon={<Table2 size={24} />} title={t('ledger.empty.title')} text={t('ledger.empty.text')}><ActionButton id="file.import" icon={null} look="primary" /></EmptyState>
  return <Ledger columns={columns} />
}

function Ledger({ columns }: { readonly columns: AssetColumns }) {
  const { t, i18n } = useTranslation('app')
  const palette = useStore(viewStore, state => state.colours)
  const selection = useStore(sessionStore, state => state.selection)
  const alsoSelected = useStore(sessionStore, state => state.alsoSelected)
  const also = useMemo(() => new Set(alsoSelected.flatMap(({ type, id }) => (type === 'asset' ? assetIndexOf(columns, id) ?? [] : []))), [alsoSelected, columns])
  const query = useStore(ledgerStore, state => state.query)
  const isChanging = useStore(ledgerStore, state => state.isChanging)
  const isReadOnly = useStore(projectStore, () => !canEdit())
  const blocks = useStore(projectStore, state => state.context?.blocks ?? null)
  const twinHash = useStore(projectStore, state => state.info?.twinHash ?? '')
  const attributes = useStore(attributeStore)
  const [sort, setSort] = useState<TableSort>({ columnId: 'id', descending: false })
  useEffect(() => {
    const roles = columns.count <= MOST_WITH_ATTRIBUTES ? (['material', 'year'] as const) : attributesAsked(query)
    for (const role of roles) void needAttribute(role)
  }, [columns, twinHash, query])
  const facts = useMemo(() => ({ columns, blocks: blocks ?? [], twinHash, attributes }), [columns, blocks, twinHash, attributes])
  const mask = useMemo(() => assetsOf(query, facts), [query, facts])
  const rows = useMemo(() => arrangeLedger(columns, mask, facts, sort.columnId as LedgerColumn, sort.descending, i18n.language), [columns, mask, facts, sort, i18n.language])
  const tableColumns = useMemo(() => ledgerColumns(facts, t, palette), [facts, t, palette])
  const { marks, marking, clear } = useMarks(columns, rows, t)
  const selected = selection?.type === 'asset' ? assetIndexOf(columns, selection.id) : null
  const selectedRow = selected === null ? -1 : rows.indexOf(selected)
  const isReady = isQueryReady(query, facts)
  const edited = marks.length > 0 ? marks : rows
  return (
    <div className="panel">
      <div className="panel__bar">
        <span className="soft ledger__count truncate">
          {isReady ? t('ledger.count', { count: rows.length, shown: count(rows.length), total: count(columns.count) }) : t('ledger:reading')}
          {marks.length > 0 && <> · <b className="strong">{t('ledger:marked', { count: marks.length, shown: count(marks.length) })}</b> <button type="button" className="button button--link" onClick={clear}>{t('ledger:unmark')}</button></>}
        </span>
        <SavedQueries query={query} />
        <QueryFilter facts={facts} query={query} />
        <div className="ledger__filter"><FilterBox value={query.text} placeholder={t('ledger.filter')} clearLabel={t('common:clear')} onChange={text => ledgerStore.setState({ query: { ...query, text } })} /></div>
        <Button
          look="quiet" icon={<PencilLine size={14} />} disabled={isReadOnly || isChanging || !isReady || edited.length === 0}
          onClick={() => sessionStore.setState({ dialog: { type: 'bulkEdit', assets: Uint32Array.from(edited) } })}
        >
          {t(marks.length > 0 ? 'ledger:editMarked' : 'ledger:editShown', { count: edited.length, shown: count(edited.length) })}
        </Button>
        <IconButton label={t('common:copyTable')} disabled={rows.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(tableText(tableColumns, rows.length, i => rows[i]!), 'app:toast.tableCopied', { count: rows.length })} />
      </div>
      <DataTable
        label={t('panel.ledger')} columns={tableColumns} rowCount={rows.length} rowAt={i => rows[i]!} rowKey={i => String(rows[i])}
        selectedIndex={selectedRow < 0 ? null : selectedRow} sort={sort} onSort={setSort} marking={marking}
        onOpen={row => selectAndFly(assetIds(columns)[row]!)}
        onAdd={row => extendSelection({ type: 'asset', id: assetIds(columns)[row]! })} isAlso={row => also.has(row)}
        empty={(
          <EmptyState icon={<Table2 size={24} />} title={t(isReady ? 'ledger.nothing.title' : 'ledger:reading')} text={t('ledger.nothing.text')}>
            {isReady && <Button onClick={() => ledgerStore.setState({ query: EVERYTHING })}>{t('ledger:filter.clear')}</Button>}
          </EmptyState>
        )}
      />
    </div>
  )
}
