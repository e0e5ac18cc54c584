import { SurroundingsBuilder } from '../scene/surroundings/surroundings.ts'
import type { SurroundingsAnswer, SurroundingsRequest } from './surroundings-messages.ts'

/** Builds what stands on the ground, and paints the ground, of large twins away from the interface. */
type Work = Exclude<SurroundingsRequest, { type: 'load' }>

let builder: SurroundingsBuilder | null = null
const waiting: Work[] = []

const answer = (message: SurroundingsAnswer, transfer: Transferable[] = []): void => self.postMessage(message, { transfer })

/** What is looked at comes first: small pictures, then what stands about the eye, the picture of the whole city last. */
const urgency = (work: Work): number => (work.type === 'meshes' ? 1e6 : (work.picture.area.maxX - work.picture.area.minX) * (work.picture.area.maxY - work.picture.area.minY))

function perform(made: SurroundingsBuilder, work: Work): void {
  if (work.type === 'meshes') {
    const meshes = made.meshes(work.square)
    const { buildings, furniture } = meshes
    answer({ type: 'meshes', square: work.square, meshes }, [buildings.edges.buffer, ...[buildings, furniture].flatMap(({ positions, packed, indices }) => [positions.buffer, packed.buffer, indices.buffer])])
  } else {
    const bitmap = made.picture(work.picture)
    answer({ type: 'picture', serial: work.serial, bitmap }, [bitmap])
  }
}

/** One piece of work at a time: what is asked meanwhile may be more urgent. */
function next(): void {
  waiting.sort((a, b) => urgency(a) - urgency(b))
  const work = waiting.shift()
  if (work && builder) perform(builder, work)
  if (waiting.length > 0) setTimeout(next)
}

self.addEventListener('message', ({ data: request }: MessageEvent<SurroundingsRequest>) => {
  if (request.type === 'load') {
    builder = new SurroundingsBuilder(request.twin)
    answer({ type: 'squares', squares: builder.squares() })
    return
  }
  waiting.push(request)
  if (waiting.length === 1) setTimeout(next)
})
