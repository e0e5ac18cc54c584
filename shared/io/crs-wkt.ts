import proj4List from 'proj4-list'
import { lookUpCrs } from './crs.ts'
import { parseCrsName } from './crs-name.ts'

/** A node of well-known text: `NAME["…", 1, CHILD[…]]`. */
interface WktNode {
  readonly keyword: string
  readonly values: readonly string[]
  readonly children: readonly WktNode[]
}

const MAX_WKT = 20_000
const MAX_DEPTH = 20

/**
 * EPSG code of a coordinate system written as well-known text (WKT 1 of Esri or OGC, WKT 2): its own authority code, or
 * else the one system of the list with the same projection, parameters, ellipsoid and unit. Where several differ in
 * nothing but their datum's name, the one whose datum the text names.
 * @returns null where there is none.
 */
export function crsOfWkt(text: string): string | null {
  if (text.length > MAX_WKT) return null
  const root = parseWkt(text.trim())
  if (!root) return parseCrsName(text)
  const id = root.children.find(child => child.keyword === 'AUTHORITY' || child.keyword === 'ID')
  if (id && /^EPSG$/i.test(id.values[0] ?? '') && lookUpCrs(`EPSG:${id.values[1]}`)) return `EPSG:${id.values[1]}`
  // Of a compound system the plan is the first part.
  if (root.keyword === 'COMPD_CS' || root.keyword === 'COMPOUNDCRS') {
    const part = root.children.find(child => /^(PROJ|GEOG)/.test(child.keyword))
    return part ? codeOf(part) : null
  }
  return codeOf(root)
}

function codeOf(root: WktNode): string | null {
  const id = root.children.find(child => child.keyword === 'AUTHORITY' || child.keyword === 'ID')
  if (id && /^EPSG$/i.test(id.values[0] ?? '') && lookUpCrs(`EPSG:${id.values[1]}`)) return `EPSG:${id.values[1]}`
  const wanted = describeWkt(root)
  if (!wanted) return null
  const datum = (find(root, 'DATUM')?.values[0] ?? '') + (root.values[0] ?? '')
  const alike = candidates().filter(({ system }) => isSame(system, wanted))
  const best = alike.map(entry => ({ ...entry, rank: rankOf(entry, datum) })).sort((a, b) => a.rank - b.rank || a.code - b.code)[0]
  return best ? `EPSG:${best.code}` : null
}

/** A projection as figures, whatever it was written in; lengths in metres, angles in degrees. */
interface System {
  readonly projection: string
  readonly figures: readonly number[]
  readonly metresPerUnit: number
  readonly axisM: number
}

const PROJECTIONS: readonly (readonly [RegExp, string])[] = [
  [/transverse_?mercator|gauss_?kruger/i, 'tmerc'], [/lambert_?conformal/i, 'lcc'], [/oblique_?stereographic|double_?stereographic/i, 'sterea'],
  [/hotine|oblique_?mercator|swiss/i, 'somerc'], [/albers/i, 'aea'], [/web_?mercator|mercator_auxiliary|pseudo/i, 'webmerc'],
]

function describeWkt(root: WktNode): System | null {
  const axisM = Number((find(root, 'SPHEROID') ?? find(root, 'ELLIPSOID'))?.values[1])
  if (/^GEOG/.test(root.keyword)) return { projection: 'longlat', figures: [], metresPerUnit: 1, axisM }
  const method = (find(root, 'PROJECTION') ?? find(root, 'METHOD'))?.values[0]?.replaceAll(' ', '_') ?? ''
  const projection = PROJECTIONS.find(([pattern]) => pattern.test(method))?.[1]
  if (!projection) return null
  // WKT 2 gives each parameter its own unit; WKT 1 the projected unit as the last of its children.
  const unit = root.children.findLast(child => child.keyword === 'UNIT' || child.keyword === 'LENGTHUNIT') ?? find(find(root, 'AXIS') ?? root, 'LENGTHUNIT')
  const metresPerUnit = Number(unit?.values[1] ?? 1)
  const parameter = (pattern: RegExp, fallback: number) => {
    const found = parametersOf(root).find(child => pattern.test((child.values[0] ?? '').replaceAll(' ', '_')))
    return found ? Number(found.values[1]) : fallback
  }
  const lat1 = parameter(/^(standard_parallel_1|latitude_of_1st)/i, 0)
  return {
    projection, metresPerUnit, axisM,
    figures: [
      parameter(/^(latitude_of_(origin|center|natural|false)|central_parallel)/i, projection === 'lcc' ? lat1 : 0),
      parameter(/^(central_meridian|longitude_of_(center|natural|false|origin))/i, 0),
      parameter(/^scale_factor/i, 1), ...[lat1, parameter(/^(standard_parallel_2|latitude_of_2nd)/i, 0)].sort((a, b) => a - b),
      parameter(/^(false_easting|easting_at)/i, 0) * metresPerUnit, parameter(/^(false_northing|northing_at)/i, 0) * metresPerUnit,
    ],
  }
}

const parametersOf = (root: WktNode): readonly WktNode[] => [...root.children, ...(find(root, 'CONVERSION')?.children ?? [])].filter(child => child.keyword === 'PARAMETER')

function find(node: WktNode, keyword: string): WktNode | null {
  for (const child of node.children) {
    const found = child.keyword === keyword ? child : find(child, keyword)
    if (found) return found
  }
  return null
}

