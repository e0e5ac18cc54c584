import { cutAlong } from '#shared/excavation/cut-section.ts'
import { cutPart, type VerticalPlane } from '#shared/geometry/section-shape.ts'
import { planCrossing } from '#shared/geometry/section-crossing.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { CutResult } from '../../state/scheme/excavation-store.ts'
import { solidPart } from '#shared/profile/cut-world.ts'

const THIN = { shape: 'circle', diameterM: 0 } as const

type PlanPoint = readonly [number, number]

/** An excavation as a cut view draws it: the ground that is gone, or the hole of a bore. [metres along, level]. */
export interface DigShape {
  readonly id: string
  readonly label: string
  readonly outline: readonly (readonly [number, number])[]
  /** Bottom and sides, without the ground line. */
  readonly sides: readonly (readonly [number, number])[]
}

/** Pits and trenches in the upright plane over a straight line; metres count from its start. */
export function cutShapes(digs: readonly CutResult[], from: PlanPoint, to: PlanPoint, groundAt: GroundSampler | null): DigShape[] {
  return digs.flatMap(({ excavation: { id, name }, solid }) => (solid ? cutAlong(solid, from, to, groundAt).map((stations): DigShape => {
    const [first, last] = [stations[0]!, stations.at(-1)!]
    const sides = [[first.alongM, first.groundM] as const, ...stations.map(({ alongM, floorM }) => [alongM, floorM] as const), [last.alongM, last.groundM] as const]
    return { id, label: name || id, sides, outline: [...sides, ...stations.map(({ alongM, groundM }) => [alongM, groundM] as const).reverse()] }
  }) : []))
}

/** The same so many metres further along. */
export const shifted = (shape: DigShape, byM: number): DigShape =>
  ({ ...shape, outline: shape.outline.map(([u, z]) => [u + byM, z] as const), sides: shape.sides.map(([u, z]) => [u + byM, z] as const) })

/** Bores cut by a plane. @param origin Project CRS of the local frame. */
export function boreShapes(digs: readonly CutResult[], plane: VerticalPlane, reachM: number, origin: Vec3): DigShape[] {
  return boreParts(digs, origin).flatMap(({ id, label, part }) => {
    const shape = cutPart(plane, part, true)
    return shape && shape.maxU >= -reachM && shape.minU <= reachM ? [{ id, label, outline: shape.outline, sides: [...shape.outline, shape.outline[0]!] }] : []
  })
}

/** Bores that a straight piece of a line crosses in plan, in its upright plane; metres count from its start. */
export function boresAlong(digs: readonly CutResult[], from: Vec3, to: Vec3, origin: Vec3): DigShape[] {
  const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1])
  if (lengthM === 0) return []
  const plane = { x: from[0], y: from[1], dirX: (to[0] - from[0]) / lengthM, dirY: (to[1] - from[1]) / lengthM }
  return boreParts(digs, origin).flatMap(({ id, label, part }) => {
    const met = planCrossing(solidPart(from, to, THIN), part)
    const shape = met && cutPart(plane, part, true)
    return shape ? [{ id, label, outline: shape.outline, sides: [...shape.outline, shape.outline[0]!] }] : []
  })
}

const boreParts = (digs: readonly CutResult[], origin: Vec3) => digs.flatMap(({ excavation: { id, name, shape } }) => {
  if (shape.type !== 'bore') return []
  const axis = shape.axis.map(([x, y, z]): Vec3 => [x - origin[0], y - origin[1], z - origin[2]])
  return axis.slice(1).map((b, i) => ({ id, label: name || id, part: solidPart(axis[i]!, b, { shape: 'circle', diameterM: shape.diameterM }) }))
})
