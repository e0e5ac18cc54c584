import { CircleAlert, CircleX, ClipboardCopy, Info, Wrench } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { fixOfFlaw } from '#shared/ledger/quality-fix.ts'
import { FLAW_CODES, FLAW_SEVERITY, type QualityReport } from '#shared/quality/quality-report.ts'
import { assetKind, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { openFlaw } from '../../actions/ledger/quality-actions.ts'
import { canEdit } from '../../actions/scheme/scenario-actions.ts'
import { count } from '../../i18n/format.ts'
import { assetIds } from '../../state/twin/asset-facts.ts'
import { flawRow, type FlawRow } from '../../state/twin/flaw-row.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { listedFlaws, qualityStore } from '../../state/twin/quality-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable, tableText, type TableColumn } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { Select } from '../../ui/fields.tsx'

/** Every flaw with its place, marked on the map while the list is open; opening one shows it in every view. */
export function FlawTable({ report, columns }: { readonly report: QualityReport; readonly columns: AssetColumns }) {
  const { t } = useTranslation('quality')
  const { filter, openFlaw: open } = useStore(qualityStore)
  useEffect(() => {
    qualityStore.setState({ isListOpen: true })
    return () => qualityStore.setState({ isListOpen: false, openFlaw: null })
  }, [])
  const rows = useMemo(() => listedFlaws(report, filter).map(flaw => flawRow(report, flaw, t)), [report, filter, t])
  const present = FLAW_CODES.filter((_, k) => report.flaws.code.includes(k))
  const severities = (['error', 'warning', 'info'] as const).filter(value => present.some(code => FLAW_SEVERITY[code] === value))
  const tableColumns = useMemo(() => flawColumns(columns, report, t), [columns, report, t])
  const fixes = useMemo(() => Array.from({ length: report.flaws.count }, (_, i) => fixOfFlaw(report, i, columns)), [report, columns])
  const safe = rows.flatMap(row => fixes[row.index] ?? [])
  const isReadOnly = useStore(projectStore, state => !canEdit() || state.columns !== columns)
  const openIndex = rows.findIndex(row => row.index === open)
  return (
    <>
      <div className="panel__bar">
        <Select aria-label={t('column.severity')} value={filter.severity} onChange={severity => qualityStore.setState({ filter: { ...filter, severity } })} options={[{ value: 'all' as const, label: t('allSeverities') }, ...severities.map(value => ({ value, label: t(`severity.${value}`) }))]} />
        <Select aria-label={t('column.flaw')} value={filter.code} onChange={code => qualityStore.setState({ filter: { ...filter, code } })} options={[{ value: 'all' as const, label: t('allCodes') }, ...present.map(value => ({ value, label: t(`flaw.${value}`) }))]} />
        <span className="soft ledger__count">{t('ledger:mend.some', { count: safe.length, shown: count(safe.length) })}</span>
        <Button look="quiet" icon={<Wrench size={14} />} disabled={safe.length === 0 || isReadOnly} onClick={() => sessionStore.setState({ dialog: { type: 'mendFlaws', fixes: safe } })}>{t('ledger:mend.open')}</Button>
        <IconButton label={t('common:copyTable')} disabled={rows.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(tableText(tableColumns, rows.length, i => rows[i]!), 'app:toast.tableCopied', { count: rows.length })} />
      </div>
      <DataTable
        label={t('view.flaws')} columns={tableColumns} rowCount={rows.length} rowAt={i => rows[i]!} rowKey={i => String(rows[i]!.index)} selectedIndex={openIndex < 0 ? null : openIndex}
        sort={null} onSort={() => undefined} onOpen={row => openFlaw(row.index)} empty={<EmptyState icon={null} title={t('nothing.title')} text={t('nothing.text')} />}
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
