import { ClipboardCopy, Table2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { assetKind, assetSection, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { copyText } from '../actions/clipboard-actions.ts'
import { selectAndFly } from '../actions/selection-actions.ts'
import { count, figure, sizeFigure } from '../i18n/format.ts'
import { assetIds, assetIndexOf, axisFacts } from '../state/asset-facts.ts'
import { kindColour } from '../state/kind-colours.ts'
import { projectStore } from '../state/project-store.ts'
import { sessionStore } from '../state/session-store.ts'
import { viewStore } from '../state/view-store.ts'
import { IconButton } from '../ui/button.tsx'
import { DataTable, tableText, type TableColumn, type TableSort } from '../ui/data-table.tsx'
import { EmptyState, Swatch } from '../ui/display.tsx'
import { FilterBox } from '../ui/filter-box.tsx'
import { ActionButton } from './action-button.tsx'
import { arrangeLedger, layingOf, ledgerWords, pressureOf, statusOf, type LedgerColumn } from './ledger-rows.ts'
import './lists.css'

type T = ReturnType<typeof useTranslation<'app'>>['t']

/** The inventory as a ledger: every line of the baseline, sorted and narrowed as asked. Rows are indices into the columns. */
export function LedgerPanel() {
  const { t, i18n } = useTranslation('app')
  const columns = useStore(projectStore, state => state.columns)
  const palette = useStore(viewStore, state => state.colours)
  const selection = useStore(sessionStore, state => state.selection)
  const [filter, setFilter] = useState('')
  const [sort, setSort] = useState<TableSort>({ columnId: 'id', descending: false })
  const words = useMemo(() => (columns ? ledgerWords(columns, t) : null), [columns, t])
  const rows = useMemo(
    () => (columns && words ? arrangeLedger(columns, words, filter, sort.columnId as LedgerColumn, sort.descending, i18n.language) : new Uint32Array()),
    [columns, words, filter, sort, i18n.language],
  )
  const tableColumns = useMemo(() => (columns ? ledgerColumns(columns, t, palette) : []), [columns, t, palette])
  if (!columns) return null
  if (columns.count === 0) return <EmptyState icon={<Table2 size={24} />} title={t('ledger.empty.title')} text={t('ledger.empty.text')}><ActionButton id="file.import" icon={null} look="primary" /></EmptyState>
  const selected = selection?.type === 'asset' ? assetIndexOf(columns, selection.id) : null
  const selectedRow = selected === null ? -1 : rows.indexOf(selected)
  return (
    <div className="panel">
      <div className="panel__bar">
        <span className="soft ledger__count">{t('ledger.count', { count: rows.length, shown: count(rows.length), total: count(columns.count) })}</span>
        <div className="ledger__filter"><FilterBox value={filter} placeholder={t('ledger.filter')} clearLabel={t('common:clear')} onChange={setFilter} /></div>
        <IconButton label={t('common:copyTable')} disabled={rows.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(tableText(tableColumns, rows.length, i => rows[i]!), 'app:toast.tableCopied', { count: rows.length })} />
      </div>
      <DataTable
        label={t('panel.ledger')} columns={tableColumns} rowCount={rows.length} rowAt={i => rows[i]!} rowKey={i => String(rows[i])}
        selectedIndex={selectedRow < 0 ? null : selectedRow} sort={sort} onSort={setSort}
        onOpen={row => selectAndFly(assetIds(columns)[row]!)}
        empty={<EmptyState icon={<Table2 size={24} />} title={t('ledger.nothing.title')} text={t('ledger.nothing.text')} />}
      />
    </div>
  )
}

function ledgerColumns(columns: AssetColumns, t: T, palette: 'standard' | 'colour_blind'): TableColumn<number>[] {
  const ids = assetIds(columns)
  const facts = axisFacts(columns)
  const accuracy = (value: number) => (Number.isNaN(value) ? <span className="faint">–</span> : `±${figure(value, 2)}`)
  const optional = (text: string) => text || <span className="faint">–</span>
  return [
    { id: 'id', title: t('ledger.column.id'), text: i => ids[i] ?? '', width: 'minmax(104px, 1fr)', render: i => ids[i] },
    { id: 'kind', title: t('ledger.column.kind'), text: i => t(`kinds:kind.${assetKind(columns, i)}`), width: 'minmax(104px, 0.8fr)', render: i => <span className="finding-side"><Swatch colour={kindColour(assetKind(columns, i), palette)} /><span className="truncate">{t(`kinds:kind.${assetKind(columns, i)}`)}</span></span> },
    { id: 'owner', title: t('ledger.column.owner'), text: i => columns.owners[columns.owner[i]!] ?? '', width: 'minmax(120px, 1.2fr)', render: i => optional(columns.owners[columns.owner[i]!] ?? '') },
    { id: 'size', title: t('ledger.column.size'), text: i => sizeFigure(assetSection(columns, i)), unit: 'mm', width: '92px', align: 'right', render: i => sizeFigure(assetSection(columns, i)) },
    { id: 'length', title: t('ledger.column.length'), text: i => facts.lengthM[i]!.toFixed(2), unit: 'm', width: '72px', align: 'right', render: i => figure(facts.lengthM[i], 2) },
    { id: 'from', title: t('ledger.column.from'), text: i => facts.startLevelM[i]!.toFixed(3), unit: 'm', width: '92px', align: 'right', render: i => figure(facts.startLevelM[i], 3) },
    { id: 'to', title: t('ledger.column.to'), text: i => facts.endLevelM[i]!.toFixed(3), unit: 'm', width: '92px', align: 'right', render: i => figure(facts.endLevelM[i], 3) },
    { id: 'laying', title: t('ledger.column.laying'), text: i => layingOf(columns, i, t), width: '84px', render: i => optional(layingOf(columns, i, t)) },
    { id: 'pressure', title: t('ledger.column.pressure'), text: i => pressureOf(columns, i, t), width: '104px', render: i => optional(pressureOf(columns, i, t)) },
    { id: 'status', title: t('ledger.column.status'), text: i => statusOf(columns, i, t), width: '68px', render: i => statusOf(columns, i, t) },
    { id: 'accuracy', title: t('ledger.column.accuracy'), text: i => (Number.isNaN(columns.accuracyPlanM[i]) ? '' : columns.accuracyPlanM[i]!.toFixed(2)), unit: 'm', width: '76px', align: 'right', render: i => accuracy(columns.accuracyPlanM[i]!) },
  ]
}
