import type { Vec3 } from '#shared/twin/asset.ts'
import { addCatchment } from '#renderer/actions/catchment-actions.ts'
import type { PointerSample } from '#renderer/scene/input/pointer-sample.ts'
import { localToView, viewToCrs } from '#renderer/scene/scene-frame.ts'
import { showToast } from '#renderer/state/jobs-store.ts'
import { sessionStore } from '#renderer/state/session-store.ts'
import { digStep, type DigEvent } from '../excavate/dig-steps.ts'
import { setPointer } from '../select/select-tool.ts'
import { levelWithoutGround, toPicture, type LayingTool, type ToolScope } from '../tool-scope.ts'

/** A click this near the first corner closes the outline. */
const CLOSING_PX = 12

/** Clicks on the ground outline what drains to one manhole; Enter, a double click or the first corner again keeps it. */
export function catchmentTool(scope: ToolScope): LayingTool {
  const { picker } = scope
  const { frame } = picker.model

  const drawing = () => {
    const { interaction } = sessionStore.getState()
    return interaction.type === 'drawingCatchment' ? interaction : null
  }

  /** Where on the ground; the first corner attracts. */
  const pointAt = (sample: PointerSample): Vec3 | null => {
    const points = drawing()?.points ?? []
    const first = points.length >= 3 ? points[0]! : null
    const place = first && toPicture(scope, first)
    const at = first && place && Math.hypot(place.pxX - sample.pxX, place.pxY - sample.pxY) < CLOSING_PX ? first : picker.ground(picker.ray(sample), levelWithoutGround(scope))
    if (at) setPointer(frame, at, picker.model.groundAt?.(at[0], at[1]) ?? null)
    return at
  }

  const apply = (event: DigEvent): void => {
    const now = drawing()
    if (!now) return
    const step = digStep(now, 'pit', event)
    if (step.isTooShort) showToast('info', 'analyses:catchment.tooShort')
    if (step.points) void addCatchment(step.points.map(point => viewToCrs(frame, localToView(frame, point))))
    else if (step.next !== now) sessionStore.setState({ interaction: step.next })
  }

  return {
    press: () => false,
    drag: () => undefined,
    release: () => undefined,
    abandon: () => undefined,
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
      if (key !== 'Enter' && key !== 'Backspace') return false
      apply({ type: key === 'Enter' ? 'finished' : 'tookBack' })
      return true
    },
  }
}
