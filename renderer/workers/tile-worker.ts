import { tilePartMesh } from '../scene/tiles/tile-maker.ts'
import type { TileAnswer, TileRequest } from './tile-messages.ts'

/** Builds tubes, and what joins them where lines meet, tile by tile, away from the interface. */
let twin: Parameters<typeof tilePartMesh>[0] | null = null

self.addEventListener('message', ({ data: request }: MessageEvent<TileRequest>) => {
  if (request.type === 'load') twin = request
  else if (twin) {
    const { part, tile } = request
    const mesh = tilePartMesh(twin, part, tile)
    self.postMessage({ part, tile, mesh } satisfies TileAnswer, { transfer: [mesh.positions.buffer, mesh.packed.buffer, mesh.items.buffer, mesh.indices.buffer] })
  }
})
