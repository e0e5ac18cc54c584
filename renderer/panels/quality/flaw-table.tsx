import { CircleAlert, CircleX, ClipboardCopy, Info, Wrench } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { fixOfFlaw } from '#shared/ledger/quality-fix.ts'
import { FLAW_CODES, type FlawCode, type QualityReport } from '#shared/quality/quality-report.ts'
import { assetKind, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { copyText } from '../../actions/clipboard-actions.ts'
import { canEdit } from '../../actions/scenario-actions.ts'
import { select } from '../../actions/selection-actions.ts'
import { count } from '../../i18n/format.ts'
import { assetIds } from '../../state/asset-facts.ts'
import { projectStore } from '../../state/project-store.ts'
import { sessionStore } from '../../state/session-store.ts'
import { orderCamera } from '../../state/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable, tableText, type TableColumn } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { Select } from '../../ui/fields.tsx'
import { flawRows, type FlawRow } from './quality-rows.ts'

/** Half the side of what is shown around a flaw, metres. */
const AROUND_M = 8

/** Every flaw with its place; opening one shows it in the 3D view. */
export function FlawTable({ report, columns }: { readonly report: QualityReport; readonly columns: AssetColumns }) {
  const { t } = useTranslation('quality')
  const [code, setCode] = useState<FlawCode | 'all'>('all')
  const [open, setOpen] = useState<number | null>(null)
  const rows = useMemo(() => flawRows(report, code, t), [report, code, t])
  const present = FLAW_CODES.filter((_, k) => report.flaws.code.includes(k))
  const tableColumns = useMemo(() => flawColumns(columns, report, t), [columns, report, t])
  const show = (row: FlawRow) => {
    const [x, y, z] = [report.flaws.xyz[3 * row.index]!, report.flaws.xyz[3 * row.index + 1]!, report.flaws.xyz[3 * row.index + 2]!]
    setOpen(row.index)
    select({ type: 'asset', id: assetIds(columns)[row.asset]! })
    orderCamera({ type: 'box', min: [x - AROUND_M, y - AROUND_M, z - AROUND_M], max: [x + AROUND_M, y + AROUND_M, z + AROUND_M] })
  }
  const fixes = useMemo(() => Array.from({ length: report.flaws.count }, (_, i) => fixOfFlaw(report, i, columns)), [report, columns])
  const safe = rows.flatMap(row => fixes[row.index] ?? [])
  const isReadOnly = useStore(projectStore, state => !canEdit() || state.columns !== columns)
  const openIndex = rows.findIndex(row => row.index === open)
  return (
    <>
      <div className="panel__bar">
        <Select aria-label={t('column.flaw')} value={code} onChange={setCode} options={[{ value: 'all', label: t('allCodes') }, ...present.map(value => ({ value, label: t(`flaw.${value}`) }))]} />
        <span className="soft ledger__count">{t('ledger:mend.some', { count: safe.length, shown: count(safe.length) })}</span>
        <Button look="quiet" icon={<Wrench size={14} />} disabled={safe.length === 0 || isReadOnly} onClick={() => sessionStore.setState({ dialog: { type: 'mendFlaws', fixes: safe } })}>{t('ledger:mend.open')}</Button>
        <IconButton label={t('common:copyTable')} disabled={rows.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(tableText(tableColumns, rows.length, i => rows[i]!), 'app:toast.tableCopied', { count: rows.length })} />
      </div>
      <DataTable
        label={t('view.flaws')} columns={tableColumns} rowCount={rows.length} rowAt={i => rows[i]!} rowKey={i => String(rows[i]!.index)} selectedIndex={openIndex < 0 ? null : openIndex}
        sort={null} onSort={() => undefined} onOpen={show} empty={<EmptyState icon={null} title={t('nothing.title')} text={t('nothing.text')} />}
      />
    </>
  )
}

const ICONS = { error: <CircleX size={14} className="is-danger" />, warning: <CircleAlert size={14} className="is-warning" />, info: <Info size={14} className="faint" /> }

function flawColumns(columns: AssetColumns, report: QualityReport, t: ReturnType<typeof useTranslation<'quality'>>['t']): TableColumn<FlawRow>[] {
  const ids = assetIds(columns)
  const fixWords = (flaw: number) => {
    const fix = fixOfFlaw(report, flaw, columns)
    return fix ? t(`ledger:fixName.${fix.fix}`) : ''
  }
  const words = (asset: number | null) => (asset === null ? '' : `${t(`kinds:kind.${assetKind(columns, asset)}`)} ${ids[asset]!}`)
  return [
    { id: 'severity', title: t('column.severity'), width: '96px', sortable: false, text: row => t(`severity.${row.severity}`), render: row => <span className="finding-severity">{ICONS[row.severity]}{t(`severity.${row.severity}`)}</span> },
    { id: 'code', title: t('column.flaw'), width: 'minmax(130px, 0.8fr)', sortable: false, text: row => t(`flaw.${row.code}`), render: row => t(`flaw.${row.code}`) },
    { id: 'line', title: t('column.line'), width: 'minmax(130px, 1fr)', sortable: false, text: row => words(row.asset), render: row => words(row.asset) },
    { id: 'owner', title: t('column.owner'), width: 'minmax(110px, 1fr)', sortable: false, text: row => columns.owners[columns.owner[row.asset]!] ?? '', render: row => columns.owners[columns.owner[row.asset]!] },
    { id: 'other', title: t('column.other'), width: 'minmax(110px, 0.9fr)', sortable: false, text: row => words(row.other), render: row => words(row.other) || <span className="faint">–</span> },
    { id: 'detail', title: t('column.detail'), width: 'minmax(150px, 1fr)', sortable: false, text: row => row.detail, render: row => row.detail },
    { id: 'fix', title: t('ledger:mend.column'), width: 'minmax(110px, 0.7fr)', sortable: false, text: row => fixWords(row.index), render: row => fixWords(row.index) || <span className="faint">{t('ledger:mend.look')}</span> },
  ]
}
