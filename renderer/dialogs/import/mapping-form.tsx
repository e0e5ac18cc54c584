import { useTranslation } from 'react-i18next'
import type { LayerMapping } from '#shared/io/mapping.ts'
import { FLOW_DIRECTIONS } from '#shared/twin/flow-direction.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, NODE_TYPES, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import type { InspectedLayer } from '../../actions/files/import-actions.ts'
import { Badge } from '../../ui/display.tsx'
import { Field, Select, TextInput } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { FieldSelect } from './field-select.tsx'
import { LevelMapping } from './level-mapping.tsx'
import { FormPart, type MappingPartProps } from './mapping-part.tsx'
import { SizeMapping } from './size-mapping.tsx'
import { ValueTable } from './value-table.tsx'

interface MappingFormProps {
  readonly layer: InspectedLayer
  readonly mapping: LayerMapping
  readonly onChange: (mapping: LayerMapping) => void
}

/** How one layer's fields become assets: proposed by the app, every row the user's to correct. */
export function MappingForm({ layer, mapping, onChange }: MappingFormProps) {
  const { t } = useTranslation('import-wizard')
  const change = (part: Partial<LayerMapping>) => onChange({ ...mapping, ...part })
  const targets = layer.geometry === 'point' ? (['nodes', 'skip'] as const) : layer.geometry === 'polygon' ? (['blocks', 'skip'] as const) : layer.geometry === 'mixed' ? (['assets', 'nodes', 'skip'] as const) : (['assets', 'skip'] as const)
  return (
    <form className="import-form" onSubmit={event => event.preventDefault()}>
      <header className="import-form__head">
        <h3 className="truncate">{layer.name}</h3>
        {layer.canonical && <Badge tone="good">{t('canonical')}</Badge>}
        {layer.mappingRemembered && <Badge tone="accent">{t('remembered')}</Badge>}
        <Segmented label={t('target.label')} value={mapping.target} options={targets.map(value => ({ value, label: t(`target.${value}`) }))} onChange={target => change({ target })} />
      </header>
      {mapping.target === 'skip' ? <p className="soft import-form__skipped">{t('target.skipped')}</p> : (
        <div className="import-form__body">
          {mapping.target === 'blocks' ? <BlockSection layer={layer} mapping={mapping} change={change} /> : <Identity layer={layer} mapping={mapping} change={change} />}
          {mapping.target === 'blocks' ? null : mapping.target === 'nodes' ? <NodeSection layer={layer} mapping={mapping} change={change} /> : (
            <>
              <SizeMapping layer={layer} mapping={mapping} change={change} />
              <LevelMapping layer={layer} mapping={mapping} change={change} />
              <OtherSection layer={layer} mapping={mapping} change={change} />
            </>
          )}
        </div>
      )}
    </form>
  )
}

function BlockSection({ layer, mapping, change }: MappingPartProps) {
  const { t } = useTranslation('import-wizard')
  return (
    <FormPart title={t('part.block')}>
      <FieldSelect label={t('blockName')} layer={layer} value={mapping.name?.field ?? null} onChange={field => change({ name: { field } })} />
      <FieldSelect label={t('blockId')} layer={layer} value={mapping.id.field} none={t('idOwn')} onChange={field => change({ id: { field } })} />
      <FieldSelect label={t('responsible')} layer={layer} value={mapping.owner.field} onChange={field => change({ owner: { ...mapping.owner, field } })} />
      <Field label={t(mapping.owner.field === null ? 'responsibleAll' : 'responsibleElse')}>
        <TextInput value={mapping.owner.fallback} placeholder={t('ownerUnknown')} maxLength={200} onCommit={fallback => change({ owner: { ...mapping.owner, fallback } })} />
      </Field>
    </FormPart>
  )
}

function Identity({ layer, mapping, change }: MappingPartProps) {
  const { t } = useTranslation(['import-wizard', 'kinds'])
  const kinds = ASSET_KINDS.map(value => ({ value, label: t(`kinds:kind.${value}`) }))
  return (
    <FormPart title={t('import-wizard:part.identity')}>
      <FieldSelect label={t('import-wizard:id')} layer={layer} value={mapping.id.field} none={t('import-wizard:idOwn')} onChange={field => change({ id: { field } })} />
      <FieldSelect label={t('import-wizard:kind')} layer={layer} value={mapping.kind.field} none={t('import-wizard:kindFixed')} onChange={field => change({ kind: { ...mapping.kind, field } })} />
      <Field label={t(mapping.kind.field === null ? 'import-wizard:kindAll' : 'import-wizard:kindElse')}>
        <Select value={mapping.kind.fallback} options={kinds} onChange={fallback => change({ kind: { ...mapping.kind, fallback } })} />
      </Field>
      <ValueTable layer={layer} field={mapping.kind.field} values={mapping.kind.values} options={kinds} fallback={mapping.kind.fallback} onChange={values => change({ kind: { ...mapping.kind, values } })} />
      <FieldSelect label={t('import-wizard:owner')} layer={layer} value={mapping.owner.field} none={t('import-wizard:ownerFixed')} onChange={field => change({ owner: { ...mapping.owner, field } })} />
      <Field label={t(mapping.owner.field === null ? 'import-wizard:ownerAll' : 'import-wizard:ownerElse')}>
        <TextInput value={mapping.owner.fallback} placeholder={t('import-wizard:ownerUnknown')} maxLength={200} onCommit={fallback => change({ owner: { ...mapping.owner, fallback } })} />
      </Field>
    </FormPart>
  )
}

