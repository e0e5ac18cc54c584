import type { JobControl } from '../core/job.ts'
import type { CheckTester } from './check-tester.ts'
import { ClearanceOverload, MOST_CONFLICTS } from './grid/overload.ts'
import type { Hit } from './pairs/hit.ts'

/** What is tested comes in blocks of so many pairs, then so many assets: what threads share between them, and how often a check can be cancelled. */
const BLOCK_PAIRS = 16
const BLOCK_ASSETS = 256

/** Hits of one block: a list per pair of assets and per segment short of cover. */
export interface BlockHits {
  readonly block: number
  readonly hits: readonly (readonly Hit[])[]
  /** Hits of rule 8: a list per asset that has some. */
  readonly lines: readonly (readonly Hit[])[]
}

/** Told of all blocks with hits that a thread has so far, after each that had some. */
export type BlockListener = (found: readonly BlockHits[]) => void

/**
 * Tests blocks until there are no more.
 * @param suspects Pairs of assets [a, b, …] (`gatherSuspects`).
 * @param order Every asset, in any order.
 * @param next Number of the next block, each given to one caller only.
 * @param listen Where findings are shown while the check goes on.
 * @returns blocks with hits, in the order they were tested.
 * @throws CancelledError; ClearanceOverload.
 */
export function testBlocks(tester: CheckTester, suspects: Uint32Array, order: Uint32Array, next: () => number, job: JobControl, listen?: BlockListener): BlockHits[] {
  const pairBlocks = Math.ceil(suspects.length / 2 / BLOCK_PAIRS)
  const blocks = pairBlocks + Math.ceil(order.length / BLOCK_ASSETS)
  const found: BlockHits[] = []
  let shortfalls = 0
  for (let block = next(); block < blocks; block = next()) {
    job.throwIfCancelled()
    job.progress(block / blocks, 'cli-check:stage.pairs')
    const hits: (readonly Hit[])[] = []
    const lines: (readonly Hit[])[] = []
    if (block < pairBlocks) {
      for (let k = 2 * block * BLOCK_PAIRS; k < Math.min(suspects.length, 2 * (block + 1) * BLOCK_PAIRS); k += 2) {
        const list = tester.testPair(suspects[k]!, suspects[k + 1]!)
        if (list.length > 0) hits.push(list)
      }
    } else {
      for (const asset of order.subarray((block - pairBlocks) * BLOCK_ASSETS, (block - pairBlocks + 1) * BLOCK_ASSETS)) {
        for (const list of tester.testCover(asset)) hits.push(list)
        const ofLine = tester.testLines(asset)
        if (ofLine.length > 0) lines.push(ofLine)
      }
    }
    // Each of them is held until the last: where hundreds of lines meet, one pair has several.
    for (const list of hits) shortfalls += list.length
    for (const list of lines) shortfalls += list.length
    if (hits.length + lines.length > 0) {
      found.push({ block, hits, lines })
      listen?.(found)
    }
    if (shortfalls > MOST_CONFLICTS) throw new ClearanceOverload()
  }
  return found
}
