import type { Finding } from '#shared/clearance/findings/finding.ts'
import { IDS } from './twin-builder.ts'

/** A complete finding from the few fields a test is about: a mandatory, certain horizontal shortfall of 0.19 m. */
export function aFinding(fields: Partial<Finding> = {}): Finding {
  return {
    id: 'finding-1', rule: 'horizontal', a: [IDS.P1], b: [IDS.G1], required: 0.5, found: 0.31, shortfall: 0.19, clause: '4.1.9', basis: 'quoted',
    verdict: 'certain', mandatory: true, uncertaintyM: 0.05, at: { a: [0, 0, -1], b: [0, 0.31, -1] },
    stretch: { from: [0, 0, -1], to: [10, 0, -1], fromChainageM: 0, toChainageM: 10 }, yields: null, others: [], ...fields,
  }
}
