import { Crosshair, Play, RotateCcw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { METHODS_IN_ORDER, type AnalysisMethod } from '#shared/hazards/analysis/outcome.ts'
import { chooseMethod, isComplete, runAnalysis, selectedLine, setDraft } from '../../actions/check/analysis-actions.ts'
import { analysisStore, type DraftValue } from '../../state/findings/analysis-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field, NumberInput, parseFigure, Select, TextInput } from '../../ui/fields.tsx'
import { CatchmentList } from './catchment-list.tsx'
import { KeepSettings } from './keep-settings.tsx'
import { METHOD_FIELDS, type MethodField } from './method-fields.ts'

/** What is asked: the method, what it needs, and on which twin. */
export function AnalysisForm() {
  const { t } = useTranslation('analyses')
  const method = useStore(analysisStore, state => state.method)
  const draft = useStore(analysisStore, state => state.drafts[method])
  const running = useStore(analysisStore, state => state.running)
  const hasResult = useStore(analysisStore, state => state.results[method] !== undefined)
  const scheme = useStore(scenarioStore, state => activeScenario(state)?.document.name ?? null)
  return (
    <section className="analysis__form" aria-label={t('choose')}>
      <div className="analysis__fields">
        <Field label={t('choose')}><Select value={method} options={METHODS_IN_ORDER.map(value => ({ value, label: t(`method.${value}.title`) }))} onChange={chooseMethod} /></Field>
        <p className="soft small">{t(`method.${method}.what`)}</p>
        {METHOD_FIELDS[method].filter(({ when }) => when === undefined || draft[when.id] === when.value).map(field => <FieldInput key={`${method}.${field.id}`} method={method} field={field} value={draft[field.id] ?? null} />)}
        {method === 'lifeline' && <KeepSettings />}
        {(method === 'overflow' || method === 'swmm') && <CatchmentList />}
        <p className="small faint">{scheme === null ? t('onTwin') : t('onScheme', { name: scheme })}</p>
      </div>
      <Button look="primary" icon={hasResult ? <RotateCcw size={14} /> : <Play size={14} />} disabled={running !== null || !isComplete(method, draft)} onClick={() => void runAnalysis()}>
        {running === method ? t('running') : hasResult ? t('again') : t('run')}
      </Button>
    </section>
  )
}

interface FieldInputProps {
  readonly method: AnalysisMethod
  readonly field: MethodField
  readonly value: DraftValue
}

function FieldInput({ method, field, value }: FieldInputProps) {
  const { t } = useTranslation('analyses')
  const language = useStore(viewStore, state => state.language)
  const set = (next: DraftValue) => setDraft(method, field.id, next)
  const label = t(`field.${field.label ?? field.id}`)
  if (field.type === 'asset') return <AssetField label={label} value={typeof value === 'string' ? value : null} isOptional={field.isOptional} onChange={set} />
  if (field.type === 'choice') {
    const options = field.options.map(option => ({ value: option.value ?? '', label: typeof option.label === 'string' ? t(option.label) : option.label[language] }))
    return <Field label={label}><Select value={typeof value === 'string' ? value : ''} options={options} onChange={next => set(next === '' ? null : next)} /></Field>
  }
  const unit = field.unit === '' ? undefined : t(`unit.${field.unit}`)
  if (field.type === 'numbers') {
    const shown = Array.isArray(value) ? value.join(', ') : ''
    return <Field label={unit ? `${label} (${unit})` : label}><TextInput value={shown} onCommit={text => set(figuresIn(text) ?? (value as readonly number[]))} /></Field>
  }
  if (field.blank !== undefined) {
    const shown = typeof value === 'number' ? value.toFixed(field.decimals) : ''
    const commit = (text: string) => {
      const figure = parseFigure(text)
      if (text.trim() === '') set(null)
      else if (figure !== null && figure >= field.min && figure <= field.max) set(figure)
    }
    return <Field label={unit ? `${label} (${unit})` : label}><TextInput className="input--figure" inputMode="decimal" value={shown} placeholder={t(`option.${field.blank}`)} onCommit={commit} /></Field>
  }
  return <Field label={label}><NumberInput value={typeof value === 'number' ? value : null} decimals={field.decimals} min={field.min} max={field.max} {...(unit && { unit })} onCommit={set} /></Field>
}

/** Figures between commas or blanks; null where there is none. */
function figuresIn(text: string): number[] | null {
  const figures = text.split(/[,，;；\s]+/).map(parseFigure).filter(figure => figure !== null)
  return figures.length > 0 ? figures.sort((a, b) => a - b) : null
}

interface AssetFieldProps {
  readonly label: string
  readonly value: string | null
  readonly isOptional: boolean
  readonly onChange: (id: string | null) => void
}

/** A line by its id: typed, or taken from what is selected. */
function AssetField({ label, value, isOptional, onChange }: AssetFieldProps) {
  const { t } = useTranslation('analyses')
  const hasSelection = useStore(sessionStore, state => state.selection !== null && state.selection.type !== 'node')
  return (
    <Field label={label}>
      <span className="analysis__asset">
        <TextInput value={value ?? ''} placeholder={isOptional ? t('none') : t('selectHint')} onCommit={text => onChange(text.trim() === '' ? null : text.trim())} />
        {value !== null && isOptional && <IconButton label={t('common:clear')} icon={<X size={14} />} onClick={() => onChange(null)} />}
        <IconButton label={t('takeSelection')} icon={<Crosshair size={14} />} disabled={!hasSelection} onClick={() => onChange(selectedLine())} />
      </span>
    </Field>
  )
}
