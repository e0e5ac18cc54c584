import { useEffect } from 'react'
import { useThree } from '@react-three/fiber'
import { viewPictureStore } from '#renderer/state/view-picture.ts'

/** Offers the view's picture to whoever wants to keep one. A canvas that is not kept between frames can be read only in the frame it was drawn in. */
export function ViewPictureLayer() {
  const gl = useThree(three => three.gl)
  const advance = useThree(three => three.advance)
  useEffect(() => {
    const take = (): HTMLCanvasElement => {
      advance(performance.now())
      return gl.domElement
    }
    viewPictureStore.setState({ take })
    return () => {
      if (viewPictureStore.getState().take === take) viewPictureStore.setState({ take: null })
    }
  }, [gl, advance])
  return null
}
