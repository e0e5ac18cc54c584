import type { Finding } from '#shared/clearance/findings/finding.ts'
import { heaviestFirst } from '#shared/report/finding-words.ts'
import { recordIn, type StandingSource } from './standings.ts'

/** The heaviest are marked; more would say no more at any scale at which they can be told apart. */
const MOST_MARKED = 5000

/** What views mark in their pictures: the heaviest first, without what only touches or is settled. */
export const markedFindings = (findings: readonly Finding[], source: Pick<StandingSource, 'document' | 'records'>): readonly Finding[] =>
  [...findings].sort(heaviestFirst).slice(0, MOST_MARKED).filter(finding => isOpen(finding, source))

const isOpen = (finding: Finding, source: Pick<StandingSource, 'document' | 'records'>): boolean =>
  finding.rule !== 'touching' && !['accepted', 'resolved'].includes(recordIn(finding, source)?.status ?? '')
