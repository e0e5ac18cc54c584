import { unitOf, type Finding, type RuleName, type RuleUnit } from '#shared/clearance/finding.ts'

const SUFFIX: Readonly<Record<RuleUnit, string>> = { m: ' m', deg: '°', ratio: '', mps: ' m/s', lps: ' L/s', count: '' }

/** A rule's figure with its unit, as the command line and its exports write it; a slope is a plain ratio. */
const figureOf = (rule: RuleName, value: number): string => `${value.toFixed(unitOf(rule) === 'ratio' ? 5 : 3)}${SUFFIX[unitOf(rule)]}`

/** What was found and what is required, worded. */
export const figuresOf = ({ rule, found, required }: Pick<Finding, 'rule' | 'found' | 'required'>): { readonly found: string; readonly required: string } =>
  ({ found: figureOf(rule, found), required: figureOf(rule, required) })
