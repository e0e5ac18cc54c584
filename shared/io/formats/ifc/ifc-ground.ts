import type { SourceBorehole } from '../../source-boreholes.ts'
import type { SourceGround } from '../../source-ground.ts'
import type { IssueLog } from '../../issue-log.ts'
import { pointList } from './ifc-curves.ts'
import type { Georeference } from './ifc-georeference.ts'
import { ATTRIBUTE, numberOf, type IfcModel } from './ifc-model.ts'
import { localPlacement, pointIn } from './ifc-placement.ts'
import type { IfcRelations } from './ifc-relations.ts'
import { shapeOf } from './ifc-shape.ts'
import type { StepValue } from './step-values.ts'

/** Products whose open surfaces are ground. */
const GROUND_CLASSES = ['IFCSITE', 'IFCGEOGRAPHICELEMENT', 'IFCSOLIDSTRATUM', 'IFCGEOMODEL', 'IFCGEOTECHNICALSTRATUM'] as const

/** Triangulated surfaces of sites, terrain and strata as ground; bodies that are closed are earthworks, not ground. */
export function readGrounds(model: IfcModel, { crs, toMap }: Georeference, file: string, log: IssueLog): SourceGround[] {
  const taken = new Set<number>()
  const isNew = (item: number) => !taken.has(item) && taken.add(item)
  return GROUND_CLASSES.flatMap(type => model.step.ofType(type)).flatMap(product => {
    const items = model.references(model.reference(product, ATTRIBUTE.representation), 2).flatMap(id => model.references(id, 3))
    const frame = localPlacement(model, model.reference(product, ATTRIBUTE.placement))
    return items.filter(item => isOpenSurface(model, item) && isNew(item)).flatMap((item): SourceGround[] => {
      const name = model.text(product, ATTRIBUTE.name) || file
      const places = pointList(model, model.reference(item, 0)).map(point => toMap(pointIn(frame, point)))
      const { faces, broken } = facesOf(model, item, places.length)
      if (broken > 0 || places.some(place => !Number.isFinite(place[0]))) log.add('coordinates_invalid', 'warning', name, { faces: broken })
      const isUsable = faces.length > 0 && places.every(place => place.every(Number.isFinite))
      return isUsable ? [{ name, crs, surface: { type: 'tin', xyz: Float64Array.from(places.flat()), faces: Uint32Array.from(faces) } }] : []
    })
  })
}

const isOpenSurface = (model: IfcModel, item: number): boolean => /^IFCTRIANGULATED(IRREGULARNETWORK|FACESET)$/.test(model.step.typeOf(item)) && !/^T(RUE)?$/.test(model.word(item, 2))

/** Faces by vertex number from 0; those flagged negative are holes and beyond the edge (IfcTriangulatedIrregularNetwork). */
function facesOf(model: IfcModel, item: number, points: number): { faces: number[]; broken: number } {
  const rows = model.attribute(item, 3)
  const flags = model.step.argumentsOf(item).slice(4).findLast(value => Array.isArray(value))
  const faces: number[] = []
  let broken = 0
  for (const [i, row] of (Array.isArray(rows) ? (rows as readonly StepValue[]) : []).entries()) {
    if (Array.isArray(flags) && (numberOf((flags as readonly StepValue[])[i] ?? null) ?? 0) < 0) continue
    const corners = Array.isArray(row) ? (row as readonly StepValue[]).map(numberOf) : []
    if (corners.length === 3 && corners.every(corner => corner !== null && corner >= 1 && corner <= points)) faces.push(...corners.map(corner => corner! - 1))
    else broken++
  }
  return { faces, broken }
}

/** Boreholes with the strata nested in them, by where their solids begin and end. */
export function readBoreholes(model: IfcModel, { crs, lengthM, toMap }: Georeference, relations: IfcRelations, file: string): SourceBorehole[] {
  return model.step.ofType('IFCBOREHOLE').map((product, i) => {
    const origin = localPlacement(model, model.reference(product, ATTRIBUTE.placement)).origin
    const [x, y, z] = toMap(origin)
    const strata = relations.nestedIn(product).flatMap(stratum => {
      const { levels } = shapeOf(model, stratum)
      if (!levels) return []
      const [baseM, topM] = [(origin[2] - levels[0]) * lengthM, (origin[2] - levels[1]) * lengthM]
      return [{ topM: rounded(topM), baseM: rounded(baseM), code: relations.materialOf(stratum), description: model.text(stratum, ATTRIBUTE.description) || model.text(stratum, ATTRIBUTE.objectType) }]
    }).sort((a, b) => a.topM - b.topM)
    return {
      id: model.text(product, ATTRIBUTE.name) || model.text(product, ATTRIBUTE.globalId) || `${file}#${i + 1}`, ref: `${file}#${product}`, crs, place: [x, y] as const, groundM: z,
      depthM: strata.at(-1)?.baseM ?? null, strata, attributes: { ...relations.propertiesOf(product), globalId: model.text(product, ATTRIBUTE.globalId) },
    }
  })
}

const rounded = (metres: number): number => Math.round(1e6 * metres) / 1e6
