import { atItsDepth } from '#shared/routing/lines/ground-bends.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { moveVertex } from '#renderer/actions/scheme/vertex-actions.ts'
import { executeCommand } from '#renderer/actions/scheme/scenario-actions.ts'
import { distanceBetween, meetLevel, meetPlane, poseBasis } from '#renderer/scene/camera/pose.ts'
import type { PointerSample, PointerTool } from '#renderer/scene/input/pointer-sample.ts'
import { crsToView, localToView, viewToCrs, viewToLocal } from '#renderer/scene/scene-frame.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { cutLine } from '#shared/profile/cut-line.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { cutWorld } from '#renderer/state/scheme/scheme-world.ts'
import { clearDraft, draftStore } from '../draft-store.ts'
import { GUIDE_PX } from '../draw-guides.ts'
import { levelLeader } from './level-leader.ts'
import { setPointer } from '../select/select-tool.ts'
import { findSnap } from '../snapping.ts'
import { shifted, toPicture, type ToolScope } from '../tool-scope.ts'
import { dragCommand, handleAt, handlesOf, heldIndex, relaidDrag, VERTEX_STEP_M, type Handle, type VertexDrag } from './edit-steps.ts'

const HANDLE_REACH_PX = 11

interface Grip {
  readonly handle: Handle
  readonly proposal: Proposal
  /** Where a change of level is led to. */
  readonly lead: ReturnType<typeof levelLeader> | null
  /** From the pointer to the point held, pixels. */
  readonly dx: number
  readonly dy: number
  /** Set by the first movement: before it, letting go is a click. */
  hasMoved: boolean
}

/**
 * Moves, inserts and raises vertices of the selected proposal; everything else goes to the tool beneath.
 * Each gesture previews in the session and commits one command on release.
 */
export function editTool(scope: ToolScope, beneath: PointerTool): PointerTool & { key(event: { readonly key: string; readonly alt: boolean }): boolean } {
  const { picker, rig } = scope
  const { frame } = picker.model
  let grip: Grip | null = null

  const selected = (): { proposal: Proposal; vertex: number | null } | null => {
    const { selection } = sessionStore.getState()
    const proposal = selection?.type === 'proposal' ? activeScenario(scenarioStore.getState())?.document.proposals[selection.id] : undefined
    return proposal && selection?.type === 'proposal' ? { proposal, vertex: selection.vertex } : null
  }
  const local = (point: Vec3): Vec3 => viewToLocal(frame, crsToView(frame, point))
  const toCrs = (point: Vec3): Vec3 => viewToCrs(frame, localToView(frame, point))

  const dragTo = (drag: VertexDrag, proposal: Proposal, to: Vec3): void => {
    const { groundAt } = picker.model
    sessionStore.setState({ interaction: groundAt ? relaidDrag({ ...drag, to }, proposal, proposal.axis.map(local), groundAt) : { ...drag, to } })
    const groundZ = picker.model.groundAt?.(to[0], to[1]) ?? null
    draftStore.setState({ ground: groundZ === null ? null : [to[0], to[1], groundZ], hasGround: groundZ !== null })
    setPointer(frame, to, groundZ)
  }

  const current = (): VertexDrag | null => {
    const { interaction } = sessionStore.getState()
    return interaction.type === 'draggingVertex' ? interaction : null
  }

  return {
    press(sample) {
      const target = selected()
      if (!target) return beneath.press(sample)
      const handle = handleAt(handlesOf(target.proposal.axis.map(local), scope.isPlan ? null : target.vertex), sample.pxX, sample.pxY, at => toPicture(scope, at), HANDLE_REACH_PX)
      const place = handle && toPicture(scope, handle.at)
      if (!handle || !place) return beneath.press(sample)
      grip = { handle, proposal: target.proposal, lead: leaderFor(target.proposal, handle), dx: place.pxX - sample.pxX, dy: place.pxY - sample.pxY, hasMoved: false }
      return true
    },
    drag(sample) {
      // Escape has put the vertex back meanwhile: the rest of the gesture is idle.
      if (!grip) return beneath.drag(sample)
      if (grip.hasMoved && !current()) return
      const { handle, proposal } = grip
      grip.hasMoved = true
      const drag = current() ?? { type: 'draggingVertex', proposalId: proposal.id, index: handle.index, inserted: handle.type === 'middle', way: handle.type === 'level' || (sample.alt && !scope.isPlan) ? 'level' : 'plan', to: handle.at }
      const held = shifted(scope, sample, grip.dx, grip.dy)
      const to = drag.way === 'level' ? raised(scope, held, handle.at, grip.lead) : moved(scope, held, handle.at, proposal, sample.shift)
      if (to) dragTo(drag, proposal, to)
    },
    release(sample) {
      if (!grip) return beneath.release(sample)
      const drag = current()
      const held = grip
      grip = null
      if (drag) {
        // Back to rest first: the command makes the committed axis the one on the screen.
        sessionStore.setState({ interaction: { type: 'idle' }, live: null })
        clearDraft()
        if (executeCommand(dragCommand(drag, held.proposal, toCrs)).ok) choose(drag.proposalId, heldIndex(drag))
      } else if (held.hasMoved) return
      else if (held.handle.type === 'middle') {
        if (executeCommand({ op: 'proposal.insertVertex', id: held.proposal.id, index: held.handle.index, at: toCrs(held.handle.at) }).ok) choose(held.proposal.id, held.handle.index)
      } else choose(held.proposal.id, held.handle.index)
    },
    abandon() {
      if (!grip) return beneath.abandon()
      grip = null
      clearDraft()
      if (current()) sessionStore.setState({ interaction: { type: 'idle' }, live: null })
    },
    hover: sample => beneath.hover(sample),
    click: (sample, count) => beneath.click(sample, count),
    leave: () => beneath.leave(),
    key({ key, alt }) {
      const target = selected()
      if (!target || target.vertex === null || !alt) return false
      const at = target.proposal.axis[target.vertex]
      const shift = keyShift(key, rig.pose.azimuth)
      if (!at || !shift) return false
      moveVertex(target.proposal, target.vertex, [at[0] + shift[0], at[1] + shift[1], at[2] + shift[2]])
      return true
    },
  }
}

