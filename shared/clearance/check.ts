import { unattendedJob, type JobControl } from '../core/job.ts'
import { testBlocks, type BlockHits } from './check-blocks.ts'
import type { CheckSelection } from './check-selection.ts'
import { CheckTester } from './check-tester.ts'
import { compareText, inProject } from './network/order-and-frame.ts'
import type { Finding, PairRow } from './findings/finding.ts'
import { tellPartly, type PartialListener } from './findings/partial-findings.ts'
import { FindingBuilder } from './findings/finding-builder.ts'
import { lineFindings } from './line-rules/check-lines.ts'
import type { LineSite } from './line-rules/line-tester.ts'
import type { Hit } from './pairs/hit.ts'
import type { PreparedClearance } from './prepare.ts'
import { gatherSuspects } from './screens/suspects.ts'

export interface CheckOutcome {
  /** Sorted by identity. */
  readonly findings: readonly Finding[]
  /** Sorted by a, b, rule. */
  readonly pairs: readonly PairRow[]
}

/**
 * Tests a network against its rule pack (design §5).
 * @param site What rule 8 asks (`lineSite`); null: rules 1 to 7 alone.
 * @param tell Hears of findings while the check goes on.
 * @throws CancelledError
 */
export function checkNetwork(prepared: PreparedClearance, selection: CheckSelection = {}, job: JobControl = unattendedJob, site: LineSite | null = null, tell?: PartialListener): CheckOutcome {
  const tester = new CheckTester(prepared, selection, site)
  const suspects = gatherSuspects([tester.findSuspects(counter(), job)], prepared.order)
  return outcomeOf(prepared, tester, testBlocks(tester, suspects, prepared.order, counter(), job, tell && tellPartly(prepared, tester, tell)), job)
}

/** Numbers of blocks for one thread alone. */
function counter(): () => number {
  let block = 0
  return () => block++
}

/** What of a tester the findings are made with. */
type TestedWith = Pick<CheckTester, 'world' | 'leaders' | 'site' | 'selection'>

/** What the hits of every block come to, in whatever order the blocks were tested. @throws CancelledError */
export function outcomeOf(prepared: PreparedClearance, { world, leaders, site, selection }: TestedWith, blocks: readonly BlockHits[], job: JobControl = unattendedJob): CheckOutcome {
  job.progress(null, 'cli-check:stage.findings')
  const builder = new FindingBuilder(prepared, leaders)
  const pairs: PairRow[] = []
  const sorted = [...blocks].sort((m, n) => m.block - n.block)
  for (const { hits } of sorted) {
    job.throwIfCancelled()
    for (const list of hits) {
      builder.add(list)
      if (list[0]!.b >= 0) for (const hit of worstByRule(list)) pairs.push(pairRow(prepared, hit, builder))
    }
  }
  const findings = builder.build(world, job)
  const ofLines = site ? lineFindings(prepared, site, world, leaders, selection, sorted.flatMap(({ lines }) => lines), job) : []
  return { findings: ofLines.length === 0 ? findings : [...findings, ...ofLines].sort((m, n) => compareText(m.id, n.id)), pairs: pairs.sort(comparePairs) }
}

/** The greatest shortfall of each rule on the drawn position; touching only where nothing is hard. */
function worstByRule(hits: readonly Hit[]): Iterable<Hit> {
  const worst = new Map<Hit['rule'], Hit>()
  for (const hit of hits) {
    const known = worst.get(hit.rule)
    if (hit.isShort && (!known || hit.required - hit.found > known.required - known.found)) worst.set(hit.rule, hit)
  }
  if (worst.has('hard')) worst.delete('touching')
  return worst.values()
}

function pairRow({ columns: { origin } }: PreparedClearance, { a, b, rule, required, found, p, q }: Hit, ids: FindingBuilder): PairRow {
  const idA = ids.idOf(a)
  const idB = ids.idOf(b)
  const atA = inProject(p, origin)
  const atB = inProject(q, origin)
  return idA < idB ? { a: idA, b: idB, rule, required, found, at: { a: atA, b: atB } } : { a: idB, b: idA, rule, required, found, at: { a: atB, b: atA } }
}

function comparePairs(m: PairRow, n: PairRow): number {
  return compareText(m.a, n.a) || compareText(m.b, n.b) || compareText(m.rule, n.rule)
}
