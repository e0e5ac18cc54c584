import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'

/** Builds the index that excavations are tested against, away from the interface: once per twin. */
self.addEventListener('message', (event: MessageEvent<AssetColumns>) => {
  const index = buildSegmentIndex(event.data)
  const transfer = [index.vertexAsset.buffer, ...index.levels.flatMap(level => [level.start.buffer, level.segments.buffer])] as ArrayBuffer[]
  self.postMessage(index, { transfer })
})
