import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import type { Mark } from '#renderer/scene/marks/marks.tsx'
import type { DrawnPath, Tint } from '#renderer/scene/paths/path-mesh.ts'
import type { SceneColours } from '#renderer/scene/scene-colours.ts'
import { crsToView, localToView, viewToLocal } from '#renderer/scene/scene-frame.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { kindColour } from '#renderer/state/view/kind-colours.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore, type LiveShortfall } from '#renderer/state/app/session-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { draftStore } from './draft-store.ts'
import { drawnRoute } from './draw-pipeline/draw-steps.ts'
import { draggedAxis, handlesOf, LEVEL_HANDLE_LIFT_PX } from './edit-proposal/edit-steps.ts'

const PLUMB_LINE: OuterSection = { shape: 'circle', diameterM: 0.015 }

interface Draft {
  /** Local frame. */
  readonly route: readonly Vec3[]
  readonly kind: AssetKind
  readonly section: OuterSection
}

/** What is in hand, as it is drawn in 3D and on the map. View frame. */
export interface DraftPicture {
  readonly paths: readonly DrawnPath[]
  readonly plumb: readonly DrawnPath[]
  readonly marks: readonly Mark[]
}

/** The line being drawn or dragged, each segment in the colour of its worst shortfall; handles, snaps and plumb line. */
export function useDraftPicture(model: SceneModel, colours: SceneColours): DraftPicture {
  const palette = useStore(viewStore, view => view.colours)
  const interaction = useStore(sessionStore, session => session.interaction)
  const template = useStore(sessionStore, session => session.template)
  const selection = useStore(sessionStore, session => session.selection)
  const live = useStore(sessionStore, session => session.live)
  const snap = useStore(draftStore, draft => draft.snap)
  const ground = useStore(draftStore, draft => draft.ground)
  const proposals = useStore(scenarioStore, state => activeScenario(state)?.document.proposals)

  const draft = useMemo((): Draft | null => {
    if (interaction.type === 'drawing') return { route: drawnRoute(interaction), kind: template.kind, section: template.section }
    const proposal = interaction.type === 'draggingVertex' ? proposals?.[interaction.proposalId] : undefined
    if (!proposal || interaction.type !== 'draggingVertex') return null
    const axis = proposal.axis.map(point => viewToLocal(model.frame, crsToView(model.frame, point)))
    return { route: draggedAxis(axis, interaction), kind: proposal.kind, section: proposal.section }
  }, [interaction, template, proposals, model])

  const paths = useMemo((): DrawnPath[] => {
    if (!draft || draft.route.length < 2) return []
    const plain: Tint = { colour: kindColour(draft.kind, palette), strength: 1 }
    const tint = draft.route.slice(1).map((_, segment): Tint => {
      const severity = worstOf(live?.shortfalls ?? [], segment)
      return severity ? { colour: colours[severity], strength: 1 } : plain
    })
    return [{ axis: draft.route.map(point => localToView(model.frame, point)), section: draft.section, tint }]
  }, [draft, live, palette, colours, model])

  const plumb = useMemo((): DrawnPath[] => {
    const tip = interaction.type === 'drawing' ? interaction.cursor : interaction.type === 'draggingVertex' ? interaction.to : null
    if (!tip || !ground) return []
    return [{ axis: [localToView(model.frame, ground), localToView(model.frame, tip)], section: PLUMB_LINE, tint: { colour: colours.accent, strength: 0.8 } }]
  }, [interaction, ground, colours, model])

  const marks = useMemo((): Mark[] => {
    const list: Mark[] = []
    const view = (point: Vec3) => localToView(model.frame, point)
    if (interaction.type === 'drawing') {
      for (const vertex of interaction.vertices) list.push({ at: view(vertex), shape: 'disc', colour: colours.accent, sizePx: 9 })
      if (ground && interaction.cursor) list.push({ at: view(ground), shape: 'ring', colour: colours.outline, sizePx: 9 })
    } else if (selection?.type === 'proposal' && proposals?.[selection.id]) {
      const axis = draft?.route ?? proposals[selection.id]!.axis.map(point => viewToLocal(model.frame, crsToView(model.frame, point)))
      for (const handle of handlesOf(axis, interaction.type === 'idle' ? selection.vertex : null)) {
        const chosen = handle.index === selection.vertex
        if (handle.type === 'vertex') list.push({ at: view(handle.at), shape: 'disc', colour: chosen ? colours.accent : '#ffffff', sizePx: chosen ? 14 : 11 })
        else if (handle.type === 'middle') list.push({ at: view(handle.at), shape: 'diamond', colour: '#ffffff', sizePx: 10 })
        else list.push({ at: view(handle.at), shape: 'updown', colour: colours.accent, sizePx: 22, liftPx: LEVEL_HANDLE_LIFT_PX })
      }
    }
    if (snap) list.push({ at: view(snap.at), shape: 'square', colour: colours.accent, sizePx: 20 })
    return list
  }, [interaction, selection, proposals, draft, snap, ground, colours, model])

  return { paths, plumb, marks }
}

function worstOf(shortfalls: readonly LiveShortfall[], segment: number): 'mandatory' | 'advisory' | null {
  let worst: 'mandatory' | 'advisory' | null = null
  for (const shortfall of shortfalls) {
    if (shortfall.segment !== segment) continue
    if (shortfall.mandatory) return 'mandatory'
    worst = 'advisory'
  }
  return worst
}
