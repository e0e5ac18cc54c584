import { createContext, useContext } from 'react'
import type { CameraRig } from './camera/camera-rig.ts'
import type { CutMask } from './excavation/cut-mask.ts'
import type { SceneUniforms } from './materials/scene-uniforms.ts'
import type { FrameSignal } from './overlay/frame-signal.ts'
import type { ScenePicker } from './picking/scene-picker.ts'
import type { SceneColours } from './scene-colours.ts'
import type { SceneModel } from './scene-model.ts'
import type { SurroundingsMaker } from './surroundings/surroundings-maker.ts'

/** What the layers of one scene share. The context holds null while the twin is on its way. */
export interface SceneScope {
  readonly model: SceneModel
  readonly rig: CameraRig
  readonly picker: ScenePicker
  /** Null until the network is drawn: what stands around it comes after. */
  readonly surroundings: SurroundingsMaker | null
  readonly frames: FrameSignal
  readonly uniforms: SceneUniforms
  readonly colours: SceneColours
  readonly cutMask: CutMask
}

export const SceneContext = createContext<SceneScope | null>(null)

export function useScene(): SceneScope {
  const scope = useContext(SceneContext)
  if (!scope) throw new Error('used outside a scene')
  return scope
}
