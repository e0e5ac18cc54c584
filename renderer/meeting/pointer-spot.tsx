import { useEffect, useState } from 'react'
import { pointerStore } from '../state/app/meeting-store.ts'

/** A spot under the mouse that the last row of the room sees, and the presenter on the second screen. The picture below can be turned all the same. */
export function PointerSpot() {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null)
  useEffect(() => {
    const follow = ({ clientX, clientY }: globalThis.PointerEvent) => {
      setAt({ x: clientX, y: clientY })
      const box = document.querySelector('.meeting__scene')?.getBoundingClientRect()
      if (box && box.width > 0 && box.height > 0) pointerStore.setState({ at: [(clientX - box.left) / box.width, (clientY - box.top) / box.height] })
    }
    const leave = () => {
      setAt(null)
      pointerStore.setState({ at: null })
    }
    addEventListener('pointermove', follow)
    document.documentElement.addEventListener('pointerleave', leave)
    return () => {
      pointerStore.setState({ at: null })
      removeEventListener('pointermove', follow)
      document.documentElement.removeEventListener('pointerleave', leave)
    }
  }, [])
  return at && <div className="pointer-spot" aria-hidden style={{ transform: `translate(${at.x}px, ${at.y}px)` }} />
}
