import type { TileAnswer, TileRequest } from '#renderer/workers/tile-messages.ts'
import type { MeshArrays } from '../geometry/mesh-buffer.ts'
import type { SceneModel } from '../scene-model.ts'
import { fittingMesh } from './fitting-mesh.ts'
import type { TilePart, TileSource } from './tile-field.ts'
import { tileMesh } from './tile-mesh.ts'

type TileTwin = Pick<SceneModel, 'columns' | 'nodes' | 'bodies' | 'tiles'>

/** One part of one tile, where it is asked for. */
export function tilePartMesh({ columns, nodes, bodies, tiles }: TileTwin, part: TilePart, tile: number): MeshArrays {
  return part === 'tubes' ? tileMesh(columns, bodies, tiles[tile]!) : fittingMesh(columns, nodes, tiles[tile]!)
}

/**
 * Makes the near form of tiles, their tubes and the bends, tees, reducers and valves between them, in a worker; gives
 * nothing where that failed: ribbons stay, and lines meet without pieces.
 */
export class TileMaker implements TileSource {
  private readonly model: SceneModel
  private worker: Worker | null = null
  private isFailed = false
  private readonly waiting = new Map<string, (mesh: MeshArrays) => void>()

  constructor(model: SceneModel) {
    this.model = model
  }

  make(part: TilePart, tile: number, then: (mesh: MeshArrays) => void): void {
    if (typeof Worker === 'undefined') return then(tilePartMesh(this.model, part, tile))
    if (this.isFailed) return
    this.worker ??= this.started()
    this.waiting.set(`${part} ${tile}`, then)
    this.worker.postMessage({ type: 'make', part, tile } satisfies TileRequest)
  }

  dispose(): void {
    this.worker?.terminate()
    this.worker = null
    this.waiting.clear()
  }

  private started(): Worker {
    const { columns, nodes, bodies, tiles } = this.model
    const worker = new Worker(new URL('../../workers/tile-worker.ts', import.meta.url), { type: 'module', name: 'tiles' })
    worker.addEventListener('message', ({ data: { part, tile, mesh } }: MessageEvent<TileAnswer>) => {
      const key = `${part} ${tile}`
      const then = this.waiting.get(key)
      this.waiting.delete(key)
      then?.(mesh)
    })
    worker.addEventListener('error', () => {
      this.isFailed = true
      this.dispose()
    })
    worker.postMessage({ type: 'load', columns, nodes, bodies, tiles } satisfies TileRequest)
    return worker
  }
}
