import { curvePoints } from './ifc-curves.ts'
import type { IfcModel } from './ifc-model.ts'
import { axisPlacement, WORLD, type Frame } from './ifc-placement.ts'

/** Outer size of a profile in its own plane, in the file's unit. */
export interface Profile {
  readonly shape: 'circle' | 'rectangle'
  /** Along the profile's x and y. */
  readonly sizeX: number
  readonly sizeY: number
  readonly wall: number | null
  /** Where its middle lies in the plane it is swept from. */
  readonly frame: Frame
}

/** Reads an IfcProfileDef; null for one whose size is not read. */
export function readProfile(model: IfcModel, id: number, nesting = 0): Profile | null {
  const type = model.step.typeOf(id)
  const frame = /PROFILEDEF$/.test(type) && model.reference(id, 2) !== 0 ? axisPlacement(model, model.reference(id, 2)) : WORLD
  const of = (index: number) => model.number(id, index) ?? 0
  const profile = (shape: Profile['shape'], sizeX: number, sizeY: number, wall: number | null, at: Frame = frame): Profile | null => (sizeX > 0 && sizeY > 0 ? { shape, sizeX, sizeY, wall, frame: at } : null)
  switch (type) {
    case 'IFCCIRCLEPROFILEDEF':
      return profile('circle', 2 * of(3), 2 * of(3), null)
    case 'IFCCIRCLEHOLLOWPROFILEDEF':
      return profile('circle', 2 * of(3), 2 * of(3), of(4) || null)
    case 'IFCELLIPSEPROFILEDEF':
      return profile('rectangle', 2 * of(3), 2 * of(4), null)
    case 'IFCRECTANGLEPROFILEDEF':
    case 'IFCROUNDEDRECTANGLEPROFILEDEF':
      return profile('rectangle', of(3), of(4), null)
    case 'IFCRECTANGLEHOLLOWPROFILEDEF':
      return profile('rectangle', of(3), of(4), of(5) || null)
    case 'IFCDERIVEDPROFILEDEF':
      return nesting < 4 ? readProfile(model, model.reference(id, 2), nesting + 1) : null
    case 'IFCARBITRARYCLOSEDPROFILEDEF':
    case 'IFCARBITRARYPROFILEDEFWITHVOIDS':
      return outlined(model, model.reference(id, 2), profile)
    default:
      return null
  }
}

/** The box around an outline: what a free form is taken as. */
function outlined(model: IfcModel, curve: number, profile: (shape: 'rectangle', sizeX: number, sizeY: number, wall: null, at: Frame) => Profile | null): Profile | null {
  const points = curvePoints(model, curve)
  if (points.length < 3) return null
  const [xs, ys] = [points.map(point => point[0]), points.map(point => point[1])]
  const span = (values: readonly number[]) => [values.reduce((low, v) => Math.min(low, v), Infinity), values.reduce((high, v) => Math.max(high, v), -Infinity)] as const
  const [[x0, x1], [y0, y1]] = [span(xs), span(ys)]
  return profile('rectangle', x1 - x0, y1 - y0, null, { ...WORLD, origin: [(x0 + x1) / 2, (y0 + y1) / 2, 0] })
}
