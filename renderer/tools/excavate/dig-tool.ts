import i18next from 'i18next'
import type { Vec3 } from '#shared/twin/asset.ts'
import { addExcavation, changeDigTemplate } from '#renderer/actions/scheme/excavation-actions.ts'
import type { PointerSample } from '#renderer/scene/input/pointer-sample.ts'
import { localToView, viewToCrs } from '#renderer/scene/scene-frame.ts'
import { excavationStore } from '#renderer/state/scheme/excavation-store.ts'
import { showToast } from '#renderer/state/app/jobs-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { groundUnder, layingTool, onGround } from '../laying-tool.ts'
import { type LayingTool, type ToolScope, toPicture } from '../tool-scope.ts'
import { digStep, excavationFrom, freeExcavationId, type DigEvent } from './dig-steps.ts'

/** A click this near the first corner closes a pit. */
const CLOSING_PX = 12

/** Clicks on the ground lay out a pit, a trench or a bore; Enter or a double click commits it as one edit. */
export function digTool(scope: ToolScope): LayingTool {
  const { frame } = scope.picker.model

  /** Where on the ground; the first corner of a pit attracts. */
  const pointAt = (sample: PointerSample): Vec3 | null => {
    const { interaction } = sessionStore.getState()
    const first = interaction.type === 'digging' && interaction.points.length >= 3 && excavationStore.getState().template.type === 'pit' ? interaction.points[0]! : null
    const place = first && toPicture(scope, first)
    const under = groundUnder(scope, sample)
    return first && place && Math.hypot(place.pxX - sample.pxX, place.pxY - sample.pxY) < CLOSING_PX ? first : under
  }

  const apply = (event: DigEvent): void => {
    const { interaction } = sessionStore.getState()
    if (interaction.type !== 'digging') return
    if (event.type === 'placed' && interaction.points.length === 0) levelInsteadOfDepth(event.at)
    const step = digStep(interaction, excavationStore.getState().template.type, event)
    if (step.isTooShort) showToast('info', `excavation:draw.tooShort.${excavationStore.getState().template.type}`)
    if (step.points) commit(step.points)
    else if (step.next !== interaction) sessionStore.setState({ interaction: step.next })
  }

  /** On a twin without ground a depth has nothing to be measured from: it becomes a level, counted from the surface assumed over the lines. */
  const levelInsteadOfDepth = (first: Vec3): void => {
    const { template: { type, bottom } } = excavationStore.getState()
    if (scope.picker.model.context.ground || type === 'bore' || !('depthM' in bottom)) return
    const surfaceM = viewToCrs(frame, localToView(frame, first))[2]
    changeDigTemplate({ bottom: { levelM: Math.round(100 * (surfaceM - bottom.depthM)) / 100 } })
    showToast('info', 'excavation:draw.levelInstead')
  }

  const commit = (points: readonly Vec3[]): void => {
    const document = activeScenario(scenarioStore.getState())?.document
    if (!document) return
    const { template } = excavationStore.getState()
    const { id, serial } = freeExcavationId(template.type, taken => Object.hasOwn(document.excavations, taken) || Object.hasOwn(document.proposals, taken))
    const made = excavationFrom(template, points.map(point => viewToCrs(frame, localToView(frame, point))), id, i18next.t(`excavation:name.${template.type}`, { serial }))
    // A refusal keeps the drawing as it is, so that nothing drawn is lost.
    if (!made.ok) showToast('error', `excavation:refusal.${made.error.code}`, roundedDetails(made.error.details))
    else if (addExcavation(made.value)) sessionStore.setState({ interaction: { type: 'idle' }, live: null, selection: { type: 'excavation', id, corner: null } })
  }

  return layingTool({ pointAt, apply, typed: point => apply({ type: 'placed', at: onGround(scope, point) }) })
}

/** Figures of a sentence: centimetres are enough. */
export const roundedDetails = (details: Readonly<Record<string, string | number>>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'number' ? Math.round(value * 100) / 100 : value]))
