import type { Vec3 } from '#shared/twin/asset.ts'
import type { Interaction } from '#renderer/state/session-store.ts'

/** Drawing a pipeline as a machine without side effects: what was drawn, what happened, what is drawn now. */
export type Drawing = Extract<Interaction, { type: 'drawing' }>

export type DrawEvent =
  | { readonly type: 'moved'; readonly to: Vec3 }
  | { readonly type: 'left' }
  | { readonly type: 'placed'; readonly at: Vec3 }
  | { readonly type: 'tookBack' }
  | { readonly type: 'finished' }

export interface DrawStep {
  readonly next: Drawing
  /** Set where the route is complete and is to be committed. */
  readonly route: readonly Vec3[] | null
  /** Set where finishing was asked for too early. */
  readonly isTooShort: boolean
}

/** Points nearer than this in plan and level are the same: the second press of a double click, a shaky hand. */
const SAME_POINT_M = 0.02

export function drawStep(drawing: Drawing, event: DrawEvent): DrawStep {
  const stay = (next: Drawing): DrawStep => ({ next, route: null, isTooShort: false })
  switch (event.type) {
    case 'moved': return stay({ ...drawing, cursor: event.to })
    case 'left': return stay({ ...drawing, cursor: null })
    case 'placed': {
      const last = drawing.vertices.at(-1)
      if (last && isSame(last, event.at)) return stay(drawing)
      return stay({ ...drawing, vertices: [...drawing.vertices, event.at], cursor: event.at })
    }
    case 'tookBack': return stay({ ...drawing, vertices: drawing.vertices.slice(0, -1) })
    case 'finished':
      return drawing.vertices.length < 2
        ? { next: drawing, route: null, isTooShort: true }
        : { next: { type: 'drawing', vertices: [], cursor: null }, route: drawing.vertices, isTooShort: false }
  }
}

/** What is on the screen: the vertices, and the rubber band to the cursor. */
export function drawnRoute(drawing: Drawing): readonly Vec3[] {
  const last = drawing.vertices.at(-1)
  return drawing.cursor && !(last && isSame(last, drawing.cursor)) ? [...drawing.vertices, drawing.cursor] : drawing.vertices
}

const isSame = (p: Vec3, q: Vec3): boolean => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) < SAME_POINT_M
