import { createStore } from 'zustand/vanilla'
import type { BoreRefusal } from '#shared/excavation/bore-axis.ts'
import type { CutMesh } from '#shared/excavation/cut-mesh.ts'
import type { CutSolid } from '#shared/excavation/cut-solid.ts'
import type { Excavation as CutAnswer, ExcavatedAsset } from '#shared/excavation/excavate.ts'
import type { RockMet } from '#shared/excavation/rock.ts'
import type { BoredAsset } from '#shared/excavation/scheme-digs.ts'
import type { ExcavationRejection } from '#shared/excavation/rejection.ts'
import type { Rejection } from '#shared/scenario/rejection.ts'
import type { Excavation, ExcavationShape } from '#shared/scenario/document.ts'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'

/** What the next excavation is: the tool's bar edits it, the tool uses it. */
export interface DigTemplate {
  readonly type: ExcavationShape['type']
  readonly bottom: { readonly depthM: number } | { readonly levelM: number }
  readonly slopeRatio: number
  /** Id of a soil class; empty for none. */
  readonly soil: string
  readonly widthM: number
  readonly bore: { readonly diameterM: number; readonly entryDeg: number; readonly exitDeg: number; readonly radiusM: number; readonly depthM: number }
}

/** Why there is nothing to show: the document's, the engine's or the bore designer's reason. */
export type DigRefusal = Rejection | ExcavationRejection | BoreRefusal

export interface CutResult {
  readonly excavation: Excavation
  readonly refusal: DigRefusal | null
  readonly solid: CutSolid | null
  readonly mesh: CutMesh | null
  /** Figures of a pit or trench; assets are left out while the index is being built. */
  readonly cut: CutAnswer | null
  readonly bored: readonly BoredAsset[] | null
  /** Rock that boreholes near it found above its lowest point. */
  readonly rock: readonly RockMet[]
  /** Parts of axes that hang in the cut, by asset id. Local frame. */
  readonly hanging: readonly { readonly asset: ExcavatedAsset; readonly section: OuterSection; readonly spans: readonly (readonly [Vec3, Vec3])[] }[]
  readonly computeMs: number
}

export interface ExcavationsState {
  readonly template: DigTemplate
  /** What a kind begins with when it is turned to. */
  readonly cuts: Readonly<Record<DigTemplate['type'], Pick<DigTemplate, 'bottom' | 'slopeRatio'>>>
  /** Being drawn or dragged; null at rest. */
  readonly draft: CutResult | null
  /** Of the active scheme, by excavation id. */
  readonly results: ReadonlyMap<string, CutResult>
  /** Assets can be told only once the index over them is there. */
  readonly isIndexed: boolean
  /** Excavations of later stages are not shown; null shows all. */
  readonly stage: number | null
}

export const excavationStore = createStore<ExcavationsState>(() => ({
  template: {
    type: 'pit', bottom: { depthM: 4 }, slopeRatio: 0, soil: '', widthM: 1.5,
    bore: { diameterM: 0.6, entryDeg: 12, exitDeg: 10, radiusM: 120, depthM: 6 },
  },
  cuts: { pit: { bottom: { depthM: 4 }, slopeRatio: 0 }, trench: { bottom: { depthM: 2 }, slopeRatio: 0 }, bore: { bottom: { depthM: 4 }, slopeRatio: 0 } },
  draft: null,
  results: new Map(),
  isIndexed: false,
  stage: null,
}))

/** What is open at the stage looked at: the committed ones, the one in hand in the shape it has now. */
export function shownCuts({ results, draft, stage }: Pick<ExcavationsState, 'results' | 'draft' | 'stage'>): readonly CutResult[] {
  const committed = [...results.values()].filter(result => result.excavation.id !== draft?.excavation.id && isOpenAt(result.excavation, stage))
  return draft ? [...committed, draft] : committed
}

/** Whether an excavation is open at the stage looked at. One without a stage is open at all. */
export const isOpenAt = (excavation: Excavation, stage: number | null): boolean => stage === null || (excavation.stage?.order ?? 0) <= stage
