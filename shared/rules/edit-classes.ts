import type { RuleClass, RulePack } from './rule-pack.ts'

/** What may be odd about the classes of a pack that parses: each is said beside the class, none forbids. */
export const CLASS_NOTICES = ['same_as', 'overlaps', 'gap', 'never', 'all_lines', 'unused'] as const

export interface ClassNotice {
  readonly classId: string
  readonly code: (typeof CLASS_NOTICES)[number]
  /** The other class, or the band that is left out (`0.2 … 0.3 m`). */
  readonly detail: string
}

/** Tables whose cells name one class, and under which key. */
const ONE_CLASS = ['cover', 'surroundings', 'structures', 'crossingAngle', 'slope', 'levelJump', 'velocity', 'bend', 'turn'] as const

/** Those tables, each changed alike: what is done to the class leaves the rest of a cell as it is. */
const eachOneClass = (pack: RulePack, change: (cells: readonly { readonly class: string }[]) => { readonly class: string }[]) =>
  Object.fromEntries(ONE_CLASS.map(table => [table, change(pack[table])])) as unknown as Pick<RulePack, (typeof ONE_CLASS)[number]>

/** A pack with another class at a place of the list, or one more at its end. Where its id changed, every cell follows. */
export function withClass(pack: RulePack, at: number, ruleClass: RuleClass): RulePack {
  const before = pack.classes[at]
  const classes = before ? pack.classes.map((known, k) => (k === at ? ruleClass : known)) : [...pack.classes, ruleClass]
  return before && before.id !== ruleClass.id ? renamed({ ...pack, classes }, before.id, ruleClass.id) : { ...pack, classes }
}

/** A pack without a class and every cell that names it. */
export function withoutClass(pack: RulePack, id: string): RulePack {
  const ranks = pack.levelOrder?.ranks.map(rank => rank.filter(known => known !== id)).filter(rank => rank.length > 0) ?? []
  return {
    ...pack, classes: pack.classes.filter(known => known.id !== id),
    horizontal: pack.horizontal.filter(({ a, b }) => a !== id && b !== id), distance: pack.distance.filter(({ a, b }) => a !== id && b !== id),
    vertical: pack.vertical.filter(({ upper, lower }) => upper !== id && lower !== id),
    ...eachOneClass(pack, cells => cells.filter(cell => cell.class !== id)),
    crossingAngle: pack.crossingAngle.filter(cell => cell.class !== id && cell.with !== id),
    levelOrder: pack.levelOrder && ranks.length >= 2 ? { ...pack.levelOrder, ranks } : null,
    yielding: pack.yielding.filter(({ yields, to }) => yields !== id && to !== id),
  }
}

/** Cells of every table that name a class, its rank and yielding rules included. */
export function classUses(pack: RulePack, id: string): number {
  const named = [
    ...pack.horizontal.map(({ a, b }) => [a, b]), ...pack.distance.map(({ a, b }) => [a, b]), ...pack.vertical.map(({ upper, lower }) => [upper, lower]),
    ...ONE_CLASS.flatMap(table => pack[table].map(cell => [cell.class])), ...pack.crossingAngle.flatMap(cell => (cell.with === undefined ? [] : [[cell.with]])),
    ...(pack.levelOrder?.ranks ?? []), ...pack.yielding.map(({ yields, to }) => [yields, to]),
  ]
  return named.filter(ids => ids.includes(id)).length
}

function renamed(pack: RulePack, from: string, to: string): RulePack {
  const name = (id: string): string => (id === from ? to : id)
  return {
    ...pack,
    horizontal: pack.horizontal.map(cell => ({ ...cell, a: name(cell.a), b: name(cell.b) })), distance: pack.distance.map(cell => ({ ...cell, a: name(cell.a), b: name(cell.b) })),
    vertical: pack.vertical.map(cell => ({ ...cell, upper: name(cell.upper), lower: name(cell.lower) })),
    ...eachOneClass(pack, cells => cells.map(cell => ({ ...cell, class: name(cell.class) }))),
    crossingAngle: pack.crossingAngle.map(cell => ({ ...cell, class: name(cell.class), ...(cell.with !== undefined && { with: name(cell.with) }) })),
    levelOrder: pack.levelOrder && { ...pack.levelOrder, ranks: pack.levelOrder.ranks.map(rank => rank.map(name)) },
    yielding: pack.yielding.map(rule => ({ ...rule, yields: name(rule.yields), to: name(rule.to) })),
  }
}

