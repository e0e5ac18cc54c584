import type { Vec3 } from '#shared/twin/asset.ts'
import { findRoute } from '#renderer/actions/planning-actions.ts'
import type { PointerSample } from '#renderer/scene/input/pointer-sample.ts'
import { planningStore } from '#renderer/state/planning-store.ts'
import { sessionStore } from '#renderer/state/session-store.ts'
import { setPointer } from '../select/select-tool.ts'
import { type LayingTool, levelWithoutGround, NO_DRAG, type ToolScope } from '../tool-scope.ts'
import { routeStep, type RouteEvent } from './route-steps.ts'

/** Clicks on the ground set the points of an automatic route, or the corners of an area to keep out of. */
export function routeTool(scope: ToolScope): LayingTool {
  const { picker } = scope
  const { frame } = picker.model

  const pointAt = (sample: PointerSample): Vec3 | null => {
    const at = picker.ground(picker.ray(sample), levelWithoutGround(scope))
    if (at) setPointer(frame, at, picker.model.groundAt?.(at[0], at[1]) ?? null)
    return at
  }

  const apply = (event: RouteEvent): void => {
    const { interaction } = sessionStore.getState()
    if (interaction.type !== 'routing') return
    const { next, closedArea, isAsked } = routeStep(interaction, event)
    if (next !== interaction) sessionStore.setState({ interaction: next })
    if (closedArea) planningStore.setState(({ keepOut }) => ({ keepOut: [...keepOut, closedArea] }))
    // What was found held for other points.
    if (next.points !== interaction.points || closedArea) planningStore.setState({ route: null })
    if (isAsked) findRoute()
  }

  return {
    ...NO_DRAG,
    hover(sample) {
      const to = pointAt(sample)
      apply(to ? { type: 'moved', to } : { type: 'left' })
    },
    click(sample, count) {
      if (count === 2) return apply({ type: 'finished' })
      const at = pointAt(sample)
      if (at) apply({ type: 'placed', at })
    },
    place: ({ x, y }) => apply({ type: 'placed', at: [x, y, picker.model.groundAt?.(x, y) ?? picker.model.layoutAt?.(x, y) ?? levelWithoutGround(scope)] }),
    leave() {
      sessionStore.setState({ pointer: null })
      apply({ type: 'left' })
    },
    key(key) {
      const event: RouteEvent | null = key === 'Enter' ? { type: 'finished' } : key === 'Backspace' ? { type: 'tookBack' } : key.toLowerCase() === 'k' ? { type: 'turnedArea' } : null
      if (event) apply(event)
      return event !== null
    },
  }
}
