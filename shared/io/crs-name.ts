/**
 * The many ways files name a coordinate system, turned into `EPSG:…`.
 * Understood: `EPSG:25831`, `epsg 25831`, `25831`, `urn:ogc:def:crs:EPSG::25831` (with or without a version),
 * `http://www.opengis.net/def/crs/EPSG/0/25831`, and CRS84 (WGS 84, longitude first) in each of its spellings.
 * @returns null for anything else; whether the code exists is for `lookUpCrs` to say.
 */
export function parseCrsName(text: string): string | null {
  const name = text.trim()
  if (/(^|[:/])CRS:?84(h)?$/i.test(name) || /^WGS ?84$/i.test(name)) return 'EPSG:4326'
  const code =
    /^(?:EPSG[:\s]*)?(\d{4,6})$/i.exec(name)?.[1] ??
    /^urn:(?:ogc|x-ogc):def:crs:EPSG:[^:]*:(\d{4,6})$/i.exec(name)?.[1] ??
    /^https?:\/\/www\.opengis\.net\/(?:def\/crs\/EPSG\/[^/]+\/|gml\/srs\/epsg\.xml#)(\d{4,6})$/i.exec(name)?.[1]
  return code ? `EPSG:${Number(code)}` : null
}
