import { Scissors } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { resizeBox, setClip, setClipType } from '../actions/viewing/clip-actions.ts'
import { figure } from '../i18n/format.ts'
import { viewStore, type Clip } from '../state/view/view-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { Segmented } from '../ui/segmented.tsx'
import './section-tools.css'

const TYPES = ['none', 'plane', 'box'] as const

/** Cuts the 3D view open: an upright plane that turns and moves, or a box. */
export function SectionTools() {
  const { t } = useTranslation('viewing')
  const clip = useStore(viewStore, view => view.clip)
  return (
    <Popover align="end" trigger={<IconButton label={t('clip.title')} icon={<Scissors size={16} />} pressed={clip !== null} />}>
      <section className="section-tools" aria-label={t('clip.title')}>
        <Segmented label={t('clip.title')} value={clip?.type ?? 'none'} options={TYPES.map(value => ({ value, label: t(`clip.${value}`) }))} onChange={setClipType} />
        {clip === null && <p className="soft small">{t('clip.note')}</p>}
        {clip?.type === 'plane' && <PlaneFields clip={clip} />}
        {clip?.type === 'box' && <BoxFields clip={clip} />}
      </section>
    </Popover>
  )
}

const DEGREE = Math.PI / 180

function PlaneFields({ clip }: { readonly clip: Extract<Clip, { type: 'plane' }> }) {
  const { t } = useTranslation('viewing')
  const degrees = ((clip.bearing / DEGREE) % 360 + 360) % 360
  return (
    <>
      <Slider label={t('clip.bearing')} value={degrees} min={0} max={360} step={1} unit="°" decimals={0} onChange={value => setClip({ ...clip, bearing: value * DEGREE })} />
      <Slider label={t('clip.offset')} value={clip.offsetM} min={-60} max={60} step={0.1} unit="m" decimals={1} onChange={offsetM => setClip({ ...clip, offsetM })} />
      <div className="section-tools__row">
        <Button look="plain" onClick={() => setClip({ ...clip, bearing: clip.bearing + Math.PI, offsetM: -clip.offsetM })}>{t('clip.flip')}</Button>
        <Button look="plain" onClick={() => setClipType('plane')}>{t('clip.here')}</Button>
      </div>
    </>
  )
}

function BoxFields({ clip }: { readonly clip: Extract<Clip, { type: 'box' }> }) {
  const { t } = useTranslation('viewing')
  const [side, height] = [clip.max[0] - clip.min[0], clip.max[2] - clip.min[2]]
  return (
    <>
      <Slider label={t('clip.side')} value={side} min={4} max={300} step={1} unit="m" decimals={0} onChange={value => resizeBox(clip, value, height)} />
      <Slider label={t('clip.height')} value={height} min={2} max={80} step={0.5} unit="m" decimals={1} onChange={value => resizeBox(clip, side, value)} />
      <div className="section-tools__row"><Button look="plain" onClick={() => setClipType('box')}>{t('clip.here')}</Button></div>
    </>
  )
}

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly unit: string
  readonly decimals: number
  readonly onChange: (value: number) => void
}

const Slider = ({ label, value, min, max, step, unit, decimals, onChange }: SliderProps) => (
  <label className="section-tools__slider">
    <span>{label}</span>
    <input type="range" min={min} max={max} step={step} value={value} onChange={event => onChange(event.target.valueAsNumber)} />
    <span className="section-tools__figure">{figure(value, decimals)} {unit}</span>
  </label>
)
