import { Worker } from 'node:worker_threads'
import { AssetTester } from '#shared/clearance/asset-tester.ts'
import { blockCount, testBlocks, type BlockHits } from '#shared/clearance/check-blocks.ts'
import type { CheckSelection } from '#shared/clearance/check-selection.ts'
import { outcomeOf, type CheckOutcome } from '#shared/clearance/check.ts'
import type { LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import type { PreparedClearance } from '#shared/clearance/prepare.ts'
import { unattendedJob, type JobControl } from '#shared/core/job.ts'
import { shareArrays } from '#shared/core/shared-arrays.ts'

/** To a helper: what to test, and the number of the next block that nobody has taken. */
export interface HelpOrder {
  readonly prepared: PreparedClearance
  readonly selection: CheckSelection
  /** What rule 8 asks; null: nothing. */
  readonly site: LineSite | null
  readonly next: Int32Array
}

/** From a helper. */
export type HelpReport = { readonly blocks: readonly BlockHits[] } | { readonly failure: string }

/** What a helper does with an order. */
export function helpWith({ prepared, selection, site, next }: HelpOrder): HelpReport {
  try {
    return { blocks: testBlocks(new AssetTester(prepared, selection, site), prepared.order, () => Atomics.add(next, 0, 1), unattendedJob) }
  } catch (cause) {
    // Nobody needs to go on with what cannot be finished.
    Atomics.add(next, 0, blockCount(prepared.network.assetCount))
    return { failure: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** A network with fewer assets is tested before a helper has started. */
const LEAST_ASSETS = 10_000

/**
 * Helpers of the thread it is made in: they share the prepared network, take blocks from one counter and end with the
 * thread. Whatever their number, the answer is the same to the last bit.
 */
export class CheckThreads {
  readonly #helpers: Worker[] = []
  readonly #entry: URL
  readonly #most: number

  readonly #leastAssets: number

  /** @param most Helpers beside the thread itself. @param leastAssets Networks with fewer are tested without them. */
  constructor(entry: URL, most: number, leastAssets = LEAST_ASSETS) {
    this.#entry = entry
    this.#most = most
    this.#leastAssets = leastAssets
  }

  /** @throws CancelledError; ClearanceOverload; Error where a helper failed or died. */
  async check(prepared: PreparedClearance, selection: CheckSelection, job: JobControl, site: LineSite | null = null): Promise<CheckOutcome> {
    const { assetCount } = prepared.network
    const wanted = assetCount < this.#leastAssets ? 0 : this.#most
    while (this.#helpers.length < wanted) this.#helpers.push(this.#start())
    const next = new Int32Array(new SharedArrayBuffer(4))
    const order: HelpOrder = wanted === 0 ? { prepared, selection, site, next } : { prepared: shareArrays(prepared), selection: shareArrays(selection), site: shareArrays(site), next }
    const helped = this.#helpers.slice(0, wanted).map(helper => reportOf(helper, order))
    // A failure is told below; until then it must not end the process as one that nobody hears.
    for (const report of helped) report.catch(() => undefined)
    try {
      const tester = new AssetTester(order.prepared, order.selection, order.site)
      const own = testBlocks(tester, order.prepared.order, () => Atomics.add(next, 0, 1), job)
      return outcomeOf(order.prepared, tester, [own, ...(await Promise.all(helped))].flat(), job)
    } catch (cause) {
      // What the others still find belongs to no check.
      await this.close()
      throw cause
    }
  }

  /** Ends the helpers. */
  async close(): Promise<void> {
    await Promise.all(this.#helpers.splice(0).map(helper => helper.terminate()))
  }

  #start(): Worker {
    const helper = new Worker(this.#entry)
    helper.unref()
    helper.on('error', () => this.#forget(helper))
    helper.on('exit', () => this.#forget(helper))
    return helper
  }

  #forget(helper: Worker): void {
    const at = this.#helpers.indexOf(helper)
    if (at >= 0) this.#helpers.splice(at, 1)
  }
}

function reportOf(helper: Worker, order: HelpOrder): Promise<readonly BlockHits[]> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      helper.off('message', hear)
      helper.off('error', fail)
      helper.off('exit', died)
      helper.unref()
      then()
    }
    const hear = (report: HelpReport): void => settle(() => ('blocks' in report ? resolve(report.blocks) : reject(new Error(report.failure))))
    const fail = (cause: Error): void => settle(() => reject(cause))
    const died = (): void => settle(() => reject(new Error('a thread of the check ended without an answer')))
    helper.on('message', hear)
    helper.on('error', fail)
    helper.on('exit', died)
    helper.ref()
    helper.postMessage(order)
  })
}
