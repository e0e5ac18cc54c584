import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import type { Mark } from '#renderer/scene/marks/marks.tsx'
import type { DrawnPath } from '#renderer/scene/paths/path-mesh.ts'
import type { SceneColours } from '#renderer/scene/scene-colours.ts'
import { localToView } from '#renderer/scene/scene-frame.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { excavationStore } from '#renderer/state/scheme/excavation-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { handlesOfExcavation } from './corner-tool.ts'
import { pointsShown } from './dig-steps.ts'

const LINE: OuterSection = { shape: 'circle', diameterM: 0.08 }

/** The outline being laid out on the ground, and the corners of the selected excavation, as they are drawn in 3D and on the map. View frame. */
export function useDigPicture(model: SceneModel, colours: SceneColours): { readonly paths: readonly DrawnPath[]; readonly marks: readonly Mark[] } {
  const interaction = useStore(sessionStore, session => session.interaction)
  const selection = useStore(sessionStore, session => session.selection)
  const type = useStore(excavationStore, state => state.template.type)
  const draft = useStore(excavationStore, state => state.draft)
  const committed = useStore(scenarioStore, state => (selection?.type === 'excavation' ? activeScenario(state)?.document.excavations[selection.id] : undefined))

  const paths = useMemo((): DrawnPath[] => {
    if (interaction.type !== 'digging') return []
    const points = pointsShown(interaction)
    if (points.length < 2) return []
    const closed = type === 'pit' && points.length > 2 ? [...points, points[0]!] : points
    const colour = draft?.refusal ? colours.mandatory : colours.accent
    return [{ axis: closed.map(point => localToView(model.frame, point)), section: LINE, tint: { colour, strength: 1 } }]
  }, [interaction, type, draft, model, colours])

  const marks = useMemo((): Mark[] => {
    const view = (point: Vec3) => localToView(model.frame, point)
    if (interaction.type === 'digging') {
      return [
        ...interaction.points.map((point, i): Mark => ({ at: view(point), shape: i === 0 ? 'ring' : 'disc', colour: colours.accent, sizePx: i === 0 ? 15 : 10 })),
        ...(interaction.cursor ? [{ at: view(interaction.cursor), shape: 'ring', colour: colours.outline, sizePx: 9 } as const] : []),
      ]
    }
    if (!committed || selection?.type !== 'excavation') return []
    const shown = draft?.excavation.id === committed.id && !draft.refusal ? draft.excavation : committed
    const { corners, middles } = handlesOfExcavation(shown, model.frame.crsOrigin, (x, y) => model.layoutAt?.(x, y) ?? 0)
    const dragged = interaction.type === 'draggingCorner' ? interaction.index : null
    return [
      ...corners.map((at, i): Mark => ({ at: view(at), shape: 'disc', colour: i === (dragged ?? selection.corner) ? colours.accent : '#ffffff', sizePx: i === (dragged ?? selection.corner) ? 14 : 11 })),
      ...(dragged === null ? middles.map(({ at }): Mark => ({ at: view(at), shape: 'diamond', colour: '#ffffff', sizePx: 10 })) : []),
    ]
  }, [interaction, committed, selection, draft, model, colours])

  return { paths, marks }
}
