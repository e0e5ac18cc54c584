import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { CompletenessPoint } from '#shared/register/completeness.ts'
import { count, dateTime, figure } from '../../i18n/format.ts'
import { projectStore } from '../../state/project-store.ts'
import { registerStore } from '../../state/register-store.ts'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { Select } from '../../ui/fields.tsx'
import { percent } from '../../ui/percent.ts'
import { Score } from './score.tsx'

interface TrendRow {
  readonly at: string
  readonly after: string
  readonly count: number
  readonly score: number
  readonly flaws: number
  /** Share points against the row before; null for the first. */
  readonly gain: number | null
}

/** How complete the ledger was after each import and edit it was looked through at: of all of it, an owner or a block. Newest first. */
export function TrendTable() {
  const { t, i18n } = useTranslation('quality')
  const points = useStore(registerStore, state => state.completeness)
  const blocks = useStore(projectStore, state => state.context?.blocks ?? null)
  const [of, setOf] = useState('')
  const sorted = useMemo(() => Object.values(points).map(({ body }) => body).sort((a, b) => (a.at < b.at ? -1 : 1)), [points])
  const rows = useMemo(() => rowsOf(sorted, of), [sorted, of])
  const last = sorted.at(-1)
  const options = [
    { value: '', label: t('trend.all') },
    ...(last?.owners ?? []).map(({ name }) => ({ value: `owner:${name}`, label: name || t('nobody') })),
    ...(last?.blocks ?? []).map(({ name }) => ({ value: `block:${name}`, label: blocks?.find(({ id }) => id === name)?.name || name })),
  ]
  const columns: TableColumn<TrendRow>[] = [
    { id: 'at', title: t('trend.at'), width: '148px', sortable: false, text: row => row.at, render: row => dateTime(row.at, i18n.language) },
    { id: 'after', title: t('trend.after'), width: 'minmax(180px, 2fr)', sortable: false, text: row => row.after, render: row => row.after || <span className="faint">–</span> },
    { id: 'count', title: t('column.lines'), width: '84px', align: 'right', sortable: false, text: row => String(row.count), render: row => count(row.count) },
    { id: 'score', title: t('column.score'), width: '148px', sortable: false, text: row => percent(row.score), render: row => <Score share={row.score} /> },
    { id: 'gain', title: t('trend.gain'), width: '88px', align: 'right', sortable: false, text: row => (row.gain === null ? '' : figure(100 * row.gain, 1)), render: row => (row.gain === null ? <span className="faint">–</span> : <span className={row.gain < 0 ? 'is-danger' : row.gain > 0 ? 'is-good' : 'faint'}>{row.gain > 0 ? '+' : ''}{figure(100 * row.gain, 1)} %</span>) },
    { id: 'flaws', title: t('column.flaws'), width: '72px', align: 'right', sortable: false, text: row => String(row.flaws), render: row => count(row.flaws) },
  ]
  return (
    <>
      <div className="panel__bar"><Select<string> aria-label={t('trend.of')} value={of} options={options} onChange={setOf} /></div>
      <DataTable label={t('view.trend')} columns={columns} rowCount={rows.length} rowAt={i => rows[i]!} rowKey={i => rows[i]!.at} selectedIndex={null} sort={null} onSort={() => undefined} onOpen={() => undefined} empty={<EmptyState icon={null} title={t('trend.none')} />} />
    </>
  )
}

function rowsOf(points: readonly CompletenessPoint[], of: string): TrendRow[] {
  const rows: TrendRow[] = []
  for (const point of points) {
    const part = of === '' ? point : of.startsWith('owner:') ? point.owners.find(({ name }) => `owner:${name}` === of) : point.blocks.find(({ name }) => `block:${name}` === of)
    if (!part) continue
    rows.push({ at: point.at, after: point.after, count: part.count, score: part.score, flaws: part.flaws, gain: rows.length === 0 ? null : part.score - rows.at(-1)!.score })
  }
  return rows.reverse()
}
