import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { kindColour } from '#renderer/state/view/kind-colours.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { useOpenFinding } from './focus.ts'
import { RENDER_ORDER } from './layers.ts'
import type { DrawnPath } from './paths/path-mesh.ts'
import { Paths } from './paths/paths.tsx'
import { useScene } from './scene-context.ts'
import { crsToView, type SceneFrame } from './scene-frame.ts'

const NO_PROPOSALS: Readonly<Record<string, Proposal>> = {}

/** Proposals of the active scheme, but for the one being dragged (the draft layer draws that). */
export function ProposalLayer() {
  const { model, colours } = useScene()
  const proposals = useStore(scenarioStore, state => activeScenario(state)?.document.proposals ?? NO_PROPOSALS)
  const draggedId = useStore(sessionStore, session => (session.interaction.type === 'draggingVertex' ? session.interaction.proposalId : null))
  const selectedId = useStore(sessionStore, session => (session.selection?.type === 'proposal' ? session.selection.id : null))
  const palette = useStore(viewStore, view => view.colours)
  const finding = useOpenFinding()
  const paths = useMemo(
    () => Object.values(proposals).filter(proposal => proposal.id !== draggedId).map((proposal): DrawnPath => ({
      axis: viewAxis(model.frame, proposal.axis),
      section: proposal.section,
      tint: { colour: kindColour(proposal.kind, palette), strength: !finding || finding.a.includes(proposal.id) || finding.b.includes(proposal.id) ? 1 : 0.2 },
    })),
    [proposals, draggedId, model, palette, finding],
  )
  return <Paths isCut side="active" paths={paths} outline={selectedId === null ? colours.outline : colours.accent} outlinePx={1.6} hiddenStrength={0.45} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
}

export const viewAxis = (frame: SceneFrame, axis: readonly Vec3[]): Vec3[] => axis.map(point => crsToView(frame, point))
