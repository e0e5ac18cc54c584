import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { findSoil, soilClasses, type SoilClass } from '#shared/twin/soils.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Field, NumberInput, Select } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Tip } from '../../ui/tip.tsx'

type Bottom = { readonly depthM: number } | { readonly levelM: number }

interface BottomFieldsProps {
  readonly bottom: Bottom
  readonly disabled?: boolean
  readonly onChange: (bottom: Bottom) => void
  /** A level to start from, project datum. */
  readonly suggestLevel: () => number
  /** A depth to start from. */
  readonly suggestDepth?: () => number
}

/** Depth below the lowest ground on the outline, or the bottom's level. */
export function BottomFields({ bottom, disabled = false, onChange, suggestLevel, suggestDepth = () => 4 }: BottomFieldsProps) {
  const { t } = useTranslation('excavation')
  const mode = 'depthM' in bottom ? 'depth' : 'level'
  return (
    <span className="pipeline-options__pair">
      <Segmented
        label={t('field.bottom')} value={mode}
        onChange={next => !disabled && next !== mode && onChange(next === 'depth' ? { depthM: suggestDepth() } : { levelM: suggestLevel() })}
        options={(['depth', 'level'] as const).map(value => ({ value, label: t(`field.${value}`) }))}
      />
      {'depthM' in bottom
        ? <NumberInput aria-label={t('field.depth')} className="pipeline-options__small" disabled={disabled} value={bottom.depthM} decimals={2} min={0.01} max={500} unit="m" onCommit={depthM => onChange({ depthM })} />
        : <NumberInput aria-label={t('field.level')} className="pipeline-options__level" disabled={disabled} value={bottom.levelM} decimals={2} min={-500} max={9000} unit="m" onCommit={levelM => onChange({ levelM })} />}
    </span>
  )
}

interface SideFieldsProps {
  readonly slopeRatio: number
  /** Empty for none. */
  readonly soil: string
  readonly disabled?: boolean
  readonly onChange: (change: { readonly slopeRatio?: number; readonly soil?: string }) => void
}

/** Supported upright sides, or a slope: that of the soil class until another is typed. */
export function SideFields({ slopeRatio, soil, disabled = false, onChange }: SideFieldsProps) {
  const { t } = useTranslation('excavation')
  const language = useStore(viewStore, state => state.language)
  const known = soil === '' ? null : findSoil(soil)
  const isSloped = slopeRatio > 0
  const title = (one: SoilClass) => one.title[language]
  return (
    <>
      <Tip text={t('sidesTip')}>
        <span>
          <Segmented
            label={t('field.sides')} value={isSloped ? 'sloped' : 'supported'}
            onChange={next => !disabled && onChange({ slopeRatio: next === 'sloped' ? (known?.slopeRatio || 1) : 0 })}
            options={(['supported', 'sloped'] as const).map(value => ({ value, label: t(`field.${value}`) }))}
          />
        </span>
      </Tip>
      <Field label={t('field.soil')} inline>
        <Select
          aria-label={t('field.soil')} disabled={disabled} value={soil}
          onChange={next => onChange({ soil: next, ...(isSloped && next !== '' && { slopeRatio: findSoil(next)?.slopeRatio || slopeRatio }) })}
          options={[{ value: '', label: t('field.soilNone') }, ...soilClasses.map(one => ({ value: one.id, label: `${title(one)} · 1 : ${one.slopeRatio}` }))]}
        />
      </Field>
      {isSloped && (
        <Tip text={known ? t('soilSlope', { slope: known.slopeRatio, loaded: known.slopeRatioMovingLoad ?? '–' }) : t('sidesTip')}>
          <span>
            <Field label={t('field.slope')} inline>
              <NumberInput aria-label={t('field.slope')} className="pipeline-options__small" disabled={disabled} value={slopeRatio} decimals={2} min={0.01} max={20} onCommit={next => onChange({ slopeRatio: next })} />
            </Field>
          </span>
        </Tip>
      )}
    </>
  )
}
