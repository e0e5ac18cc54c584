import names from '#assets/crs/epsg-names.json' with { type: 'json' }

/** Names of coordinate systems by code (`EPSG:…`). */
export const CRS_NAMES: Readonly<Record<string, string>> = names

/** Name of a coordinate system; empty where none is known. */
export const crsName = (code: string): string => (Object.hasOwn(CRS_NAMES, code) ? (CRS_NAMES[code] ?? '') : '')
