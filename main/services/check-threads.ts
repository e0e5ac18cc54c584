import { Worker } from 'node:worker_threads'
import { AssetTester } from '#shared/clearance/asset-tester.ts'
import type { Touches } from '#shared/clearance/build-places.ts'
import { ClearanceOverload, testBlocks, type BlockHits } from '#shared/clearance/check-blocks.ts'
import type { CheckSelection } from '#shared/clearance/check-selection.ts'
import { outcomeOf, type CheckOutcome } from '#shared/clearance/check.ts'
import type { LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { prepareClearance, prepareIndex, touchesIn, withJoints, type ClearanceInput, type PreparedClearance, type TouchSource } from '#shared/clearance/prepare.ts'
import { unattendedJob, type JobControl } from '#shared/core/job.ts'
import { shareArrays } from '#shared/core/shared-arrays.ts'

/** To a helper: what to test, and the number of the next block that nobody has taken. */
interface TestOrder {
  readonly type: 'test'
  readonly prepared: PreparedClearance
  readonly selection: CheckSelection
  /** What rule 8 asks; null: nothing. */
  readonly site: LineSite | null
  readonly next: Int32Array
}

/** To a helper: whose ends to find the touches of. */
interface TouchOrder {
  readonly type: 'touch'
  readonly index: TouchSource
  readonly next: Int32Array
}

export type HelpOrder = TestOrder | TouchOrder

/** From a helper. */
export type HelpReport = { readonly blocks: readonly BlockHits[] } | { readonly touches: Touches } | { readonly failure: string; readonly isOverload: boolean }

/** What a helper does with an order. */
export function helpWith(order: HelpOrder): HelpReport {
  const next = (): number => Atomics.add(order.next, 0, 1)
  try {
    if (order.type === 'touch') return { touches: touchesIn(order.index, next) }
    const { prepared, selection, site } = order
    return { blocks: testBlocks(new AssetTester(prepared, selection, site), prepared.order, next, unattendedJob) }
  } catch (cause) {
    // Nobody needs to go on with what cannot be finished: no network has as many blocks.
    Atomics.add(order.next, 0, 2 ** 30)
    return { failure: cause instanceof Error ? cause.message : String(cause), isOverload: cause instanceof ClearanceOverload }
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

  /** `prepareClearance`, the joints looked for together. @throws CancelledError; Error where a helper failed or died. */
  async prepare(input: ClearanceInput, job: JobControl): Promise<PreparedClearance> {
    const wanted = this.#wanted(input.assets.count)
    if (wanted === 0) return prepareClearance(input, job)
    const index = shareArrays(prepareIndex(input, job))
    const { network, grid, order, pack } = index
    const next = new Int32Array(new SharedArrayBuffer(4))
    const [own, reports] = await this.#together(wanted, { type: 'touch', index: { network, grid, order, pack }, next }, () => touchesIn(index, () => Atomics.add(next, 0, 1), job))
    return withJoints(index, [own, ...reports.flatMap(report => ('touches' in report ? [report.touches] : []))])
  }

  /** @throws CancelledError; ClearanceOverload; Error where a helper failed or died. */
  async check(prepared: PreparedClearance, selection: CheckSelection, job: JobControl, site: LineSite | null = null): Promise<CheckOutcome> {
    const wanted = this.#wanted(prepared.network.assetCount)
    const next = new Int32Array(new SharedArrayBuffer(4))
    const order: TestOrder = wanted === 0
      ? { type: 'test', prepared, selection, site, next }
      : { type: 'test', prepared: shareArrays(prepared), selection: shareArrays(selection), site: shareArrays(site), next }
    const [{ tester, blocks }, reports] = await this.#together(wanted, order, () => {
      const tester = new AssetTester(order.prepared, order.selection, order.site)
      return { tester, blocks: testBlocks(tester, prepared.order, () => Atomics.add(next, 0, 1), job) }
    })
    return outcomeOf(order.prepared, tester, [blocks, ...reports.map(report => ('blocks' in report ? report.blocks : []))].flat(), job)
  }

  #wanted(assets: number): number {
    return assets < this.#leastAssets ? 0 : this.#most
  }

  /** Does a piece of work here while helpers do theirs. */
  async #together<T>(wanted: number, order: HelpOrder, work: () => T): Promise<[T, readonly HelpReport[]]> {
    while (this.#helpers.length < wanted) this.#helpers.push(this.#start())
    const helped = this.#helpers.slice(0, wanted).map(helper => reportOf(helper, order))
    // A failure is told below; until then it must not end the process as one that nobody hears.
    for (const report of helped) report.catch(() => undefined)
    try {
      const own = work()
      return [own, await Promise.all(helped)]
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

function reportOf(helper: Worker, order: HelpOrder): Promise<HelpReport> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      helper.off('message', hear)
      helper.off('error', fail)
      helper.off('exit', died)
      helper.unref()
      then()
    }
    const hear = (report: HelpReport): void => settle(() => ('failure' in report ? reject(report.isOverload ? new ClearanceOverload() : new Error(report.failure)) : resolve(report)))
    const fail = (cause: Error): void => settle(() => reject(cause))
    const died = (): void => settle(() => reject(new Error('a thread of the check ended without an answer')))
    helper.on('message', hear)
    helper.on('error', fail)
    helper.on('exit', died)
    helper.ref()
    helper.postMessage(order)
  })
}
