import { cutPart } from '#shared/geometry/section-shape.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { partsNear, type CutItem, type CutWorld } from '#shared/profile/cut-world.ts'
import type { ClipFace } from './clip-planes.ts'

/** Cut surfaces as triangles and their rims as line segments, local frame minus `origin`. */
export interface Caps {
  readonly positions: Float32Array<ArrayBuffer>
  readonly colours: Float32Array<ArrayBuffer>
  readonly rims: Float32Array<ArrayBuffer>
}

/** Caps lie this far inside what is kept, so that the planes that make them do not take them. */
const INSIDE_M = 0.004

/**
 * True cuts of everything a face meets: an ellipse for a pipe crossed aslant. Convex, so fans of triangles.
 * @param colourOf Red, green and blue of an item, 0 … 1, linear.
 */
export function capsOf(world: CutWorld, faces: readonly ClipFace[], origin: Vec3, isShown: (item: CutItem) => boolean, colourOf: (item: CutItem) => readonly [number, number, number]): Caps {
  const positions: number[] = []
  const colours: number[] = []
  const rims: number[] = []
  for (const { plane, from, to, inward } of faces) {
    const point = (u: number): [number, number] => [plane.x + u * plane.dirX, plane.y + u * plane.dirY]
    const place = ([u, z]: readonly [number, number]): Vec3 => {
      const [x, y] = point(u)
      return [x + INSIDE_M * inward[0] - origin[0], y + INSIDE_M * inward[1] - origin[1], z - origin[2]]
    }
    for (const { item, part, isLast } of partsNear(world, point(from), point(to))) {
      const shape = isShown(item) ? cutPart(plane, part, isLast) : null
      // A line along the plane is not cut through: it shows its side.
      if (!shape || shape.isAlong || shape.u < from || shape.u > to) continue
      const corners = shape.outline.map(place)
      const colour = colourOf(item)
      corners.forEach((corner, i) => {
        const next = corners[(i + 1) % corners.length]!
        rims.push(...corner, ...next)
        if (i === 0 || i === corners.length - 1) return
        positions.push(...corners[0]!, ...corner, ...next)
        for (let k = 0; k < 3; k++) colours.push(...colour)
      })
    }
  }
  return { positions: Float32Array.from(positions), colours: Float32Array.from(colours), rims: Float32Array.from(rims) }
}
