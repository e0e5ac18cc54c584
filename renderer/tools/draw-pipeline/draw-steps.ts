import type { Vec3 } from '#shared/twin/asset.ts'
import { NOTHING_DRAWN, type Interaction } from '#renderer/state/app/session-store.ts'

/** Drawing a pipeline as a machine without side effects: what was drawn, what happened, what is drawn now. */
export type Drawing = Extract<Interaction, { type: 'drawing' }>

export type DrawEvent =
  /** `through`: what the line runs through from the last point on. */
  | { readonly type: 'moved'; readonly to: Vec3; readonly through?: readonly Vec3[] }
  | { readonly type: 'left' }
  | { readonly type: 'placed'; readonly at: Vec3; readonly through?: readonly Vec3[] }
  | { readonly type: 'tookBack' }
  | { readonly type: 'finished' }

export interface DrawStep {
  readonly next: Drawing
  /** Set where the route is complete and is to be committed. */
  readonly route: readonly Vec3[] | null
  /** Of it, what the line runs through between the points clicked. */
  readonly between: readonly Vec3[]
  /** Set where finishing was asked for too early. */
  readonly isTooShort: boolean
}

/** Points nearer than this in plan and level are the same: the second press of a double click, a shaky hand. */
const SAME_POINT_M = 0.02

export function drawStep(drawing: Drawing, event: DrawEvent): DrawStep {
  const stay = (next: Drawing): DrawStep => ({ next, route: null, between: [], isTooShort: false })
  switch (event.type) {
    case 'moved': return stay({ ...drawing, between: [...placedBetween(drawing), event.through ?? []], cursor: event.to })
    case 'left': return stay({ ...drawing, cursor: null })
    case 'placed': {
      const last = drawing.vertices.at(-1)
      if (last && isSame(last, event.at)) return stay(drawing)
      return stay({ ...drawing, vertices: [...drawing.vertices, event.at], between: last ? [...placedBetween(drawing), event.through ?? []] : [], cursor: event.at })
    }
    // What led to the point leads nowhere now: the cursor's next move says anew what leads to it.
    case 'tookBack': return stay({ ...drawing, vertices: drawing.vertices.slice(0, -1), between: drawing.between.slice(0, Math.max(0, drawing.vertices.length - 2)) })
    case 'finished':
      return drawing.vertices.length < 2
        ? { next: drawing, route: null, between: [], isTooShort: true }
        : { next: NOTHING_DRAWN, route: routeOf(drawing), between: placedBetween(drawing).flat(), isTooShort: false }
  }
}

/** What is on the screen: the vertices, and the rubber band to the cursor. */
export function drawnRoute(drawing: Drawing): readonly Vec3[] {
  const last = drawing.vertices.at(-1)
  const route = routeOf(drawing)
  return drawing.cursor && !(last && isSame(last, drawing.cursor)) ? [...route, ...(drawing.between[drawing.vertices.length - 1] ?? []), drawing.cursor] : route
}

/** First segment of the newest leg on the screen: to the cursor, or where the cursor is at the last point, to that. */
export function firstSegmentOfLeg(drawing: Drawing): number {
  const placed = routeOf(drawing).length
  const isAhead = drawnRoute(drawing).length > placed
  return Math.max(0, isAhead ? placed - 1 : placed - 2 - (drawing.between[drawing.vertices.length - 2]?.length ?? 0))
}

/** The points clicked with what lies between them. */
const routeOf = ({ vertices, between }: Drawing): readonly Vec3[] => vertices.flatMap((vertex, i) => (i === 0 ? [vertex] : [...(between[i - 1] ?? []), vertex]))

const placedBetween = ({ vertices, between }: Drawing): readonly (readonly Vec3[])[] => between.slice(0, Math.max(0, vertices.length - 1))

const isSame = (p: Vec3, q: Vec3): boolean => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) < SAME_POINT_M
