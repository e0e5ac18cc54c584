import { createStore } from 'zustand/vanilla'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { Stop } from '#shared/profile/stops.ts'
import type { TypedPoint } from './typed-point.ts'

/** What a drawn point is tied to. */
export type SnapTarget = 'end' | 'vertex' | 'axis' | 'node' | 'proposal' | 'straight' | 'right_angle' | Stop['target']

/** What the point in hand is tied or led to. `distanceM`: of a fall per mille. */
export interface DraftSnap {
  /** Local frame. */
  readonly at: Vec3
  readonly target: SnapTarget
  readonly label: string
  readonly distanceM?: number
  /** In a cross-section it may be led aside and in level. */
  readonly also?: Pick<DraftSnap, 'target' | 'label' | 'distanceM'>
}

/** What only the picture needs to know of the gesture under way; the gesture itself is `interaction` in the session. */
export interface DraftState {
  readonly snap: DraftSnap | null
  /** Ground above or below the drawn point, for the plumb line; local frame. */
  readonly ground: Vec3 | null
  /** False while the twin has no ground there and levels stand on an assumption. */
  readonly hasGround: boolean
  /** Places a point that was typed, with the tool that is on; null while there is no scene. */
  readonly placeTyped: ((point: TypedPoint) => void) | null
  /** Finishes what is laid out, as Enter does in the picture. */
  readonly finishTyped: (() => void) | null
}

export const draftStore = createStore<DraftState>(() => ({ snap: null, ground: null, hasGround: true, placeTyped: null, finishTyped: null }))

export const clearDraft = (): void => draftStore.setState({ snap: null, ground: null, hasGround: true })
