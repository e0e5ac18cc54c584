import type { Excavation } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { setExcavation } from '#renderer/actions/scheme/excavation-actions.ts'
import type { PointerSample, PointerTool } from '#renderer/scene/input/pointer-sample.ts'
import { localToView, viewToCrs } from '#renderer/scene/scene-frame.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { setPointer } from '../select/select-tool.ts'
import { levelWithoutGround, shifted, toPicture, type ToolScope } from '../tool-scope.ts'
import { cornersOf, middlesOf, withCorner } from './dig-steps.ts'

const REACH_PX = 12

interface Grip {
  readonly excavation: Excavation
  readonly index: number
  readonly inserted: boolean
  readonly dx: number
  readonly dy: number
  hasMoved: boolean
}

/** Handles of an excavation on the ground, local frame: its corners, and the middles of its sides. */
export function handlesOfExcavation(excavation: Excavation, crsOrigin: Vec3, layoutAt: (x: number, y: number) => number): { readonly corners: readonly Vec3[]; readonly middles: readonly { readonly index: number; readonly at: Vec3 }[] } {
  const corners = cornersOf(excavation.shape, () => 0).map(([x, y]): Vec3 => {
    const [localX, localY] = [x - crsOrigin[0], y - crsOrigin[1]]
    return [localX, localY, layoutAt(localX, localY)]
  })
  return { corners, middles: middlesOf(excavation.shape, corners).map(({ index, at: [x, y] }) => ({ index, at: [x, y, layoutAt(x, y)] as const })) }
}

/** Moves and inserts corners of the selected excavation; everything else goes to the tool beneath. One command on release. */
export function cornerTool(scope: ToolScope, beneath: PointerTool): PointerTool {
  const { picker } = scope
  const { frame } = picker.model
  const layoutAt = (x: number, y: number) => picker.model.layoutAt?.(x, y) ?? levelWithoutGround(scope)
  let grip: Grip | null = null

  const selected = (): Excavation | null => {
    const { selection } = sessionStore.getState()
    return selection?.type === 'excavation' ? (activeScenario(scenarioStore.getState())?.document.excavations[selection.id] ?? null) : null
  }
  const dragging = () => {
    const { interaction } = sessionStore.getState()
    return interaction.type === 'draggingCorner' ? interaction : null
  }

  return {
    press(sample) {
      const excavation = selected()
      if (!excavation) return beneath.press(sample)
      const { corners, middles } = handlesOfExcavation(excavation, frame.crsOrigin, layoutAt)
      const handles = [...corners.map((at, index) => ({ index, at, inserted: false })), ...middles.map(middle => ({ ...middle, inserted: true }))]
      for (const { index, at, inserted } of handles) {
        const place = toPicture(scope, at)
        if (!place || Math.hypot(place.pxX - sample.pxX, place.pxY - sample.pxY) > REACH_PX) continue
        grip = { excavation, index, inserted, dx: place.pxX - sample.pxX, dy: place.pxY - sample.pxY, hasMoved: false }
        return true
      }
      return beneath.press(sample)
    },
    drag(sample: PointerSample) {
      if (!grip) return beneath.drag(sample)
      // Escape has put the corner back meanwhile: the rest of the gesture is idle.
      if (grip.hasMoved && !dragging()) return
      grip.hasMoved = true
      const to = picker.ground(picker.ray(shifted(scope, sample, grip.dx, grip.dy)), levelWithoutGround(scope))
      if (!to) return
      sessionStore.setState({ interaction: { type: 'draggingCorner', excavationId: grip.excavation.id, index: grip.index, inserted: grip.inserted, to } })
      setPointer(frame, to, picker.model.groundAt?.(to[0], to[1]) ?? null)
    },
    release(sample) {
      if (!grip) return beneath.release(sample)
      const [held, drag] = [grip, dragging()]
      grip = null
      if (!drag) {
        if (!held.hasMoved && !held.inserted) sessionStore.setState({ selection: { type: 'excavation', id: held.excavation.id, corner: held.index } })
        return
      }
      const shape = withCorner(held.excavation.shape, drag.index, drag.inserted, viewToCrs(frame, localToView(frame, drag.to)))
      sessionStore.setState({ interaction: { type: 'idle' } })
      // What cannot be built stays as it was; the reason was on the screen while dragging.
      if (shape.ok && setExcavation(held.excavation.id, { shape: shape.value })) sessionStore.setState({ selection: { type: 'excavation', id: held.excavation.id, corner: drag.index } })
    },
    abandon() {
      if (!grip) return beneath.abandon()
      grip = null
      if (dragging()) sessionStore.setState({ interaction: { type: 'idle' } })
    },
    hover: sample => beneath.hover(sample),
    click: (sample, count) => beneath.click(sample, count),
    leave: () => beneath.leave(),
  }
}

