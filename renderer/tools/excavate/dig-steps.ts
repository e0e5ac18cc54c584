import type { Excavation, ExcavationShape } from '#shared/scenario/document.ts'
import { boreAxis, boreFigures, type BoreRefusal } from '#shared/excavation/bore-axis.ts'
import { ok, type Result } from '#shared/core/result.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { DigTemplate } from '#renderer/state/scheme/excavation-store.ts'
import type { Interaction } from '#renderer/state/app/session-store.ts'

/** Drawing an excavation as a machine without side effects, and shapes by the points one can take hold of. */
export type Digging = Extract<Interaction, { type: 'digging' }>

export type DigEvent =
  | { readonly type: 'moved'; readonly to: Vec3 }
  | { readonly type: 'left' }
  | { readonly type: 'placed'; readonly at: Vec3 }
  | { readonly type: 'tookBack' }
  | { readonly type: 'finished' }

export interface DigStep {
  readonly next: Digging
  /** Set where the shape is complete and is to be committed. */
  readonly points: readonly Vec3[] | null
  readonly isTooShort: boolean
}

/** Points a shape needs; a bore has two and is complete with them. */
export const LEAST_POINTS: Readonly<Record<ExcavationShape['type'], number>> = { pit: 3, trench: 2, bore: 2 }

/** Nearer than this in plan is the same point: the second press of a double click. */
const SAME_POINT_M = 0.05
const isSame = (p: Vec3, q: Vec3): boolean => Math.hypot(p[0] - q[0], p[1] - q[1]) < SAME_POINT_M

export function digStep(digging: Digging, type: ExcavationShape['type'], event: DigEvent): DigStep {
  const stay = (next: Digging): DigStep => ({ next, points: null, isTooShort: false })
  const finish = (points: readonly Vec3[]): DigStep =>
    points.length < LEAST_POINTS[type] ? { next: digging, points: null, isTooShort: true } : { next: { ...digging, points, cursor: null }, points, isTooShort: false }
  switch (event.type) {
    case 'moved': return stay({ ...digging, cursor: event.to })
    case 'left': return stay({ ...digging, cursor: null })
    case 'placed': {
      const last = digging.points.at(-1)
      if (last && isSame(last, event.at)) return stay(digging)
      // Back on the first corner: the outline is closed.
      if (type === 'pit' && digging.points.length >= 3 && isSame(digging.points[0]!, event.at)) return finish(digging.points)
      const points = [...digging.points, event.at]
      return type === 'bore' && points.length === 2 ? finish(points) : stay({ ...digging, points, cursor: event.at })
    }
    case 'tookBack': return stay({ ...digging, points: digging.points.slice(0, -1) })
    case 'finished': return finish(digging.points)
  }
}

/** What is on the screen: the points, and the one under the pointer. */
export function pointsShown({ points, cursor }: Digging): readonly Vec3[] {
  const last = points.at(-1)
  return cursor && !(last && isSame(last, cursor)) ? [...points, cursor] : points
}

/** What the tool's settings make of some points. @param points Project CRS, at the ground's level. */
export function excavationFrom(template: DigTemplate, points: readonly Vec3[], id: string, name: string): Result<Excavation, BoreRefusal> {
  const { type, bottom, slopeRatio, soil, widthM, bore } = template
  const common = { id, name, ...(soil !== '' && { soil }) }
  const plan = points.map(([x, y]) => [rounded(x), rounded(y)] as const)
  if (type === 'pit') return ok({ ...common, shape: { type, outline: plan }, bottom, slopeRatio })
  if (type === 'trench') return ok({ ...common, shape: { type, line: plan, widthM }, bottom, slopeRatio })
  const [entry, exit] = [points[0]!, points.at(-1)!]
  const axis = boreAxis(entry, exit, { ...bore, levelM: Math.min(entry[2], exit[2]) - bore.depthM })
  return axis.ok
    ? ok({ ...common, shape: { type, axis: axis.value.map(finelyRounded), diameterM: bore.diameterM, minRadiusM: bore.radiusM }, bottom: null, slopeRatio: 0 })
    : axis
}

/** Nobody sets out a pit finer than a millimetre; the project's figures stay short. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000
/** A bend is read from its chords: a millimetre on a chord of a metre would be four hundredths of its radius. */
const finelyRounded = ([x, y, z]: Vec3): Vec3 => [Math.round(x * 1e6) / 1e6, Math.round(y * 1e6) / 1e6, Math.round(z * 1e6) / 1e6]

/** The points of a shape that can be dragged, project CRS: corners, vertices, or a bore's two ends. Plan points are given the level `z`. */
export function cornersOf(shape: ExcavationShape, levelAt: (x: number, y: number) => number): readonly Vec3[] {
  if (shape.type === 'bore') return [shape.axis[0]!, shape.axis.at(-1)!]
  return (shape.type === 'pit' ? shape.outline : shape.line).map(([x, y]): Vec3 => [x, y, levelAt(x, y)])
}

/** The shape with one point moved or inserted. @param to Project CRS, on the ground. */
export function withCorner(shape: ExcavationShape, index: number, inserted: boolean, to: Vec3): Result<ExcavationShape, BoreRefusal> {
  const plan = [rounded(to[0]), rounded(to[1])] as const
  const changed = <T>(list: readonly T[], value: T) => (inserted ? list.toSpliced(index, 0, value) : list.with(index, value))
  if (shape.type === 'pit') return ok({ ...shape, outline: changed(shape.outline, plan) })
  if (shape.type === 'trench') return ok({ ...shape, line: changed(shape.line, plan) })
  return redesigned(shape, index === 0 ? { entry: to } : { exit: to })
}

/** A bore with other ends, angles, radius or level, the rest as it is. */
export function redesigned(shape: Extract<ExcavationShape, { type: 'bore' }>, change: { readonly entry?: Vec3; readonly exit?: Vec3; readonly entryDeg?: number; readonly exitDeg?: number; readonly radiusM?: number; readonly levelM?: number }): Result<ExcavationShape, BoreRefusal> {
  const { axis } = shape
  const figures = boreFigures(axis)
  const design = {
    entryDeg: change.entryDeg ?? figures.entryDeg, exitDeg: change.exitDeg ?? figures.exitDeg, radiusM: change.radiusM ?? shape.minRadiusM ?? 1,
    levelM: change.levelM ?? Math.min(...axis.map(p => p[2])),
  }
  const made = boreAxis(change.entry ?? axis[0]!, change.exit ?? axis.at(-1)!, design)
  return made.ok ? ok({ ...shape, axis: made.value.map(finelyRounded), ...(design.radiusM > 0 && { minRadiusM: design.radiusM }) }) : made
}

/** Middles of the sides, where a new corner can be pulled out; none on a bore. */
export function middlesOf(shape: ExcavationShape, corners: readonly Vec3[]): { readonly index: number; readonly at: Vec3 }[] {
  if (shape.type === 'bore') return []
  const count = shape.type === 'pit' ? corners.length : corners.length - 1
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [corners[i]!, corners[(i + 1) % corners.length]!]
    return { index: i + 1, at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2] as const }
  })
}

/** The first id of the form `pit-3` that is free. */
export function freeExcavationId(type: ExcavationShape['type'], taken: (id: string) => boolean): { readonly id: string; readonly serial: number } {
  for (let serial = 1; ; serial++) if (!taken(`${type}-${serial}`)) return { id: `${type}-${serial}`, serial }
}