const choose = (id: string, vertex: number): void => sessionStore.setState({ selection: { type: 'proposal', id, vertex } })

/** In plan, on the vertex's own level; tied to a joint of its kind where one is near. */
function moved(scope: ToolScope, sample: PointerSample, from: Vec3, proposal: Proposal, isFree: boolean): Vec3 | null {
  const { picker } = scope
  const ray = picker.ray(sample)
  const others = Object.values(activeScenario(scenarioStore.getState())?.document.proposals ?? {}).filter(other => other.id !== proposal.id)
  const snap = isFree ? null : findSnap(picker, ray, proposal.kind, others)
  const at = snap ? (snap.target === 'node' ? onLine([snap.at[0], snap.at[1]]) : snap.at) : underPointer()
  if (!at) return null
  draftStore.setState({ snap: snap && { ...snap, at } })
  return at

  function onLine(plan: readonly [number, number]): Vec3 {
    return proposal.groundBends && picker.model.groundAt ? atItsDepth(from, plan, picker.model.groundAt) : [plan[0], plan[1], from[2]]
  }

  /** Its level follows the ground, and the pointer is on it at that level: a few turns bring both together. */
  function underPointer(): Vec3 | null {
    let at: Vec3 | null = null
    for (let turn = 0; turn < (proposal.groundBends ? 4 : 1); turn++) {
      const plan = meetLevel(ray, at?.[2] ?? from[2])
      if (!plan) return at
      at = onLine([plan[0], plan[1]])
    }
    return at
  }
}

/** Up and down: the level the ray reaches on the upright plane through the vertex that faces the eye, led as in the long profile. */
function raised({ picker, rig }: ToolScope, sample: PointerSample, from: Vec3, lead: Grip['lead']): Vec3 | null {
  const ray = picker.ray(sample)
  const there = meetPlane(ray, from, poseBasis(rig.pose.azimuth, 0).back)
  if (!there) return null
  const led = lead?.(there[2], GUIDE_PX * picker.pixelSlope * distanceBetween(there, ray.origin), sample.shift)
  draftStore.setState({ snap: led?.snap ?? null })
  return led?.to ?? [from[0], from[1], there[2]]
}

/** Null where the line has no length in plan. */
function leaderFor({ id }: Proposal, { type, index, at }: Handle): Grip['lead'] {
  const { columns } = projectStore.getState()
  const world = columns && cutWorld(columns, activeScenario(scenarioStore.getState())?.document ?? null)
  const line = world && cutLine(type === 'middle' ? { ...world, proposals: world.proposals.map(each => (each.item.id === id ? { ...each, axis: each.axis.toSpliced(index, 0, at) } : each)) } : world, id)
  return world && line && levelLeader(world, line, index)
}

/** Alt + arrows in plan as the picture is turned (to the nearest axis), Alt + page keys in level. */
function keyShift(key: string, azimuth: number): Vec3 | null {
  if (key === 'PageUp') return [0, 0, VERTEX_STEP_M.level]
  if (key === 'PageDown') return [0, 0, -VERTEX_STEP_M.level]
  const turns = { ArrowUp: 0, ArrowRight: 1, ArrowDown: 2, ArrowLeft: 3 }[key]
  if (turns === undefined) return null
  const bearing = (Math.round(azimuth / (Math.PI / 2)) + turns) * (Math.PI / 2)
  return [VERTEX_STEP_M.plan * Math.sin(bearing), VERTEX_STEP_M.plan * Math.cos(bearing), 0]
}
