import { SurroundingsBuilder } from '../scene/surroundings/surroundings.ts'
import type { SurroundingsAnswer, SurroundingsRequest } from './surroundings-messages.ts'

/** Builds what stands on the ground, and paints the ground, of large twins away from the interface. */
let builder: SurroundingsBuilder | null = null

const answer = (message: SurroundingsAnswer, transfer: Transferable[] = []): void => self.postMessage(message, { transfer })

self.addEventListener('message', ({ data: request }: MessageEvent<SurroundingsRequest>) => {
  if (request.type === 'load') {
    builder = new SurroundingsBuilder(request.twin)
    answer({ type: 'squares', squares: builder.squares() })
  } else if (!builder) return
  else if (request.type === 'meshes') {
    const meshes = builder.meshes(request.square)
    const { buildings, furniture } = meshes
    answer({ type: 'meshes', square: request.square, meshes }, [buildings.edges.buffer, ...[buildings, furniture].flatMap(({ positions, packed, indices }) => [positions.buffer, packed.buffer, indices.buffer])])
  } else {
    const bitmap = builder.picture(request.picture)
    answer({ type: 'picture', serial: request.serial, bitmap }, [bitmap])
  }
})
