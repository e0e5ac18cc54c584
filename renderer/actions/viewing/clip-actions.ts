import { cameraStore } from '../../state/view/camera-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { viewStore, type Clip } from '../../state/view/view-store.ts'

const BOX_M = { side: 30, below: 12, above: 15 } as const

/** Switches the section off, or puts a plane or a box where the camera looks; the plane faces the eye. */
export function setClipType(type: Clip['type'] | 'none'): void {
  const at = lookedAt()
  if (type === 'none' || !at) return viewStore.setState({ clip: null })
  const [x, y, z] = at.target
  viewStore.setState({
    clip: type === 'plane' ? { type, at: [x, y], bearing: at.bearing, offsetM: 0 }
      : { type, min: [x - BOX_M.side / 2, y - BOX_M.side / 2, z - BOX_M.below], max: [x + BOX_M.side / 2, y + BOX_M.side / 2, z + BOX_M.above] },
  })
}

/** Changes the section in use. */
export const setClip = (clip: Clip): void => viewStore.setState({ clip })

/** A box of other sides about the same middle. @param sideM In plan. @param belowM From the box's top down. */
export function resizeBox(clip: Extract<Clip, { type: 'box' }>, sideM: number, belowM: number): void {
  const [x, y] = [(clip.min[0] + clip.max[0]) / 2, (clip.min[1] + clip.max[1]) / 2]
  setClip({ type: 'box', min: [x - sideM / 2, y - sideM / 2, clip.max[2] - belowM], max: [x + sideM / 2, y + sideM / 2, clip.max[2]] })
}

/** What the camera looks at (local frame) and its bearing. */
function lookedAt(): { readonly target: readonly [number, number, number]; readonly bearing: number } | null {
  const { place } = cameraStore.getState()
  const origin = projectStore.getState().columns?.origin
  if (!place || !origin) return null
  const { target, position } = place
  return {
    target: [target[0] - origin[0], target[1] - origin[1], target[2] - origin[2]],
    bearing: Math.atan2(target[0] - position[0], target[1] - position[1]),
  }
}
