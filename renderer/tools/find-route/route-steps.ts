import type { Vec3 } from '#shared/twin/asset.ts'
import type { Interaction } from '#renderer/state/app/session-store.ts'

export type Routing = Extract<Interaction, { type: 'routing' }>

export type RouteEvent =
  | { readonly type: 'moved'; readonly to: Vec3 }
  | { readonly type: 'placed'; readonly at: Vec3; readonly level?: number | null }
  | { readonly type: 'left' | 'finished' | 'tookBack' | 'turnedArea' }

export interface RouteStep {
  readonly next: Routing
  /** A ring that was finished. */
  readonly closedArea: readonly Vec3[] | null
  /** The points are complete: a route is wanted. */
  readonly isAsked: boolean
}

/** Clicks nearer than this are the same point, metres. */
const SAME_M = 0.05

/** One step of picking points and areas. Local frame. */
export function routeStep(routing: Routing, event: RouteEvent): RouteStep {
  const only = (next: Routing): RouteStep => ({ next, closedArea: null, isAsked: false })
  const { points, levels, area } = routing
  switch (event.type) {
    case 'moved':
      return only({ ...routing, cursor: event.to })
    case 'left':
      return only(routing.cursor === null ? routing : { ...routing, cursor: null })
    case 'placed': {
      const at = event.at
      const last = (area ?? points).at(-1)
      if (last && Math.hypot(at[0] - last[0], at[1] - last[1]) < SAME_M) return only(routing)
      return only(area ? { ...routing, area: [...area, at] } : { ...routing, points: [...points, at], levels: [...levels, event.level ?? null] })
    }
    case 'turnedArea':
      return only({ ...routing, area: area ? null : [] })
    case 'tookBack':
      if (area) return only({ ...routing, area: area.length > 0 ? area.slice(0, -1) : null })
      return only(points.length > 0 ? { ...routing, points: points.slice(0, -1), levels: levels.slice(0, -1) } : routing)
    case 'finished':
      if (area) return { next: { ...routing, area: null }, closedArea: area.length >= 3 ? area : null, isAsked: false }
      return { next: routing, closedArea: null, isAsked: points.length >= 2 }
  }
}
