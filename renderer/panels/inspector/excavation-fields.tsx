import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { boreFigures } from '#shared/excavation/bore-axis.ts'
import type { Excavation, ExcavationShape } from '#shared/scenario/document.ts'
import { setExcavation } from '../../actions/scheme/excavation-actions.ts'
import { excavationStore } from '../../state/scheme/excavation-store.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { roundedDetails } from '../../tools/excavate/dig-tool.ts'
import { redesigned } from '../../tools/excavate/dig-steps.ts'
import { Section } from '../../ui/display.tsx'
import { NumberInput, TextInput } from '../../ui/fields.tsx'
import { BottomFields, SideFields } from '../excavation/cut-fields.tsx'

interface FieldsProps {
  readonly excavation: Excavation
  readonly isReadOnly: boolean
}

const Row = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <label className="form-row"><span className="truncate">{label}</span><span className="form-row__controls">{children}</span></label>
)

export function ShapeFields({ excavation, isReadOnly }: FieldsProps) {
  const { t } = useTranslation('excavation')
  const { id, name, shape } = excavation
  return (
    <Section title={t('section.shape')}>
      <Row label={t('field.name')}><TextInput aria-label={t('field.name')} value={name} placeholder={id} maxLength={200} disabled={isReadOnly} onCommit={next => setExcavation(id, { name: next })} /></Row>
      {shape.type === 'bore' ? <BoreFields id={id} shape={shape} isReadOnly={isReadOnly} /> : <CutFields excavation={excavation} isReadOnly={isReadOnly} />}
    </Section>
  )
}

function CutFields({ excavation, isReadOnly }: FieldsProps) {
  const { t } = useTranslation('excavation')
  const { id, shape, bottom, slopeRatio, soil, bench, structuresM3 } = excavation
  const set = (properties: Parameters<typeof setExcavation>[1]) => setExcavation(id, properties)
  /** The level the depth came to, and the other way round: changing how it is given changes nothing else. */
  const solid = () => excavationStore.getState().results.get(id)?.solid ?? null
  const originZ = projectStore.getState().info?.origin[2] ?? 0
  const depthNow = () => Math.max(0.01, Math.round(100 * ((solid()?.topM ?? 4) - (solid()?.levelM ?? 0))) / 100)
  return (
    <>
      {shape.type === 'trench' && (
        <Row label={t('field.width')}><NumberInput aria-label={t('field.width')} value={shape.widthM} decimals={2} min={0.1} max={100} unit="m" disabled={isReadOnly} onCommit={widthM => set({ shape: { ...shape, widthM } })} /></Row>
      )}
      {bottom && (
        <div className="excavation-sides">
          <BottomFields bottom={bottom} disabled={isReadOnly} onChange={next => set({ bottom: next })} suggestDepth={depthNow} suggestLevel={() => Math.round(1000 * ((solid()?.levelM ?? 0) + originZ)) / 1000} />
        </div>
      )}
      <div className="excavation-sides"><SideFields slopeRatio={slopeRatio} soil={soil ?? ''} disabled={isReadOnly} onChange={change => set({ ...(change.slopeRatio !== undefined && { slopeRatio: change.slopeRatio }), ...(change.soil !== undefined && { soil: change.soil === '' ? null : change.soil }) })} /></div>
      <Row label={t('field.benchEvery')}>
        <NumberInput aria-label={t('field.benchEvery')} value={bench?.everyM ?? 0} decimals={2} min={0} max={100} unit="m" disabled={isReadOnly} onCommit={everyM => set({ bench: everyM < 0.1 ? null : { everyM, widthM: bench?.widthM ?? 1 } })} />
        {bench && <NumberInput aria-label={t('field.benchWidth')} value={bench.widthM} decimals={2} min={0.01} max={100} unit="m" disabled={isReadOnly} onCommit={widthM => set({ bench: { ...bench, widthM } })} />}
      </Row>
      <Row label={t('field.structures')}><NumberInput aria-label={t('field.structures')} value={structuresM3 ?? 0} decimals={1} min={0} max={1e9} unit="m³" disabled={isReadOnly} onCommit={next => set({ structuresM3: next === 0 ? null : next })} /></Row>
    </>
  )
}

function BoreFields({ id, shape, isReadOnly }: { readonly id: string; readonly shape: Extract<ExcavationShape, { type: 'bore' }>; readonly isReadOnly: boolean }) {
  const { t } = useTranslation('excavation')
  const { entryDeg, exitDeg } = boreFigures(shape.axis)
  const lowestM = Math.min(...shape.axis.map(point => point[2]))
  const redesign = (change: Parameters<typeof redesigned>[1]) => {
    const next = redesigned(shape, change)
    if (next.ok) setExcavation(id, { shape: next.value })
    else showToast('error', `excavation:refusal.${next.error.code}`, roundedDetails(next.error.details))
  }
  const rounded = (deg: number) => Math.round(10 * deg) / 10
  return (
    <>
      <Row label={t('field.diameter')}><NumberInput aria-label={t('field.diameter')} value={shape.diameterM * 1000} decimals={0} min={50} max={20_000} unit="mm" disabled={isReadOnly} onCommit={mm => setExcavation(id, { shape: { ...shape, diameterM: mm / 1000 } })} /></Row>
      <Row label={t('field.entry')}><NumberInput aria-label={t('field.entry')} value={rounded(entryDeg)} decimals={1} min={0} max={45} unit="°" disabled={isReadOnly} onCommit={deg => redesign({ entryDeg: deg })} /></Row>
      <Row label={t('field.exit')}><NumberInput aria-label={t('field.exit')} value={rounded(exitDeg)} decimals={1} min={0} max={45} unit="°" disabled={isReadOnly} onCommit={deg => redesign({ exitDeg: deg })} /></Row>
      <Row label={t('field.radius')}><NumberInput aria-label={t('field.radius')} value={shape.minRadiusM ?? 0} decimals={0} min={1} max={10_000} unit="m" disabled={isReadOnly} onCommit={radiusM => redesign({ radiusM })} /></Row>
      <Row label={t('field.level')}><NumberInput aria-label={t('field.level')} value={lowestM} decimals={2} min={-500} max={9000} unit="m" disabled={isReadOnly} onCommit={levelM => redesign({ levelM })} /></Row>
    </>
  )
}

/** Its place in the order of works, and when it is open. */
export function StageFields({ excavation: { id, stage }, isReadOnly }: FieldsProps) {
  const { t } = useTranslation('excavation')
  const day = (key: 'from' | 'to') => (
    <input
      type="date" className="input" aria-label={t(`field.${key}`)} value={stage?.[key] ?? ''} disabled={isReadOnly || !stage}
      onChange={event => {
        if (!stage) return
        const { order, ...days } = { ...stage, [key]: event.target.value }
        setExcavation(id, { stage: { order, ...Object.fromEntries(Object.entries(days).filter(([, value]) => value !== '')) } })
      }}
    />
  )
  return (
    <Section title={t('section.stage')}>
      <Row label={t('field.order')}><NumberInput aria-label={t('field.order')} value={stage?.order ?? 0} decimals={0} min={0} max={999} disabled={isReadOnly} onCommit={order => setExcavation(id, { stage: order < 1 ? null : { ...stage, order } })} /></Row>
      {stage && <Row label={t('field.from')}>{day('from')}</Row>}
      {stage && <Row label={t('field.to')}>{day('to')}</Row>}
    </Section>
  )
}
