import { MoveVertical } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LEDGER_FACTS, type LedgerFact, type QualityReport } from '#shared/quality/quality-report.ts'
import { assetKind, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { selectAndFly } from '../../actions/viewing/selection-actions.ts'
import { assetIds } from '../../state/twin/asset-facts.ts'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { Select } from '../../ui/fields.tsx'
import { ActionButton } from '../action-button.tsx'
import { lackedFacts, lackingAssets } from './quality-rows.ts'

/** Every line that lacks something a ledger should know. */
export function LackTable({ report, columns }: { readonly report: QualityReport; readonly columns: AssetColumns }) {
  const { t } = useTranslation('quality')
  const [fact, setFact] = useState<LedgerFact | 'all'>('all')
  const rows = useMemo(() => lackingAssets(report, fact), [report, fact])
  const ids = assetIds(columns)
  const kind = (asset: number) => t(`kinds:kind.${assetKind(columns, asset)}`)
  const lacks = (asset: number) => lackedFacts(report.missing[asset]!).map(name => t(`fact.${name}`)).join(' · ')
  const tableColumns: TableColumn<number>[] = [
    { id: 'line', title: t('column.line'), width: 'minmax(120px, 1fr)', sortable: false, text: asset => ids[asset]!, render: asset => ids[asset] },
    { id: 'kind', title: t('fact.kind'), width: 'minmax(100px, 0.8fr)', sortable: false, text: kind, render: kind },
    { id: 'owner', title: t('column.owner'), width: 'minmax(120px, 1fr)', sortable: false, text: asset => columns.owners[columns.owner[asset]!] ?? '', render: asset => columns.owners[columns.owner[asset]!] || <span className="faint">{t('nobody')}</span> },
    { id: 'lacks', title: t('column.lacks'), width: 'minmax(200px, 2fr)', sortable: false, text: lacks, render: lacks },
  ]
  return (
    <>
      <div className="panel__bar">
        <Select aria-label={t('column.lacks')} value={fact} onChange={setFact} options={[{ value: 'all', label: t('allFacts') }, ...LEDGER_FACTS.map(value => ({ value, label: t(`fact.${value}`) }))]} />
        {columns.assumed.some(flags => flags & ASSUMED.level) && <ActionButton id="ledger.fillLevels" icon={<MoveVertical size={14} />} />}
      </div>
      <DataTable
        label={t('view.missing')} columns={tableColumns} rowCount={rows.length} rowAt={i => rows[i]!} rowKey={i => String(rows[i])} selectedIndex={null} sort={null} onSort={() => undefined}
        onOpen={asset => selectAndFly(ids[asset]!)} empty={<EmptyState icon={null} title={t('nothing.title')} text={t('nothing.text')} />}
      />
    </>
  )
}
