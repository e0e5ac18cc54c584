import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { classesOf, type ClassedProperties } from '#shared/rules/asset-classes.ts'
import { LimitLookup, type Limit } from '#shared/rules/limit-lookup.ts'
import { isMandatory, type RulePack } from '#shared/rules/rule-pack.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES, SURFACE_CLASSES, type Laying, type PressureClass } from '#shared/twin/kinds.ts'
import { figure } from '../../i18n/format.ts'
import { viewStore } from '../../state/view-store.ts'
import { Badge } from '../../ui/display.tsx'
import { Field, NumberInput, Select } from '../../ui/fields.tsx'

/** Two lines as one would describe them, and what the pack asks of them, with the reason. */
export function PackTest({ pack }: { readonly pack: RulePack }) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const [a, setA] = useState<ClassedProperties>({ kind: 'water', diameterM: 0.3, laying: 'direct' })
  const [b, setB] = useState<ClassedProperties>({ kind: 'gas', diameterM: 0.2, laying: 'direct', pressureClass: 'medium_a' })
  const lookup = new LimitLookup(pack, [classesOf(a, pack), classesOf(b, pack)])
  const limits = lookup.pair(0, 1)
  const classNames = (line: ClassedProperties) => classesOf(line, pack).map(i => pack.classes[i]!.title?.[language] ?? pack.classes[i]!.id).join(' · ') || t('noClass')
  const rows: readonly (readonly [string, Limit | null])[] = [
    [t('tab.horizontal'), limits.horizontal], [t('test.firstAbove'), limits.firstAbove], [t('test.secondAbove'), limits.secondAbove], [t('tab.distance'), limits.distance],
    ...SURFACE_CLASSES.map(surface => [t('test.cover', { surface: t(`kinds:surface.${surface}`) }), lookup.cover(0, surface).min] as const),
  ]
  return (
    <div className="pack-test">
      <LineFields legend={t('test.first')} line={a} classes={classNames(a)} onChange={setA} />
      <LineFields legend={t('test.second')} line={b} classes={classNames(b)} onChange={setB} />
      <table className="pack-cover">
        <tbody>
          {rows.map(([name, limit]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{limit ? `${figure(limit.minM, 3)} m` : <span className="faint">{t('test.none')}</span>}</td>
              <td className="soft">{limit && <>{t('test.because', { clause: limit.clause })} <Badge tone={isMandatory(limit.basis) ? 'danger' : 'warning'}>{t(isMandatory(limit.basis) ? 'mandatory' : 'advisory')}</Badge> {t(`findings:basis.${limit.basis}`)}</>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface LineFieldsProps {
  readonly legend: string
  readonly line: ClassedProperties
  readonly classes: string
  readonly onChange: (line: ClassedProperties) => void
}

function LineFields({ legend, line, classes, onChange }: LineFieldsProps) {
  const { t } = useTranslation('packs')
  const none = { value: '' as const, label: '–' }
  return (
    <fieldset className="pack-test__line">
      <legend>{legend}</legend>
      <Field label={t('app:field.kind')}><Select value={line.kind} onChange={kind => onChange({ ...line, kind })} options={ASSET_KINDS.map(value => ({ value, label: t(`kinds:kind.${value}`) }))} /></Field>
      <Field label={t('test.diameter')}><NumberInput value={line.diameterM * 1000} decimals={0} min={1} max={30_000} unit="mm" onCommit={mm => onChange({ ...line, diameterM: mm / 1000 })} /></Field>
      <Field label={t('test.laying')}><Select<Laying | ''> value={line.laying ?? ''} onChange={laying => onChange({ ...line, laying: laying === '' ? undefined : laying })} options={[none, ...LAYINGS.map(value => ({ value, label: t(`kinds:laying.${value}`) }))]} /></Field>
      <Field label={t('test.pressure')}><Select<PressureClass | ''> value={line.pressureClass ?? ''} onChange={pressure => onChange({ ...line, pressureClass: pressure === '' ? undefined : pressure })} options={[none, ...PRESSURE_CLASSES.map(value => ({ value, label: t(`kinds:pressureClass.${value}`) }))]} /></Field>
      <Field label={t('test.voltage')}><NumberInput value={line.voltageKv ?? null} decimals={1} min={0.1} max={2000} unit="kV" onCommit={voltageKv => onChange({ ...line, voltageKv })} /></Field>
      <p className="soft">{t('test.classes', { classes })}</p>
    </fieldset>
  )
}
