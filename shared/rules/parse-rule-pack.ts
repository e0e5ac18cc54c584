import { fail, ok, type Result } from '../core/result.ts'
import { rulePackSchema, type RulePack } from './rule-pack.ts'

export const PACK_PROBLEMS = [
  'not_json', 'wrong_shape', 'unknown_class', 'duplicate_class', 'empty_band', 'no_limit', 'min_above_max', 'no_other', 'ranked_twice', 'yields_in_circle', 'other_semantics', 'one_pack',
  // Of a workbook.
  'no_workbook', 'no_matrix', 'contradicts',
] as const

/** One thing wrong with a rule pack, naming the cell as a person finds it: `horizontal[3].minM`. */
export interface PackProblem {
  readonly cell: string
  readonly code: (typeof PACK_PROBLEMS)[number]
  /** The class meant, the value found or what the schema expected. */
  readonly detail: string
}

/** Reads a pack from the text of its file. Every problem is listed, in the order of the file. */
export function parseRulePackText(text: string): Result<RulePack, readonly PackProblem[]> {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    return fail([{ cell: '', code: 'not_json', detail: cause instanceof Error ? cause.message : '' }])
  }
  return parseRulePack(value)
}

/** Parses a pack and checks what a schema cannot: that cells name classes there are and limits that can hold. */
export function parseRulePack(value: unknown): Result<RulePack, readonly PackProblem[]> {
  const parsed = rulePackSchema.safeParse(value)
  if (!parsed.success) {
    return fail(parsed.error.issues.map(issue => ({ cell: cellName(issue.path), code: 'wrong_shape' as const, detail: issue.message })))
  }
  const problems = findProblems(parsed.data)
  return problems.length > 0 ? fail(problems) : ok(parsed.data)
}

function findProblems(pack: RulePack): PackProblem[] {
  const problems: PackProblem[] = []
  const ids = new Set<string>()
  pack.classes.forEach((ruleClass, i) => {
    if (ids.has(ruleClass.id)) problems.push({ cell: `classes[${i}].id`, code: 'duplicate_class', detail: ruleClass.id })
    ids.add(ruleClass.id)
    const { minDiameterM, maxDiameterM, minVoltageKv, maxVoltageKv } = ruleClass.match
    if (isEmptyBand(minDiameterM, maxDiameterM)) problems.push({ cell: `classes[${i}].match.maxDiameterM`, code: 'empty_band', detail: `${minDiameterM} … ${maxDiameterM}` })
    if (isEmptyBand(minVoltageKv, maxVoltageKv)) problems.push({ cell: `classes[${i}].match.maxVoltageKv`, code: 'empty_band', detail: `${minVoltageKv} … ${maxVoltageKv}` })
  })
  const known = (cell: string, id: string): void => {
    if (!ids.has(id)) problems.push({ cell, code: 'unknown_class', detail: id })
  }
  for (const table of ['horizontal', 'distance'] as const) {
    pack[table].forEach((cell, i) => {
      known(`${table}[${i}].a`, cell.a)
      known(`${table}[${i}].b`, cell.b)
    })
  }
  pack.vertical.forEach((cell, i) => {
    known(`vertical[${i}].upper`, cell.upper)
    known(`vertical[${i}].lower`, cell.lower)
  })
  for (const table of ['cover', 'surroundings', 'structures', 'crossingAngle', 'slope', 'levelJump', 'velocity', 'bend', 'turn'] as const) {
    pack[table].forEach((cell, i) => known(`${table}[${i}].class`, cell.class))
  }
  problems.push(...boundProblems(pack))
  pack.crossingAngle.forEach((cell, i) => {
    if (cell.with !== undefined) known(`crossingAngle[${i}].with`, cell.with)
    if ((cell.with === undefined) === (cell.feature === undefined)) problems.push({ cell: `crossingAngle[${i}]`, code: 'no_other', detail: 'feature, with' })
  })
  const ranked = new Set<string>()
  pack.levelOrder?.ranks.forEach((rank, i) => rank.forEach((id, k) => {
    known(`levelOrder.ranks[${i}][${k}]`, id)
    if (ranked.has(id)) problems.push({ cell: `levelOrder.ranks[${i}][${k}]`, code: 'ranked_twice', detail: id })
    ranked.add(id)
  }))
  const circle = yieldingCircle(pack.yielding)
  if (circle) problems.push({ cell: 'yielding', code: 'yields_in_circle', detail: circle.join(' → ') })
  return problems
}

/** The figures of a table that are bounds of one thing: at least one must be there, and the least not above the most. */
const BOUNDS = {
  cover: ['minM', 'maxM'], slope: ['min', 'max'], velocity: ['minMps', 'maxMps'], levelJump: ['maxRiseM', 'maxDropM'], bend: ['minRadiusM', 'minDiameters'],
} as const
const ORDERED = new Set(['cover', 'slope', 'velocity'])

function boundProblems(pack: RulePack): PackProblem[] {
  const problems: PackProblem[] = []
  for (const table of ['cover', 'slope', 'velocity', 'levelJump', 'bend'] as const) {
    const [low, high] = BOUNDS[table]
    /** Least and most of each class (of cover, under each surface), so that two cells cannot contradict each other either. */
    const ranges = new Map<string, { min: number; max: number }>()
    pack[table].forEach((cell, i) => {
      const [min, max] = [low, high].map(key => (cell as Readonly<Record<string, unknown>>)[key] as number | undefined)
      if (min === undefined && max === undefined) problems.push({ cell: `${table}[${i}]`, code: 'no_limit', detail: `${low}, ${high}` })
      if (!ORDERED.has(table)) return
      const key = 'surface' in cell ? `${cell.class} ${cell.surface}` : cell.class
      const range = ranges.get(key) ?? { min: -Infinity, max: Infinity }
      const next = { min: Math.max(range.min, min ?? -Infinity), max: Math.min(range.max, max ?? Infinity) }
      if (next.min > next.max) problems.push({ cell: `${table}[${i}].${min === undefined ? high : low}`, code: 'min_above_max', detail: `${next.min} > ${next.max}` })
      ranges.set(key, next)
    })
  }
  return problems
}

/** Words that give way to each other all the way round, the first again at the end; null where there is no such circle. */
function yieldingCircle(rules: RulePack['yielding']): string[] | null {
  /** Words from which every way ends. */
  const done = new Set<string>()
  const walk = (way: readonly string[]): string[] | null => {
    const word = way.at(-1)!
    for (const { yields, to } of rules) {
      if (yields !== word || done.has(to)) continue
      const met = way.indexOf(to)
      const circle = met >= 0 ? [...way.slice(met), to] : walk([...way, to])
      if (circle) return circle
    }
    done.add(word)
    return null
  }
  for (const { yields } of rules) {
    const circle = done.has(yields) ? null : walk([yields])
    if (circle) return circle
  }
  return null
}

const isEmptyBand = (min: number | undefined, max: number | undefined): boolean => min !== undefined && max !== undefined && min >= max

const cellName = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? String(key) : `.${String(key)}`)).join('')
