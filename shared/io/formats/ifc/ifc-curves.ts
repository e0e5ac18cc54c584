import { axisPlacement, plus, pointIn, triple, unit, type Frame, type Point3 } from './ifc-placement.ts'
import { numberOf, referenceOf, type IfcModel } from './ifc-model.ts'
import type { StepValue } from './step-values.ts'

const MAX_NESTING = 8
/** Farthest a chord may lie from its arc, in the file's unit over the radius: a millimetre on a 10 m bend. */
const CHORD_SHARE = 1e-4
const MAX_CHORDS = 256

/** Points of a bounded curve in its own frame; empty for a curve that is not read (clothoids, splines, gradients). */
export function curvePoints(model: IfcModel, id: number, nesting = 0): Point3[] {
  model.visit()
  if (nesting > MAX_NESTING) return []
  switch (model.step.typeOf(id)) {
    case 'IFCPOLYLINE':
      return model.references(id, 0).map(point => triple(model, point)).filter(point => point !== null)
    case 'IFCINDEXEDPOLYCURVE':
      return indexedPoints(model, id)
    case 'IFCTRIMMEDCURVE':
      return trimmedPoints(model, id)
    case 'IFCCOMPOSITECURVE':
      return model.references(id, 0).flatMap(segment => {
        const points = curvePoints(model, model.reference(segment, 2), nesting + 1)
        return model.word(segment, 1) === 'F' ? points.reverse() : points
      })
    default:
      return []
  }
}

/** Rows of numbers of an IfcCartesianPointList. */
export function pointList(model: IfcModel, id: number): Point3[] {
  const rows = model.attribute(id, 0)
  if (!Array.isArray(rows)) return []
  return (rows as readonly StepValue[]).flatMap((row): Point3[] => {
    const [x, y, z] = Array.isArray(row) ? (row as readonly StepValue[]).map(numberOf) : []
    return typeof x === 'number' && typeof y === 'number' ? [[x, y, z ?? 0]] : [[NaN, NaN, NaN]]
  })
}

function indexedPoints(model: IfcModel, id: number): Point3[] {
  const places = pointList(model, model.reference(id, 0))
  const segments = model.attribute(id, 1)
  if (!Array.isArray(segments)) return places
  const points: Point3[] = []
  for (const segment of segments as readonly StepValue[]) {
    if (segment === null || typeof segment !== 'object' || !('type' in segment) || !Array.isArray(segment.value)) return []
    const corners = (segment.value as readonly StepValue[]).map(index => places[(numberOf(index) ?? 0) - 1])
    if (corners.some(corner => corner === undefined)) return []
    const [a, b, c] = corners as Point3[]
    points.push(...(segment.type === 'IFCARCINDEX' && a && b && c ? arcThrough(a, b, c) : (corners as Point3[])))
  }
  return points
}

/** Points along the arc from a over b to c. */
function arcThrough(a: Point3, b: Point3, c: Point3): Point3[] {
  const [u, v] = [plus(b, negative(a)), plus(c, negative(a))]
  const [uu, uv, vv] = [dot(u, u), dot(u, v), dot(v, v)]
  const area = uu * vv - uv * uv
  if (!(area > 1e-12 * uu * vv)) return [a, b, c]
  const [p, q] = [(vv * (uu - uv)) / (2 * area), (uu * (vv - uv)) / (2 * area)]
  const centre = plus(a, times(u, p), times(v, q))
  const x = unit(plus(a, negative(centre)))!
  const normal = unit([u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]])!
  const y: Point3 = [normal[1] * x[2] - normal[2] * x[1], normal[2] * x[0] - normal[0] * x[2], normal[0] * x[1] - normal[1] * x[0]]
  const end = plus(c, negative(centre))
  const angle = Math.atan2(dot(end, y), dot(end, x))
  return arc({ origin: centre, x, y, z: normal }, Math.hypot(...plus(a, negative(centre))), 0, angle < 0 ? angle + 2 * Math.PI : angle)
}

function arc(frame: Frame, radius: number, from: number, to: number): Point3[] {
  const chords = Math.min(MAX_CHORDS, Math.max(1, Math.ceil(Math.abs(to - from) / (2 * Math.acos(1 - CHORD_SHARE)))))
  return Array.from({ length: chords + 1 }, (_, i) => {
    const angle = from + ((to - from) * i) / chords
    return pointIn(frame, [radius * Math.cos(angle), radius * Math.sin(angle), 0])
  })
}

function trimmedPoints(model: IfcModel, id: number): Point3[] {
  const basis = model.reference(id, 0)
  const isSame = model.word(id, 3) !== 'F'
  const [from, to] = [1, 2].map(index => trimOf(model, model.attribute(id, index)))
  if (!from || !to) return []
  if (model.step.typeOf(basis) === 'IFCLINE') {
    const [start, vector] = [triple(model, model.reference(basis, 0)), model.reference(basis, 1)]
    const along = unit(triple(model, model.reference(vector, 0)) ?? [0, 0, 0])
    const length = model.number(vector, 1) ?? 1
    const at = (trim: Trim) => trim.point ?? (start && along && trim.parameter !== null ? plus(start, times(along, length * trim.parameter)) : null)
    return [at(from), at(to)].filter(point => point !== null)
  }
  const radius = model.number(basis, 1)
  if (model.step.typeOf(basis) !== 'IFCCIRCLE' || radius === null || !(radius > 0)) return []
  const frame = axisPlacement(model, model.reference(basis, 0))
  const angleOf = ({ point, parameter }: Trim) => {
    const spoke = point ? plus(point, negative(frame.origin)) : null
    return spoke ? Math.atan2(dot(spoke, frame.y), dot(spoke, frame.x)) : (parameter ?? 0) * planeAngle(model)
  }
  const [a, b] = [angleOf(from), angleOf(to)]
  const whole = 2 * Math.PI
  const turn = isSame ? (((b - a) % whole) + whole) % whole : -((((a - b) % whole) + whole) % whole)
  return arc(frame, radius, a, a + (turn === 0 ? whole : turn))
}

/** Radians per unit of plane angle. */
function planeAngle(model: IfcModel): number {
  const degrees = model.step.ofType('IFCCONVERSIONBASEDUNIT').some(unitId => model.word(unitId, 1) === 'PLANEANGLEUNIT' && /degree/i.test(model.text(unitId, 2)))
  return degrees ? Math.PI / 180 : 1
}

interface Trim { readonly point: Point3 | null; readonly parameter: number | null }

function trimOf(model: IfcModel, value: StepValue): Trim {
  const choices = Array.isArray(value) ? (value as readonly StepValue[]) : []
  const point = choices.map(referenceOf).filter(ref => ref !== 0).map(ref => triple(model, ref))[0] ?? null
  return { point, parameter: choices.map(numberOf).find(number => number !== null) ?? null }
}

const negative = (v: Point3): Point3 => [-v[0], -v[1], -v[2]]
const times = (v: Point3, factor: number): Point3 => [v[0] * factor, v[1] * factor, v[2] * factor]
const dot = (a: Point3, b: Point3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