interface Candidate {
  readonly code: number
  readonly proj4: string
  readonly system: System
}

let known: readonly Candidate[] | null = null

/** The systems of the list as figures: read once, on the first text without a code. */
function candidates(): readonly Candidate[] {
  known ??= Object.entries(proj4List).flatMap(([name, entry]) => {
    const system = describeProj4(entry![1])
    return system ? [{ code: Number(name.slice(5)), proj4: entry![1], system }] : []
  })
  return known
}

const AXES_M: Readonly<Record<string, number>> = {
  GRS80: 6378137, WGS84: 6378137, NAD83: 6378137, clrk66: 6378206.4, NAD27: 6378206.4, bessel: 6377397.155, intl: 6378388, krass: 6378245, airy: 6377563.396,
  OSGB36: 6377563.396, WGS72: 6378135, clrk80: 6378249.145, aust_SA: 6378160, GRS67: 6378160,
}
const UNITS_M: Readonly<Record<string, number>> = { m: 1, ft: 0.3048, 'us-ft': 1200 / 3937, km: 1000 }

function describeProj4(text: string): System | null {
  const values = new Map(text.split(/\s+/).map(word => word.replace(/^\+/, '').split('=') as [string, string | undefined]))
  const number = (key: string, fallback: number) => (values.has(key) ? Number(values.get(key)) : fallback)
  const projection = values.get('proj') ?? ''
  const axisM = number('a', AXES_M[values.get('datum') ?? ''] ?? AXES_M[values.get('ellps') ?? ''] ?? NaN)
  const metresPerUnit = number('to_meter', UNITS_M[values.get('units') ?? 'm'] ?? NaN)
  if (projection === 'longlat') return { projection, figures: [], metresPerUnit: 1, axisM }
  if (projection === 'utm') return { projection: 'tmerc', figures: [0, number('zone', 0) * 6 - 183, 0.9996, 0, 0, 500_000, values.has('south') ? 10_000_000 : 0], metresPerUnit, axisM }
  if (!PROJECTIONS.some(([, name]) => name === projection)) return null
  return {
    projection, metresPerUnit, axisM,
    figures: [
      number('lat_0', 0), number('lon_0', number('lonc', 0)), number('k', number('k_0', 1)), ...[number('lat_1', 0), number('lat_2', 0)].sort((a, b) => a - b),
      number('x_0', 0), number('y_0', 0),
    ],
  }
}

/** Angles and scales agree to 1e-7, lengths to a centimetre (files round a foot's false easting). */
function isSame(a: System, b: System): boolean {
  return a.projection === b.projection && Math.abs(a.metresPerUnit - b.metresPerUnit) < 1e-7 && Math.abs(a.axisM - b.axisM) < 1 &&
    a.figures.length === b.figures.length && a.figures.every((figure, i) => Math.abs(figure - b.figures[i]!) < (i >= 5 ? 0.01 : 1e-7))
}

/** How well a system's datum fits the name in the text: 0 best. */
function rankOf({ proj4, code }: Candidate, datum: string): number {
  if (/WGS_?\s?(19)?84/i.test(datum)) return /datum=WGS84/.test(proj4) ? 0 : 2
  if (/(North_?\s?American_?\s?(Datum_?\s?)?1983|NAD_?\s?(19)?83)/i.test(datum) && !/HARN|CSRS|NSRS|2011/i.test(datum)) return /datum=NAD83/.test(proj4) ? 0 : 2
  if (/1927|NAD27/i.test(datum)) return /datum=NAD27/.test(proj4) ? 0 : 2
  if (/ETRS/i.test(datum)) return code >= 25828 && code <= 25838 ? 0 : code === 4258 ? 0 : /datum=/.test(proj4) ? 2 : 1
  if (/China_?\s?(Geodetic_?\s?Coordinate_?\s?System_?\s?)?2000|CGCS/i.test(datum)) return (code >= 4490 && code <= 4554) ? 0 : 2
  return /datum=(WGS84|NAD83)/.test(proj4) ? 2 : 1
}

/** @returns null where the text is not well-formed. */
function parseWkt(text: string): WktNode | null {
  let at = 0
  const skip = () => {
    while (/[\s,]/.test(text[at] ?? '')) at++
  }
  const node = (depth: number): WktNode | null => {
    const keyword = /^[A-Za-z_][A-Za-z_0-9]*/.exec(text.slice(at, at + 60))?.[0]
    if (!keyword || depth > MAX_DEPTH) return null
    at += keyword.length
    skip()
    if (text[at] !== '[' && text[at] !== '(') return { keyword: keyword.toUpperCase(), values: [], children: [] }
    at++
    const values: string[] = []
    const children: WktNode[] = []
    for (;;) {
      skip()
      const char = text[at]
      if (char === undefined) return null
      if (char === ']' || char === ')') {
        at++
        return { keyword: keyword.toUpperCase(), values, children }
      }
      if (char === '"') {
        const end = text.indexOf('"', at + 1)
        if (end < 0) return null
        values.push(text.slice(at + 1, end))
        at = end + 1
        continue
      }
      const number = /^[-+]?[\d.][\d.eE+-]*/.exec(text.slice(at, at + 40))?.[0]
      if (number) {
        values.push(number)
        at += number.length
        continue
      }
      const child = node(depth + 1)
      if (!child) return null
      children.push(child)
    }
  }
  return /^[A-Za-z_]+\s*[[(]/.test(text) ? node(0) : null
}
