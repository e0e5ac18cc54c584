import { packContext } from '#shared/twin/twin-context.ts'
import type { SurroundingsAnswer, SurroundingsRequest } from '#renderer/workers/surroundings-messages.ts'
import type { SceneModel } from '../scene-model.ts'
import { SurroundingsBuilder, type GroundPicture, type SquareMeshes, type SquarePlace, type SurroundingsTwin } from './surroundings.ts'

/** Below this many features they are made where they stand, when they are asked for. */
const INLINE_FEATURES = 30_000

/** Makes the surroundings of one twin, large ones in a worker: the picture of the network does not wait for them. */
export class SurroundingsMaker {
  private readonly inline: SurroundingsBuilder | null = null
  private readonly worker: Worker | null = null
  private pictures = 0
  private readonly onPicture = new Map<number, (bitmap: ImageBitmap) => void>()
  private readonly onMeshes = new Map<number, (meshes: SquareMeshes) => void>()
  private squaresKnown: readonly SquarePlace[] | null = null
  private onSquares: (squares: readonly SquarePlace[]) => void = () => undefined

  constructor({ context, frame }: SceneModel) {
    const twin: SurroundingsTwin = { features: packContext(context).surfaceFeatures, ground: context.ground, crsOrigin: frame.crsOrigin, viewOrigin: frame.origin }
    if (twin.features.featureType.length <= INLINE_FEATURES || typeof Worker === 'undefined') {
      this.inline = new SurroundingsBuilder(twin)
      this.squaresKnown = this.inline.squares()
      return
    }
    this.worker = new Worker(new URL('../../workers/surroundings-worker.ts', import.meta.url), { type: 'module', name: 'surroundings' })
    this.worker.addEventListener('message', ({ data }: MessageEvent<SurroundingsAnswer>) => this.take(data))
    this.ask({ type: 'load', twin })
  }

  /** Tells where there is something to build. */
  squares(then: (squares: readonly SquarePlace[]) => void): void {
    this.onSquares = then
    if (this.squaresKnown) then(this.squaresKnown)
  }

  meshes(square: number, then: (meshes: SquareMeshes) => void): void {
    if (this.inline) return then(this.inline.meshes(square))
    this.onMeshes.set(square, then)
    this.ask({ type: 'meshes', square })
  }

  /** @returns the means to do without: a picture that comes later is dropped. */
  picture(picture: GroundPicture, then: (bitmap: ImageBitmap) => void): () => void {
    if (this.inline) {
      then(this.inline.picture(picture))
      return () => undefined
    }
    const serial = ++this.pictures
    this.onPicture.set(serial, then)
    this.ask({ type: 'picture', serial, picture })
    return () => void this.onPicture.delete(serial)
  }

  dispose(): void {
    this.worker?.terminate()
  }

  private take(answer: SurroundingsAnswer): void {
    if (answer.type === 'squares') {
      this.squaresKnown = answer.squares
      this.onSquares(answer.squares)
    } else if (answer.type === 'meshes') {
      this.onMeshes.get(answer.square)?.(answer.meshes)
      this.onMeshes.delete(answer.square)
    } else {
      const then = this.onPicture.get(answer.serial)
      this.onPicture.delete(answer.serial)
      if (then) then(answer.bitmap)
      else answer.bitmap.close()
    }
  }

  private ask(request: SurroundingsRequest): void {
    this.worker?.postMessage(request)
  }
}
