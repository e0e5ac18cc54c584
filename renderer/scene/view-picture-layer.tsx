import { useEffect } from 'react'
import { useThree } from '@react-three/fiber'
import { withOverlay } from '#renderer/ui/paint-overlay.ts'
import { viewPictureStore } from '#renderer/state/view/view-picture.ts'

/** Offers the view's picture, with its labels, marks and scale, to whoever wants to keep one. A canvas that is not kept between frames can be read only in the frame it was drawn in. */
export function ViewPictureLayer() {
  const gl = useThree(three => three.gl)
  const advance = useThree(three => three.advance)
  useEffect(() => {
    const take = (): HTMLCanvasElement => {
      advance(performance.now())
      return withOverlay(gl.domElement)
    }
    viewPictureStore.setState({ take })
    return () => {
      if (viewPictureStore.getState().take === take) viewPictureStore.setState({ take: null })
    }
  }, [gl, advance])
  return null
}
