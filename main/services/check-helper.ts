import type { Touches } from '#shared/clearance/build-places.ts'
import { testBlocks, type BlockHits } from '#shared/clearance/check-blocks.ts'
import type { CheckSelection } from '#shared/clearance/check-selection.ts'
import { CheckTester } from '#shared/clearance/check-tester.ts'
import type { LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { ClearanceOverload } from '#shared/clearance/overload.ts'
import { touchesIn, type PreparedClearance, type TouchSource } from '#shared/clearance/prepare.ts'
import { unattendedJob } from '#shared/core/job.ts'

/** Number of the next block that nobody has taken, between threads. */
export const newCounter = (): Int32Array => new Int32Array(new SharedArrayBuffer(4))
export const taking = (counter: Int32Array) => (): number => Atomics.add(counter, 0, 1)

/** To a helper: whose ends to find the touches of. */
interface TouchOrder {
  readonly type: 'touch'
  readonly index: TouchSource
  readonly next: Int32Array
}

/** To a helper: what to check. It keeps it for the order after. */
export interface SuspectOrder {
  readonly type: 'suspects'
  readonly prepared: PreparedClearance
  readonly selection: CheckSelection
  /** What rule 8 asks; null: nothing. */
  readonly site: LineSite | null
  readonly next: Int32Array
}

/** To a helper: what to test of the check it has. */
interface TestOrder {
  readonly type: 'test'
  readonly suspects: Uint32Array
  readonly next: Int32Array
}

export type HelpOrder = TouchOrder | SuspectOrder | TestOrder

/** From a helper. */
export type HelpReport =
  | { readonly touches: Touches }
  | { readonly suspects: Uint32Array }
  | { readonly blocks: readonly BlockHits[] }
  | { readonly failure: string; readonly isOverload: boolean }

/** A thread beside that of the check: does what it is ordered, step by step. */
export class CheckHelper {
  #check: { readonly tester: CheckTester; readonly order: Uint32Array } | null = null

  answer(order: HelpOrder): HelpReport {
    try {
      return this.#do(order)
    } catch (cause) {
      // Nobody needs to go on with what cannot be finished: no network has as many blocks.
      Atomics.add(order.next, 0, 2 ** 30)
      return { failure: cause instanceof Error ? cause.message : String(cause), isOverload: cause instanceof ClearanceOverload }
    }
  }

  #do(order: HelpOrder): HelpReport {
    const next = taking(order.next)
    if (order.type === 'touch') return { touches: touchesIn(order.index, next) }
    if (order.type === 'suspects') {
      const { prepared, selection, site } = order
      const tester = new CheckTester(prepared, selection, site)
      this.#check = { tester, order: prepared.order }
      return { suspects: tester.findSuspects(next, unattendedJob) }
    }
    if (!this.#check) throw new Error('a helper was asked for the rest of a check that it does not have')
    const { tester, order: assets } = this.#check
    this.#check = null
    return { blocks: testBlocks(tester, order.suspects, assets, next, unattendedJob) }
  }
}
