import { useEffect, useState } from 'react'

/** A spot under the mouse that the last row of the room sees. The picture below can be turned all the same. */
export function PointerSpot() {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null)
  useEffect(() => {
    const follow = ({ clientX, clientY }: globalThis.PointerEvent) => setAt({ x: clientX, y: clientY })
    const leave = () => setAt(null)
    addEventListener('pointermove', follow)
    document.documentElement.addEventListener('pointerleave', leave)
    return () => {
      removeEventListener('pointermove', follow)
      document.documentElement.removeEventListener('pointerleave', leave)
    }
  }, [])
  return at && <div className="pointer-spot" aria-hidden style={{ transform: `translate(${at.x}px, ${at.y}px)` }} />
}
