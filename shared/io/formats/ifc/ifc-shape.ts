import { axisOfSurfaces } from '../citygml/solid-axis.ts'
import { curvePoints, pointList } from './ifc-curves.ts'
import { ATTRIBUTE, type IfcModel } from './ifc-model.ts'
import { axisPlacement, directionIn, localPlacement, nested, pointIn, triple, unit, WORLD, type Frame, type Point3 } from './ifc-placement.ts'
import { readProfile, type Profile } from './ifc-profile.ts'

/** What an element's shape says about a line in the ground; points in the model's frame, lengths in the file's unit. */
export interface ElementShape {
  /** Axes of its parts: of the representation `Axis` where there is one, else of what its body was swept along. */
  readonly axes: readonly (readonly Point3[])[]
  readonly section: { readonly shape: 'circle' | 'rectangle'; readonly width: number; readonly height: number; readonly wall: number | null } | null
  /** Lowest and highest level of its body, null where it has none. */
  readonly levels: readonly [low: number, high: number] | null
}

interface Sweep { readonly axis: readonly Point3[]; readonly section: ElementShape['section'] }

const MAX_NESTING = 8

/** Reads the shape of a product through its placement. */
export function shapeOf(model: IfcModel, product: number): ElementShape {
  const frame = localPlacement(model, model.reference(product, ATTRIBUTE.placement))
  const shape = model.reference(product, ATTRIBUTE.representation)
  const representations = model.references(shape, 2)
  const named = (pattern: RegExp) => representations.filter(id => pattern.test(model.text(id, 1)))
  const axes = named(/^axis$/i).flatMap(id => model.references(id, 3)).map(item => curvePoints(model, item).map(point => pointIn(frame, point))).filter(points => points.length >= 2)
  const bodies = named(/^(?!axis$|footprint$|box$|annotation$)/i).flatMap(id => model.references(id, 3))
  const sweeps = bodies.flatMap(item => sweepsOf(model, item, frame, 0))
  const surfaces = bodies.flatMap(item => surfacePoints(model, item, frame, 0))
  const solid = sweeps.length === 0 ? axisOfSurfaces(surfaces, 1, 1) : null
  return {
    axes: axes.length > 0 ? axes : sweeps.length > 0 ? sweeps.map(sweep => sweep.axis) : solid ? [solid.ends.map(([x, y, z]): Point3 => [x!, y!, z!])] : [],
    section: sweeps.find(sweep => sweep.section)?.section ?? (solid ? { shape: 'rectangle', width: solid.widthM, height: solid.heightM, wall: null } : null),
    levels: levelsOf(sweeps, surfaces),
  }
}

function levelsOf(sweeps: readonly Sweep[], surfaces: readonly Point3[]): readonly [number, number] | null {
  const levels = [...surfaces.map(point => point[2]), ...sweeps.flatMap(({ axis }) => axis.map(point => point[2]))]
  return levels.length === 0 ? null : [levels.reduce((low, z) => Math.min(low, z), Infinity), levels.reduce((high, z) => Math.max(high, z), -Infinity)]
}

/** Solids swept along a line, through mapped items and cut-outs. */
function sweepsOf(model: IfcModel, item: number, frame: Frame, nesting: number): Sweep[] {
  model.visit()
  if (nesting > MAX_NESTING) return []
  switch (model.step.typeOf(item)) {
    case 'IFCEXTRUDEDAREASOLID':
    case 'IFCEXTRUDEDAREASOLIDTAPERED':
      return extrusion(model, item, frame)
    case 'IFCSWEPTDISKSOLID': {
      const axis = curvePoints(model, model.reference(item, 0)).map(point => pointIn(frame, point))
      const [radius, inner] = [model.number(item, 1) ?? 0, model.number(item, 2)]
      return axis.length >= 2 ? [{ axis, section: radius > 0 ? { shape: 'circle', width: 2 * radius, height: 2 * radius, wall: inner === null ? null : radius - inner } : null }] : []
    }
    case 'IFCMAPPEDITEM':
      return mappedItems(model, item, frame).flatMap(({ inner, items }) => items.flatMap(each => sweepsOf(model, each, inner, nesting + 1)))
    case 'IFCBOOLEANRESULT':
    case 'IFCBOOLEANCLIPPINGRESULT':
      return sweepsOf(model, model.reference(item, 1), frame, nesting + 1)
    default:
      return []
  }
}

function extrusion(model: IfcModel, item: number, frame: Frame): Sweep[] {
  const [profileId, position, direction] = [0, 1, 2].map(index => model.reference(item, index)) as [number, number, number]
  const depth = model.number(item, 3)
  const along = unit(triple(model, direction) ?? [0, 0, 1])
  if (depth === null || !(depth > 0) || !along) return []
  const own = nested(frame, position === 0 ? WORLD : axisPlacement(model, position))
  const profile = readProfile(model, profileId)
  const middle = profile?.frame.origin ?? WORLD.origin
  const start = pointIn(own, middle)
  const end = pointIn(own, [middle[0] + along[0] * depth, middle[1] + along[1] * depth, middle[2] + along[2] * depth])
  return [{ axis: [start, end], section: profile && sectionOf(profile, own) }]
}

/** Width and height of a profile as it stands in the model: the one whose direction is the steeper is the height. */
function sectionOf({ shape, sizeX, sizeY, wall, frame }: Profile, own: Frame): ElementShape['section'] {
  const [x, y] = [directionIn(own, frame.x), directionIn(own, frame.y)]
  const isUpright = Math.abs(y[2]) >= Math.abs(x[2])
  return { shape, width: isUpright ? sizeX : sizeY, height: isUpright ? sizeY : sizeX, wall }
}

function mappedItems(model: IfcModel, item: number, frame: Frame): { inner: Frame; items: number[] }[] {
  const [map, target] = [model.reference(item, 0), model.reference(item, 1)]
  const [x, y, z] = [0, 1, 4].map(index => unit(triple(model, model.reference(target, index)) ?? [0, 0, 0]))
  const origin = triple(model, model.reference(target, 2)) ?? WORLD.origin
  const moved: Frame = { origin, x: x ?? WORLD.x, y: y ?? WORLD.y, z: z ?? WORLD.z }
  return [{ inner: nested(nested(frame, moved), axisPlacement(model, model.reference(map, 0))), items: model.references(model.reference(map, 1), 3) }]
}

/** Corners of bodies given by their surfaces. */
function surfacePoints(model: IfcModel, item: number, frame: Frame, nesting: number): Point3[] {
  model.visit()
  if (nesting > MAX_NESTING) return []
  switch (model.step.typeOf(item)) {
    case 'IFCTRIANGULATEDFACESET':
    case 'IFCPOLYGONALFACESET':
      return pointList(model, model.reference(item, 0)).filter(point => Number.isFinite(point[0])).map(point => pointIn(frame, point))
    case 'IFCFACETEDBREP':
      return model.references(model.reference(item, 0), 0).flatMap(face => model.references(face, 0)).flatMap(bound => model.references(model.reference(bound, 0), 0))
        .map(point => triple(model, point)).filter(point => point !== null).map(point => pointIn(frame, point))
    case 'IFCMAPPEDITEM':
      return mappedItems(model, item, frame).flatMap(({ inner, items }) => items.flatMap(each => surfacePoints(model, each, inner, nesting + 1)))
    default:
      return []
  }
}
