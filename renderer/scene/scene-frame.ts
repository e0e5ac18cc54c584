import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'

export interface Box {
  readonly min: Vec3
  readonly max: Vec3
}

/**
 * The frame the scene is drawn in: local frame minus a view origin amid the data, so that 32-bit floats on the GPU
 * keep tenths of a millimetre in a district and a millimetre across a city. Doubles everywhere else.
 */
export interface SceneFrame {
  /** View zero in the local frame. */
  readonly origin: Vec3
  /** Everything there is, view frame; null while empty. */
  readonly bounds: Box | null
  /** The network alone (what a fit shows), view frame; null where there are no lines. */
  readonly network: Box | null
  /** Project CRS = local + crsOrigin. */
  readonly crsOrigin: Vec3
}

export const localToView = (frame: SceneFrame, p: Vec3): Vec3 => [p[0] - frame.origin[0], p[1] - frame.origin[1], p[2] - frame.origin[2]]
export const viewToLocal = (frame: SceneFrame, p: Vec3): Vec3 => [p[0] + frame.origin[0], p[1] + frame.origin[1], p[2] + frame.origin[2]]
export const crsToView = (frame: SceneFrame, p: Vec3): Vec3 => [
  p[0] - frame.crsOrigin[0] - frame.origin[0], p[1] - frame.crsOrigin[1] - frame.origin[1], p[2] - frame.crsOrigin[2] - frame.origin[2],
]
export const viewToCrs = (frame: SceneFrame, p: Vec3): Vec3 => [
  p[0] + frame.origin[0] + frame.crsOrigin[0], p[1] + frame.origin[1] + frame.crsOrigin[1], p[2] + frame.origin[2] + frame.crsOrigin[2],
]

/** The frame of a twin: its origin is the middle of everything, at whole metres. */
export function sceneFrame(columns: AssetColumns | null, ground: GroundSurface | null, crsOrigin: Vec3): SceneFrame {
  const lines = emptyBox()
  if (columns) growByPoints(lines, columns.xyz)
  const all: OpenBox = { min: [...lines.min], max: [...lines.max] }
  if (ground?.type === 'tin') growByPoints(all, ground.xyz)
  if (ground?.type === 'grid') growByGrid(all, ground)
  if (isEmpty(all)) return { origin: [0, 0, 0], bounds: null, network: null, crsOrigin }
  const origin = all.min.map((low, c) => Math.round((low + all.max[c]!) / 2)) as unknown as Vec3
  const shift = (p: readonly number[]): Vec3 => [p[0]! - origin[0], p[1]! - origin[1], p[2]! - origin[2]]
  const shifted = (box: OpenBox): Box | null => (isEmpty(box) ? null : { min: shift(box.min), max: shift(box.max) })
  return { origin, bounds: shifted(all), network: shifted(lines), crsOrigin }
}

interface OpenBox { min: number[]; max: number[] }

const emptyBox = (): OpenBox => ({ min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] })
const isEmpty = (box: OpenBox): boolean => !(box.min[0]! <= box.max[0]!)

function grow(box: OpenBox, c: number, value: number): void {
  if (value < box.min[c]!) box.min[c] = value
  if (value > box.max[c]!) box.max[c] = value
}

function growByPoints(box: OpenBox, xyz: Float64Array): void {
  for (let c = 0; c < 3; c++) {
    let [low, high] = [box.min[c]!, box.max[c]!]
    for (let i = c; i < xyz.length; i += 3) {
      const value = xyz[i]!
      if (value < low) low = value
      if (value > high) high = value
    }
    box.min[c] = low
    box.max[c] = high
  }
}

function growByGrid(box: OpenBox, grid: Extract<GroundSurface, { type: 'grid' }>): void {
  grow(box, 0, grid.x0)
  grow(box, 0, grid.x0 + (grid.cols - 1) * grid.cellSizeM)
  grow(box, 1, grid.y0)
  grow(box, 1, grid.y0 + (grid.rows - 1) * grid.cellSizeM)
  // NaN compares false both ways: holes do not count.
  let [low, high] = [box.min[2]!, box.max[2]!]
  for (let i = 0; i < grid.z.length; i++) {
    const z = grid.z[i]!
    if (z < low) low = z
    if (z > high) high = z
  }
  box.min[2] = low
  box.max[2] = high
}
