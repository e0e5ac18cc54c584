import type { JobControl } from '../core/job.ts'
import type { AssetTester } from './asset-tester.ts'
import type { Hit } from './pair-tester.ts'

/** A network is tested in blocks of so many assets: what threads share between them, and how often a check can be cancelled. */
const BLOCK_ASSETS = 128

export const blockCount = (assetCount: number): number => Math.ceil(assetCount / BLOCK_ASSETS)

/** Hits of one block: a list per pair of assets and per segment short of cover. */
export interface BlockHits {
  readonly block: number
  readonly hits: readonly (readonly Hit[])[]
  /** Hits of rule 8: a list per asset that has some. */
  readonly lines: readonly (readonly Hit[])[]
}

/** More than anybody could read, and about what memory takes: such a network is wrong as a whole. */
const MOST_LISTS = 4_000_000

/** The data lie on top of each other: what is asked for is more than can be told. */
export class ClearanceOverload extends Error {
  override readonly name = 'ClearanceOverload'
  constructor(what: string) {
    super(`${what}: the network lies on top of itself; look for assets that were read twice, or for coordinates that stand for "unknown"`)
  }
}

/**
 * Tests blocks until there are no more.
 * @param order Every asset, in any order.
 * @param next Number of the next block, each given to one caller only.
 * @returns blocks with hits, in the order they were tested.
 * @throws CancelledError; ClearanceOverload.
 */
export function testBlocks(tester: AssetTester, order: Uint32Array, next: () => number, job: JobControl): BlockHits[] {
  const blocks = blockCount(order.length)
  const found: BlockHits[] = []
  let lists = 0
  for (let block = next(); block < blocks; block = next()) {
    job.throwIfCancelled()
    job.progress(block / blocks, 'cli-check:stage.pairs')
    const hits: (readonly Hit[])[] = []
    const lines: (readonly Hit[])[] = []
    for (const asset of order.subarray(block * BLOCK_ASSETS, (block + 1) * BLOCK_ASSETS)) {
      for (const list of tester.test(asset)) hits.push(list)
      const ofLine = tester.testLines(asset)
      if (ofLine.length > 0) lines.push(ofLine)
    }
    if (hits.length + lines.length > 0) found.push({ block, hits, lines })
    lists += hits.length + lines.length
    if (lists > MOST_LISTS) throw new ClearanceOverload(`more than ${MOST_LISTS} conflicts`)
  }
  return found
}
