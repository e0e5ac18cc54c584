import i18next from 'i18next'
import { verticesFollowing } from '#shared/routing/lines/follow-ground.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { GRAVITY_KINDS } from '#shared/twin/kinds.ts'
import { addable } from '#renderer/actions/scheme/line-actions.ts'
import { executeCommand } from '#renderer/actions/scheme/scenario-actions.ts'
import { localToView, viewToCrs } from '#renderer/scene/scene-frame.ts'
import type { PointerSample } from '#renderer/scene/input/pointer-sample.ts'
import { showToast } from '#renderer/state/app/jobs-store.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore, type PipelineTemplate } from '#renderer/state/app/session-store.ts'
import { clearDraft, draftStore } from '../draft-store.ts'
import { setPointer } from '../select/select-tool.ts'
import { guideFor, GUIDE_PX, kerbsBeside, linesBeside, type Guide } from '../draw-guides.ts'
import { layingTool } from '../laying-tool.ts'
import { findSnap } from '../snapping.ts'
import { type LayingTool, levelWithoutGround, type ToolScope } from '../tool-scope.ts'
import { vertexLevel } from '../vertex-level.ts'
import { drawStep, type DrawEvent } from './draw-steps.ts'
import { newProposal } from './new-proposal.ts'

/** A line laid by cover follows the ground between its points; a sewer runs straight from one to the next. */
const followsGround = ({ vertical, kind }: PipelineTemplate): boolean => vertical.mode === 'cover' && !GRAVITY_KINDS.has(kind)

/** Clicks along the street lay a route; levels follow the template. Enter or a double click commits it as one edit. */
export function drawTool(scope: ToolScope): LayingTool {
  const { picker } = scope
  const { frame } = picker.model

  /** A point in plan as a vertex: its level by the template, or as typed. */
  const vertexAt = (plan: readonly [number, number], z: number | null): Vec3 => {
    const { template, interaction } = sessionStore.getState()
    const groundZ = picker.model.groundAt?.(plan[0], plan[1]) ?? null
    const layoutZ = groundZ ?? picker.model.layoutAt?.(plan[0], plan[1]) ?? levelWithoutGround(scope)
    const before = interaction.type === 'drawing' ? (interaction.vertices.at(-1) ?? null) : null
    const at: Vec3 = [plan[0], plan[1], z ?? vertexLevel(template, plan, layoutZ, frame.crsOrigin[2], before)]
    draftStore.setState({ ground: [plan[0], plan[1], layoutZ], hasGround: groundZ !== null })
    setPointer(frame, [plan[0], plan[1], groundZ ?? at[2]], groundZ)
    return at
  }

  /** The point meant by a place of the picture; null off the ground. */
  const pointAt = (sample: PointerSample): Vec3 | null => {
    const { template } = sessionStore.getState()
    const ray = picker.ray(sample)
    const proposals = Object.values(activeScenario(scenarioStore.getState())?.document.proposals ?? {})
    const snap = sample.shift ? null : findSnap(picker, ray, template.kind, proposals)
    const ground = picker.ground(ray, levelWithoutGround(scope))
    const guide = sample.shift || snap || !ground ? null : guideAt(ground, ray.origin)
    const plan = snap?.at ?? guide?.at ?? ground
    if (!plan) return null
    const at = vertexAt([plan[0], plan[1]], snap && snap.target !== 'node' ? snap.at[2] : null)
    draftStore.setState({ snap: snap ? { ...snap, at } : guide && { ...guide, at } })
    return at
  }

  /** Straight on, at a right angle, or beside a line or a kerb at the distance required, within a few pixels of the pointer. */
  const guideAt = (ground: Vec3, eye: Vec3): Guide | null => {
    const { template, interaction } = sessionStore.getState()
    const { pack, context } = projectStore.getState()
    const toleranceM = GUIDE_PX * picker.pixelSlope * Math.hypot(ground[0] - eye[0], ground[1] - eye[1], ground[2] - eye[2])
    const { kind, owner, section, laying, pressureClass, voltageKv } = template
    const line = { kind, owner, section, laying, ...(pressureClass !== null && { pressureClass }), ...(voltageKv !== null && { voltageKv }) }
    const { columns } = picker.model
    const beside = pack ? [...linesBeside(columns, pack.pack, line, [ground[0], ground[1]]), ...(context ? kerbsBeside(context, columns.origin, pack.pack, line, [ground[0], ground[1]]) : [])] : []
    return guideFor([ground[0], ground[1]], interaction.type === 'drawing' ? interaction.vertices : [], toleranceM, beside)
  }

  /** Vertices that keep the cover between the last point and the next; a leg between two levels given otherwise, and a sewer, run straight. */
  const throughTo = (next: Vec3, last: Vec3 | undefined): readonly Vec3[] => {
    const { template } = sessionStore.getState()
    const { groundAt } = picker.model
    if (!groundAt || !last || !followsGround(template)) return []
    const isAtCover = (point: Vec3): boolean => {
      const groundZ = groundAt(point[0], point[1])
      return groundZ !== null && Math.abs(point[2] - vertexLevel(template, [point[0], point[1]], groundZ, frame.crsOrigin[2], null)) < 1e-6
    }
    return isAtCover(next) || isAtCover(last) ? verticesFollowing(last, next, groundAt) : []
  }

  const apply = (event: DrawEvent): void => {
    const { interaction } = sessionStore.getState()
    if (interaction.type !== 'drawing') return
    const next = event.type === 'placed' ? event.at : event.type === 'moved' ? event.to : null
    const step = drawStep(interaction, next ? { ...event, through: throughTo(next, interaction.vertices.at(-1)) } as DrawEvent : event)
    if (step.isTooShort) showToast('info', 'tools:draw.tooShort')
    if (step.route) commit(step.route, step.between)
    else if (step.next !== interaction) sessionStore.setState({ interaction: step.next })
  }

  const toCrs = (point: Vec3): Vec3 => viewToCrs(frame, localToView(frame, point))

  const commit = (route: readonly Vec3[], between: readonly Vec3[]): void => {
    const { template } = sessionStore.getState()
    const document = activeScenario(scenarioStore.getState())?.document
    if (!document) return
    const kind = i18next.t(`kinds:kind.${template.kind}`)
    const proposal = newProposal(template, route.map(toCrs), new Set(Object.keys(document.proposals)), serial => i18next.t('tools:draw.name', { kind, serial }))
    // A refusal keeps the drawing as it is, so that nothing drawn is lost.
    if (!executeCommand({ op: 'proposal.add', proposal: addable({ ...proposal, ...(followsGround(template) && { groundBends: between.map(toCrs) }) }) }).ok) return
    clearDraft()
    sessionStore.setState({ interaction: { type: 'idle' }, live: null, selection: { type: 'proposal', id: proposal.id, vertex: null } })
  }

  return layingTool({ pointAt, apply, left: clearDraft, typed: ({ x, y, z }) => apply({ type: 'placed', at: vertexAt([x, y], z) }) })
}
