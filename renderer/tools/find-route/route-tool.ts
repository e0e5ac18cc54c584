import { meetingLevel } from '#shared/routing/lines/meeting-level.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { findRoute, lineOfRoute } from '#renderer/actions/scheme/planning-actions.ts'
import type { PointerSample } from '#renderer/scene/input/pointer-sample.ts'
import { planningStore } from '#renderer/state/scheme/planning-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { clearDraft, draftStore } from '../draft-store.ts'
import { groundUnder, layingTool, onGround } from '../laying-tool.ts'
import { findSnap, type Snap } from '../snapping.ts'
import type { LayingTool, ToolScope } from '../tool-scope.ts'
import { routeStep, type RouteEvent } from './route-steps.ts'

/** Clicks set the points of an automatic route, tied to lines and manholes of its kind where it is to join them, or on the ground the corners of an area to keep out of. */
export function routeTool(scope: ToolScope): LayingTool {
  const { picker } = scope
  const { columns, nodes } = picker.model

  const snapAt = (sample: PointerSample): Snap | null => {
    const { interaction } = sessionStore.getState()
    const document = activeScenario(scenarioStore.getState())?.document
    if (sample.shift || interaction.type !== 'routing' || interaction.area) return null
    const others = Object.values(document?.proposals ?? {}).filter(({ id }) => id !== interaction.lineId)
    return findSnap(picker, picker.ray(sample), lineOfRoute(interaction.lineId).kind, others)
  }

  const pointAt = (sample: PointerSample): Vec3 | null => {
    const snap = snapAt(sample)
    const ground = groundUnder(scope, sample)
    const at = snap ? onGround(scope, { x: snap.at[0], y: snap.at[1] }) : ground
    draftStore.setState({ snap: snap && at && { ...snap, at } })
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

  /** Level at which the line meets what a point is tied to. */
  const levelAt = (snap: Snap): number | null => {
    const { interaction } = sessionStore.getState()
    const { kind, section } = lineOfRoute(interaction.type === 'routing' ? interaction.lineId : null)
    const own = snap.target === 'node' ? null : snap.at[2]
    if (snap.target === 'proposal') return own
    return meetingLevel(columns, nodes, kind, (section.shape === 'circle' ? section.diameterM : section.heightM) / 2, [snap.at[0], snap.at[1]]) ?? own
  }

  return layingTool({
    pointAt, apply, left: clearDraft,
    clicked(sample, at) {
      const snap = snapAt(sample)
      apply({ type: 'placed', at, level: snap && levelAt(snap) })
    },
    typed: point => apply({ type: 'placed', at: onGround(scope, point), level: point.z }),
    key(key) {
      if (key.toLowerCase() !== 'k') return false
      apply({ type: 'turnedArea' })
      return true
    },
  })
}
