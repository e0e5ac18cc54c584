import { Activity } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { analysisStore } from '../../state/findings/analysis-store.ts'
import { EmptyState } from '../../ui/display.tsx'
import { AnalysisForm } from './analysis-form.tsx'
import { AnalysisResultView } from './analysis-result.tsx'
import { MethodCard } from './method-card.tsx'
import '../lists.css'
import './analyses.css'

/** Analyses of the networks and the four hazards: ask on the left, the answer in the middle, what it stands on at the right. */
export function AnalysesPanel() {
  const { t } = useTranslation('analyses')
  const method = useStore(analysisStore, state => state.method)
  const result = useStore(analysisStore, state => state.results[method] ?? null)
  return (
    <div className="panel analysis">
      <AnalysisForm />
      {result === null
        ? <EmptyState icon={<Activity size={24} />} title={t('empty.title')} text={t('empty.text')} />
        : <AnalysisResultView key={method} result={result} />}
      {result !== null && <MethodCard result={result} />}
    </div>
  )
}
