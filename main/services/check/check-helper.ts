import type { Touches } from '#shared/clearance/joints/find-touches.ts'
import { testBlocks, type BlockHits } from '#shared/clearance/check-blocks.ts'
import type { CheckSelection } from '#shared/clearance/check-selection.ts'
import { CheckTester } from '#shared/clearance/check-tester.ts'
import type { LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { ClearanceOverload } from '#shared/clearance/grid/overload.ts'
import { touchesIn, type PreparedClearance, type TouchSource } from '#shared/clearance/prepare.ts'
import { countPart, fillPart, type GridPart, type GridPlan, type SegmentGrid } from '#shared/clearance/grid/segment-grid.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { sharedMemory } from '#shared/core/shared-arrays.ts'

/** Number of the next block that nobody has taken, between threads. */
export const newCounter = (): Int32Array => new Int32Array(new SharedArrayBuffer(4))
export const taking = (counter: Int32Array) => (): number => Atomics.add(counter, 0, 1)

/** To a helper: parts of a grid to count. */
interface CountOrder {
  readonly type: 'count'
  readonly plan: GridPlan
  readonly parts: number
  readonly next: Int32Array
}

/** To a helper: parts of a grid to write. */
interface FillOrder {
  readonly type: 'fill'
  readonly plan: GridPlan
  readonly grid: SegmentGrid
  readonly counted: readonly GridPart[]
  readonly next: Int32Array
}

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

export type HelpOrder = CountOrder | FillOrder | TouchOrder | SuspectOrder | TestOrder

/** From a helper. */
export type HelpReport =
  | { readonly counted: readonly GridPart[] }
  | { readonly isFilled: true }
  | { readonly touches: Touches }
  | { readonly suspects: Uint32Array }
  | { readonly blocks: readonly BlockHits[] }
  | { readonly failure: string; readonly isOverload: boolean }

/** Counts parts of a grid until there are no more; one that is too much is left out, and the grid with it. */
export function countParts(plan: GridPlan, parts: number, next: () => number): readonly GridPart[] {
  const counted: GridPart[] = []
  for (let part = next(); part < parts; part = next()) {
    const one = countPart(plan, part, parts, sharedMemory)
    if (one) counted.push(one)
  }
  return counted
}

/** Writes parts of a grid until there are no more. */
export function fillParts(plan: GridPlan, grid: SegmentGrid, counted: readonly GridPart[], next: () => number): void {
  for (let part = next(); part < counted.length; part = next()) fillPart(plan, grid, counted[part]!, counted.length)
}

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
    if (order.type === 'count') return { counted: countParts(order.plan, order.parts, next) }
    if (order.type === 'fill') {
      fillParts(order.plan, order.grid, order.counted, next)
      return { isFilled: true }
    }
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
