import type { Vec3 } from '#shared/twin/asset.ts'
import type { Interaction } from '#renderer/state/app/session-store.ts'

export type Outlining = Extract<Interaction, { type: 'outlining' }>

export type OutlineEvent =
  | { readonly type: 'moved'; readonly to: Vec3 }
  | { readonly type: 'placed'; readonly at: Vec3 }
  | { readonly type: 'left' | 'finished' | 'tookBack' }

export interface OutlineStep {
  readonly next: Outlining
  /** The ring once it is closed. */
  readonly ring: readonly Vec3[] | null
}

/** Clicks nearer than this are the same corner, metres. */
const SAME_M = 0.05
/** Fewest corners of an area. */
const MIN_CORNERS = 3

/** One step of drawing an area corner by corner; a click on the first corner closes it. Local frame. */
export function outlineStep(outlining: Outlining, event: OutlineEvent, closeWithinM: number): OutlineStep {
  const only = (next: Outlining): OutlineStep => ({ next, ring: null })
  const { points } = outlining
  const closed = (): OutlineStep => (points.length >= MIN_CORNERS ? { next: { ...outlining, cursor: null }, ring: points } : only(outlining))
  switch (event.type) {
    case 'moved': return only({ ...outlining, cursor: event.to })
    case 'left': return only(outlining.cursor === null ? outlining : { ...outlining, cursor: null })
    case 'tookBack': return only({ ...outlining, points: points.slice(0, -1) })
    case 'finished': return closed()
    case 'placed': {
      const [first, last] = [points[0], points.at(-1)]
      if (first && points.length >= MIN_CORNERS && distance(first, event.at) <= closeWithinM) return closed()
      if (last && distance(last, event.at) < SAME_M) return only(outlining)
      return only({ ...outlining, points: [...points, event.at] })
    }
  }
}

const distance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1])
