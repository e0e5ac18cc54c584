import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { changeDigTemplate } from '../../actions/scheme/excavation-actions.ts'
import { excavationStore } from '../../state/scheme/excavation-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Field, NumberInput } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { BottomFields, SideFields } from './cut-fields.tsx'
import { DigFigures } from './dig-figures.tsx'
import '../pipeline-options.css'
import './excavation.css'

const TYPES = ['pit', 'trench', 'bore'] as const

/** What is dug next and, live, what it does; while a corner is dragged, the figures alone. */
export function DigOptions() {
  const { t } = useTranslation('excavation')
  const interaction = useStore(sessionStore, state => state.interaction.type)
  const { template, draft } = useStore(excavationStore)
  if (interaction === 'draggingCorner') return draft && <div className="pipeline-options dig-options"><DigFigures result={draft} /></div>
  if (interaction !== 'digging') return null
  const { type, bottom, slopeRatio, soil, widthM, bore } = template
  const setBore = (change: Partial<typeof bore>) => changeDigTemplate({ bore: { ...bore, ...change } })
  const boreField = (key: keyof typeof bore, label: string, unit: string, decimals: number, min: number, max: number, scale = 1) => (
    <Field label={label} inline>
      <NumberInput aria-label={label} className="pipeline-options__small" value={bore[key] * scale} decimals={decimals} min={min} max={max} unit={unit} onCommit={value => setBore({ [key]: value / scale })} />
    </Field>
  )
  return (
    <div className="pipeline-options dig-options" role="group" aria-label={t('tool')}>
      <Segmented label={t('tool')} value={type} onChange={next => changeDigTemplate({ type: next })} options={TYPES.map(value => ({ value, label: t(`type.${value}`) }))} />
      {type === 'trench' && (
        <Field label={t('field.width')} inline>
          <NumberInput aria-label={t('field.width')} className="pipeline-options__small" value={widthM} decimals={2} min={0.1} max={100} unit="m" onCommit={next => changeDigTemplate({ widthM: next })} />
        </Field>
      )}
      {type === 'bore' ? (
        <>
          {boreField('diameterM', t('field.diameter'), 'mm', 0, 50, 20_000, 1000)}
          {boreField('entryDeg', t('field.entry'), '°', 1, 0, 45)}
          {boreField('exitDeg', t('field.exit'), '°', 1, 0, 45)}
          {boreField('radiusM', t('field.radius'), 'm', 0, 1, 10_000)}
          {boreField('depthM', t('field.boreDepth'), 'm', 2, 0.1, 500)}
        </>
      ) : (
        <>
          <BottomFields bottom={bottom} onChange={next => changeDigTemplate({ bottom: next })} suggestLevel={suggestedLevel} />
          <SideFields slopeRatio={slopeRatio} soil={soil} onChange={changeDigTemplate} />
        </>
      )}
      {draft && <DigFigures result={draft} />}
    </div>
  )
}

/** A level to start from: that of the cut under way, else four metres under the middle of the data. */
function suggestedLevel(): number {
  const { info } = projectStore.getState()
  const levelM = excavationStore.getState().draft?.solid?.levelM
  const suggested = levelM !== undefined ? levelM + (info?.origin[2] ?? 0) : info?.extent ? (info.extent[2] + info.extent[5]) / 2 - 4 : 0
  return Math.round(10 * suggested) / 10
}
