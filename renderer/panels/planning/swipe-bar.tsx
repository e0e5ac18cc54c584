import { MoveHorizontal, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { endSwipe, moveSwipe } from '../../actions/scheme/scheme-actions.ts'
import { planningStore } from '../../state/scheme/planning-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { SchemeVerdict } from '../scheme-verdict.tsx'
import './planning.css'

const KEY_STEP = 0.05

/** Where a key moves the line to; null for a key that does not. */
function keyPlace(key: string, at: number): number | null {
  switch (key) {
    case 'ArrowLeft': return at - KEY_STEP
    case 'ArrowRight': return at + KEY_STEP
    case 'Home': return 0
    case 'End': return 1
    default: return null
  }
}

/** The line between two schemes in the 3D view: drag it, or move it by the arrow keys. Each side says whose it is and how it stands. */
export function SwipeBar() {
  const { t } = useTranslation('planning')
  const swipe = useStore(planningStore, state => state.swipe)
  const { activeId, byId } = useStore(scenarioStore)
  const [own, other] = [activeId === null ? undefined : byId[activeId], swipe ? byId[swipe.otherId] : undefined]
  if (!swipe || !other || swipe.otherId === activeId) return null
  return (
    <div className="swipe">
      <span className="swipe__name" style={{ right: `calc(${100 * (1 - swipe.at)}% + 16px)` }}><span className="truncate">{own?.document.name ?? t('app:scenarios.baseline')}</span>{own && <SchemeVerdict id={own.document.id} scenario={own} />}</span>
      <span className="swipe__name swipe__name--right" style={{ left: `calc(${100 * swipe.at}% + 16px)` }}><span className="truncate">{other.document.name}</span><SchemeVerdict id={other.document.id} scenario={other} /><IconButton size="small" label={t('compare.swipeEnd')} shortcut="Escape" icon={<X size={14} />} onClick={endSwipe} /></span>
      <div
        className="swipe__line" style={{ left: `${100 * swipe.at}%` }} role="slider" tabIndex={0} aria-label={t('compare.swipeLine')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(100 * swipe.at)}
        onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={event => {
          const box = event.currentTarget.parentElement!.getBoundingClientRect()
          if (event.currentTarget.hasPointerCapture(event.pointerId)) moveSwipe((event.clientX - box.left) / box.width)
        }}
        onKeyDown={event => {
          const at = keyPlace(event.key, swipe.at)
          if (at === null) return
          event.preventDefault()
          event.stopPropagation()
          moveSwipe(at)
        }}
      ><span className="swipe__grip"><MoveHorizontal size={16} /></span></div>
    </div>
  )
}
