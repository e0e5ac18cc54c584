import type { IfcModel } from './ifc-model.ts'

export type Point3 = readonly [number, number, number]

/** A rigid frame: where its origin lies and what its axes are, in the frame around it. */
export interface Frame {
  readonly origin: Point3
  readonly x: Point3
  readonly y: Point3
  readonly z: Point3
}

export const WORLD: Frame = { origin: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] }
const MAX_NESTING = 64

const scaled = (v: Point3, factor: number): Point3 => [v[0] * factor, v[1] * factor, v[2] * factor]
export const plus = (...vectors: readonly Point3[]): Point3 => vectors.reduce<Point3>((sum, v) => [sum[0] + v[0], sum[1] + v[1], sum[2] + v[2]], [0, 0, 0])
const dot = (a: Point3, b: Point3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: Point3, b: Point3): Point3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]

export function unit(v: Point3): Point3 | null {
  const length = Math.hypot(...v)
  return length > 1e-12 ? scaled(v, 1 / length) : null
}

/** A direction of a frame in the frame around it. */
export const directionIn = ({ x, y, z }: Frame, v: Point3): Point3 => plus(scaled(x, v[0]), scaled(y, v[1]), scaled(z, v[2]))

/** A point of a frame in the frame around it. */
export const pointIn = (frame: Frame, point: Point3): Point3 => plus(frame.origin, directionIn(frame, point))

const within = (outer: Frame, inner: Frame): Frame =>
  ({ origin: pointIn(outer, inner.origin), x: directionIn(outer, inner.x), y: directionIn(outer, inner.y), z: directionIn(outer, inner.z) })

/** Coordinates of an IfcCartesianPoint or ratios of an IfcDirection; z is 0 in the plane. */
export function triple(model: IfcModel, id: number): Point3 | null {
  const [x, y, z = 0] = model.numbers(id, 0)
  return x === undefined || y === undefined ? null : [x, y, z]
}

/** Frame of an IfcAxis2Placement2D, IfcAxis2Placement3D or IfcAxis1Placement; the frame around it where there is none. */
export function axisPlacement(model: IfcModel, id: number): Frame {
  const origin = triple(model, model.reference(id, 0)) ?? WORLD.origin
  if (model.step.typeOf(id) === 'IFCAXIS2PLACEMENT2D') {
    const x = unit(triple(model, model.reference(id, 1)) ?? WORLD.x) ?? WORLD.x
    return { origin, x, y: [-x[1], x[0], 0], z: WORLD.z }
  }
  const z = unit(triple(model, model.reference(id, 1)) ?? WORLD.z) ?? WORLD.z
  const wanted = triple(model, model.reference(id, 2)) ?? (Math.abs(z[0]) < 0.9 ? WORLD.x : WORLD.y)
  // The reference direction counts by its part across the axis (IFC 8.8.3.4).
  const x = unit(plus(wanted, scaled(z, -dot(wanted, z)))) ?? unit(cross(WORLD.y, z)) ?? WORLD.x
  return { origin, x, y: cross(z, x), z }
}

/** Frame of an IfcLocalPlacement in the model, along the placements it is relative to. */
export function localPlacement(model: IfcModel, id: number): Frame {
  const chain: Frame[] = []
  for (let at = id; at !== 0 && chain.length < MAX_NESTING && model.step.typeOf(at) === 'IFCLOCALPLACEMENT'; at = model.reference(at, 0)) chain.push(axisPlacement(model, model.reference(at, 1)))
  return chain.reduceRight<Frame>((outer, inner) => within(outer, inner), WORLD)
}

export const nested = within
