import { Worker } from 'node:worker_threads'
import { testBlocks } from '#shared/clearance/check-blocks.ts'
import type { CheckSelection } from '#shared/clearance/check-selection.ts'
import { CheckTester } from '#shared/clearance/check-tester.ts'
import { checkNetwork, outcomeOf, type CheckOutcome } from '#shared/clearance/check.ts'
import type { LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { ClearanceOverload } from '#shared/clearance/grid/overload.ts'
import { tellPartly, type PartialListener } from '#shared/clearance/findings/partial-findings.ts'
import { planIndex, prepareClearance, touchesIn, withGrid, withJoints, type ClearanceInput, type IndexPlan, type PreparedClearance, type TouchSource } from '#shared/clearance/prepare.ts'
import { coarser, mergeParts, planGrid, type SegmentGrid } from '#shared/clearance/grid/segment-grid.ts'
import { gatherSuspects } from '#shared/clearance/screens/suspects.ts'
import type { JobControl } from '#shared/core/job.ts'
import { shareArrays, sharedMemory } from '#shared/core/shared-arrays.ts'
import { countParts, fillParts, newCounter, taking, type HelpOrder, type HelpReport, type SuspectOrder } from './check-helper.ts'

/** A thread that is held up leaves more to the others. */
const PARTS_PER_THREAD = 4
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

  /** `prepareClearance`, grid and joints together. @throws CancelledError; Error where a helper failed or died. */
  async prepare(input: ClearanceInput, job: JobControl): Promise<PreparedClearance> {
    const wanted = this.#wanted(input.assets.count)
    if (wanted === 0) return prepareClearance(input, job)
    // They come up while this thread does what is done by one.
    this.#startHelpers(wanted)
    const shared = { ...input, assets: shareArrays(input.assets) }
    const plan = planIndex(shared, sharedMemory, job)
    const { grid, order } = await this.#buildGrid(wanted, plan, job)
    const index = shareArrays(withGrid(shared, plan, grid, order, job))
    const source: TouchSource = { network: index.network, grid, pack: index.pack }
    const next = newCounter()
    const [own, reports] = await this.#together(wanted, { type: 'touch', index: source, next }, () => touchesIn(source, taking(next), job))
    return withJoints(index, [own, ...reports.flatMap(report => ('touches' in report ? [report.touches] : []))], sharedMemory)
  }

  async #buildGrid(wanted: number, { network, inflationM }: IndexPlan, job: JobControl): Promise<{ grid: SegmentGrid; order: Uint32Array }> {
    const parts = PARTS_PER_THREAD * (wanted + 1)
    for (let plan = planGrid(network, inflationM, sharedMemory); ; plan = coarser(plan)) {
      job.throwIfCancelled()
      const counting = newCounter()
      const [own, reports] = await this.#together(wanted, { type: 'count', plan, parts, next: counting }, () => countParts(plan, parts, taking(counting)))
      const counted = [...own, ...reports.flatMap(report => ('counted' in report ? report.counted : []))]
      const grid = counted.length === parts ? mergeParts(plan, counted, sharedMemory) : null
      if (!grid) continue
      const filling = newCounter()
      await this.#together(wanted, { type: 'fill', plan, grid, counted, next: filling }, () => fillParts(plan, grid, counted, taking(filling)))
      return { grid, order: plan.order }
    }
  }

  /**
   * @param tell Hears of what this thread, not its helpers, has found while the check goes on.
   * @throws CancelledError; ClearanceOverload; Error where a helper failed or died.
   */
  async check(prepared: PreparedClearance, selection: CheckSelection, job: JobControl, site: LineSite | null = null, tell?: PartialListener): Promise<CheckOutcome> {
    const wanted = this.#wanted(prepared.network.assetCount)
    if (wanted === 0) return checkNetwork(prepared, selection, job, site, tell)
    const order: SuspectOrder = { type: 'suspects', prepared: shareArrays(prepared), selection: shareArrays(selection), site: shareArrays(site), next: newCounter() }
    const [{ tester, own }, found] = await this.#together(wanted, order, () => {
      const tester = new CheckTester(order.prepared, order.selection, order.site)
      return { tester, own: tester.findSuspects(taking(order.next), job) }
    })
    const suspects = shareArrays(gatherSuspects([own, ...found.flatMap(report => ('suspects' in report ? [report.suspects] : []))], prepared.order))
    const next = newCounter()
    const [blocks, tested] = await this.#together(wanted, { type: 'test', suspects, next }, () => testBlocks(tester, suspects, prepared.order, taking(next), job, tell && tellPartly(order.prepared, tester, tell)))
    return outcomeOf(order.prepared, tester, [blocks, ...tested.map(report => ('blocks' in report ? report.blocks : []))].flat(), job)
  }

  #wanted(assets: number): number {
    return assets < this.#leastAssets ? 0 : this.#most
  }

  /** Does a piece of work here while helpers do theirs. */
  async #together<T>(wanted: number, order: HelpOrder, work: () => T): Promise<[T, readonly HelpReport[]]> {
    this.#startHelpers(wanted)
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

  #startHelpers(wanted: number): void {
    while (this.#helpers.length < wanted) this.#helpers.push(this.#start())
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
