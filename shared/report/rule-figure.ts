import { unitOf, type RuleName } from '../clearance/findings/finding.ts'
import { figure, metres } from '../core/figures.ts'

/** A rule's figure with its unit: metres, degrees, slopes per thousand, metres per second, litres per second, a number. */
export function ruleFigure(rule: RuleName, value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return '–'
  switch (unitOf(rule)) {
    case 'deg': return `${figure(value, 1)}°`
    case 'ratio': return `${figure(1000 * value, 2)} ‰`
    case 'mps': return `${figure(value, 2)} m/s`
    case 'lps': return `${figure(value, 1)} L/s`
    case 'count': return figure(value, 0)
    default: return metres(value)
  }
}
