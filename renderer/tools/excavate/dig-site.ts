import { groundPatches, type GroundPatches } from '#shared/excavation/ground-patches.ts'
import { rockHoles, type RockHole } from '#shared/excavation/rock.ts'
import { buildSegmentIndex, type SegmentIndex } from '#shared/excavation/segment-index.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'

/** Assets with their index. */
export interface IndexedAssets {
  readonly columns: AssetColumns
  readonly index: SegmentIndex
}

/** Where one digs: the baseline under its index, the proposals of the scheme under one of their own, and what the scheme takes out. */
export interface DigSite {
  readonly ground: GroundPatches | null
  readonly groundAt: GroundSampler | null
  readonly baseline: IndexedAssets | null
  readonly proposals: IndexedAssets | null
  readonly removed: ReadonlySet<string>
  readonly rockHoles: readonly RockHole[]
}

/** Below this many vertices the index is built where it stands, in a few milliseconds. */
const INLINE_VERTICES = 60_000

/**
 * Keeps the site of a twin: the ground cut into patches, and the baseline's index, built in a worker where it is large.
 * @param onIndexed Called once the baseline's index is there.
 */
export class DigSiteKeeper {
  private readonly ground: GroundPatches | null
  private readonly groundAt: GroundSampler | null
  private baseline: IndexedAssets | null = null
  private worker: Worker | null = null
  private of: ScenarioDocument['proposals'] | null = null
  private ofRemovals: ScenarioDocument['removals'] | null = null
  private proposals: IndexedAssets | null = null
  private removed: ReadonlySet<string> = new Set()
  private readonly rockHoles: readonly RockHole[]
  private readonly model: SceneModel

  constructor(model: SceneModel, onIndexed: () => void) {
    this.model = model
    const { columns, context } = model
    this.ground = context.ground && groundPatches(context.ground)
    this.groundAt = model.groundAt
    this.rockHoles = rockHoles(context.surfaceFeatures)
    if (columns.vertexStart[columns.count]! <= INLINE_VERTICES) {
      this.baseline = { columns, index: buildSegmentIndex(columns) }
      return
    }
    this.worker = new Worker(new URL('../../workers/segment-index-worker.ts', import.meta.url), { type: 'module', name: 'segment-index' })
    this.worker.addEventListener('message', (event: MessageEvent<SegmentIndex>) => {
      this.baseline = { columns, index: event.data }
      this.dispose()
      onIndexed()
    })
    this.worker.postMessage(columns)
  }

  /** For the scheme as it is now; what did not change is kept. */
  site(document: ScenarioDocument | null): DigSite {
    if (document && (document.proposals !== this.of || document.removals !== this.ofRemovals)) {
      this.of = document.proposals
      this.ofRemovals = document.removals
      const proposals = Object.values(document.proposals)
      this.removed = new Set([...Object.keys(document.removals), ...proposals.flatMap(proposal => proposal.replaces ?? [])])
      const columns = proposals.length > 0 ? effectiveNetwork(buildAssetColumns([], this.model.columns.origin), proposals) : null
      this.proposals = columns && { columns, index: buildSegmentIndex(columns) }
    }
    const { ground, groundAt, baseline, rockHoles } = this
    return { ground, groundAt, baseline, rockHoles, proposals: document && this.proposals, removed: document ? this.removed : new Set() }
  }

  get isIndexed(): boolean {
    return this.baseline !== null
  }

  dispose(): void {
    this.worker?.terminate()
    this.worker = null
  }
}
