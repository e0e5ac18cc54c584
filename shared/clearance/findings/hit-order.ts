import { isMaximum, RULE_NAMES, type RuleName, type Verdict } from './finding.ts'
import type { Hit } from '../pairs/hit.ts'

/** Place of a rule among those that may lead (design §5): hard, then vertical or stacked, then horizontal, then the rest. */
export const rankOf = (rule: RuleName): number => RULE_NAMES.indexOf(rule === 'stacked' ? 'vertical' : rule)

/** By how much the limit is missed; a maximum is missed upwards. */
export const shortOf = (hit: Hit): number => (isMaximum(hit.rule) ? hit.found - hit.required : hit.required - hit.found)

/** Certain, possible or clear, with u the uncertainty of both sides; an unknown one makes any shortfall possible. */
export function verdictOf(hit: Hit, touchBandM: number): Verdict {
  if (hit.uncertaintyM === null) return 'possible'
  // Contact within the band counts as contact: it is certain where the uncertainty cannot take it out of the band.
  const required = hit.rule === 'touching' ? touchBandM : isMaximum(hit.rule) ? -hit.required : hit.required
  const found = hit.rule === 'touching' ? Math.abs(hit.found) : isMaximum(hit.rule) ? -hit.found : hit.found
  if (found + hit.uncertaintyM < required || (hit.uncertaintyM === 0 && hit.isShort)) return 'certain'
  return found - hit.uncertaintyM < required ? 'possible' : 'clear'
}

/** Whether a hit says more of a place than another of the same rule: short as drawn before possible, then by how much. */
export const isWorse = (hit: Hit, known: Hit): boolean => (hit.isShort === known.isShort ? shortOf(hit) > shortOf(known) : hit.isShort)
