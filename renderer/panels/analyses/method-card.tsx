import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { AnalysisResult } from '../../state/analysis-store.ts'
import { viewStore } from '../../state/view-store.ts'
import { Properties, Property, Section } from '../../ui/display.tsx'
import { figureText } from '#shared/report/outcome-words.ts'

/** What the answer stands on: where the method comes from, what was assumed, what could not be known. */
export function MethodCard({ result: { outcome } }: { readonly result: AnalysisResult }) {
  const { t } = useTranslation('analyses')
  const language = useStore(viewStore, state => state.language)
  return (
    <aside className="analysis__card">
      <Section title={t('source')}>
        <p className="soft small">{t(`method.${outcome.method}.source`)}</p>
        {outcome.isScreening && <p className="soft small">{t('screeningTip')}</p>}
      </Section>
      {outcome.assumptions.length > 0 && (
        <Section title={t('assumptions')}>
          <Properties>{outcome.assumptions.map(one => <Property key={one.id} name={t(`assumption.${one.id}`)}>{figureText(t, one, language)}</Property>)}</Properties>
        </Section>
      )}
      {outcome.issues.length > 0 && (
        <Section title={t('issues')}>
          <ul className="analysis__issues">{outcome.issues.map(issue => <li key={`${issue.severity}.${issue.code}`}><b>{issue.count} ×</b> {t(`issues:${issue.code}`)} <span className="faint selectable">{issue.example}</span></li>)}</ul>
        </Section>
      )}
    </aside>
  )
}
