import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { pageMemory } from '../host/page-memory.ts'
import { buildSegmentGrid } from '../scene/picking/segment-grid.ts'
import { sceneParts, type SceneParts } from '../scene/scene-parts.ts'
import type { SceneAnswer, SceneRequest } from './scene-messages.ts'

/** Derives what the scene draws and picks from a large twin, away from the interface. */
let twin: { readonly columns: AssetColumns; readonly bodies: SceneParts['bodies'] } | null = null

const answer = (message: SceneAnswer, transfer: Transferable[] = []): void => self.postMessage(message, { transfer })

self.addEventListener('message', ({ data: request }: MessageEvent<SceneRequest>) => {
  if (request.type === 'parts') {
    const parts = sceneParts(request.columns, request.nodes, request.viewOrigin, pageMemory)
    twin = { columns: request.columns, bodies: parts.bodies }
    answer({ type: 'parts', parts }, [parts.segments.words.buffer, parts.segments.boxes.buffer])
  } else if (twin) {
    const { segmentAsset, segmentVertex, cellStart, entries, cellM, cols, rows, minX, minY, minZ, maxZ } = buildSegmentGrid(twin.columns, twin.bodies)
    const arrays = [segmentAsset, segmentVertex, cellStart, entries]
    answer({ type: 'grid', grid: { segmentAsset, segmentVertex, cellStart, entries, cellM, cols, rows, minX, minY, minZ, maxZ } }, arrays.map(array => array.buffer as ArrayBuffer))
  }
})
