import type { SourceField } from '../source.ts'

/** What a field's name says a level is of. `level` and `depth` leave open of what. */
export type LevelRole = 'invert' | 'crown' | 'axis' | 'level' | 'depth' | 'cover' | 'depth_invert' | 'depth_axis' | 'ground'
export type LineEnd = 'start' | 'end' | null

/** Long names of common sewer tables, which the ten characters of a shapefile cut. */
const CUT_NAMES = ['UpstreamInvert', 'DownstreamInvert', 'InletNodeInvert', 'SurchargeDepth', 'SlopeFtPerFt']
const CUT_LENGTH = 10

const uncut = (name: string): string => (name.length === CUT_LENGTH ? (CUT_NAMES.find(long => long.startsWith(name)) ?? name) : name)

/**
 * A name in parts: `node_top_elev_1` → `node top elev 1`, `usInvert` → `us invert`, `elev2` → `elev 2`; Chinese stays whole.
 * Parts are lower case, separated and surrounded by single blanks, so that ` us ` finds the whole part only.
 */
export function nameParts(name: string): string {
  const parts = uncut(name)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/(\d)([A-Za-z])/g, '$1 $2')
    .replace(/([\u4e00-\u9fff])([A-Za-z0-9])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
  return ` ${parts.trim().toLowerCase()} `
}

const START = / (us|up|upstream|upstr|start|from|begin|beg|fr|i|1|qd) |上游|起点|起始/
const END = / (ds|down|downstream|dwn|dn|dnstr|end|to|j|2|zd) |下游|终点|终止/
/** Pinyin initials of survey tables glue the end to the role: 起点埋深 QDMS, 管线起点埋深 GXQDMS, 终点高程 ZDGC … */
const PINYIN = /^ (?:gx)?(qd|zd)?(?:gx)?(ms|gc|dmgc|gdgc|gnd?gc|ndgc|gdms) $/

const LEVEL_WORDS: readonly (readonly [RegExp, LevelRole])[] = [
  [/ (ground|top elev|surface|rim|gl|cover level|cl|grnd|surf|lid|dmgc) |地面|井盖高程|井口高程/, 'ground'],
  [/管底埋深|内底埋深|沟底埋深|invert depth|depth (to )?invert/, 'depth_invert'],
  [/中心埋深|depth (to )?(axis|centre|center)/, 'depth_axis'],
  [/ cover |覆土|管顶埋深/, 'cover'],
  [/ (invert|inv|ie|il|bottom|fl|invlev|invelev) |管底|内底|井底|沟底/, 'invert'],
  [/ (crown|obvert|soffit) |管顶/, 'crown'],
  [/ (axis|centreline|centerline) |管中心|管心/, 'axis'],
  [/ (depth|dpth|y|ymax|bury) |埋深|深度/, 'depth'],
  [/ (elev|elevation|level|lvl|z|height above datum) |高程|标高/, 'level'],
]

/** What a field's name says about levels, or null where it says nothing of the sort. */
export function levelRole(name: string): { readonly role: LevelRole; readonly end: LineEnd } | null {
  const parts = nameParts(name)
  const pinyin = PINYIN.exec(parts)
  if (pinyin) return { role: PINYIN_ROLES[pinyin[2]!] ?? 'level', end: pinyin[1] === 'qd' ? 'start' : pinyin[1] === 'zd' ? 'end' : null }
  const role = LEVEL_WORDS.find(([pattern]) => pattern.test(parts))?.[1]
  return role ? { role, end: START.test(parts) ? 'start' : END.test(parts) ? 'end' : null } : null
}

const PINYIN_ROLES: Readonly<Record<string, LevelRole>> = { ms: 'depth', gc: 'level', dmgc: 'ground', gdgc: 'level', ndgc: 'invert', gndgc: 'invert', gngc: 'invert', gdms: 'cover' }

/** A field with numbers in it: numeric, or text that mostly reads as numbers. */
export const holdsNumbers = (field: SourceField): boolean =>
  field.type === 'number' || (field.samples.length > 0 && field.samples.filter(({ value }) => /^\s*-?\d+(\.\d+)?\s*$/.test(value)).length * 2 > field.samples.length)

/** First field that one of the patterns matches, in the patterns' order of preference. Patterns meet `nameParts`. */
export function firstField(fields: readonly SourceField[], patterns: readonly RegExp[], accept: (field: SourceField) => boolean = () => true): SourceField | null {
  for (const pattern of patterns) {
    const found = fields.find(field => pattern.test(nameParts(field.name)) && accept(field))
    if (found) return found
  }
  return null
}
