import type { LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { createPreview, type ClearancePreview } from '#shared/clearance/preview.ts'
import type { PreparedClearance } from '#shared/clearance/prepare.ts'
import { pointsBox, widened, type PlanBox } from '#shared/geometry/plan-box.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
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
  private around: { readonly box: PlanBox; readonly site: LineSite | null } | null = null
  private asked: PlanBox | null = null
  private readonly worker: Worker
  private readonly reachM: number
  private serial = 0

  /** @param onReady Called whenever a newer network is ready. */
  constructor(model: SceneModel, pack: RulePack, onReady: () => void) {
    this.reachM = greatestLimitOf(pack) + WIDEST_M
    this.worker = new Worker(new URL('../../workers/clearance-worker.ts', import.meta.url), { type: 'module', name: 'clearance' })
    this.worker.addEventListener('message', (event: MessageEvent<ClearanceAnswer>) => {
      const answer = event.data
      if (answer.type === 'around') {
        this.around = answer
        return onReady()
      }
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

  /** What stands around a line: null until the part of the plan it runs in has come, which is asked for here. @param axis Local frame. */
  siteOf(axis: readonly Vec3[]): LineSite | null {
    const within = widened(pointsBox(axis), this.reachM)
    if (this.around && holds(this.around.box, within)) return this.around.site
    if (!this.asked || !holds(this.asked, within)) this.send({ type: 'around', box: (this.asked = widened(within, MARGIN_M)) })
    return null
  }

  dispose(): void {
    this.worker.terminate()
  }

  private send(request: ClearanceRequest): void {
    this.worker.postMessage(request)
  }
}

/** Beyond the greatest limit to what stands around: as wide as any line. */
const WIDEST_M = 10
/** So far a line may go on before the next part is asked for. */
const MARGIN_M = 200

const greatestLimitOf = ({ surroundings, structures }: RulePack): number => [...surroundings, ...structures].reduce((most, { minM }) => Math.max(most, minM), 0)

const holds = (outer: PlanBox, inner: PlanBox): boolean => outer.minX <= inner.minX && outer.minY <= inner.minY && outer.maxX >= inner.maxX && outer.maxY >= inner.maxY
