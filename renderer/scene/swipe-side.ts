import { Vector2, type Object3D, type WebGLRenderer } from 'three'
import { planningStore } from '#renderer/state/scheme/planning-store.ts'

/** Which of two schemes something belongs to: the one worked on is at the left of the swipe, the other at the right. */
export type SwipeSide = 'active' | 'other'

const size = new Vector2()

/** Keeps what is drawn of a scheme to its side of the picture while two are swiped; without a swipe it changes nothing. */
export function swipeSide(side: SwipeSide): Pick<Object3D, 'onBeforeRender' | 'onAfterRender'> {
  return {
    onBeforeRender: (renderer: WebGLRenderer) => {
      const { swipe } = planningStore.getState()
      if (!swipe) return
      renderer.getSize(size)
      const x = swipe.at * size.x
      if (side === 'active') renderer.setScissor(0, 0, x, size.y)
      else renderer.setScissor(x, 0, size.x - x, size.y)
      renderer.setScissorTest(true)
    },
    onAfterRender: (renderer: WebGLRenderer) => renderer.setScissorTest(false),
  }
}
