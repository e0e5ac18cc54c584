import { useEffect } from 'react'
import { addAfterEffect, addEffect, useThree } from '@react-three/fiber'
import { createStore } from 'zustand/vanilla'

/** What the last frames cost; shown to developers. */
export interface FrameCounters {
  readonly drawCalls: number
  readonly triangles: number
  /** JavaScript of the last frame, from its first effect to the end of submitting it. */
  readonly frameMs: number
  readonly geometries: number
  readonly textures: number
  /** Frames so far. */
  readonly frames: number
}

export const countersStore = createStore<FrameCounters>(() => ({ drawCalls: 0, triangles: 0, frameMs: 0, geometries: 0, textures: 0, frames: 0 }))

/** User timing of the first frame: what a user waits for. */
const FIRST_PICTURE = 'underplan:first-picture'

/** Reads the renderer's own counts after each frame. */
export function FrameCounting() {
  const gl = useThree(state => state.gl)
  useEffect(() => {
    let started = 0
    const stopBefore = addEffect(() => {
      started = performance.now()
    })
    const stopAfter = addAfterEffect(() => {
      const { render, memory } = gl.info
      const { frames } = countersStore.getState()
      const frameMs = performance.now() - started
      if (frames === 0) performance.mark(FIRST_PICTURE)
      countersStore.setState({ drawCalls: render.calls, triangles: render.triangles, frameMs, geometries: memory.geometries, textures: memory.textures, frames: frames + 1 })
    })
    return () => {
      stopBefore()
      stopAfter()
    }
  }, [gl])
  return null
}
