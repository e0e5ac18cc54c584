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
export const LEAD_ENDINGS = ['geojson', 'json', 'geojsonl', 'ndjson', 'gpkg', 'inp', 'shp', 'xml', 'gml', 'asc', 'tif', 'tiff'] as const

/** Endings of files that only belong to another. */
export const SIDE_ENDINGS = ['dbf', 'shx', 'prj', 'cpg', 'tfw'] as const

const split = (name: string): readonly [string, string] => {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1).toLowerCase()]
}

/** True where `name` is a side file of `lead` (`pipes.DBF` of `pipes.shp`). */
export function isSideOf(name: string, lead: string): boolean {
  const [stem, ending] = split(name)
  const [leadStem, leadEnding] = split(lead)
  return stem.toLowerCase() === leadStem.toLowerCase() && name !== lead && SETS.some(set => set.lead === leadEnding && set.sides.includes(ending))
}

/** True for a file that is a source only together with another. */
export const isSideFile = (name: string): boolean => (SIDE_ENDINGS as readonly string[]).includes(split(name)[1])

/** The file among `others` that a side file belongs to; null where it stands alone or leads itself. */
export const leadOf = (name: string, others: readonly string[]): string | null => (isSideFile(name) ? (others.find(other => isSideOf(name, other)) ?? null) : null)

/** True for a file whose source may have further files. */
export const hasSides = (name: string): boolean => SETS.some(set => set.lead === split(name)[1])
