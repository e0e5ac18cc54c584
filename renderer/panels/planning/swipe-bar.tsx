import { ChevronsLeftRight, X } from 'lucide-react'
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { moveSwipe, showGhost } from '../../actions/scheme-actions.ts'
import { planningStore } from '../../state/planning-store.ts'
import { scenarioStore } from '../../state/scenario-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { SchemeVerdict } from '../scheme-verdict.tsx'
import './planning.css'

const KEY_STEP = 0.05

/** The line that parts the picture between two schemes: drag it, or move it with the arrow keys. Each side says whose it is and how it stands. */
export function SwipeBar() {
  const { t } = useTranslation('planning')
  const { swipe, ghostId } = useStore(planningStore)
  const { activeId, byId } = useStore(scenarioStore)
  const bar = useRef<HTMLDivElement>(null)
  const [left, right] = [activeId === null ? undefined : byId[activeId], ghostId === null ? undefined : byId[ghostId]]
  if (swipe === null || !left || !right) return null
  const drag = (event: PointerEvent) => {
    if (event.buttons !== 1 || !bar.current?.parentElement) return
    const { left: from, width } = bar.current.parentElement.getBoundingClientRect()
    moveSwipe((event.clientX - from) / width)
  }
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -KEY_STEP : event.key === 'ArrowRight' ? KEY_STEP : 0
    if (by === 0) return
    event.preventDefault()
    event.stopPropagation()
    moveSwipe(swipe + by)
  }
  return (
    <>
      <div
        ref={bar} className="swipe-bar" style={{ left: `${100 * swipe}%` }} role="slider" tabIndex={0} aria-orientation="horizontal" aria-label={t('compare.swipeLine')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(100 * swipe)}
        onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)} onPointerMove={drag} onKeyDown={step}
      ><span className="swipe-bar__grip"><ChevronsLeftRight size={16} /></span></div>
      <div className="swipe-name swipe-name--left" style={{ right: `calc(${100 * (1 - swipe)}% + 14px)` }}><span className="truncate strong">{left.document.name}</span><SchemeVerdict id={left.document.id} scenario={left} /></div>
      <div className="swipe-name swipe-name--right" style={{ left: `calc(${100 * swipe}% + 14px)` }}>
        <span className="truncate strong">{right.document.name}</span><SchemeVerdict id={right.document.id} scenario={right} />
        <IconButton size="small" label={t('compare.swipeEnd')} icon={<X size={14} />} onClick={() => showGhost(null)} />
      </div>
    </>
  )
}
