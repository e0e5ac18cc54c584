import { useTranslation } from 'react-i18next'
import type { SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import { Field, NumberInput } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import '../survey/survey.css'

interface SurveyChoiceProps {
  readonly isAsBuilt: boolean
  readonly isUpdate: boolean
  readonly options: SurveyOptions
  readonly onUpdate: (isUpdate: boolean) => void
  readonly onOptions: (options: SurveyOptions) => void
}

/** Whether what was read is added beside what is there, or is a newer survey of it; and how near is the same. */
export function SurveyChoice({ isAsBuilt, isUpdate, options, onUpdate, onOptions }: SurveyChoiceProps) {
  const { t } = useTranslation('survey')
  const metre = (name: keyof SurveyOptions, label: string, min: number) => <Field label={label}><NumberInput aria-label={label} value={options[name]} decimals={2} min={min} max={100} unit="m" onCommit={value => onOptions({ ...options, [name]: value })} /></Field>
  return (
    <div className="survey-choice">
      {!isAsBuilt && <Segmented label={t('choice.label')} value={isUpdate ? 'update' : 'add'} onChange={value => onUpdate(value === 'update')} options={(['add', 'update'] as const).map(value => ({ value, label: t(`choice.${value}`) }))} />}
      <p className="soft">{t(isAsBuilt ? 'choice.asBuiltText' : isUpdate ? 'choice.updateText' : 'choice.addText')}</p>
      {isUpdate && <div className="survey-choice__fields">{metre('planToleranceM', t('choice.plan'), 0)}{metre('levelToleranceM', t('choice.level'), 0)}{metre('searchM', t('choice.search'), 0.01)}</div>}
    </div>
  )
}
