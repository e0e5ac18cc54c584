import type { PlanBox } from '#shared/geometry/plan-box.ts'

/** Where the map is: what lies in its middle (local frame, metres, north up) and its scale in CSS pixels a metre. */
export interface MapPose {
  readonly x: number
  readonly y: number
  readonly pxPerM: number
}

export interface MapSize {
  readonly width: number
  readonly height: number
}

const SCALE = { least: 0.005, most: 200 } as const
const MARGIN = 0.94
/** The plate of scale and north stands over the foot of the map. */
const PLATE_PX = 48

/** Pixels from the left top. */
export const toPixels = (pose: MapPose, size: MapSize, x: number, y: number): [number, number] => [size.width / 2 + (x - pose.x) * pose.pxPerM, size.height / 2 - (y - pose.y) * pose.pxPerM]

export const toPlan = (pose: MapPose, size: MapSize, pxX: number, pxY: number): [number, number] => [pose.x + (pxX - size.width / 2) / pose.pxPerM, pose.y - (pxY - size.height / 2) / pose.pxPerM]

export const seenBox = (pose: MapPose, size: MapSize): PlanBox => {
  const [halfX, halfY] = [size.width / 2 / pose.pxPerM, size.height / 2 / pose.pxPerM]
  return { minX: pose.x - halfX, minY: pose.y - halfY, maxX: pose.x + halfX, maxY: pose.y + halfY }
}

/** Scale changes about a pixel, which keeps its place on the ground. */
export function zoomedAt(pose: MapPose, size: MapSize, pxX: number, pxY: number, factor: number): MapPose {
  const pxPerM = Math.min(SCALE.most, Math.max(SCALE.least, pose.pxPerM * factor))
  const [x, y] = toPlan(pose, size, pxX, pxY)
  return { pxPerM, x: x - (pxX - size.width / 2) / pxPerM, y: y + (pxY - size.height / 2) / pxPerM }
}

export function fitted(box: PlanBox, size: MapSize): MapPose {
  const [width, height] = [Math.max(box.maxX - box.minX, 1), Math.max(box.maxY - box.minY, 1)]
  const pxPerM = Math.min(SCALE.most, Math.max(SCALE.least, MARGIN * Math.min(size.width / width, Math.max(1, size.height - PLATE_PX) / height)))
  return { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 - PLATE_PX / 2 / pxPerM, pxPerM }
}

/** Wider than this a plan is a texture of lines: the map begins where one looks. */
const WHOLE_WITHIN_M = 3000
const BEGIN_SPAN_M = 900

/** Where the map begins: the whole of a small plan, of a city the part about a place. @param place Local frame; null for the whole. */
export function opening(box: PlanBox, size: MapSize, place: readonly [number, number] | null): MapPose {
  if (!place || Math.max(box.maxX - box.minX, box.maxY - box.minY) < WHOLE_WITHIN_M) return fitted(box, size)
  const half = BEGIN_SPAN_M / 2
  // The place itself is in the middle.
  return { ...fitted({ minX: place[0] - half, minY: place[1] - half, maxX: place[0] + half, maxY: place[1] + half }, size), x: place[0], y: place[1] }
}
