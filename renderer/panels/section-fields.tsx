import { useTranslation } from 'react-i18next'
import type { OuterSection } from '#shared/twin/asset.ts'
import { Field, NumberInput, Select } from '../ui/fields.tsx'

const MM = 1000
const LIMITS = { min: 1, max: 100_000 } as const

interface SectionFieldsProps {
  readonly section: OuterSection
  readonly disabled?: boolean
  readonly onChange: (section: OuterSection) => void
}

/** The outer section in millimetres: a diameter, or width by height. */
export function SectionFields({ section, disabled = false, onChange }: SectionFieldsProps) {
  const { t } = useTranslation('app')
  const mm = (lengthM: number, label: string, commit: (lengthM: number) => void) => (
    <NumberInput aria-label={label} className="section-fields__figure" disabled={disabled} value={lengthM * MM} decimals={0} unit="mm" {...LIMITS} onCommit={value => commit(value / MM)} />
  )
  return (
    <Field label={t('field.size')} inline>
      <Select
        className="section-fields__shape" disabled={disabled} aria-label={t('field.shape')} value={section.shape}
        onChange={shape => onChange(shape === 'circle'
          ? { shape, diameterM: section.shape === 'circle' ? section.diameterM : section.widthM }
          : { shape, widthM: section.shape === 'circle' ? section.diameterM : section.widthM, heightM: section.shape === 'circle' ? section.diameterM : section.heightM })}
        options={[{ value: 'circle', label: 'Ø' }, { value: 'rectangle', label: '□' }]}
      />
      {section.shape === 'circle'
        ? mm(section.diameterM, t('field.diameter'), diameterM => onChange({ shape: 'circle', diameterM }))
        : <>
            {mm(section.widthM, t('field.width'), widthM => onChange({ ...section, widthM }))}
            <span className="faint">×</span>
            {mm(section.heightM, t('field.height'), heightM => onChange({ ...section, heightM }))}
          </>}
    </Field>
  )
}
