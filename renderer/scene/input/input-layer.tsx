import { useEffect } from 'react'
import { useThree } from '@react-three/fiber'
import { CameraGestures } from '../camera/camera-gestures.ts'
import { useScene } from '../scene-context.ts'
import type { PointerTool } from './pointer-sample.ts'
import { routePointer } from './pointer-router.ts'

/** Pointer and camera keys of the picture. @param tool The tool in use now, asked at every event. */
export function InputLayer({ tool }: { readonly tool: () => PointerTool }) {
  const { rig, picker } = useScene()
  const element = useThree(state => state.gl.domElement)
  const size = useThree(state => state.size)

  useEffect(() => {
    picker.widthPx = size.width
    picker.heightPx = size.height
  }, [picker, size])

  useEffect(() => {
    const camera = new CameraGestures(rig, sample => picker.probe(sample))
    element.tabIndex = 0
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && camera.key(event.key, event.shiftKey)) event.preventDefault()
    }
    element.addEventListener('keydown', onKey)
    const stop = routePointer(element, camera, tool)
    return () => {
      element.removeEventListener('keydown', onKey)
      stop()
    }
  }, [element, rig, picker, tool])
  return null
}
