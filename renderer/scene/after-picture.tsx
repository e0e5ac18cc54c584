import { useEffect, useRef } from 'react'
import { addAfterEffect } from '@react-three/fiber'
import { useScene } from './scene-context.ts'

/** Says once for each twin that its network has been drawn: what is large and not urgent starts then. */
export function AfterPicture({ onDrawn }: { readonly onDrawn: () => void }) {
  const { model } = useScene()
  const tell = useRef(onDrawn)
  useEffect(() => {
    tell.current = onDrawn
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = addAfterEffect(() => {
      stop()
      // After the frame is on the screen, not within it.
      timer = setTimeout(() => tell.current())
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [model])
  return null
}
