import { createStore } from 'zustand/vanilla'
import type { Vec3 } from '#shared/twin/asset.ts'

/** What a drawn point is tied to. */
export type SnapTarget = 'end' | 'vertex' | 'axis' | 'node' | 'proposal'

/** What only the picture needs to know of the gesture under way; the gesture itself is `interaction` in the session. */
export interface DraftState {
  /** Local frame. */
  readonly snap: { readonly at: Vec3; readonly target: SnapTarget; readonly label: string } | null
  /** Ground above or below the drawn point, for the plumb line; local frame. */
  readonly ground: Vec3 | null
  /** False while the twin has no ground there and levels stand on an assumption. */
  readonly hasGround: boolean
}

export const draftStore = createStore<DraftState>(() => ({ snap: null, ground: null, hasGround: true }))

export const clearDraft = (): void => draftStore.setState({ snap: null, ground: null, hasGround: true })
