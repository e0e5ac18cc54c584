import { useTranslation } from 'react-i18next'
import { LENGTH_UNITS, type LayerMapping } from '#shared/io/mapping.ts'
import { LEVEL_REFERENCES } from '#shared/twin/kinds.ts'
import { Field, NumberInput, Select } from '../../ui/fields.tsx'
import { FieldSelect } from './field-select.tsx'
import { FormPart, type MappingPartProps } from './mapping-part.tsx'

const SOURCES = ['geometry', 'fields', 'cover'] as const

/** Where levels come from and what they refer to: the axis is computed from it before any test. */
export function LevelMapping({ layer, mapping, change }: MappingPartProps) {
  const { t } = useTranslation(['import-wizard', 'kinds'])
  const { level } = mapping
  const set = (part: Partial<LayerMapping['level']>) => change({ level: { ...level, ...part } })
  const isDepth = level.reference.startsWith('depth_')
  const sources = SOURCES.filter(source => source !== 'geometry' || layer.hasZ)
  return (
    <FormPart title={t('import-wizard:part.level')}>
      <Field label={t('import-wizard:level.source')}>
        <Select value={level.source} options={sources.map(value => ({ value, label: t(`import-wizard:level.from.${value}`) }))} onChange={source => set({ source })} />
      </Field>
      {level.source !== 'cover' && (
        <Field label={t('import-wizard:level.reference')}>
          <Select value={level.reference} options={LEVEL_REFERENCES.map(value => ({ value, label: t(`kinds:levelReference.${value}`) }))} onChange={reference => set({ reference })} />
        </Field>
      )}
      {level.source !== 'cover' && level.gravityReference !== null && (
        <Field label={t('import-wizard:level.gravityReference')}>
          <Select value={level.gravityReference} options={LEVEL_REFERENCES.map(value => ({ value, label: t(`kinds:levelReference.${value}`) }))} onChange={gravityReference => set({ gravityReference })} />
        </Field>
      )}
      {level.source === 'fields' && (
        <>
          <FieldSelect label={t('import-wizard:level.start')} layer={layer} value={level.startField} onChange={startField => set({ startField })} />
          <FieldSelect label={t('import-wizard:level.end')} layer={layer} value={level.endField} onChange={endField => set({ endField })} />
          <Field label={t('import-wizard:unit')}>
            <Select value={level.unit} options={LENGTH_UNITS.map(value => ({ value, label: value }))} onChange={unit => set({ unit })} />
          </Field>
        </>
      )}
      {(isDepth || level.source === 'cover' || level.fallbackCoverM !== null) && (
        <>
          <FieldSelect label={t('import-wizard:level.groundStart')} layer={layer} value={level.groundStartField} none={t('import-wizard:level.groundSurface')} onChange={groundStartField => set({ groundStartField })} />
          <FieldSelect label={t('import-wizard:level.groundEnd')} layer={layer} value={level.groundEndField} none={t('import-wizard:level.groundSurface')} onChange={groundEndField => set({ groundEndField })} />
        </>
      )}
      <label className="import-check">
        <input type="checkbox" checked={level.zeroIsUnknown} onChange={event => set({ zeroIsUnknown: event.target.checked })} />
        {t('import-wizard:level.zeroUnknown')}
      </label>
      <Field label={t('import-wizard:level.fallbackCover')}>
        <NumberInput value={level.fallbackCoverM} decimals={2} min={0} max={100} unit="m" onCommit={fallbackCoverM => set({ fallbackCoverM })} />
      </Field>
    </FormPart>
  )
}
