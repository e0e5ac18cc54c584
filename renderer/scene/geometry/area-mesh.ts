import earcut from 'earcut'
import { ringArea, type PlanRing } from '#shared/geometry/plan-polygon.ts'
import type { SceneFrame } from '../scene-frame.ts'

/** Vertices in the view frame, three coordinates each, and the colour of each. */
export interface ColouredVertices {
  readonly xyz: number[]
  readonly colours: string[]
}

/** Outlines in the project CRS: counter-clockwise ones, and clockwise ones that are holes in them. */
interface Outlined {
  readonly rings: readonly PlanRing[]
  readonly colour: string
}

/** How far over the ground lines lie, so that they are not lost in it; and how often they touch down. */
const [OVER_GROUND_M, STEP_M] = [0.25, 6]

/** Triangles of level water. @param areas Levels in the project CRS. */
export function waterFaces({ crsOrigin, origin }: SceneFrame, areas: readonly (Outlined & { readonly levelM: number })[]): ColouredVertices {
  const out: ColouredVertices = { xyz: [], colours: [] }
  for (const { rings, levelM, colour } of areas) {
    const z = levelM - crsOrigin[2] - origin[2]
    const view = rings.map(ring => ring.map((value, i) => value - crsOrigin[i % 2]! - origin[i % 2]!))
    const holes = view.filter(ring => ringArea(ring) < 0)
    for (const outer of view.filter(ring => ringArea(ring) > 0)) {
      const inside = holes.filter(hole => holds(outer, hole[0]!, hole[1]!))
      const flat = [...outer, ...inside.flat()]
      const starts = inside.map((_, k) => (outer.length + inside.slice(0, k).reduce((sum, hole) => sum + hole.length, 0)) / 2)
      for (const corner of earcut(flat, starts)) {
        out.xyz.push(flat[2 * corner]!, flat[2 * corner + 1]!, z)
        out.colours.push(colour)
      }
    }
  }
  return out
}

/** Pairs of points of outlines that follow the ground. @param layoutAt Ground level, local frame. */
export function drapedLines({ crsOrigin, origin }: SceneFrame, areas: readonly Outlined[], layoutAt: (x: number, y: number) => number | null): ColouredVertices {
  const out: ColouredVertices = { xyz: [], colours: [] }
  for (const { rings, colour } of areas) {
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        const j = (i + 2) % ring.length
        const [ax, ay, bx, by] = [ring[i]! - crsOrigin[0], ring[i + 1]! - crsOrigin[1], ring[j]! - crsOrigin[0], ring[j + 1]! - crsOrigin[1]]
        const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / STEP_M))
        let last: readonly number[] | null = null
        for (let k = 0; k <= steps; k++) {
          const [x, y] = [ax + (k / steps) * (bx - ax), ay + (k / steps) * (by - ay)]
          const level = layoutAt(x, y)
          const here: readonly number[] | null = level === null ? null : [x - origin[0], y - origin[1], level - origin[2] + OVER_GROUND_M]
          if (last && here) {
            out.xyz.push(...last, ...here)
            out.colours.push(colour, colour)
          }
          last = here
        }
      }
    }
  }
  return out
}

/** Half a head's length, metres. */
export const HEAD_M = 1.5
/** Half its width. */
const HALF_HEAD_M = 0.95

/** Heads by their middles, each vertex with its way from there: from afar they are drawn larger. */
export interface HeadVertices extends ColouredVertices {
  readonly ways: number[]
}

/** Heads that point where water flows, as pairs of points. @param arrows [x, y, z, dx, dy, …], project CRS. */
export function arrowHeads({ crsOrigin, origin }: SceneFrame, groups: readonly { readonly arrows: readonly number[]; readonly colour: string }[]): HeadVertices {
  const out: HeadVertices = { xyz: [], colours: [], ways: [] }
  for (const { arrows, colour } of groups) {
    for (let k = 0; k < arrows.length; k += 5) {
      const [x, y, z] = [0, 1, 2].map(c => arrows[k + c]! - crsOrigin[c]! - origin[c]!) as [number, number, number]
      const [dx, dy] = [arrows[k + 3]!, arrows[k + 4]!]
      for (const side of [-1, 1]) out.ways.push(HEAD_M * dx, HEAD_M * dy, 0, -HEAD_M * dx - side * HALF_HEAD_M * dy, -HEAD_M * dy + side * HALF_HEAD_M * dx, 0)
      for (let vertex = 0; vertex < 4; vertex++) {
        out.xyz.push(x, y, z)
        out.colours.push(colour)
      }
    }
  }
  return out
}

function holds(ring: PlanRing, x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
  }
  return inside
}
