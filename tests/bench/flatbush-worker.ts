import { parentPort } from 'node:worker_threads'
import { AssetTester } from '#shared/clearance/asset-tester.ts'
import { testBlocks } from '#shared/clearance/check-blocks.ts'
import type { LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import type { PreparedClearance } from '#shared/clearance/prepare.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { FlatbushReader, type FlatbushIndex } from './flatbush-reader.ts'

export interface FlatbushOrder {
  readonly prepared: PreparedClearance
  readonly site: LineSite | null
  readonly index: FlatbushIndex
  readonly next: Int32Array
}

/** Blocks of the network tested with flatbush in the place of the engine's index. */
export const testWithFlatbush = ({ prepared, site, index, next }: FlatbushOrder) => {
  const tester = new AssetTester(prepared, {}, site, new FlatbushReader(prepared.network, index))
  return { tester, blocks: testBlocks(tester, prepared.order, () => Atomics.add(next, 0, 1), unattendedJob) }
}

parentPort?.on('message', (order: FlatbushOrder) => parentPort!.postMessage(testWithFlatbush(order).blocks))
