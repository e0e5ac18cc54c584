import { fail, ok, type Result } from '../core/result.ts'
import { rulePackSchema, type RulePack } from './rule-pack.ts'

/** One thing wrong with a rule pack, naming the cell as a person finds it: `horizontal[3].minM`. */
export interface PackProblem {
  readonly cell: string
  readonly code: 'not_json' | 'wrong_shape' | 'unknown_class' | 'duplicate_class' | 'empty_band' | 'no_limit' | 'min_above_max'
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
  pack.cover.forEach((cell, i) => {
    known(`cover[${i}].class`, cell.class)
    if (cell.minM === undefined && cell.maxM === undefined) problems.push({ cell: `cover[${i}]`, code: 'no_limit', detail: 'minM, maxM' })
    else if (cell.minM !== undefined && cell.maxM !== undefined && cell.minM > cell.maxM) problems.push({ cell: `cover[${i}].minM`, code: 'min_above_max', detail: `${cell.minM} > ${cell.maxM}` })
  })
  pack.surroundings.forEach((cell, i) => known(`surroundings[${i}].class`, cell.class))
  return problems
}

const isEmptyBand = (min: number | undefined, max: number | undefined): boolean => min !== undefined && max !== undefined && min >= max

const cellName = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? String(key) : `.${String(key)}`)).join('')
