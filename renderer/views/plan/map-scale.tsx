import { useEffect, useRef, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { scaleBar } from '#renderer/scene/overlay/scale-bar.ts'
import { IN_PICTURE } from '#renderer/ui/paint-overlay.ts'
import type { MapPose } from './map-pose.ts'

/** A screen pixel as CSS counts it is 1/96 inch. */
const PX_PER_PAPER_M = 96 / 0.0254

/** North arrow, scale bar and the scale as a ratio. */
export function MapScale({ poseRef, frames }: { readonly poseRef: RefObject<MapPose | null>; readonly frames: Set<() => void> }) {
  const { t } = useTranslation('scene')
  const bar = useRef<HTMLSpanElement>(null)
  const text = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const update = () => {
      const pose = poseRef.current
      if (!pose || !bar.current || !text.current) return
      const scale = scaleBar(1 / pose.pxPerM)
      bar.current.style.width = `${scale.widthPx}px`
      text.current.textContent = `${scale.label} · 1 : ${roundScale(PX_PER_PAPER_M / pose.pxPerM)}`
    }
    frames.add(update)
    update()
    return () => {
      frames.delete(update)
    }
  }, [poseRef, frames])
  return (
    <div className="scene-compass map-compass" {...IN_PICTURE}>
      <span className="scene-scale" title={t('scale')}><span ref={text} className="small" /><span ref={bar} className="scene-scale-bar" /></span>
      <span className="scene-north" title={t('north')}>
        <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true"><path d="M14 3 L18.5 14 H9.5 Z" className="scene-north-head" /><path d="M14 25 L18.5 14 H9.5 Z" className="scene-north-tail" /></svg>
        <span className="small strong">N</span>
      </span>
    </div>
  )
}

/** Two figures: a screen is no drawing to measure on. */
function roundScale(ratio: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(ratio)) - 1)
  return String(Math.round(ratio / step) * step).replace(/\B(?=(\d{3})+$)/g, '\u2009')
}
