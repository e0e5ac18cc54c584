import { geographicPlace, lookUpCrs, planTransform, proposeMetricCrs, type CrsDefinition, type PlanPoint } from './crs.ts'
import type { IssueLog } from './issue-log.ts'

/** What it takes to place something: a layer, or a ground surface by its corners. */
export interface PlanSource {
  readonly name: string
  readonly crs: string | null
  readonly canonical: boolean
  readonly features: readonly { readonly parts: readonly (readonly (readonly number[])[])[] }[]
}

/** How positions of a layer become positions of the project, and what the layer was taken to be in. */
export interface LayerPlacement {
  readonly crs: CrsDefinition | null
  /** Position of the layer → project CRS in plan. */
  readonly place: (position: readonly number[]) => PlanPoint
}

/** The middle of a layer and whether all of it could be degrees. */
interface PlanExtent {
  readonly centre: PlanPoint
  readonly couldBeDegrees: boolean
}

function planExtent(layer: PlanSource): PlanExtent | null {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { parts } of layer.features) {
    for (const part of parts) {
      for (const position of part) {
        minX = Math.min(minX, position[0]!)
        maxX = Math.max(maxX, position[0]!)
        minY = Math.min(minY, position[1]!)
        maxY = Math.max(maxY, position[1]!)
      }
    }
  }
  if (!(minX <= maxX)) return null
  const widest = Math.max(Math.abs(minX), Math.abs(maxX), Math.abs(minY), Math.abs(maxY))
  // A network in degrees spans a city and lies off the Gulf of Guinea; one in metres near zero spans more than five.
  const span = Math.max(maxX - minX, maxY - minY)
  return { centre: [(minX + maxX) / 2, (minY + maxY) / 2], couldBeDegrees: widest <= 180 && widest > 5 && span < 5 }
}

/**
 * The coordinate system a project should have for this layer: the layer's own where it is in metres; where it is in
 * degrees or feet, a metric one for the place; null where nothing is known (a local frame).
 */
export function projectCrsFor(layer: PlanSource): string | null {
  const extent = planExtent(layer)
  const stated = layer.crs === null ? null : lookUpCrs(layer.crs)
  if (stated?.metric) return stated.code
  if (!extent) return null
  if (stated) {
    const place = geographicPlace(stated, extent.centre) ?? geographicPlace(stated, swap(extent.centre))
    return place && proposeMetricCrs(place, stated.code)
  }
  if (layer.canonical || !extent.couldBeDegrees) return null
  const place = geographicPlace(lookUpCrs('EPSG:4326')!, extent.centre) ?? swap(extent.centre)
  return proposeMetricCrs(place)
}

/**
 * Decides what a layer's coordinates are and how they get into the project, with an issue for whatever was not said:
 * `crs_assumed` (GeoJSON without one in degrees is WGS 84, RFC 7946; otherwise the project's), `crs_missing`,
 * `coordinates_unreferenced`, `coordinates_swapped` (northing or latitude first: only that way round do they lie in their
 * system and the project's, so turned), `axis_order_suspect` (far outside the project's either way),
 * `coordinates_invalid` (cannot lie in the stated system either way).
 */
export function placeLayer(layer: PlanSource, target: CrsDefinition | null, log: IssueLog): LayerPlacement {
  const extent = planExtent(layer)
  const crs = extent ? layerCrs(layer, extent, target, log) : null
  if (!extent || !crs) return { crs, place: toPlan }
  const transform = target ? planTransform(crs, target) : (point: PlanPoint) => point
  const fits = (point: PlanPoint) => geographicPlace(crs, point) !== null && (!target || geographicPlace(target, transform(point)) !== null)
  const isSwapped = !fits(extent.centre) && fits(swap(extent.centre))
  const where = { crs: crs.code, x: Math.round(extent.centre[0] * 1000) / 1000, y: Math.round(extent.centre[1] * 1000) / 1000 }
  if (isSwapped) log.add('coordinates_swapped', 'warning', layer.name, where)
  else if (!geographicPlace(crs, extent.centre)) {
    // Coordinates that no reading puts into the system stay as they are: better a visible nonsense place than an invented one.
    log.add('coordinates_invalid', 'error', layer.name, where)
    return { crs, place: toPlan }
  } else if (!fits(extent.centre)) log.add('axis_order_suspect', 'warning', layer.name, { ...where, project: target?.code ?? '' })
  return { crs, place: position => transform(isSwapped ? [position[1]!, position[0]!] : [position[0]!, position[1]!]) }
}

function layerCrs(layer: PlanSource, extent: PlanExtent, target: CrsDefinition | null, log: IssueLog): CrsDefinition | null {
  if (layer.crs !== null) {
    const stated = lookUpCrs(layer.crs)
    if (stated && !target) log.add('coordinates_unreferenced', 'warning', layer.name, { crs: stated.code })
    if (stated) return stated
    log.add('crs_missing', 'warning', layer.name, { said: layer.crs })
  }
  if (layer.canonical) {
    if (target) log.add('crs_assumed', 'warning', layer.name, { crs: target.code })
    else log.add('coordinates_unreferenced', 'info', layer.name)
    return target
  }
  if (layer.crs === null) log.add('crs_missing', 'warning', layer.name)
  if (extent.couldBeDegrees && target) {
    log.add('crs_assumed', 'warning', layer.name, { crs: 'EPSG:4326' })
    return lookUpCrs('EPSG:4326')
  }
  if (target) log.add('crs_assumed', 'warning', layer.name, { crs: target.code })
  else log.add('coordinates_unreferenced', 'warning', layer.name)
  return target
}

const swap = ([x, y]: PlanPoint): PlanPoint => [y, x]
const toPlan = (position: readonly number[]): PlanPoint => [position[0]!, position[1]!]
