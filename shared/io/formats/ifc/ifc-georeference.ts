import { lookUpCrs } from '../../crs.ts'
import { parseCrsName } from '../../crs-name.ts'
import type { IfcModel } from './ifc-model.ts'
import type { Point3 } from './ifc-placement.ts'

/** How points of a model become easting, northing and level in metres (or the system's unit). */
export interface Georeference {
  /** `EPSG:…`; null where the model does not say. */
  readonly crs: string | null
  /** Metres per length unit of the model. */
  readonly lengthM: number
  toMap(point: Point3): Point3
}

const PREFIXES: Readonly<Record<string, number>> = { MILLI: 0.001, CENTI: 0.01, DECI: 0.1, DECA: 10, HECTO: 100, KILO: 1000, MICRO: 1e-6 }

/** Units of the project and its IfcMapConversion; without one the model's own coordinates, in metres. */
export function georeference(model: IfcModel): Georeference {
  const lengthM = lengthUnitM(model, unitsOfProject(model))
  const conversion = model.step.ofType('IFCMAPCONVERSION')[0]
  const inMetres = (point: Point3): Point3 => [point[0] * lengthM, point[1] * lengthM, point[2] * lengthM]
  if (conversion === undefined) return { crs: null, lengthM, toMap: inMetres }
  const system = model.reference(conversion, 1)
  // The name should be of the plan's system; some give that of the compound and name the plan's beside it.
  const names = [model.text(system, 0), model.text(system, 2)].map(parseCrsName).filter(code => code !== null)
  const crs = names.find(code => lookUpCrs(code) !== null && lookUpCrs(code)?.geographic === false) ?? names[0] ?? null
  const mapUnitM = model.reference(system, 6) === 0 ? lengthM : lengthUnitM(model, [model.reference(system, 6)])
  const [east, north, height, abscissa, ordinate, scale] = [2, 3, 4, 5, 6, 7].map(index => model.number(conversion, index))
  const turn = Math.hypot(abscissa ?? 1, ordinate ?? 0) || 1
  const [cos, sin] = [(abscissa ?? 1) / turn, (ordinate ?? 0) / turn]
  // A scale turns the model's unit into the map's; without one the units are as they are said.
  const factor = scale === null || scale === undefined || !(scale > 0) ? lengthM : scale * mapUnitM
  const toMap = ([x, y, z]: Point3): Point3 => [
    (east ?? 0) * mapUnitM + factor * (cos * x - sin * y), (north ?? 0) * mapUnitM + factor * (sin * x + cos * y), (height ?? 0) * mapUnitM + factor * z,
  ]
  return { crs, lengthM, toMap }
}

function unitsOfProject(model: IfcModel): readonly number[] {
  const project = model.step.ofType('IFCPROJECT')[0]
  const assignment = (project === undefined ? 0 : model.reference(project, 8)) || (model.step.ofType('IFCUNITASSIGNMENT')[0] ?? 0)
  return model.references(assignment, 0)
}

function lengthUnitM(model: IfcModel, units: readonly number[]): number {
  for (const id of units) {
    if (model.word(id, 1) !== 'LENGTHUNIT') continue
    const type = model.step.typeOf(id)
    if (type === 'IFCSIUNIT') {
      const prefix = model.word(id, 2)
      return Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix]! : 1
    }
    const measure = type === 'IFCCONVERSIONBASEDUNIT' ? model.reference(id, 3) : 0
    const value = measure === 0 ? null : model.number(measure, 0)
    if (value !== null && value > 0) return value * lengthUnitM(model, [model.reference(measure, 1)])
  }
  return 1
}
