import proj4 from 'proj4'
import definitions from 'proj4-list'
import { LOCAL_FRAME, type SpatialReference } from './gpkg-tables.ts'

/**
 * The row of gpkg_spatial_ref_sys for a project's CRS. Readers such as GDAL and QGIS go by organization and code; the
 * WKT 1 text is for those without an EPSG register. Projections WKT 1 has no plain form for are left `undefined`.
 * @param crs `EPSG:…`, or null for a local frame.
 * @param name In words; the code where none is known.
 */
export function spatialReference(crs: string | null, name: string): SpatialReference {
  const code = Number(/^EPSG:(\d+)$/.exec(crs ?? '')?.[1])
  if (crs === null || !Number.isInteger(code)) return LOCAL_FRAME
  const definition = definitions[crs]?.[1]
  return { srsName: name || crs, srsId: code, organization: 'EPSG', organizationCode: code, definition: definition === undefined ? 'undefined' : (wktOf(name.replaceAll('"', '') || crs, code, definition) ?? 'undefined') }
}

/** Parameters as proj4 parses them: angles in radians, lengths in metres. */
interface Projection {
  readonly a: number
  readonly b: number
  readonly lat0?: number
  readonly lat1?: number
  readonly lat2?: number
  readonly lat_ts?: number
  readonly long0?: number
  readonly k0?: number
  readonly x0?: number
  readonly y0?: number
  readonly to_meter?: number
}

/** Methods WKT 1 has a plain form for. */
const METHODS: ReadonlySet<string> = new Set(['longlat', 'utm', 'tmerc', 'cass', 'laea', 'sterea', 'merc', 'lcc', 'aea'])

const degrees = (radians = 0) => Number(((radians * 180) / Math.PI).toFixed(11))

function wktOf(name: string, code: number, definition: string): string | null {
  const method = /\+proj=(\w+)/.exec(definition)?.[1] ?? ''
  if (!METHODS.has(method)) return null
  const projection = new proj4.Proj(definition) as unknown as Projection
  const { a, b } = projection
  const flattening = a === b ? 0 : Number((a / (a - b)).toFixed(9))
  const authority = `AUTHORITY["EPSG","${code}"]`
  const geographic = (tail: string) =>
    `GEOGCS["${name}",DATUM["unknown",SPHEROID["unknown",${a},${flattening}]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]${tail}]`
  if (method === 'longlat') return geographic(`,${authority}`)
  const parameters = methodParameters(method, projection)
  if (!parameters) return null
  const list = Object.entries(parameters.values).map(([key, value]) => `PARAMETER["${key}",${value}]`)
  const unit = projection.to_meter && projection.to_meter !== 1 ? `UNIT["unit",${projection.to_meter}]` : 'UNIT["metre",1]'
  return `PROJCS["${name}",${geographic('')},PROJECTION["${parameters.method}"],${list.join(',')},${unit},${authority}]`
}

function methodParameters(method: string, p: Projection): { method: string; values: Record<string, number> } | null {
  const metre = p.to_meter ?? 1
  const shift = { false_easting: (p.x0 ?? 0) / metre, false_northing: (p.y0 ?? 0) / metre }
  const centre = { latitude_of_origin: degrees(p.lat0), central_meridian: degrees(p.long0) }
  const scale = { scale_factor: p.k0 ?? 1 }
  switch (method) {
    case 'utm':
    case 'tmerc':
      return { method: 'Transverse_Mercator', values: { ...centre, ...scale, ...shift } }
    case 'cass':
      return { method: 'Cassini_Soldner', values: { ...centre, ...shift } }
    case 'laea':
      return { method: 'Lambert_Azimuthal_Equal_Area', values: { latitude_of_center: degrees(p.lat0), longitude_of_center: degrees(p.long0), ...shift } }
    case 'sterea':
      return { method: 'Oblique_Stereographic', values: { ...centre, ...scale, ...shift } }
    case 'merc':
      return { method: 'Mercator_1SP', values: { central_meridian: degrees(p.long0), ...scale, ...shift } }
    case 'lcc':
      return p.lat2 === undefined || p.lat1 === p.lat2
        ? { method: 'Lambert_Conformal_Conic_1SP', values: { ...centre, ...scale, ...shift } }
        : { method: 'Lambert_Conformal_Conic_2SP', values: { standard_parallel_1: degrees(p.lat1), standard_parallel_2: degrees(p.lat2), ...centre, ...shift } }
    case 'aea':
      return { method: 'Albers_Conic_Equal_Area', values: { standard_parallel_1: degrees(p.lat1), standard_parallel_2: degrees(p.lat2), latitude_of_center: degrees(p.lat0), longitude_of_center: degrees(p.long0), ...shift } }
    default:
      return null
  }
}
