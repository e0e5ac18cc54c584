import { BadgeCheck, CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { count } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { qualityStore } from '../../state/twin/quality-store.ts'
import { EmptyState, Notice } from '../../ui/display.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { percent } from '../../ui/percent.ts'
import { ActionButton } from '../action-button.tsx'
import { FlawTable } from './flaw-table.tsx'
import { GroupTable } from './group-table.tsx'
import { LackTable } from './lack-table.tsx'
import { PieceTable } from './piece-table.tsx'
import { TrendTable } from './trend-table.tsx'
import './quality.css'

const VIEWS = ['owner', 'block', 'flaws', 'missing', 'pieces', 'trend'] as const

/** What the ledger lacks and what in it cannot be right, by owner, by block and one by one. */
export function QualityPanel() {
  const { t } = useTranslation('quality')
  const { result, isRunning } = useStore(qualityStore)
  const columns = useStore(projectStore, state => state.columns)
  const [view, setView] = useState<(typeof VIEWS)[number]>('owner')
  if (!columns) return null
  if (!result) {
    return (
      <EmptyState icon={<BadgeCheck size={24} />} title={t(isRunning ? 'job' : 'empty.title')} text={t('empty.text')}>
        <ActionButton id="ledger.assess" icon={<BadgeCheck size={14} />} look="primary" />
      </EmptyState>
    )
  }
  const { report } = result
  return (
    <div className="panel">
      <div className="panel__bar">
        <Segmented label={t('view.label')} value={view} onChange={setView} options={VIEWS.map(value => ({ value, label: t(`view.${value}`) }))} />
        <span className="soft ledger__count">{t('summary', { score: percent(report.whole.score), count: count(report.whole.count), flaws: count(report.flaws.count) })}</span>
        <ActionButton id="ledger.assess" icon={<BadgeCheck size={14} />} />
      </div>
      {result.columns !== columns && <Notice tone="warning" icon={<CircleAlert size={14} />} action={<ActionButton id="ledger.assess" icon={null} />}>{t('stale')}</Notice>}
      {view === 'flaws' ? <FlawTable report={report} columns={result.columns} />
        : view === 'trend' ? <TrendTable />
        : view === 'pieces' ? <PieceTable pieces={report.pieces} />
        : view === 'missing' ? <LackTable report={report} columns={result.columns} />
        : <GroupTable by={view} report={report} columns={result.columns} />}
    </div>
  )
}
