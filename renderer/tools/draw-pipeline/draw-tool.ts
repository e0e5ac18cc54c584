import i18next from 'i18next'
import type { Vec3 } from '#shared/twin/asset.ts'
import { executeCommand } from '#renderer/actions/scenario-actions.ts'
import { localToView, viewToCrs } from '#renderer/scene/scene-frame.ts'
import type { PointerSample, PointerTool } from '#renderer/scene/input/pointer-sample.ts'
import { showToast } from '#renderer/state/jobs-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scenario-store.ts'
import { sessionStore } from '#renderer/state/session-store.ts'
import { clearDraft, draftStore } from '../draft-store.ts'
import { setPointer } from '../select/select-tool.ts'
import { findSnap } from '../snapping.ts'
import { levelWithoutGround, type ToolScope } from '../tool-scope.ts'
import { vertexLevel } from '../vertex-level.ts'
import { drawStep, type DrawEvent } from './draw-steps.ts'
import { newProposal } from './new-proposal.ts'

/** Clicks along the street lay a route; levels follow the template. Enter or a double click commits it as one edit. */
export function drawTool(scope: ToolScope): PointerTool & { key(key: string): boolean } {
  const { picker } = scope
  const { frame } = picker.model

  /** The point meant by a place of the picture; null off the ground. */
  const pointAt = (sample: PointerSample): Vec3 | null => {
    const { template } = sessionStore.getState()
    const ray = picker.ray(sample)
    const proposals = Object.values(activeScenario(scenarioStore.getState())?.document.proposals ?? {})
    const snap = sample.shift ? null : findSnap(picker, ray, template.kind, proposals)
    const ground = picker.ground(ray, levelWithoutGround(scope))
    const plan = snap?.at ?? ground
    if (!plan) return null
    const groundZ = picker.model.groundAt?.(plan[0], plan[1]) ?? null
    const layoutZ = groundZ ?? picker.model.layoutAt?.(plan[0], plan[1]) ?? levelWithoutGround(scope)
    const z = snap && snap.target !== 'node' ? snap.at[2] : vertexLevel(template, layoutZ, frame.crsOrigin[2])
    const at: Vec3 = [plan[0], plan[1], z]
    draftStore.setState({ snap: snap && { ...snap, at }, ground: [plan[0], plan[1], layoutZ], hasGround: groundZ !== null })
    setPointer(frame, [plan[0], plan[1], groundZ ?? z], groundZ)
    return at
  }

  const apply = (event: DrawEvent): void => {
    const { interaction } = sessionStore.getState()
    if (interaction.type !== 'drawing') return
    const step = drawStep(interaction, event)
    if (step.isTooShort) showToast('info', 'tools:draw.tooShort')
    if (step.route) commit(step.route)
    else if (step.next !== interaction) sessionStore.setState({ interaction: step.next })
  }

  const commit = (route: readonly Vec3[]): void => {
    const { template } = sessionStore.getState()
    const document = activeScenario(scenarioStore.getState())?.document
    if (!document) return
    const kind = i18next.t(`kinds:kind.${template.kind}`)
    const proposal = newProposal(template, route.map(point => viewToCrs(frame, localToView(frame, point))), new Set(Object.keys(document.proposals)), serial => i18next.t('tools:draw.name', { kind, serial }))
    // A refusal keeps the drawing as it is, so that nothing drawn is lost.
    if (!executeCommand({ op: 'proposal.add', proposal: { ...proposal, axis: [...proposal.axis] } }).ok) return
    clearDraft()
    sessionStore.setState({ interaction: { type: 'idle' }, live: null, selection: { type: 'proposal', id: proposal.id, vertex: null } })
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
    leave() {
      clearDraft()
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
