import { createStore } from 'zustand/vanilla'
import type { Decision } from '#shared/register/decision.ts'
import type { CameraPlace } from '../view/camera-store.ts'
import type { CheckScope } from '../findings/findings-store.ts'

/** A page of a meeting. Findings and views go by their ids; what is gone when its turn comes says so. */
export type Slide =
  | { readonly type: 'title' }
  | { readonly type: 'view'; readonly id: string }
  | { readonly type: 'scheme'; readonly id: string }
  /** Two schemes against each other, with the swipe. */
  | { readonly type: 'compare'; readonly id: string; readonly otherId: string }
  /** With the scheme and the list it was found in: slides of schemes come between. */
  | { readonly type: 'finding'; readonly id: string; readonly scenarioId: string | null; readonly scope: CheckScope }
  | { readonly type: 'end' }

/** What the hand holds. */
export type MeetingTool = 'pen' | 'pointer'
export const MEETING_KEYS = { pen: 'P', pointer: 'L', wipe: 'C' } as const

/** What is drawn on a slide, and where the camera stood: strokes in shares of the view's width and height. */
export interface SlideInk {
  readonly place: CameraPlace
  readonly strokes: readonly (readonly (readonly [u: number, v: number])[])[]
}

export interface MeetingState {
  readonly name: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly people: string
  readonly slides: readonly Slide[]
  readonly index: number
  readonly tool: MeetingTool | null
  /** By the number of the slide. */
  readonly ink: Readonly<Record<number, SlideInk>>
  /** Decisions that could not be kept in the project, which is open for reading only: they go into the minutes alone. */
  readonly unkept: readonly Decision[]
  /** Scheme that was worked on when the meeting began; null for the baseline. */
  readonly workedOn: string | null
}

/** Where the pointer of the room stands, in shares of the view's width and height; null where it does not. */
export const pointerStore = createStore<{ readonly at: readonly [u: number, v: number] | null }>(() => ({ at: null }))

/** The meeting that is held now; null outside of one. */
export const meetingStore = createStore<{ readonly meeting: MeetingState | null }>(() => ({ meeting: null }))
