import type { Attributes } from './asset.ts'
import { FLOW_DIRECTION } from './flow-direction.ts'

/** Attributes asked for of every line at once: what sources name in many ways and views colour by, and the surveyed flow. */
export const ATTRIBUTE_ROLES = ['material', 'year', 'flow'] as const
export type AttributeRole = (typeof ATTRIBUTE_ROLES)[number]

/**
 * Names of the roles in sources, in the order they are trusted: English, Giswater, HydX and EPANET exports, the Chinese
 * survey tables, Japanese ledgers. Compared without case, spaces, hyphens and underscores.
 */
const NAMES: Readonly<Record<AttributeRole, readonly string[]>> = {
  material: [
    'material', 'pipe_material', 'mat', 'mat_code', 'material_type', 'material_code', 'matcat_id', 'cat_material', 'cat_matcat_id', 'pipe_mat', 'materiaal', 'MateriaalLeiding', 'werkstoff', 'rohrmaterial',
    '材质', '管材', '管道材质', '管线材料', '材料', '管材材质', '材質', '管種', '管材質',
  ],
  year: [
    'year', 'year_laid', 'laid', 'install_year', 'installation_year', 'year_installed', 'year_of_installation', 'construction_year', 'year_of_construction', 'year_built', 'built_year', 'inst_year', 'yr_inst', 'builtdate',
    'build_date', 'install_date', 'installation_date', 'installed', 'date_installed', 'in_service_date', 'construction_date', 'aanlegjaar', 'Begindatum', 'baujahr',
    '建设年代', '建设年份', '建设时间', '建设日期', '建成年代', '建成年份', '埋设年代', '埋设年份', '埋设日期', '敷设年代', '敷设年份', '敷设日期', '竣工年份', '竣工日期', '施工年份', '年代', '設置年', '設置年度', '布設年度', '布設年', '施工年度', '竣工年度',
  ],
  // Imports have brought it to one name and two words.
  flow: [FLOW_DIRECTION],
}

const plain = (name: string): string => name.toLowerCase().replace(/[\s_\-.]/g, '')
const RANKS: Readonly<Record<AttributeRole, ReadonlyMap<string, number>>> = {
  material: new Map(NAMES.material.map((name, rank) => [plain(name), rank])),
  year: new Map(NAMES.year.map((name, rank) => [plain(name), rank])),
  flow: new Map(NAMES.flow.map((name, rank) => [plain(name), rank])),
}

/** Two-digit and later years nobody meant: pipes in use are younger than this. */
const FIRST_YEAR = 1800
const LAST_YEAR = 2199

/** The year in what a source wrote: a number, a date, `1998年`, `19980401`; null where there is none (0 stands for unknown). */
export function yearOf(value: unknown): number | null {
  const match = typeof value === 'number' || typeof value === 'string' ? /(?<!\d)(\d{4})(?!\d)|(?<!\d)(\d{4})(?=[01]\d[0-3]\d(?!\d))/.exec(String(value)) : null
  const year = Number(match?.[1] ?? match?.[2])
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : null
}

/** What an asset's attributes say of a role, as text people read, and the name it went by; null where they say nothing. */
export function roleValue(attributes: Attributes, role: AttributeRole): { readonly name: string; readonly value: string } | null {
  let best: { rank: number; name: string; value: string } | null = null
  for (const [name, given] of Object.entries(attributes)) {
    const rank = RANKS[role].get(plain(name))
    if (rank === undefined || (best && best.rank <= rank)) continue
    const value = role === 'year' ? (yearOf(given)?.toString() ?? '') : given === null ? '' : String(given).trim()
    if (value !== '') best = { rank, name, value }
  }
  return best && { name: best.name, value: best.value }
}
