import { createPreview, type ClearancePreview } from '#shared/clearance/preview.ts'
import type { PreparedClearance } from '#shared/clearance/prepare.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import type { ClearanceAnswer, ClearanceRequest } from '#renderer/workers/clearance-messages.ts'

/** The newest network that is ready, and the means to test a route against it. */
export interface ReadyPreview {
  readonly preview: ClearancePreview
  readonly prepared: PreparedClearance
}

/**
 * Keeps a preview ready for one twin and pack. The index is built in a worker and handed over; until the first is
 * there, and while a newer one is being built, drawing goes on (with the last figures, or none).
 */
export class PreviewClient {
  ready: ReadyPreview | null = null
  private readonly worker: Worker
  private serial = 0

  /** @param onReady Called whenever a newer network is ready. */
  constructor(model: SceneModel, pack: RulePack, onReady: () => void) {
    this.worker = new Worker(new URL('../../workers/clearance-worker.ts', import.meta.url), { type: 'module', name: 'clearance' })
    this.worker.addEventListener('message', (event: MessageEvent<ClearanceAnswer>) => {
      const answer = event.data
      if (answer.serial !== this.serial || answer.type === 'failed') return
      this.ready = { preview: createPreview(answer.prepared), prepared: answer.prepared }
      onReady()
    })
    this.send({ type: 'load', columns: model.columns, pack, context: packContext(model.context) })
  }

  /** Asks for a network with these proposals and without these assets; an earlier one still being built is dropped when it comes. */
  prepare(proposals: readonly Proposal[], removed: readonly string[]): void {
    this.send({ type: 'prepare', serial: ++this.serial, proposals, removed })
  }

  dispose(): void {
    this.worker.terminate()
  }

  private send(request: ClearanceRequest): void {
    this.worker.postMessage(request)
  }
}