function NodeSection({ layer, mapping, change }: MappingPartProps) {
  const { t } = useTranslation(['import-wizard', 'kinds'])
  const types = NODE_TYPES.map(value => ({ value, label: t(`kinds:nodeType.${value}`) }))
  return (
    <FormPart title={t('import-wizard:part.node')}>
      <FieldSelect label={t('import-wizard:nodeType')} layer={layer} value={mapping.nodeType.field} none={t('import-wizard:kindFixed')} onChange={field => change({ nodeType: { ...mapping.nodeType, field } })} />
      <Field label={t(mapping.nodeType.field === null ? 'import-wizard:kindAll' : 'import-wizard:kindElse')}>
        <Select value={mapping.nodeType.fallback} options={types} onChange={fallback => change({ nodeType: { ...mapping.nodeType, fallback } })} />
      </Field>
      <ValueTable layer={layer} field={mapping.nodeType.field} values={mapping.nodeType.values} options={types} fallback={mapping.nodeType.fallback} onChange={values => change({ nodeType: { ...mapping.nodeType, values } })} />
    </FormPart>
  )
}

function OtherSection({ layer, mapping, change }: MappingPartProps) {
  const { t } = useTranslation(['import-wizard', 'kinds'])
  const named = <T extends string>(values: readonly T[], group: string) => values.map(value => ({ value, label: t(`kinds:${group}.${value}`) }))
  const flow = mapping.flowDirection ?? { field: null, values: {} }
  return (
    <FormPart title={t('import-wizard:part.other')}>
      <FieldSelect label={t('import-wizard:status')} layer={layer} value={mapping.status.field} onChange={field => change({ status: { ...mapping.status, field } })} />
      <Field label={t(mapping.status.field === null ? 'import-wizard:statusAll' : 'import-wizard:statusElse')}>
        <Select value={mapping.status.fallback} options={named(ASSET_STATUSES, 'status')} onChange={fallback => change({ status: { ...mapping.status, fallback } })} />
      </Field>
      <ValueTable layer={layer} field={mapping.status.field} values={mapping.status.values} options={named(ASSET_STATUSES, 'status')} fallback={mapping.status.fallback} onChange={values => change({ status: { ...mapping.status, values } })} />
      <FieldSelect label={t('import-wizard:pressure')} layer={layer} value={mapping.pressureClass.field} onChange={field => change({ pressureClass: { ...mapping.pressureClass, field } })} />
      <ValueTable layer={layer} field={mapping.pressureClass.field} values={mapping.pressureClass.values} options={named(PRESSURE_CLASSES, 'pressureClass')} fallback={null} onChange={values => change({ pressureClass: { ...mapping.pressureClass, values } })} />
      <FieldSelect label={t('import-wizard:laying')} layer={layer} value={mapping.laying.field} onChange={field => change({ laying: { ...mapping.laying, field } })} />
      <ValueTable layer={layer} field={mapping.laying.field} values={mapping.laying.values} options={named(LAYINGS, 'laying')} fallback={null} onChange={values => change({ laying: { ...mapping.laying, values } })} />
      <FieldSelect label={t('import-wizard:flowDirection')} layer={layer} value={flow.field} onChange={field => change({ flowDirection: { ...flow, field } })} />
      <ValueTable layer={layer} field={flow.field} values={flow.values} options={named(FLOW_DIRECTIONS, 'flowDirection')} fallback={null} onChange={values => change({ flowDirection: { ...flow, values } })} />
      <FieldSelect label={t('import-wizard:voltage')} layer={layer} value={mapping.voltage.field} onChange={field => change({ voltage: { ...mapping.voltage, field } })} />
      {mapping.voltage.field !== null && (
        <Field label={t('import-wizard:unit')}>
          <Select value={mapping.voltage.unit} options={[{ value: 'kV', label: 'kV' }, { value: 'V', label: 'V' }]} onChange={unit => change({ voltage: { ...mapping.voltage, unit } })} />
        </Field>
      )}
    </FormPart>
  )
}
