import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { groundPicture, paintedFeatures, surroundingsMeshes, type SurroundingsTwin } from '../scene/surroundings/surroundings.ts'
import type { SurroundingsAnswer, SurroundingsRequest } from './surroundings-messages.ts'

/** Builds what stands on the ground, and paints the ground, of large twins away from the interface. */
let twin: SurroundingsTwin | null = null
let painted: readonly SurfaceFeature[] | null = null

const answer = (message: SurroundingsAnswer, transfer: Transferable[]): void => self.postMessage(message, { transfer })

self.addEventListener('message', ({ data: request }: MessageEvent<SurroundingsRequest>) => {
  if (request.type === 'load') twin = request.twin
  else if (!twin) return
  else if (request.type === 'meshes') {
    const meshes = surroundingsMeshes(twin)
    const { buildings, furniture } = meshes
    answer({ type: 'meshes', meshes }, [buildings.edges.buffer, ...[buildings, ...furniture].flatMap(({ positions, packed, indices }) => [positions.buffer, packed.buffer, indices.buffer])])
  } else {
    painted ??= paintedFeatures(twin)
    const bitmap = groundPicture(painted, request.picture)
    answer({ type: 'picture', serial: request.serial, bitmap }, [bitmap])
  }
})
