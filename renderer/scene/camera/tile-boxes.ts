import { localToView, type Box } from '../scene-frame.ts'
import type { SceneModel } from '../scene-model.ts'

/** Boxes the lines fill, view frame; points alone, which a survey may have far away, are left out where there are lines. */
export function tileBoxes({ tiles, frame }: Pick<SceneModel, 'tiles' | 'frame'>): Box[] {
  const filled = tiles.filter(tile => tile.segmentCount > 0)
  return (filled.length > 0 ? filled : tiles).map(({ min, max }) => ({ min: localToView(frame, min), max: localToView(frame, max) }))
}
