import { useTranslation } from 'react-i18next'
import type { InspectedLayer } from '../../actions/files/import-actions.ts'
import { Field, Select } from '../../ui/fields.tsx'

interface FieldSelectProps {
  readonly label: string
  readonly layer: InspectedLayer
  readonly value: string | null
  /** What choosing no field means. */
  readonly none?: string
  readonly onChange: (field: string | null) => void
}

/** No field of a source can be called this: names come from the file and are never empty. */
const NONE = ''
const SAMPLES_SHOWN = 4

/** A field of the source, with some of its values under it, so that a wrong choice is seen at once. */
export function FieldSelect({ label, layer, value, none, onChange }: FieldSelectProps) {
  const { t } = useTranslation('import-wizard')
  const field = layer.fields.find(candidate => candidate.name === value)
  const options = [{ value: NONE, label: none ?? t('noField') }, ...layer.fields.map(({ name }) => ({ value: name, label: name }))]
  return (
    <div className="import-field">
      <Field label={label}>
        <Select value={value ?? NONE} options={options} onChange={name => onChange(name === NONE ? null : name)} />
      </Field>
      {field && (
        <p className="import-field__samples truncate">
          {field.samples.slice(0, SAMPLES_SHOWN).map(sample => sample.value).join(' · ')}
          {field.distinct > SAMPLES_SHOWN && ' …'}
          {field.missing > 0 && ` (${t('missing', { count: field.missing })})`}
        </p>
      )}
    </div>
  )
}
