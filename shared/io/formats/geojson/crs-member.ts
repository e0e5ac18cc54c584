import { parseCrsName } from '../../crs-name.ts'
import type { IssueLog } from '../../issue-log.ts'

/**
 * The `crs` member of GeoJSON 2008 (`{type: "name", properties: {name}}`), which RFC 7946 dropped and GIS still write.
 * Coordinates are easting before northing and longitude before latitude whatever the named system says (2008 §3, RFC §4).
 * @returns `EPSG:…`, or null where the member says nothing usable (told as `crs_missing`).
 */
export function readCrsMember(raw: unknown, log: IssueLog): string | null {
  if (raw === null || raw === undefined) return null
  const { properties } = raw as { properties?: unknown }
  const { name, code } = typeof properties === 'object' && properties !== null ? (properties as { name?: unknown; code?: unknown }) : {}
  const text = typeof name === 'string' ? name : typeof code === 'number' ? `EPSG:${code}` : ''
  const crs = parseCrsName(text)
  if (!crs) log.add('crs_missing', 'warning', undefined, { said: text.slice(0, 100) || JSON.stringify(raw).slice(0, 100) })
  return crs
}
