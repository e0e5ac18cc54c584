import { takeOutline } from '#renderer/actions/scheme/outline-actions.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { groundUnder, layingTool, onGround } from '../laying-tool.ts'
import { type LayingTool, type ToolScope, toPicture } from '../tool-scope.ts'
import { outlineStep, type OutlineEvent } from './outline-steps.ts'

/** A click this near the first corner closes the area, pixels. */
const CLOSE_PX = 10

/** Clicks on the ground set the corners of an area; on the first corner, twice, or Enter closes it. */
export function outlineTool(scope: ToolScope): LayingTool {
  return layingTool({
    pointAt: sample => groundUnder(scope, sample), apply: event => applyOutline(event, 0),
    clicked(sample, at) {
      const { interaction } = sessionStore.getState()
      const first = interaction.type === 'outlining' ? interaction.points[0] : undefined
      const place = first && toPicture(scope, first)
      const isOnFirst = place !== undefined && place !== null && Math.hypot(place.pxX - sample.pxX, place.pxY - sample.pxY) <= CLOSE_PX
      applyOutline({ type: 'placed', at }, isOnFirst ? Infinity : 0)
    },
    typed: point => applyOutline({ type: 'placed', at: onGround(scope, point) }, 0),
  })
}

/** One step of the area being drawn. */
function applyOutline(event: OutlineEvent, closeWithinM: number): void {
  const { interaction } = sessionStore.getState()
  if (interaction.type !== 'outlining') return
  const { next, ring } = outlineStep(interaction, event, closeWithinM)
  if (ring) takeOutline(next.purpose, ring)
  else if (next !== interaction) sessionStore.setState({ interaction: next })
}
