import proj4 from 'proj4'
import proj4List from 'proj4-list'

/** A coordinate system that this app can compute with. */
export interface CrsDefinition {
  /** `EPSG:…` */
  readonly code: string
  readonly proj4: string
  /** Longitude and latitude in degrees rather than lengths. */
  readonly geographic: boolean
  /** Lengths in metres: what a project needs. */
  readonly metric: boolean
  /** Of its coordinates; null for degrees. */
  readonly metresPerUnit: number | null
  /** Central meridian of a transverse Mercator system, degrees; null for others. */
  readonly centralMeridianDeg: number | null
}

/** [x or longitude, y or latitude]: easting first, as proj4, GeoJSON and this app have it, whatever the standard's axis order. */
export type PlanPoint = readonly [number, number]

const known = new Map<string, CrsDefinition | null>()
const WGS84 = 'EPSG:4326'
const ETRS89 = 'EPSG:4258'
/** Half the width of the strip a transverse Mercator system is ever used for, degrees; zones are 3 or 6 wide, national ones up to 15. */
const MAX_FROM_MERIDIAN_DEG = 10

/** Definition of a code such as `EPSG:25831`; null where it is not in the list (EPSG dataset by proj4-list) or not usable. */
export function lookUpCrs(code: string): CrsDefinition | null {
  let definition = known.get(code)
  if (definition === undefined) known.set(code, (definition = define(code)))
  return definition
}

/** Codes of every coordinate system in the list. */
export const crsCodes = (): string[] => Object.keys(proj4List)

/** Map Grid of Australia 2020, zones 46 to 59 (EPSG:7846 … 7859), which the list is too old for; GDA2020 is on GRS 80. */
function mga2020(code: string): string | null {
  const zone = Number(/^EPSG:78([45]\d)$/.exec(code)?.[1])
  return zone >= 46 && zone <= 59 ? `+proj=utm +zone=${zone} +south +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs` : null
}

function define(code: string): CrsDefinition | null {
  const text = Object.hasOwn(proj4List, code) ? proj4List[code]![1] : mga2020(code)
  if (text === null) return null
  try {
    const projection = (proj4(text) as unknown as { oProj: { projName: string; units?: string; to_meter?: number; long0?: number } }).oProj
    // Geocentric systems have no plan to draw on.
    if (projection.projName === 'geocent') return null
    const geographic = projection.projName === 'longlat'
    const transverse = projection.projName === 'tmerc' || projection.projName === 'utm' || projection.projName === 'etmerc'
    return {
      code, proj4: text, geographic,
      metric: !geographic && projection.units === 'm' && (projection.to_meter ?? 1) === 1,
      metresPerUnit: geographic ? null : (projection.to_meter ?? 1),
      centralMeridianDeg: transverse && projection.long0 !== undefined ? (projection.long0 * 180) / Math.PI : null,
    }
  } catch {
    return null // a projection proj4 does not know
  }
}

/**
 * Plan coordinates from one system to another. Levels are not touched: a change of vertical datum is a survey question.
 * Between datums proj4's parameters are used (±1 m where the list has a seven-parameter shift, none within ETRS89, CGCS2000 and WGS 84).
 */
export function planTransform(from: CrsDefinition, to: CrsDefinition): (point: PlanPoint) => PlanPoint {
  if (from.code === to.code) return point => point
  const converter = proj4(from.proj4, to.proj4)
  return ([x, y]) => {
    const [tx, ty] = converter.forward([x, y])
    return [tx!, ty!]
  }
}

/** Longitude and latitude (WGS 84) of a point, or null where the point cannot lie in the system. */
export function geographicPlace(crs: CrsDefinition, point: PlanPoint): PlanPoint | null {
  const place: PlanPoint = crs.geographic ? point : planTransform(crs, lookUpCrs(WGS84)!)(point)
  const [lon, lat] = place
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return null
  if (crs.geographic) return place
  if (crs.centralMeridianDeg !== null) {
    const offset = Math.abs(((lon - crs.centralMeridianDeg + 540) % 360) - 180)
    if (offset > MAX_FROM_MERIDIAN_DEG || Math.abs(lat) > 85) return null
  }
  // Far outside its area a projection does not find back: such a place is none.
  const back = planTransform(lookUpCrs(WGS84)!, crs)(place)
  return Math.hypot(back[0] - point[0], back[1] - point[1]) < 1 ? place : null
}

/** A coarse outline of China, longitude and latitude: good enough to propose a national system, the user decides. */
const CHINA: readonly PlanPoint[] = [
  [73.5, 39.5], [80, 45], [87.5, 49.2], [91, 45.2], [96.5, 42.7], [105, 41.6], [112, 43.7], [116, 46.5], [119.8, 46.7], [116.5, 49.8],
  [120.5, 53.4], [126, 52.8], [130.8, 48.7], [135, 48.4], [131, 44.8], [130.6, 42.5], [124.4, 40], [122.5, 37], [122.5, 30.5], [121.9, 25],
  [117.5, 23.4], [111.5, 18], [108.3, 18], [108, 21.6], [102, 22.4], [97.7, 24], [98.6, 27.5], [92, 27], [86, 28], [79, 31.5],
]

/**
 * A metric system for a place: in China the 3-degree zone of CGCS2000 by central meridian, elsewhere the UTM zone, on
 * ETRS89 where the coordinates are (`from`), else on WGS 84.
 */
export function proposeMetricCrs([lon, lat]: PlanPoint, from = WGS84): string {
  if (isInside([lon, lat], CHINA)) return `EPSG:${4534 + Math.min(20, Math.max(0, Math.round(lon / 3) - 25))}`
  const zone = Math.min(60, Math.max(1, Math.floor((lon + 180) / 6) + 1))
  if (from === ETRS89 && zone >= 28 && zone <= 38) return `EPSG:${25800 + zone}`
  return `EPSG:${(lat < 0 ? 32700 : 32600) + zone}`
}

function isInside([x, y]: PlanPoint, ring: readonly PlanPoint[]): boolean {
  let inside = false
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length]!
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
  })
  return inside
}
