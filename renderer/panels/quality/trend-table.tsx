import { Printer } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { download } from '../../actions/files/download.ts'
import { count, dateTime, figure } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { localDay } from '../../state/findings/standings.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { Select } from '../../ui/fields.tsx'
import { percent } from '../../ui/percent.ts'
import { Score } from './score.tsx'
import { TrendChart } from './trend-chart.tsx'
import { trendPage } from './trend-paper.ts'
import { trendRows, type TrendRow } from './trend-rows.ts'

/** How complete the ledger was after each import and edit it was looked through at: of all of it, an owner or a block. Newest first. */
export function TrendTable() {
  const { t, i18n } = useTranslation('quality')
  const points = useStore(registerStore, state => state.completeness)
  const blocks = useStore(projectStore, state => state.context?.blocks ?? null)
  const [of, setOf] = useState('')
  const sorted = useMemo(() => Object.values(points).map(({ body }) => body).sort((a, b) => (a.at < b.at ? -1 : 1)), [points])
  const rows = useMemo(() => trendRows(sorted, of), [sorted, of])
  const newest = useMemo(() => rows.toReversed(), [rows])
  const last = sorted.at(-1)
  const blockName = (id: string) => blocks?.find(block => block.id === id)?.name || id
  const options = [
    { value: '', label: t('trend.all') },
    ...(last?.owners ?? []).map(({ name }) => ({ value: `owner:${name}`, label: name || t('nobody') })),
    ...(last?.blocks ?? []).map(({ name }) => ({ value: `block:${name}`, label: blockName(name) })),
  ]
  const columns: TableColumn<TrendRow>[] = [
    { id: 'at', title: t('trend.at'), width: '148px', sortable: false, text: row => row.at, render: row => dateTime(row.at, i18n.language) },
    { id: 'after', title: t('trend.after'), width: 'minmax(110px, 2fr)', sortable: false, text: row => row.after, render: row => row.after || <span className="faint">–</span> },
    { id: 'count', title: t('column.lines'), width: '84px', align: 'right', sortable: false, text: row => String(row.count), render: row => count(row.count) },
    { id: 'score', title: t('column.score'), width: '148px', sortable: false, text: row => percent(row.score), render: row => <Score share={row.score} /> },
    { id: 'gain', title: t('trend.gain'), width: '88px', align: 'right', sortable: false, text: row => (row.gain === null ? '' : figure(100 * row.gain, 1)), render: row => (row.gain === null ? <span className="faint">–</span> : <span className={row.gain < 0 ? 'is-danger' : row.gain > 0 ? 'is-good' : 'faint'}>{row.gain > 0 ? '+' : ''}{figure(100 * row.gain, 1)} %</span>) },
    { id: 'flaws', title: t('column.flaws'), width: '72px', align: 'right', sortable: false, text: row => String(row.flaws), render: row => count(row.flaws) },
  ]
  const print = () => {
    const head = { project: projectStore.getState().info?.name.replace(/\.gpkg$/i, '') ?? '', day: localDay(new Date()), language: i18n.language, blockName }
    download(trendPage(sorted, head, t), `${t('trend.paper')} ${head.day}.html`, 'text/html')
  }
  return (
    <>
      <div className="panel__bar">
        <Select<string> aria-label={t('trend.of')} value={of} options={options} onChange={setOf} />
        <span className="soft ledger__count trend-key"><span className="trend-key__line" />{t('column.score')}<span className="trend-key__bar" />{t('column.flaws')}</span>
        <Button look="quiet" icon={<Printer size={14} />} disabled={rows.length === 0} onClick={print}>{t('trend.print')}</Button>
      </div>
      <div className="trend">
        {rows.length > 0 && <TrendChart rows={rows} />}
        <DataTable label={t('view.trend')} columns={columns} rowCount={newest.length} rowAt={i => newest[i]!} rowKey={i => newest[i]!.at} selectedIndex={null} sort={null} onSort={() => undefined} onOpen={() => undefined} empty={<EmptyState icon={null} title={t('trend.none')} />} />
      </div>
    </>
  )
}
