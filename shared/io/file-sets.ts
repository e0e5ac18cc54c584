/**
 * Files that make one source together. `lead` is what the user thinks of as the file; `sides` are looked for beside it.
 */
const SETS: readonly { readonly lead: string; readonly sides: readonly string[] }[] = [
  { lead: 'shp', sides: ['dbf', 'shx', 'prj', 'cpg'] },
  { lead: 'tif', sides: ['tfw', 'prj'] },
  { lead: 'tiff', sides: ['tfw', 'prj'] },
  { lead: 'asc', sides: ['prj'] },
]

/** Endings, without the dot, of files an import begins with; what the pickers offer. */
export const LEAD_ENDINGS = ['geojson', 'json', 'geojsonl', 'ndjson', 'gpkg', 'csv', 'xlsx', 'inp', 'shp', 'dxf', 'xtf', 'xml', 'gml', 'ifc', 'ags', 'gef', 'asc', 'tif', 'tiff'] as const

/** Endings of files that only belong to another. */
export const SIDE_ENDINGS = ['dbf', 'shx', 'prj', 'cpg', 'tfw'] as const

const split = (name: string): readonly [string, string] => {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1).toLowerCase()]
}

/** The tables of a Dutch HydX set; the connections lead. */
const HYDX_SIDES = new Set(['knooppunt', 'profiel', 'kunstwerk', 'debiet', 'itobject', 'meta', 'nwrw', 'oppervlak', 'verloop'])
const TABLE_ENDINGS = new Set(['csv', 'tsv', 'xlsx'])
const POINT_WORD = /管线点|points?|点/gi
const LINE_WORD = /管线线|lines?|线(?!线)/gi

/** A table of points belongs to the table of lines that is called the same but for that word (`JS_POINT`, `JS_LINE`; 管线点, 管线线). */
function isTableOf(stem: string, leadStem: string): boolean {
  if (leadStem.toLowerCase() === 'verbinding') return HYDX_SIDES.has(stem.toLowerCase())
  if (!/管线点|points?|点/i.test(stem) || !/管线线|lines?|线/i.test(leadStem) || /管线点|points?/i.test(leadStem)) return false
  return stem.toLowerCase().replace(POINT_WORD, '') === leadStem.toLowerCase().replace(LINE_WORD, '')
}

/** True where `name` is a side file of `lead` (`pipes.DBF` of `pipes.shp`). */
export function isSideOf(name: string, lead: string): boolean {
  const [stem, ending] = split(name)
  const [leadStem, leadEnding] = split(lead)
  if (TABLE_ENDINGS.has(ending) && TABLE_ENDINGS.has(leadEnding)) return isTableOf(stem, leadStem)
  return stem.toLowerCase() === leadStem.toLowerCase() && name !== lead && SETS.some(set => set.lead === leadEnding && set.sides.includes(ending))
}

/** True for a file that is a source only together with another. */
export const isSideFile = (name: string): boolean => (SIDE_ENDINGS as readonly string[]).includes(split(name)[1])

/** The file among `others` that a side file belongs to; null where it stands alone or leads itself. */
export const leadOf = (name: string, others: readonly string[]): string | null => others.find(other => isSideOf(name, other)) ?? null

/** True for a file whose source may have further files. */
export const hasSides = (name: string): boolean => SETS.some(set => set.lead === split(name)[1]) || TABLE_ENDINGS.has(split(name)[1])
