import type { FittingAnswer, FittingRequest } from '#renderer/workers/fitting-messages.ts'
import type { MeshArrays } from '../geometry/mesh-buffer.ts'
import type { SceneModel } from '../scene-model.ts'
import { fittingMesh } from './fitting-mesh.ts'

/** Makes bends, tees, reducers and valves of a tile; gives nothing where its worker failed: the lines meet without them, too. */
export class FittingMaker {
  private readonly model: SceneModel
  private worker: Worker | null = null
  private isFailed = false
  private readonly waiting = new Map<number, (mesh: MeshArrays) => void>()

  constructor(model: SceneModel) {
    this.model = model
  }

  make(tile: number, then: (mesh: MeshArrays) => void): void {
    const { columns, nodes, tiles } = this.model
    if (typeof Worker === 'undefined') return then(fittingMesh(columns, nodes, tiles[tile]!))
    if (this.isFailed) return
    this.worker ??= this.started()
    this.waiting.set(tile, then)
    this.worker.postMessage({ type: 'tile', tile } satisfies FittingRequest)
  }

  dispose(): void {
    this.worker?.terminate()
    this.worker = null
    this.waiting.clear()
  }

  private started(): Worker {
    const { columns, nodes, tiles } = this.model
    const worker = new Worker(new URL('../../workers/fitting-worker.ts', import.meta.url), { type: 'module', name: 'fittings' })
    worker.addEventListener('message', ({ data: { tile, mesh } }: MessageEvent<FittingAnswer>) => {
      this.waiting.get(tile)?.(mesh)
      this.waiting.delete(tile)
    })
    worker.addEventListener('error', () => {
      this.isFailed = true
      this.dispose()
    })
    worker.postMessage({ type: 'load', columns, nodes, tiles } satisfies FittingRequest)
    return worker
  }
}
