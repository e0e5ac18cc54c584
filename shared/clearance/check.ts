import { unattendedJob, type JobControl } from '../core/job.ts'
import { assetId } from '../twin/asset-columns.ts'
import { baseWorld, nearZones } from './base-world.ts'
import { candidatesOf } from './candidates.ts'
import { compareText, inProject } from './order-and-frame.ts'
import { crossingsOf } from './crossings.ts'
import { checkCover } from './cover-check.ts'
import type { Finding, PairRow } from './finding.ts'
import { FindingBuilder } from './finding-builder.ts'
import { leadersOf, runOrder } from './id-order.ts'
import { PairTester, type Hit } from './pair-tester.ts'
import type { PreparedClearance } from './prepare.ts'
import { allZones } from './zone-source.ts'

/** What of the network is asked about; everything where nothing is said. Masks have one byte per asset. */
export interface CheckSelection {
  /** Pairs with at least one of these. */
  readonly involving?: Uint8Array
  /** Pairs with one of a and one of b. */
  readonly sets?: { readonly a: Uint8Array; readonly b: Uint8Array }
}

export interface CheckOutcome {
  /** Sorted by identity. */
  readonly findings: readonly Finding[]
  /** Sorted by a, b, rule. */
  readonly pairs: readonly PairRow[]
}

/**
 * Tests a network against its rule pack (design §5, rules 1 to 7).
 * @throws CancelledError
 */
export function checkNetwork(prepared: PreparedClearance, selection: CheckSelection = {}, job: JobControl = unattendedJob): CheckOutcome {
  const { network, columns, runs } = prepared
  const world = baseWorld(prepared)
  const leaders = leadersOf(columns.ids, runs.ofAsset)
  const isBefore = runOrder(columns.ids, leaders, runs.ofAsset)
  const builder = new FindingBuilder(prepared, leaders)
  const pairs: PairRow[] = []
  const asks = askedPairs(selection)
  job.progress(0, 'cli-check:stage.crossings')
  const isWhole = !selection.involving && !selection.sets
  const zones = isWhole ? allZones(world, (asset, isWanted) => crossingsOf(world, asset, isBefore, isWanted), () => job.throwIfCancelled()) : nearZones(world, isBefore)
  const tester = new PairTester(world, zones, true)
  for (let a = 0; a < network.assetCount; a++) {
    if ((a & 63) === 0) {
      job.throwIfCancelled()
      if ((a & 1023) === 0) job.progress(a / network.assetCount, 'cli-check:stage.pairs')
    }
    if (!asks.isDriver(a) || !world.takesPart(a)) continue
    const isCandidate = (b: number): boolean => runs.ofAsset[b] !== runs.ofAsset[a] && !(asks.isDriver(b) && b < a) && asks.isAsked(a, b)
    for (const [b, segments] of candidatesOf(world, a, isCandidate)) {
      const hits = testPair(tester, a, b, segments, isBefore)
      if (hits.length === 0) continue
      pairs.push(...pairRows(prepared, hits))
      builder.add(hits)
    }
  }
  job.throwIfCancelled()
  job.progress(null, 'cli-check:stage.cover')
  for (const hit of checkCover(prepared, world, asks.isCoverAsked, job)) builder.add([hit])
  job.progress(null, 'cli-check:stage.findings')
  return { findings: builder.build(world), pairs: pairs.sort(comparePairs) }
}

/** @param segments Segments [of a, of b, …]. */
function testPair(tester: PairTester, a: number, b: number, segments: readonly number[], isBefore: (a: number, b: number) => boolean): Hit[] {
  const isStraight = isBefore(a, b)
  if (isStraight) tester.select(a, b)
  else tester.select(b, a)
  const kept: [number, number][] = []
  for (let k = 0; k < segments.length; k += 2) {
    const [i, j] = isStraight ? [segments[k]!, segments[k + 1]!] : [segments[k + 1]!, segments[k]!]
    if (tester.mayMatter(i, j)) kept.push([i, j])
  }
  return kept.length === 0 ? [] : tester.test(kept.sort((m, n) => m[0] - n[0] || m[1] - n[1]).flat())
}

/** What a selection asks about; `isCoverAsked` of a line by itself. */
export function askedPairs({ involving, sets }: CheckSelection): { isDriver(a: number): boolean; isAsked(a: number, b: number): boolean; isCoverAsked(a: number): boolean } {
  const isInvolved = (a: number): boolean => !involving || involving[a] === 1
  const inSets = (a: number): boolean => !sets || sets.a[a] === 1 || sets.b[a] === 1
  const across = (a: number, b: number): boolean => !sets || (sets.a[a] === 1 && sets.b[b] === 1) || (sets.a[b] === 1 && sets.b[a] === 1)
  return {
    isDriver: a => isInvolved(a) && inSets(a),
    isAsked: across,
    // Sets ask about each other, not about the ground.
    isCoverAsked: a => !sets && isInvolved(a),
  }
}

/** The greatest shortfall of each rule on the drawn position; touching only where nothing is hard. */
function pairRows({ columns }: PreparedClearance, hits: readonly Hit[]): PairRow[] {
  const worst = new Map<Hit['rule'], Hit>()
  for (const hit of hits) {
    const known = worst.get(hit.rule)
    if (hit.isShort && (!known || hit.required - hit.found > known.required - known.found)) worst.set(hit.rule, hit)
  }
  if (worst.has('hard')) worst.delete('touching')
  return [...worst.values()].map(hit => {
    const [idA, idB] = [assetId(columns, hit.a), assetId(columns, hit.b)]
    const [p, q] = [inProject(hit.p, columns.origin), inProject(hit.q, columns.origin)]
    const row = { rule: hit.rule, required: hit.required, found: hit.found }
    return idA < idB ? { a: idA, b: idB, ...row, at: { a: p, b: q } } : { a: idB, b: idA, ...row, at: { a: q, b: p } }
  })
}

function comparePairs(m: PairRow, n: PairRow): number {
  return compareText(m.a, n.a) || compareText(m.b, n.b) || compareText(m.rule, n.rule)
}
