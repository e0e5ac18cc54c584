import type { CameraRig } from '#renderer/scene/camera/camera-rig.ts'
import type { PointerSample, PointerTool } from '#renderer/scene/input/pointer-sample.ts'
import type { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import { localToView } from '#renderer/scene/scene-frame.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { TypedPoint } from './typed-point.ts'

/** What a tool is given of the scene. */
export interface ToolScope {
  readonly picker: ScenePicker
  readonly rig: CameraRig
  /** Seen straight from above: levels cannot be dragged there. */
  readonly isPlan?: boolean
}

/** A tool that lays points: by pointer, by keys, or typed. */
export interface LayingTool extends PointerTool {
  key(key: string): boolean
  place(point: TypedPoint): void
}

/** Of a tool that only clicks: the drag is the camera's. */
export const NO_DRAG: Pick<PointerTool, 'press' | 'drag' | 'release' | 'abandon'> = { press: () => false, drag: () => undefined, release: () => undefined, abandon: () => undefined }

/** Where a point (local frame) is in the picture, pixels; null behind the eye. */
export function toPicture(scope: ToolScope, at: Vec3): { readonly pxX: number; readonly pxY: number } | null {
  const place = scope.rig.project(localToView(scope.picker.model.frame, at))
  const { widthPx, heightPx } = scope.picker
  return place && { pxX: ((place.x + 1) / 2) * widthPx, pxY: ((1 - place.y) / 2) * heightPx }
}

/** Level taken for the ground where the twin has none: a little above the highest line. Local frame. */
export function levelWithoutGround(scope: ToolScope): number {
  const { bounds, origin } = scope.picker.model.frame
  return bounds ? bounds.max[2] + origin[2] : 0
}

/** The same place shifted in the picture: a dragged thing keeps its distance from the pointer that took hold of it. */
export function shifted(scope: ToolScope, sample: PointerSample, dx: number, dy: number): PointerSample {
  const { widthPx, heightPx } = scope.picker
  return { ...sample, pxX: sample.pxX + dx, pxY: sample.pxY + dy, x: sample.x + (2 * dx) / Math.max(1, widthPx), y: sample.y - (2 * dy) / Math.max(1, heightPx) }
}
