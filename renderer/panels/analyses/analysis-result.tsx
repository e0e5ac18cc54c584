import { ClipboardCopy, Eye, EyeOff, FileText, SearchX, TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { downloadSheet, openRow, showAnalysis } from '../../actions/check/analysis-actions.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { dateTime } from '../../i18n/format.ts'
import { analysisStore, type AnalysisResult } from '../../state/findings/analysis-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable, tableText, type TableColumn, type TableSort } from '../../ui/data-table.tsx'
import { Badge, EmptyState, Notice } from '../../ui/display.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { cellText, columnTitle, figureText } from '#shared/report/outcome-words.ts'
import { SwmmButtons } from './swmm-buttons.tsx'
import { keyOf, sortedRows, type OutcomeColumn, type OutcomeRow, type OutcomeTable } from './outcome-words.ts'

/** What came out: the headline, and one table at a time. A click on a row goes there. */
export function AnalysisResultView({ result }: { readonly result: AnalysisResult }) {
  const { t, i18n } = useTranslation('analyses')
  const language = useStore(viewStore, state => state.language)
  const { outcome } = result
  const isShown = useStore(analysisStore, state => state.shown === outcome.method)
  const [tableId, setTableId] = useState<string | null>(null)
  const [sort, setSort] = useState<TableSort | null>(null)
  const [openIndex, setOpenIndex] = useState<number | null>(null)
  const table = outcome.tables.find(({ id }) => id === tableId) ?? outcome.tables.find(({ rows }) => rows.length > 0) ?? outcome.tables[0]!
  const rows = useMemo(() => sortedRows(t, table, sort?.columnId ?? null, sort?.descending ?? false, i18n.language), [t, table, sort, i18n.language])
  const columns = useMemo(() => table.columns.map((column, index) => tableColumn(t, column, index)), [t, table])
  const open = (row: OutcomeRow) => {
    setOpenIndex(rows.indexOf(row))
    openRow(row)
  }
  const choose = (id: string) => {
    setTableId(id)
    setSort(null)
    setOpenIndex(null)
  }
  // Possible findings that no hole settles are no clean ground.
  const isUnsettled = outcome.method === 'holes' && outcome.figures.some(({ id, value }) => id === 'possible' && Number(value) > 0)
  return (
    <div className="analysis__result">
      <div className="panel__bar">
        <span className="strong">{t(`method.${outcome.method}.title`)}</span>
        {outcome.isScreening && <span title={t('screeningTip')}><Badge tone="warning">{t('screening')}</Badge></span>}
        <span className="faint truncate analysis__when">{t('computedAt', { at: dateTime(result.computedAt, i18n.language) })} · {t('took', { seconds: (result.durationMs / 1000).toFixed(1) })}</span>
        {result.model !== null && <SwmmButtons model={result.model} />}
        {result.sheet !== null && <Button look="quiet" icon={<FileText size={14} />} onClick={() => downloadSheet(result.sheet!, `${t('sheet')}.html`)}>{t('sheet')}</Button>}
        <IconButton label={t('showInView')} pressed={isShown} icon={isShown ? <Eye size={14} /> : <EyeOff size={14} />} onClick={() => showAnalysis(isShown ? null : outcome.method)} />
        <IconButton label={t('common:copyTable')} disabled={rows.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(tableText(columns, rows.length, i => rows[i]!), 'app:toast.tableCopied', { count: rows.length })} />
      </div>
      <StaleNotice result={result} />
      <WorseNotice result={result} />
      <dl className="analysis__figures">
        {outcome.figures.filter(figure => !isChange(figure)).map(figure => (
          <div key={figure.id}>
            <dt className="truncate">{t(`figure.${outcome.method}.${figure.id}`, { figure: figure.figure ?? '' })}</dt>
            <dd>{figureText(t, figure, language)}<Change change={outcome.figures.find(({ id }) => id === `${figure.id}_change`)} /></dd>
          </div>
        ))}
      </dl>
      {outcome.tables.length > 1 && (
        <div className="panel__bar analysis__tables">
          <Segmented label={t('choose')} value={table.id} onChange={choose} options={outcome.tables.map(({ id, total }) => ({ value: id, label: <>{t(`table.${id}`)} <span className="faint">{total}</span></> }))} />
          {table.total > table.rows.length && <span className="faint small">{t('rowsOf', { shown: table.rows.length, total: table.total })}</span>}
        </div>
      )}
      <DataTable
        label={t(`table.${table.id}`)} columns={columns} rowCount={rows.length} rowAt={i => rows[i]!} rowKey={i => `${table.id}.${i}`} selectedIndex={openIndex}
        sort={sort} onSort={setSort} onOpen={open} empty={<EmptyState icon={<SearchX size={24} />} title={t('noRows')} {...(isUnsettled && { text: t('noHoles', { sure: figureText(t, outcome.assumptions.find(({ id }) => id === 'sure')!, language) }) })} />}
      />
    </div>
  )
}

const isChange = ({ id }: { readonly id: string }): boolean => id.endsWith('_change')

/** What the scheme adds to a figure, or takes off it. */
function Change({ change }: { readonly change: AnalysisResult['outcome']['figures'][number] | undefined }) {
  const { t } = useTranslation('analyses')
  const language = useStore(viewStore, state => state.language)
  if (change === undefined || typeof change.value !== 'number') return null
  return <span className={change.value > 0 ? 'is-danger' : 'soft'}> {change.value > 0 ? '+' : ''}{change.value === 0 ? '±0' : figureText(t, change, language)}</span>
}

const WIDTHS: Readonly<Record<OutcomeColumn['type'], string>> = { id: 'minmax(96px, 1fr)', text: 'minmax(120px, 1.2fr)', kind: 'minmax(88px, 0.7fr)', word: 'minmax(96px, 0.8fr)', words: 'minmax(170px, 1.8fr)', yes: '72px', number: 'minmax(76px, 0.5fr)' }

function tableColumn(t: ReturnType<typeof useTranslation<'analyses'>>['t'], column: OutcomeColumn, index: number): TableColumn<OutcomeRow> {
  const text = (row: OutcomeRow) => cellText(t, column, row.cells[index]!)
  return {
    id: keyOf(column.id, column.figure), title: columnTitle(t, column), width: WIDTHS[column.type], text,
    ...(column.unit && { unit: t(`unit.${column.unit}`) }), ...(column.type === 'number' && { align: 'right' as const }),
    render: row => {
      const shown = text(row)
      if (shown === '') return <span className="faint">–</span>
      if (column.id === 'verdict' && row.cells[index] === 'worse') return <span className="analysis__worse"><TriangleAlert size={12} />{shown}</span>
      const isRise = column.id.endsWith('_change') && Number(row.cells[index]) > 0
      return isRise ? <b className="is-danger">+{shown}</b> : <span title={column.type === 'number' ? undefined : shown}>{shown}</span>
    },
  }
}

function StaleNotice({ result }: { readonly result: AnalysisResult }) {
  const { t } = useTranslation('analyses')
  const twinHash = useStore(projectStore, state => state.info?.twinHash)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const scheme = useStore(scenarioStore, activeScenario)
  const { label } = result
  const isFresh = label.twinHash === twinHash && label.scenarioId === activeId && (scheme === null || (scheme.revision === label.scenarioRevision && scheme.pending === 0))
  return isFresh ? null : <Notice tone="warning" icon={<TriangleAlert size={14} />}>{t('stale')}</Notice>
}

/** A scheme that makes something worse is said so, before any figure. */
function WorseNotice({ result: { outcome, label } }: { readonly result: AnalysisResult }) {
  const { t } = useTranslation('analyses')
  if (outcome.method !== 'lifeline' || label.scenarioId === null) return null
  const blocks: OutcomeTable | undefined = outcome.tables.find(({ id }) => id === 'blocks')
  const verdict = blocks?.columns.findIndex(({ id }) => id === 'verdict') ?? -1
  if (!blocks || blocks.rows.every(row => row.cells[verdict] === 'now')) return null
  const worse = blocks.rows.filter(row => row.cells[verdict] === 'worse').length
  return worse > 0 ? <Notice tone="danger" icon={<TriangleAlert size={14} />}>{t('worse', { count: worse })}</Notice> : <Notice tone="info" icon={<Eye size={14} />}>{t('notWorse')}</Notice>
}
