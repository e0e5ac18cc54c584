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
/** What a table of points is called, and the table of its lines in its place. */
const TABLE_PAIRS = [['管线点', '管线线'], ['管线点', '管线'], ['点', '线'], ['points', 'lines'], ['points', 'line'], ['point', 'lines'], ['point', 'line']] as const

/** A table of points belongs to the table of lines that is called the same but for that word (`JS_POINT`, `JS_LINE`; 管线点, 管线线 or 管线). */
function isTableOf(stem: string, leadStem: string): boolean {
  const [own, lead] = [stem.toLowerCase(), leadStem.toLowerCase()]
  if (lead === 'verbinding') return HYDX_SIDES.has(own)
  return TABLE_PAIRS.some(([points, lines]) => {
    for (let at = own.indexOf(points); at >= 0; at = own.indexOf(points, at + 1)) if (own.slice(0, at) + lines + own.slice(at + points.length) === lead) return true
    return false
  })
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
