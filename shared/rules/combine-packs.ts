import { fail, type Result } from '../core/result.ts'
import { parseRulePack, type PackProblem } from './parse-rule-pack.ts'
import type { RulePack } from './rule-pack.ts'

/** Tables whose cells are taken over one by one. */
const TABLES = ['horizontal', 'vertical', 'distance', 'cover', 'surroundings', 'structures', 'crossingAngle', 'slope', 'levelJump', 'velocity', 'bend', 'turn'] as const
/** Fields of cells that name a class. */
const CLASS_FIELDS = new Set(['a', 'b', 'upper', 'lower', 'class', 'with'])

/**
 * Several packs as one. Every class and cell of each is kept, under its pack's name, so that of all the limits that
 * apply to two lines the strictest governs and says which pack it is from. Of the settings the strictest holds as well:
 * the widest touch band, the tightest snap tolerance, the largest least crossing angle, the widest reach in level. Who
 * gives way is asked of the packs in their order; the order of levels is that of the first pack that has one.
 * @param packs At least two different ones with the same semantics.
 */
export function combineRulePacks(packs: readonly RulePack[]): Result<RulePack, readonly PackProblem[]> {
  const [first] = packs
  const ids = packs.map(pack => pack.id)
  if (!first || new Set(ids).size !== packs.length || packs.length < 2) return fail([{ cell: 'id', code: 'one_pack', detail: ids.join('+') }])
  const other = packs.find(pack => pack.semantics !== first.semantics)
  if (other) return fail([{ cell: 'semantics', code: 'other_semantics', detail: `${first.id}: ${first.semantics}, ${other.id}: ${other.semantics}` }])
  const gaps = packs.map(pack => pack.alongsideMaxVerticalGapM)
  const order = packs.find(pack => pack.levelOrder !== null)
  return parseRulePack({
    format: first.format, id: ids.join('+'), version: packs.map(pack => pack.version).join('+'), semantics: first.semantics,
    title: { 'zh-CN': packs.map(pack => pack.title['zh-CN']).join(' + '), en: packs.map(pack => pack.title.en).join(' + ') },
    touchBandM: Math.max(...packs.map(pack => pack.touchBandM)),
    snapToleranceM: Math.min(...packs.map(pack => pack.snapToleranceM)),
    crossingMinAngleDeg: Math.max(...packs.map(pack => pack.crossingMinAngleDeg)),
    alongsideMaxVerticalGapM: gaps.includes(null) ? null : Math.max(...gaps.map(gap => gap!)),
    classes: packs.flatMap(pack => pack.classes.map(ruleClass => ({ ...ruleClass, id: named(pack, ruleClass.id) }))),
    ...Object.fromEntries(TABLES.map(table => [table, packs.flatMap(pack => pack[table].map(cell => owned(pack, cell)))])),
    levelOrder: order ? { ...order.levelOrder!, pack: order.id, ranks: order.levelOrder!.ranks.map(rank => rank.map(id => named(order, id))) } : null,
    yielding: yieldingOf(packs),
    notes: packs.flatMap(pack => pack.notes).slice(0, MOST_NOTES),
    ...(packs.some(pack => pack.translations) && { translations: { 'zh-CN': Object.assign({}, ...packs.map(pack => pack.translations?.['zh-CN'])) as Record<string, string> } }),
  })
}

const MOST_NOTES = 200

const named = (pack: RulePack, classId: string): string => `${pack.id}:${classId}`

function owned(pack: RulePack, cell: object): object {
  return { ...Object.fromEntries(Object.entries(cell).map(([key, value]) => [key, CLASS_FIELDS.has(key) && typeof value === 'string' ? named(pack, value) : value])), pack: pack.id }
}

/** A later pack's rule that says the reverse of an earlier one's is left out: the earlier pack has decided. */
function yieldingOf(packs: readonly RulePack[]): RulePack['yielding'] {
  const rules: RulePack['yielding'] = []
  for (const pack of packs) {
    const classIds = new Set(pack.classes.map(ruleClass => ruleClass.id))
    const word = (text: string): string => (classIds.has(text) ? named(pack, text) : text)
    for (const rule of pack.yielding) {
      const next = { ...rule, yields: word(rule.yields), to: word(rule.to) }
      if (!rules.some(known => known.yields === next.to && known.to === next.yields) && !rules.some(known => known.yields === next.yields && known.to === next.to)) rules.push(next)
    }
  }
  return rules
}
