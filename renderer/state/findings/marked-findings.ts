import type { Finding } from '#shared/clearance/findings/finding.ts'
import { heaviestFirst } from '#shared/report/finding-words.ts'
import { recordIn, type StandingSource } from './standings.ts'

/** The heaviest are marked; more would say no more at any scale at which they can be told apart. */
const MOST_MARKED = 5000

/** Of each list of findings: put in order once, for every view and every edit. */
const heaviestOf = new WeakMap<readonly Finding[], readonly Finding[]>()

/** What views mark in their pictures: the heaviest first, without what only touches or is settled. */
export function markedFindings(findings: readonly Finding[], source: Pick<StandingSource, 'document' | 'records'>): readonly Finding[] {
  const heaviest = heaviestOf.get(findings) ?? [...findings].sort(heaviestFirst).slice(0, MOST_MARKED)
  heaviestOf.set(findings, heaviest)
  return heaviest.filter(finding => isOpen(finding, source))
}

const isOpen = (finding: Finding, source: Pick<StandingSource, 'document' | 'records'>): boolean =>
  finding.rule !== 'touching' && !['accepted', 'resolved'].includes(recordIn(finding, source)?.status ?? '')
