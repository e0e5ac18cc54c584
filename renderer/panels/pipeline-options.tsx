import { SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { minSlopeRatio } from '#shared/routing/search/route-costs.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { changeTemplate } from '../actions/scheme/template-actions.ts'
import { kindColour } from '../state/view/kind-colours.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { sessionStore, type PipelineTemplate } from '../state/app/session-store.ts'
import { viewStore } from '../state/view/view-store.ts'
import { Button } from '../ui/button.tsx'
import { Field, NumberInput, Select, TextInput } from '../ui/fields.tsx'
import { Popover } from '../ui/popover.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Swatch } from '../ui/display.tsx'
import { DuctBankFields } from './duct-bank-fields.tsx'
import { LineTemplates } from './line-templates.tsx'
import { MaterialList } from './material-list.tsx'
import { SectionFields } from './section-fields.tsx'
import './pipeline-options.css'

/** What the next drawn pipeline is; only what matters for its kind is asked. Shown while the tool is on. */
export function PipelineOptions() {
  const { t } = useTranslation('app')
  const isDrawing = useStore(sessionStore, state => state.interaction.type === 'drawing')
  const template = useStore(sessionStore, state => state.template)
  const palette = useStore(viewStore, state => state.colours)
  if (!isDrawing) return null
  const { kind, section, laying, pressureClass, voltageKv, vertical, ductBank } = template
  return (
    <div className="pipeline-options" role="group" aria-label={t('action.tools.newPipeline')}>
      <Field label={t('field.kind')} inline>
        <Swatch colour={kindColour(kind, palette)} />
        <Select aria-label={t('field.kind')} value={kind} onChange={next => changeTemplate({ kind: next })} options={ASSET_KINDS.map(value => ({ value, label: t(`kinds:kind.${value}`) }))} />
      </Field>
      <SectionFields section={section} onChange={next => changeTemplate({ section: next, ductBank: null })} />
      {laying === 'duct' && <DuctBankFields bank={ductBank} onChange={(next, outside) => changeTemplate({ ductBank: next, section: outside })} />}
      <Field label={t('field.laying')} inline>
        <Select aria-label={t('field.laying')} value={laying} onChange={next => changeTemplate({ laying: next })} options={LAYINGS.map(value => ({ value, label: t(`kinds:laying.${value}`) }))} />
      </Field>
      {kind === 'gas' && (
        <Field label={t('field.pressure')} inline>
          <Select aria-label={t('field.pressure')} value={pressureClass ?? 'low'} onChange={next => changeTemplate({ pressureClass: next })} options={PRESSURE_CLASSES.map(value => ({ value, label: t(`kinds:pressureClass.${value}`) }))} />
        </Field>
      )}
      {kind === 'power' && (
        <Field label={t('field.voltage')} inline>
          <NumberInput aria-label={t('field.voltage')} className="pipeline-options__small" value={voltageKv} decimals={voltageKv !== null && voltageKv % 1 !== 0 ? 1 : 0} min={0.1} max={2000} unit="kV" onCommit={next => changeTemplate({ voltageKv: next })} />
        </Field>
      )}
      <span className="pipeline-options__pair">
        <Segmented
          label={t('field.vertical')} value={vertical.mode}
          onChange={mode => changeTemplate({ vertical: verticalFor(mode, template) })}
          options={(['cover', 'grade', 'level'] as const).map(value => ({ value, label: t(`field.${value}`) }))}
        />
        {vertical.mode !== 'level'
          ? <NumberInput aria-label={t('field.cover')} className="pipeline-options__small" value={vertical.coverM} decimals={2} min={0} max={100} unit="m" onCommit={coverM => changeTemplate({ vertical: { ...vertical, coverM } })} />
          : <NumberInput aria-label={t('field.level')} className="pipeline-options__level" value={vertical.levelM} decimals={2} min={-500} max={9000} unit="m" onCommit={levelM => changeTemplate({ vertical: { mode: 'level', levelM } })} />}
        {vertical.mode === 'grade' && <NumberInput aria-label={t('field.grade')} className="pipeline-options__small" value={1000 * vertical.fallRatio} decimals={1} min={-200} max={200} unit="‰" onCommit={perMille => changeTemplate({ vertical: { ...vertical, fallRatio: perMille / 1000 } })} />}
      </span>
      <FurtherOptions />
      <LineTemplates />
    </div>
  )
}

/** What is asked for seldom: whose it will be, of what, how sharply it may bend. The button says what is set. */
function FurtherOptions() {
  const { t } = useTranslation('app')
  const { owner, material, bendRadiusM } = useStore(sessionStore, state => state.template)
  const owners = useStore(projectStore, state => state.columns?.owners ?? null)
  const set = [owner, material, bendRadiusM === null ? null : `R ${bendRadiusM} m`].filter(Boolean).join(' · ')
  return (
    <Popover align="end" trigger={<Button look="quiet" icon={<SlidersHorizontal size={14} />} className="pipeline-options__more">{set || t('field.further')}</Button>}>
      <div className="form pipeline-options__further">
        <Field label={t('field.owner')}>
          <TextInput aria-label={t('field.owner')} value={owner} maxLength={200} list="known-owners" placeholder={t('field.ownerNone')} onCommit={next => changeTemplate({ owner: next.trim() })} />
          <datalist id="known-owners">{owners?.slice(0, 500).map(name => <option key={name} value={name} />)}</datalist>
        </Field>
        <Field label={t('field.material')}>
          <TextInput aria-label={t('field.material')} value={material ?? ''} maxLength={100} list="known-materials" onCommit={next => changeTemplate({ material: next.trim() || null })} />
          <MaterialList />
        </Field>
        <Field label={t('field.bendRadius')}>
          <NumberInput aria-label={t('field.bendRadius')} value={bendRadiusM} decimals={1} min={0.1} max={10_000} unit="m" onCommit={next => changeTemplate({ bendRadiusM: next })} onClear={() => changeTemplate({ bendRadiusM: null })} />
        </Field>
      </div>
    </Popover>
  )
}

/** What another way of setting levels begins with: the cover there was, the least fall the size may have, a level near the ground. */
function verticalFor(mode: PipelineTemplate['vertical']['mode'], { vertical, section }: PipelineTemplate): PipelineTemplate['vertical'] {
  const coverM = vertical.mode === 'level' ? 1.2 : vertical.coverM
  return mode === 'cover' ? { mode, coverM } : mode === 'grade' ? { mode, coverM, fallRatio: minSlopeRatio(section) } : { mode, levelM: suggestedLevel() }
}

/** A level to start from: one metre and a half under the ground at the pointer, else under the middle of the data. */
function suggestedLevel(): number {
  const { pointer } = sessionStore.getState()
  const { info } = projectStore.getState()
  const ground = pointer?.groundZ ?? (info?.extent ? (info.extent[2] + info.extent[5]) / 2 : 0)
  return Math.round((ground - 1.5) * 10) / 10
}
