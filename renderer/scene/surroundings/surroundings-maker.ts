import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import type { SurroundingsAnswer, SurroundingsRequest } from '#renderer/workers/surroundings-messages.ts'
import type { SceneModel } from '../scene-model.ts'
import { groundPicture, paintedFeatures, surroundingsMeshes, type GroundPicture, type SurroundingsMeshes, type SurroundingsTwin } from './surroundings.ts'

/** Below this many features they are made where they stand, before the next frame. */
const INLINE_FEATURES = 30_000

/** Makes the surroundings of one twin, large ones in a worker: the picture of the network does not wait for them. */
export class SurroundingsMaker {
  private readonly twin: SurroundingsTwin
  private readonly worker: Worker | null
  private painted: readonly SurfaceFeature[] | null = null
  private serial = 0
  private onMeshes: (meshes: SurroundingsMeshes) => void = () => undefined
  private onPicture: (bitmap: ImageBitmap) => void = () => undefined

  constructor({ context, frame }: SceneModel) {
    this.twin = { features: packContext(context).surfaceFeatures, ground: context.ground, crsOrigin: frame.crsOrigin, viewOrigin: frame.origin }
    const isLarge = this.twin.features.featureType.length > INLINE_FEATURES && typeof Worker !== 'undefined'
    this.worker = isLarge ? new Worker(new URL('../../workers/surroundings-worker.ts', import.meta.url), { type: 'module', name: 'surroundings' }) : null
    this.worker?.addEventListener('message', ({ data }: MessageEvent<SurroundingsAnswer>) => {
      if (data.type === 'meshes') this.onMeshes(data.meshes)
      else if (data.serial === this.serial) this.onPicture(data.bitmap)
      else data.bitmap.close()
    })
    this.ask({ type: 'load', twin: this.twin })
  }

  meshes(then: (meshes: SurroundingsMeshes) => void): void {
    this.onMeshes = then
    if (this.worker) this.ask({ type: 'meshes' })
    else then(surroundingsMeshes(this.twin))
  }

  /** A picture asked for before that has not come yet is dropped. */
  picture(picture: GroundPicture, then: (bitmap: ImageBitmap) => void): void {
    this.onPicture = then
    this.serial++
    if (this.worker) this.ask({ type: 'picture', serial: this.serial, picture })
    else then(groundPicture((this.painted ??= paintedFeatures(this.twin)), picture))
  }

  dispose(): void {
    this.worker?.terminate()
  }

  private ask(request: SurroundingsRequest): void {
    this.worker?.postMessage(request)
  }
}
