import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** Whether the network of the project has been drawn since it was opened; told by the 3D view. */
export const pictureStore = createStore<{ readonly stands: boolean }>(() => ({ stands: false }))

/** Where the 3D view is not shown nothing is drawn: then nobody waits longer than this. */
const PATIENCE_MS = 3000

/** Whether the picture stands: figures that take a while to compute, and that nobody reads before, wait for it. */
export function usePictureStands(): boolean {
  const stands = useStore(pictureStore, picture => picture.stands)
  const [hasWaited, setWaited] = useState(false)
  useEffect(() => {
    if (stands) return
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [stands])
  return stands || hasWaited
}
