import { lookUpCrs } from '../../crs.ts'
import { parseCrsName } from '../../crs-name.ts'

/** What a `srsName` means for the positions that follow. */
export interface GmlCrs {
  /** `EPSG:…` of the plan; null where the name is not known. */
  readonly code: string | null
  /** Northing or latitude stands first. */
  readonly northingFirst: boolean
}

/** JGD2011 plane systems with JGD2011 height (10162 zone I … 10174 zone XIII): their plan is 6669 … 6681. */
const planOf = (code: number): number => (code >= 10162 && code <= 10174 ? code - 10162 + 6669 : code)

/** Projected systems whose authority puts northing first: Japan's plane zones, China's Gauss-Krüger zones, Germany's, Finland's. */
const isNorthingFirst = (code: number): boolean =>
  (code >= 6669 && code <= 6687) || (code >= 2443 && code <= 2461) || (code >= 4491 && code <= 4554) || (code >= 2327 && code <= 2442) || (code >= 31466 && code <= 31469) || (code >= 3873 && code <= 3885)

/**
 * Reads a GML `srsName`. Names in the form of a URN or an address keep the authority's axis order (OGC 07-092r3 §7); a
 * plain `epsg:26910` has easting first, as everybody writes it.
 */
export function gmlCrs(srsName: string): GmlCrs {
  const parsed = parseCrsName(srsName)
  if (!parsed) return { code: null, northingFirst: false }
  const number = planOf(Number(parsed.slice(5)))
  const code = `EPSG:${number}`
  const isFormal = /^(urn:|https?:)/i.test(srsName.trim()) && !/CRS:?84/i.test(srsName) && !/gml\/srs\/epsg\.xml/i.test(srsName)
  return { code, northingFirst: isFormal && (lookUpCrs(code)?.geographic === true || isNorthingFirst(number)) }
}
