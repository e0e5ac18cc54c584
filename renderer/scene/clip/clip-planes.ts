import type { VerticalPlane } from '#shared/geometry/section-shape.ts'
import type { Clip } from '#renderer/state/view/view-store.ts'

/** A plane of the section: what has normal · p + w ≥ 0 is kept. Local frame. */
export interface ClipPlane {
  readonly normal: readonly [number, number, number]
  readonly w: number
}

/** A vertical face of the section as it is capped: its plane and how far it reaches. Local frame. */
export interface ClipFace {
  readonly plane: VerticalPlane
  /** Along the plane's plan direction, metres from its origin. */
  readonly from: number
  readonly to: number
  /** Unit vector in plan into what is kept. */
  readonly inward: readonly [number, number]
}

/** How far a section plane is capped to either side of where it stands. */
const PLANE_REACH_M = 150

/** Planes of a section, at most six. */
export function clipPlanes(clip: Clip): ClipPlane[] {
  if (clip.type === 'box') {
    const { min, max } = clip
    return [
      { normal: [1, 0, 0], w: -min[0] }, { normal: [-1, 0, 0], w: max[0] }, { normal: [0, 1, 0], w: -min[1] },
      { normal: [0, -1, 0], w: max[1] }, { normal: [0, 0, 1], w: -min[2] }, { normal: [0, 0, -1], w: max[2] },
    ]
  }
  const [nx, ny] = bearingOf(clip)
  const [x, y] = standsAt(clip)
  return [{ normal: [nx, ny, 0], w: -(nx * x + ny * y) }]
}

/** Whether a point (local frame) is still there. */
export const isKept = (clip: Clip | null, [x, y, z]: readonly [number, number, number]): boolean =>
  clip === null || clipPlanes(clip).every(({ normal, w }) => normal[0] * x + normal[1] * y + normal[2] * z + w >= 0)

/** Vertical faces of a section, seen from the side that is cut away: u runs to the right. */
export function clipFaces(clip: Clip): ClipFace[] {
  if (clip.type === 'plane') {
    const [nx, ny] = bearingOf(clip)
    const [x, y] = standsAt(clip)
    return [{ plane: { x, y, dirX: ny, dirY: -nx }, from: -PLANE_REACH_M, to: PLANE_REACH_M, inward: [nx, ny] }]
  }
  const { min, max } = clip
  const [width, depth] = [max[0] - min[0], max[1] - min[1]]
  return [
    { plane: { x: min[0], y: min[1], dirX: 1, dirY: 0 }, from: 0, to: width, inward: [0, 1] },
    { plane: { x: max[0], y: min[1], dirX: 0, dirY: 1 }, from: 0, to: depth, inward: [-1, 0] },
    { plane: { x: max[0], y: max[1], dirX: -1, dirY: 0 }, from: 0, to: width, inward: [0, -1] },
    { plane: { x: min[0], y: max[1], dirX: 0, dirY: -1 }, from: 0, to: depth, inward: [1, 0] },
  ]
}

const bearingOf = ({ bearing }: Extract<Clip, { type: 'plane' }>): [number, number] => [Math.sin(bearing), Math.cos(bearing)]

function standsAt(clip: Extract<Clip, { type: 'plane' }>): [number, number] {
  const [nx, ny] = bearingOf(clip)
  return [clip.at[0] + clip.offsetM * nx, clip.at[1] + clip.offsetM * ny]
}
