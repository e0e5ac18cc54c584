import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { CheckThreads } from '#main/services/check/check-threads.ts'
import { placesOfTouches } from '#shared/clearance/joints/build-places.ts'
import type { Touches } from '#shared/clearance/joints/find-touches.ts'
import type { BlockHits } from '#shared/clearance/check-blocks.ts'
import { checkNetwork, outcomeOf, type CheckOutcome } from '#shared/clearance/check.ts'
import { lineSite } from '#shared/clearance/line-rules/line-tester.ts'
import type { SegmentReader } from '#shared/clearance/grid/grid-reader.ts'
import { prepareClearance, type ClearanceInput, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { buildRuns } from '#shared/clearance/network/runs.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { shareArrays } from '#shared/core/shared-arrays.ts'
import { buildFlatbush } from './flatbush-reader.ts'
import { testWithFlatbush, touchesWithFlatbush, type FlatbushOrder, type FlatbushTouchOrder } from './flatbush-worker.ts'
import { rounded } from './measure.ts'
import { findTouches, ReferenceTester } from './reference-tester.ts'

/** The city has nothing on its ground: rule 8 asks its lines alone. */
const NO_SITE = { surfaceFeatures: [], nodes: [] }

const newCounter = (): Int32Array => new Int32Array(new SharedArrayBuffer(4))

/** One whole check and how long it took, index and joints included. */
export interface NetworkRun {
  readonly outcome: CheckOutcome
  readonly ms: number
  readonly prepareMs: number
}

/** Checks whole networks with the product's threads. */
export class NetworkBench {
  readonly #threads: CheckThreads

  constructor(workers: number) {
    this.#threads = new CheckThreads(new URL('../../main/workers/check-helper-worker.ts', import.meta.url), workers - 1)
  }

  async run(input: ClearanceInput): Promise<NetworkRun> {
    const start = performance.now()
    const prepared = await this.#threads.prepare(input, unattendedJob)
    const prepareMs = performance.now() - start
    const outcome = await this.#threads.check(prepared, {}, unattendedJob, lineSite(prepared, NO_SITE))
    return { outcome, ms: rounded(performance.now() - start), prepareMs: rounded(prepareMs) }
  }

  close(): Promise<void> {
    return this.#threads.close()
  }
}

/**
 * What somebody would write around flatbush, on as many threads: no index and no screen of the engine, its exact test of
 * every pair that comes near enough (`ReferenceTester`). What both do alike before there is an index (classes, chainages) is not counted.
 */
export class FlatbushBench {
  readonly #helpers: Worker[]

  constructor(workers: number) {
    this.#helpers = Array.from({ length: workers - 1 }, () => new Worker(new URL('./flatbush-worker.ts', import.meta.url)))
  }

  async run(prepared: PreparedClearance): Promise<{ readonly outcome: CheckOutcome; readonly ms: number }> {
    const start = performance.now()
    const { network, grid: { inflationM }, pack } = prepared
    const index = buildFlatbush(network, inflationM)
    const shared = shareArrays(prepared)
    const touchOrder: FlatbushTouchOrder = { type: 'touch', prepared: shared, index, next: newCounter() }
    const touched = this.#ask<Touches>(touchOrder)
    const places = placesOfTouches(network, [touchesWithFlatbush(touchOrder), ...(await touched)], pack.snapToleranceM)
    const order: FlatbushOrder = { type: 'test', prepared: shareArrays({ ...shared, places, runs: buildRuns(network, places) }), site: lineSite(prepared, NO_SITE), index, next: newCounter() }
    const helped = this.#ask<readonly BlockHits[]>(order)
    const { tester, blocks } = testWithFlatbush(order)
    const others = (await helped).flat()
    return { outcome: outcomeOf(order.prepared, tester, [...blocks, ...others]), ms: rounded(performance.now() - start) }
  }

  #ask<T>(order: FlatbushOrder | FlatbushTouchOrder): Promise<T[]> {
    return Promise.all(this.#helpers.map(async helper => {
      helper.postMessage(order)
      return ((await once(helper, 'message')) as [T])[0]
    }))
  }

  async close(): Promise<void> {
    await Promise.all(this.#helpers.map(helper => helper.terminate()))
  }
}

/** The same with another index on one thread. */
export function runWith(prepared: PreparedClearance, indexOf: (network: PreparedClearance['network'], inflationM: Float64Array) => SegmentReader): { readonly outcome: CheckOutcome; readonly ms: number } {
  const start = performance.now()
  const { network, grid: { inflationM }, order, pack } = prepared
  const reader = indexOf(network, inflationM)
  const counter = (): (() => number) => {
    let block = 0
    return () => block++
  }
  const places = placesOfTouches(network, [findTouches(network, reader, pack.snapToleranceM, order, counter())], pack.snapToleranceM)
  const joined = { ...prepared, places, runs: buildRuns(network, places) }
  const tester = new ReferenceTester(joined, lineSite(prepared, NO_SITE), reader)
  return { outcome: outcomeOf(joined, tester, tester.testBlocks(counter())), ms: rounded(performance.now() - start) }
}

/** The engine on one thread. */
export function runAlone(input: ClearanceInput): number {
  const start = performance.now()
  const prepared = prepareClearance(input)
  checkNetwork(prepared, {}, unattendedJob, lineSite(prepared, NO_SITE))
  return rounded(performance.now() - start)
}
