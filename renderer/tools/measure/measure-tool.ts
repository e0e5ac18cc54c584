import { assetId } from '#shared/twin/asset-columns.ts'
import { isKept } from '#renderer/scene/clip/clip-planes.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import type { Ray } from '#renderer/scene/camera/pose.ts'
import type { PointerSample, PointerTool } from '#renderer/scene/input/pointer-sample.ts'
import { nearAlong } from '#renderer/scene/picking/near-points.ts'
import type { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import { setPointer } from '../select/select-tool.ts'
import type { MeasuredPoint } from './measure-figures.ts'
import { measureStore } from './measure-store.ts'
import { NO_DRAG } from '../tool-scope.ts'

/** Ends and vertices attract from this far, axes from nearer by. */
const POINT_PX = 12
const AXIS_PX = 8

/** Takes two points, each tied to an end, a vertex, an axis or the ground; a third click begins anew. */
export function measureTool(picker: ScenePicker): PointerTool {
  const under = (sample: PointerSample): MeasuredPoint | null => pointUnder(picker, picker.ray(sample))
  return {
    ...NO_DRAG,
    hover(sample) {
      const cursor = under(sample)
      measureStore.setState({ cursor })
      if (cursor) setPointer(picker.model.frame, cursor.at, picker.model.groundAt?.(cursor.at[0], cursor.at[1]) ?? null)
    },
    click(sample) {
      const point = under(sample)
      if (!point) return
      const { first, second } = measureStore.getState()
      measureStore.setState(first && !second ? { second: point } : { first: point, second: null })
    },
    leave: () => measureStore.setState({ cursor: null }),
  }
}

function pointUnder(picker: ScenePicker, ray: Ray): MeasuredPoint | null {
  const { columns } = picker.model
  const near = nearAlong(picker.model.picks(), ray, POINT_PX * picker.pixelSlope, picker.accepts()).filter(point => point.item < columns.count && isKept(viewStore.getState().clip, point.at))
  const nearest = (points: typeof near) => points.reduce<(typeof near)[number] | null>((best, point) => (!best || point.offset < best.offset ? point : best), null)
  const best = nearest(near.filter(({ type }) => type === 'end' || type === 'vertex')) ?? nearest(near.filter(({ type, offset }) => type === 'axis' && offset <= AXIS_PX * picker.pixelSlope))
  if (best) return { at: best.at, asset: best.item, label: assetId(columns, best.item) }
  const ground = picker.model.groundRay?.(ray) ?? null
  return ground && isKept(viewStore.getState().clip, ground) ? { at: ground, asset: null, label: '' } : null
}
