import { useTranslation } from 'react-i18next'
import { METRES_PER } from '#shared/io/length-units.ts'
import { LENGTH_UNITS, type LayerMapping } from '#shared/io/mapping.ts'
import { Field, NumberInput, Select } from '../../ui/fields.tsx'
import { FieldSelect } from './field-select.tsx'
import { FormPart, type MappingPartProps } from './mapping-part.tsx'
import { figure } from '../../i18n/format.ts'

const UNITS = LENGTH_UNITS.map(value => ({ value, label: value }))

/** Size fields, their unit, and whether they are outer or inner; read back in millimetres, so that a wrong unit shows. */
export function SizeMapping({ layer, mapping, change }: MappingPartProps) {
  const { t } = useTranslation('import-wizard')
  const set = (part: Partial<LayerMapping['size']>) => change({ size: { ...mapping.size, ...part } })
  const { size } = mapping
  const field = layer.fields.find(candidate => candidate.name === size.field)
  const perUnitMm = 1000 * METRES_PER[size.unit]
  const hasRange = field?.min !== undefined && field.max !== undefined
  return (
    <FormPart title={t('part.size')}>
      <FieldSelect label={t('size.field')} layer={layer} value={size.field} onChange={name => set({ field: name })} />
      <Field label={t('unit')}>
        <Select value={size.unit} options={UNITS} onChange={unit => set({ unit })} />
      </Field>
      {hasRange && (
        <p className="import-read-as">{t('size.readAs', { from: figure(field.min! * perUnitMm, 0), to: figure(field.max! * perUnitMm, 0) })}</p>
      )}
      <FieldSelect label={t('size.height')} layer={layer} value={size.heightField} none={t('size.circular')} onChange={heightField => set({ heightField })} />
      <FieldSelect label={t('size.width')} layer={layer} value={size.widthField} none={t('size.circular')} onChange={widthField => set({ widthField })} />
      <FieldSelect label={t('size.shape')} layer={layer} value={size.shapeField} onChange={shapeField => set({ shapeField })} />
      <Field label={t('size.dimension')}>
        <Select value={size.dimension} options={(['outer', 'inner'] as const).map(value => ({ value, label: t(`size.${value}`) }))} onChange={dimension => set({ dimension })} />
      </Field>
      {size.dimension === 'inner' && (
        <>
          <FieldSelect label={t('size.wall')} layer={layer} value={size.wallField} none={t('size.wallAssumed')} onChange={wallField => set({ wallField })} />
          {size.wallField !== null && <Field label={t('unit')}><Select value={size.wallUnit} options={UNITS} onChange={wallUnit => set({ wallUnit })} /></Field>}
        </>
      )}
      <Field label={t('size.fallback')}>
        <NumberInput
          value={size.fallbackDiameterM === null ? null : size.fallbackDiameterM * 1000}
          decimals={0} min={1} max={20_000} unit="mm"
          onCommit={mm => set({ fallbackDiameterM: mm / 1000 })}
        />
      </Field>
    </FormPart>
  )
}
