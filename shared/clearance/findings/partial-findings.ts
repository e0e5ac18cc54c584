import type { BlockListener } from '../check-blocks.ts'
import type { CheckTester } from '../check-tester.ts'
import { FindingBuilder } from './finding-builder.ts'
import type { Finding } from './finding.ts'
import type { PreparedClearance } from '../prepare.ts'

/** Findings of a check that still goes on: enough to begin with, never all of them. */
export interface PartialFindings {
  /** Sorted by identity. Their ordinals, and which rule leads, may change before the check is done. */
  readonly findings: readonly Finding[]
  /** Pairs and lines with something to find so far, those not among `findings` included. */
  readonly conflicts: number
}

export type PartialListener = (partial: PartialFindings) => void

/** Nobody reads more while waiting; the rest of the check needs the time. */
const MOST_CONFLICTS_TOLD = 2_000
const FIRST_AFTER_MS = 250
/** Each telling makes the list anew: they come less and less often, so that all of them cost a part of the check. */
const SLOWER = 2

/**
 * What a thread has found so far as findings, told now and then while it tests. Rules 1 to 7 alone: rule 8 needs every
 * asset of a run. Changes nothing of the check's own answer.
 */
export function tellPartly(prepared: PreparedClearance, { world, leaders }: Pick<CheckTester, 'world' | 'leaders'>, tell: PartialListener, now: () => number = () => performance.now()): BlockListener {
  let waitMs = FIRST_AFTER_MS
  let dueAt = now() + waitMs
  return found => {
    if (now() < dueAt) return
    const builder = new FindingBuilder(prepared, leaders)
    let conflicts = 0
    for (const { hits, lines } of found) {
      for (const list of hits) if (conflicts++ < MOST_CONFLICTS_TOLD) builder.add(list)
      conflicts += lines.length
    }
    tell({ findings: builder.build(world), conflicts })
    waitMs *= SLOWER
    dueAt = now() + waitMs
  }
}
