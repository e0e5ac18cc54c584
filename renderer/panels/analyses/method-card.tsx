import { BookOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { AnalysisMethod } from '#shared/hazards/analysis/outcome.ts'
import { PARAMETER_DEFAULTS } from '#shared/hazards/analysis/parameters.ts'
import { issueExampleWords } from '#shared/report/issue-example-words.ts'
import { figureText } from '#shared/report/outcome-words.ts'
import { figure } from '../../i18n/format.ts'
import { analysisStore, type AnalysisResult, type DraftValue } from '../../state/findings/analysis-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button } from '../../ui/button.tsx'
import { Properties, Property, Section } from '../../ui/display.tsx'
import { METHOD_FIELDS, type MethodField } from './method-fields.ts'

/** Assumptions that are fields of a form under another name: what was asked is not said twice. */
const FIELD_OF: Readonly<Record<string, string>> = {
  radius: 'radiusM', hole: 'holeMm', runoff: 'runoffCoefficient', inlet: 'inletMinutes', reach: 'reachM', tailwater: 'tailwaterM', duration: 'durationMin',
  groundwater: 'groundwaterDepthM', side: 'sideM', bedding: 'beddingM', demand: 'demandLs', tells: 'tellsM',
}

/** What the answer stands on: what was asked, where the method comes from, what was assumed, what could not be known. */
export function MethodCard({ result: { outcome } }: { readonly result: AnalysisResult }) {
  const { t } = useTranslation('analyses')
  const language = useStore(viewStore, state => state.language)
  const asked = new Set(METHOD_FIELDS[outcome.method].map(({ id }) => id))
  const assumed = outcome.assumptions.filter(({ id }) => !asked.has(FIELD_OF[id] ?? id))
  return (
    <aside className="analysis__card">
      <AskedSection method={outcome.method} />
      {assumed.length > 0 && (
        <Section title={t('assumptions')}>
          <Properties>{assumed.map(one => <Property key={one.id} name={t(`assumption.${one.id}`)}>{figureText(t, one, language)}</Property>)}</Properties>
        </Section>
      )}
      {outcome.issues.length > 0 && (
        <Section title={t('issues')}>
          <ul className="analysis__issues">{outcome.issues.map(issue => <li key={`${issue.severity}.${issue.code}`}><b>{issue.count} ×</b> {t(`issues:${issue.code}`)} <span className="faint selectable">{issueExampleWords(t, issue.example)}</span></li>)}</ul>
        </Section>
      )}
      <MethodPassages method={outcome.method} />
      {outcome.isScreening && <p className="soft small analysis__note">{t('screeningTip')}</p>}
      <Button look="quiet" icon={<BookOpen size={14} />} onClick={() => sessionStore.setState({ dialog: { type: 'methods' } })}>{t('methods.open')}</Button>
    </aside>
  )
}

/** Source, formula and what is taken for granted. */
export function MethodPassages({ method }: { readonly method: AnalysisMethod }) {
  const { t } = useTranslation('analyses')
  return (
    <>
      <Section title={t('source')}><p className="soft small">{t(`method.${method}.source`)}</p></Section>
      <Section title={t('formula')}><ul className="analysis__formula selectable">{t(`method.${method}.formula`).split('\n').map(line => <li key={line}>{line}</li>)}</ul></Section>
      <Section title={t('limits')}><p className="soft small">{t(`method.${method}.limits`)}</p></Section>
    </>
  )
}

/** What this answer was asked; what nobody changed is marked. */
function AskedSection({ method }: { readonly method: AnalysisMethod }) {
  const { t } = useTranslation('analyses')
  const asked = useStore(analysisStore, state => state.asked[method])
  const language = useStore(viewStore, state => state.language)
  if (!asked) return null
  const defaults = PARAMETER_DEFAULTS[method] as Readonly<Record<string, DraftValue>>
  const fields = METHOD_FIELDS[method].filter(({ when }) => when === undefined || asked[when.id] === when.value)
  if (fields.length === 0) return null
  const isDefault = ({ id, type }: MethodField) => type !== 'asset' && JSON.stringify(asked[id] ?? null) === JSON.stringify(defaults[id] ?? null)
  return (
    <Section title={t('inputs')}>
      <Properties>
        {fields.map(field => (
          <Property key={field.id} name={t(`field.${field.label ?? field.id}`)}>{askedText(t, field, asked[field.id] ?? null, language)} {isDefault(field) && <span className="faint">· {t('byDefault')}</span>}</Property>
        ))}
      </Properties>
    </Section>
  )
}

function askedText(t: ReturnType<typeof useTranslation<'analyses'>>['t'], field: MethodField, value: DraftValue, language: 'zh-CN' | 'en'): string {
  if (field.type === 'asset') return value === null ? t('none') : String(value)
  if (field.type === 'choice') {
    const label = field.options.find(option => option.value === value)?.label
    return label === undefined ? String(value) : typeof label === 'string' ? t(label) : label[language]
  }
  const unit = field.unit === '' ? '' : ` ${t(`unit.${field.unit}`)}`
  if (field.type === 'numbers') return `${Array.isArray(value) ? value.join(', ') : ''}${unit}`
  if (typeof value !== 'number') return t(`option.${field.blank ?? 'notKnown'}`)
  return `${figure(value, field.decimals)}${unit}`
}
