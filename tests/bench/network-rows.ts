import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { CheckThreads } from '#main/services/check-threads.ts'
import { buildPlaces } from '#shared/clearance/build-places.ts'
import type { BlockHits } from '#shared/clearance/check-blocks.ts'
import { outcomeOf, type CheckOutcome } from '#shared/clearance/check.ts'
import { lineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { prepareClearance, type ClearanceInput, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { buildRuns } from '#shared/clearance/runs.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { shareArrays } from '#shared/core/shared-arrays.ts'
import { buildFlatbush, FlatbushReader } from './flatbush-reader.ts'
import { testWithFlatbush, type FlatbushOrder } from './flatbush-worker.ts'
import { rounded } from './measure.ts'

/** The city has nothing on its ground: rule 8 asks its lines alone. */
const NO_SITE = { surfaceFeatures: [], nodes: [] }

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
    const prepared = prepareClearance(input)
    const prepareMs = performance.now() - start
    const outcome = await this.#threads.check(prepared, {}, unattendedJob, lineSite(prepared, NO_SITE))
    return { outcome, ms: rounded(performance.now() - start), prepareMs: rounded(prepareMs) }
  }

  close(): Promise<void> {
    return this.#threads.close()
  }
}

/**
 * The same with flatbush in the place of the engine's index, on as many threads, with the same tests of what it finds.
 * What both do alike before there is an index (classes, chainages) is not counted.
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
    const places = buildPlaces(network, new FlatbushReader(network, index), pack.snapToleranceM, () => undefined)
    const order: FlatbushOrder = { prepared: shareArrays({ ...prepared, places, runs: buildRuns(network, places) }), site: lineSite(prepared, NO_SITE), index, next: new Int32Array(new SharedArrayBuffer(4)) }
    const helped = this.#helpers.map(helper => {
      helper.postMessage(order)
      return once(helper, 'message') as Promise<[BlockHits[]]>
    })
    const { tester, blocks } = testWithFlatbush(order)
    const others = (await Promise.all(helped)).flatMap(([found]) => found)
    return { outcome: outcomeOf(order.prepared, tester, [...blocks, ...others]), ms: rounded(performance.now() - start) }
  }

  async close(): Promise<void> {
    await Promise.all(this.#helpers.map(helper => helper.terminate()))
  }
}
