import { parentPort } from 'node:worker_threads'
import type { Touches } from '#shared/clearance/joints/find-touches.ts'
import type { LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import type { PreparedClearance } from '#shared/clearance/prepare.ts'
import { FlatbushReader, type FlatbushIndex } from './flatbush-reader.ts'
import { findTouches, ReferenceTester } from './reference-tester.ts'

/** To find what the ends touch. */
export interface FlatbushTouchOrder {
  readonly type: 'touch'
  readonly prepared: PreparedClearance
  readonly index: FlatbushIndex
  readonly next: Int32Array
}

/** To test blocks. */
export interface FlatbushOrder {
  readonly type: 'test'
  readonly prepared: PreparedClearance
  readonly site: LineSite | null
  readonly index: FlatbushIndex
  readonly next: Int32Array
}

export const touchesWithFlatbush = ({ prepared: { network, order, pack }, index, next }: FlatbushTouchOrder): Touches =>
  findTouches(network, new FlatbushReader(network, index), pack.snapToleranceM, order, () => Atomics.add(next, 0, 1))

/** Blocks of the network tested as somebody would around flatbush. */
export const testWithFlatbush = ({ prepared, site, index, next }: FlatbushOrder) => {
  const tester = new ReferenceTester(prepared, site, new FlatbushReader(prepared.network, index))
  return { tester, blocks: tester.testBlocks(() => Atomics.add(next, 0, 1)) }
}

parentPort?.on('message', (order: FlatbushOrder | FlatbushTouchOrder) => parentPort!.postMessage(order.type === 'touch' ? touchesWithFlatbush(order) : testWithFlatbush(order).blocks))
