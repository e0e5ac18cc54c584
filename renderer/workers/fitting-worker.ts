import { fittingMesh } from '../scene/tiles/fitting-mesh.ts'
import type { FittingAnswer, FittingRequest } from './fitting-messages.ts'

/** Derives what is built where lines meet, tile by tile, away from the interface. */
let twin: Extract<FittingRequest, { type: 'load' }> | null = null

self.addEventListener('message', ({ data: request }: MessageEvent<FittingRequest>) => {
  if (request.type === 'load') twin = request
  else if (twin) {
    const mesh = fittingMesh(twin.columns, twin.nodes, twin.tiles[request.tile]!)
    self.postMessage({ tile: request.tile, mesh } satisfies FittingAnswer, { transfer: [mesh.positions.buffer, mesh.packed.buffer, mesh.items.buffer, mesh.indices.buffer] })
  }
})
