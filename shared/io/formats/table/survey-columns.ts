/** Columns of survey tables: 管线点成果表, 管线线成果表 and their field codes, and the like in English. */
const ROLES = {
  point: /^(物探点号|管线点号|管线点编号|点号|测点号|wtdh|gxddh|tsdh|point[ _]?(no\.?|id|number)?|node[ _]?id)$/,
  sketchPoint: /^(图上点号)$/,
  connected: /^(连接点号|连接点|连接方向|ljdh|connected( point)?( no)?)$/,
  start: /^((gx)?qddh|起点点?号|起点物探点号|起始点号|起点编号|(start|from)[ _]?(point|node|id|no))$/,
  end: /^((gx)?zddh|终点点?号|终点物探点号|终止点号|终点编号|连接点号|(end|to)[ _]?(point|node|id|no))$/,
  north: /^(x|x ?坐标.*|x ?[(（].*|纵坐标|北坐标.*|northing.*|north|lat|latitude|纬度)$/,
  east: /^(y|y ?坐标.*|y ?[(（].*|横坐标|东坐标.*|easting.*|east|lon|lng|longitude|经度)$/,
  feature: /^(特征|特征点|管点特征|tzd?|feature)$/,
  fitting: /^(附属物|附属物名称|附属物类型|fsw|fswmc|appurtenance)$/,
  ground: /^(地面高程.*|地面标高|dmgc|ground( level)?|井口高程|井盖高程)$/,
  level: /^(管线高程.*|管顶高程.*|管底高程.*|管线点高程|gxgc|gdgc|ndgc)$/,
  depth: /^(埋深.*|管线埋深|ms|depth)$/,
  startDepth: /^((gx)?qdms|起点埋深.*|起始埋深)$/,
  endDepth: /^((gx)?zdms|终点埋深.*|终止埋深)$/,
  startLevel: /^((gx)?qdgc|起点.*高程.*)$/,
  endLevel: /^((gx)?zdgc|终点.*高程.*)$/,
} as const

export type ColumnRole = keyof typeof ROLES
export type Columns = Readonly<Partial<Record<ColumnRole, string>>>

/** The column for each role, first match; names are compared without case and outer blanks. */
export function columnsOf(names: readonly string[]): Columns {
  const columns: Partial<Record<ColumnRole, string>> = {}
  for (const [role, pattern] of Object.entries(ROLES) as [ColumnRole, RegExp][]) {
    const found = names.find(name => pattern.test(name.trim().toLowerCase()))
    if (found !== undefined) columns[role] = found
  }
  return columns
}

export const scoreColumns = (names: readonly string[]): number => Object.keys(columnsOf(names)).length

/**
 * Whether a column called X holds the northing: it does in Chinese surveys (CJJ 61), known by their words or field codes.
 * In other tables X is the easting, as everywhere else; words such as `northing` need no such rule.
 */
export function isXNorth(names: readonly string[]): boolean {
  return names.some(name => /[\u4e00-\u9fff]/.test(name) || /^(wtdh|gxddh|tsdh|dmgc|gxqddh|qdms|fsw)$/i.test(name.trim()))
}

export const isBareXy = (name: string): boolean => /^[xy]$/i.test(name.trim())