/** Kinds that can have a pressure class, and those that can have a voltage: a condition on another kind never holds. */
const PRESSED: ReadonlySet<string> = new Set(['gas', 'industrial', 'unknown'])
const ELECTRIC: ReadonlySet<string> = new Set(['power', 'telecom', 'unknown'])

/**
 * What a person should look at: classes that match the same lines, bands that overlap or leave some sizes or voltages out,
 * conditions that never hold, classes of everything, classes no cell names.
 */
export function classNotices(pack: RulePack): ClassNotice[] {
  const notices: ClassNotice[] = []
  const byConditions = new Map<string, RuleClass>()
  for (const ruleClass of pack.classes) {
    const { id, match } = ruleClass
    const kinds = listOf(match.kind)
    const conditions = canonical(match)
    const twin = byConditions.get(conditions)
    if (twin) notices.push({ classId: id, code: 'same_as', detail: twin.id })
    else byConditions.set(conditions, ruleClass)
    if (Object.keys(match).length === 0) notices.push({ classId: id, code: 'all_lines', detail: '' })
    const cannotHold = (match.pressureClass !== undefined && kinds.length > 0 && !kinds.some(kind => PRESSED.has(kind))) ||
      ((match.minVoltageKv !== undefined || match.maxVoltageKv !== undefined) && kinds.length > 0 && !kinds.some(kind => ELECTRIC.has(kind))) ||
      (match.maxDiameterM !== undefined && match.maxDiameterM <= 0)
    if (cannotHold) notices.push({ classId: id, code: 'never', detail: '' })
    if (classUses(pack, id) === 0) notices.push({ classId: id, code: 'unused', detail: '' })
  }
  return [...notices, ...listNotices(pack), ...bandNotices(pack, 'DiameterM', 'm'), ...bandNotices(pack, 'VoltageKv', 'kV')]
}

/** Classes alike but for a list of values: where two lists share some, lines of those take both classes. */
function listNotices({ classes }: RulePack): ClassNotice[] {
  return (['pressureClass', 'laying'] as const).flatMap(key => classes.flatMap((ruleClass, k) => {
    const { [key]: own, ...rest } = ruleClass.match
    const before = own === undefined ? undefined : classes.slice(0, k).find(({ match: { [key]: other, ...otherRest } }) =>
      other !== undefined && canonical(otherRest) === canonical(rest) && canonical({ [key]: other }) !== canonical({ [key]: own }) && listOf<string>(other).some(value => listOf<string>(own).includes(value)))
    return before ? [{ classId: ruleClass.id, code: 'overlaps' as const, detail: before.id }] : []
  }))
}

interface Band {
  readonly id: string
  readonly min: number
  readonly max: number
}

/** Bands of classes that are alike but for the band: sorted, each should begin where the one before ends. */
function bandNotices(pack: RulePack, figure: 'DiameterM' | 'VoltageKv', unit: string): ClassNotice[] {
  const families = new Map<string, Band[]>()
  for (const { id, match } of pack.classes) {
    const { [`min${figure}` as const]: min, [`max${figure}` as const]: max, ...rest } = match
    if (min === undefined && max === undefined) continue
    const key = canonical(rest)
    families.set(key, [...(families.get(key) ?? []), { id, min: min ?? 0, max: max ?? Infinity }])
  }
  return [...families.values()].flatMap(bands => {
    const sorted = bands.sort((m, n) => m.min - n.min || m.max - n.max)
    const found: ClassNotice[] = []
    let reach = sorted[0]!
    for (const band of sorted.slice(1)) {
      if (band.min > reach.max) found.push({ classId: band.id, code: 'gap', detail: `${reach.max} … ${band.min} ${unit}` })
      // The same band twice is told as the same conditions.
      else if (band.min < reach.max && !(band.min === reach.min && band.max === reach.max)) found.push({ classId: band.id, code: 'overlaps', detail: reach.id })
      if (band.max > reach.max) reach = band
    }
    return found
  })
}

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] => (value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T])

/** Conditions as text, whatever the order they were written in. */
const canonical = (match: Partial<RuleClass['match']>): string =>
  JSON.stringify(Object.entries(match).filter(([, value]) => value !== undefined).map(([key, value]) => [key, Array.isArray(value) ? (value.length === 1 ? value[0] : [...value].sort()) : value]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)))
