import type { Vec3 } from '#shared/twin/asset.ts'
import { takeOutline } from '#renderer/actions/outline-actions.ts'
import type { PointerSample } from '#renderer/scene/input/pointer-sample.ts'
import { sessionStore } from '#renderer/state/session-store.ts'
import { setPointer } from '../select/select-tool.ts'
import { type LayingTool, levelWithoutGround, NO_DRAG, type ToolScope, toPicture } from '../tool-scope.ts'
import { outlineStep, type OutlineEvent } from './outline-steps.ts'

/** A click this near the first corner closes the area, pixels. */
const CLOSE_PX = 10

/** Clicks on the ground set the corners of an area; on the first corner, twice, or Enter closes it. */
export function outlineTool(scope: ToolScope): LayingTool {
  const { picker } = scope
  const pointAt = (sample: PointerSample): Vec3 | null => {
    const at = picker.ground(picker.ray(sample), levelWithoutGround(scope))
    if (at) setPointer(picker.model.frame, at, picker.model.groundAt?.(at[0], at[1]) ?? null)
    return at
  }
  const apply = (event: OutlineEvent, closeWithinM = 0): void => applyOutline(event, closeWithinM)
  return {
    ...NO_DRAG,
    hover(sample) {
      const to = pointAt(sample)
      apply(to ? { type: 'moved', to } : { type: 'left' })
    },
    click(sample, count) {
      if (count === 2) return apply({ type: 'finished' })
      const at = pointAt(sample)
      if (!at) return
      const { interaction } = sessionStore.getState()
      const first = interaction.type === 'outlining' ? interaction.points[0] : undefined
      const place = first && toPicture(scope, first)
      const isOnFirst = place !== undefined && place !== null && Math.hypot(place.pxX - sample.pxX, place.pxY - sample.pxY) <= CLOSE_PX
      apply({ type: 'placed', at }, isOnFirst ? Infinity : 0)
    },
    place: ({ x, y }) => apply({ type: 'placed', at: [x, y, picker.model.groundAt?.(x, y) ?? picker.model.layoutAt?.(x, y) ?? levelWithoutGround(scope)] }),
    leave() {
      sessionStore.setState({ pointer: null })
      apply({ type: 'left' })
    },
    key(key) {
      const event: OutlineEvent | null = key === 'Enter' ? { type: 'finished' } : key === 'Backspace' ? { type: 'tookBack' } : null
      if (event) apply(event)
      return event !== null
    },
  }
}

/** One step of the area being drawn, from the 3D view or from the map. */
export function applyOutline(event: OutlineEvent, closeWithinM: number): void {
  const { interaction } = sessionStore.getState()
  if (interaction.type !== 'outlining') return
  const { next, ring } = outlineStep(interaction, event, closeWithinM)
  if (ring) takeOutline(next.purpose, ring)
  else if (next !== interaction) sessionStore.setState({ interaction: next })
}
