import { CameraRig } from '#renderer/scene/camera/camera-rig.ts'
import type { PointerSample, PointerTool } from '#renderer/scene/input/pointer-sample.ts'
import { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { sessionStore, type SessionState } from '#renderer/state/app/session-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { sceneTools, type SceneTools } from '#renderer/tools/tool-choice.ts'
import type { ToolScope } from '#renderer/tools/tool-scope.ts'
import type { MapPose, MapSize } from './map-pose.ts'

/** So high that lines of sight are plumb: over 500 m of relief a point is seen less than a tenth of a pixel aside. */
const EYE_M = 5e6

/** Gestures that lay points: on the map as in 3D. */
const LAYING: ReadonlySet<string> = new Set(['drawing', 'digging', 'routing', 'outlining'])

/** Whether every click is a tool's. */
export const isLaying = ({ interaction }: Pick<SessionState, 'interaction'>): boolean => LAYING.has(interaction.type)

/** From this scale on handles are apart, and a drag is meant for one of them and not for the map. */
export const HANDLES_PX_PER_M = 2

/** The planning tools over the map: those of the 3D view, which they take for a picture seen straight from above. */
export interface MapTools extends Pick<SceneTools, 'followKeys'> {
  /** What answers now, before the map itself does. */
  current(): PointerTool
  /** Whether every click is the tool's; else only handles are. */
  isLaying(): boolean
  /** A left press: true takes the whole gesture. */
  press(sample: PointerSample): boolean
  /** @param event Where, in pixels from the left top of the map. */
  sample(pxX: number, pxY: number, event: Pick<MouseEvent, 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>): PointerSample
  /** As the tools see it. */
  readonly scope: ToolScope
}

/** @param pose Where the map is, asked at every event. */
export function mapTools(model: SceneModel, pose: () => MapPose, size: () => MapSize): MapTools {
  const { frame } = model
  const rig = new CameraRig({ target: [0, 0, 0], distance: 1, azimuth: 0, elevation: 1 })
  // A section cuts the map nowhere.
  const scope: ToolScope = { picker: new ScenePicker(model, rig, () => ({ ...viewStore.getState(), clip: null })), rig, isPlan: true }
  const tools = sceneTools(scope)
  /** Brings the eye over what the map shows. */
  const aim = (): void => {
    const [{ x, y, pxPerM }, { width, height }] = [pose(), size()]
    rig.pose = { target: [x - frame.origin[0], y - frame.origin[1], 0], distance: EYE_M, azimuth: 0, elevation: Math.PI / 2 }
    rig.lens = { fieldOfView: 2 * Math.atan(height / 2 / pxPerM / EYE_M), aspect: width / Math.max(1, height) }
    scope.picker.widthPx = width
    scope.picker.heightPx = height
  }
  return {
    scope, followKeys: tools.followKeys,
    current() {
      aim()
      return tools.current()
    },
    isLaying: () => isLaying(sessionStore.getState()),
    press(sample) {
      aim()
      return (pose().pxPerM >= HANDLES_PX_PER_M || isLaying(sessionStore.getState())) && tools.current().press(sample)
    },
    sample(pxX, pxY, { shiftKey, altKey, ctrlKey, metaKey }) {
      const { width, height } = size()
      return { pxX, pxY, x: (2 * pxX) / Math.max(1, width) - 1, y: 1 - (2 * pxY) / Math.max(1, height), shift: shiftKey, alt: altKey, mod: ctrlKey || metaKey }
    },
  }
}
