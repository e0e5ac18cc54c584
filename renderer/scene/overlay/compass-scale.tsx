import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useScene } from '../scene-context.ts'
import { useStore } from 'zustand'
import { setHeightScale } from '#renderer/actions/viewing/view-actions.ts'
import { IN_PICTURE } from '#renderer/ui/paint-overlay.ts'
import { orderCamera, viewStore } from '#renderer/state/view/view-store.ts'
import { scaleBar } from './scale-bar.ts'

/** North arrow (click: view from above, north up) and a scale bar for the middle of the picture. */
export function CompassAndScale() {
  const { t } = useTranslation('scene')
  const { rig, frames } = useScene()
  const heightScale = useStore(viewStore, view => view.heightScale)
  const needle = useRef<SVGGElement>(null)
  const bar = useRef<HTMLSpanElement>(null)
  const text = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    let [turnDeg, metresPerPx] = [NaN, NaN]
    const update = () => {
      const { pose, lens, heightPx } = rig
      // Tenths of a degree are all that a needle of this size shows.
      const turn = Math.round((-pose.azimuth * 1800) / Math.PI) / 10
      if (turn !== turnDeg) needle.current?.setAttribute('transform', `rotate(${turn} 14 14)`)
      turnDeg = turn
      const scaleNow = (2 * pose.distance * Math.tan(lens.fieldOfView / 2)) / heightPx
      if (!bar.current || !text.current || heightPx === 0 || scaleNow === metresPerPx) return
      metresPerPx = scaleNow
      const scale = scaleBar(scaleNow)
      bar.current.style.width = `${scale.widthPx}px`
      text.current.textContent = scale.label
    }
    update()
    return frames.subscribe(update)
  }, [rig, frames])

  return (
    <div className="scene-compass" {...IN_PICTURE}>
      {heightScale !== 1 && (
        <button type="button" className="scene-heights small" title={t('heights.reset')} onClick={() => setHeightScale(1)}>{t('heights.badge', { times: heightScale })}</button>
      )}
      <span className="scene-scale" title={t('scale')}>
        <span ref={text} className="small" />
        <span ref={bar} className="scene-scale-bar" />
      </span>
      <button type="button" className="scene-north" aria-label={t('north')} title={t('north')} onClick={() => orderCamera({ type: 'top' })}>
        <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
          <g ref={needle}>
            <path d="M14 3 L18.5 14 H9.5 Z" className="scene-north-head" />
            <path d="M14 25 L18.5 14 H9.5 Z" className="scene-north-tail" />
          </g>
        </svg>
        <span className="small strong">N</span>
      </button>
    </div>
  )
}
