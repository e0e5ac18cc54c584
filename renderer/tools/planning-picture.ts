import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { digPaths } from '#renderer/scene/excavation/dig-paths.ts'
import type { Mark } from '#renderer/scene/marks/marks.tsx'
import type { DrawnPath } from '#renderer/scene/paths/path-mesh.ts'
import type { SceneColours } from '#renderer/scene/scene-colours.ts'
import { crsToView, localToView } from '#renderer/scene/scene-frame.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { kindColour } from '#renderer/state/view/kind-colours.ts'
import { planningStore } from '#renderer/state/scheme/planning-store.ts'
import { scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'

const STRING_LINE: OuterSection = { shape: 'circle', diameterM: 0.06 }
/** Ghosts stand on the picture, they do not hide it. */
const GHOST_STRENGTH = 0.75

/** As it is drawn in 3D and on the map. View frame. */
export interface PlanningPicture {
  readonly ghosts: readonly DrawnPath[]
  readonly routes: readonly DrawnPath[]
  readonly strings: readonly DrawnPath[]
  readonly marks: readonly Mark[]
}

/** What is proposed but not yet taken: moved lines, route alternatives with their narrow places, picked points; another scheme as a ghost. */
export function usePlanningPicture(model: SceneModel, colours: SceneColours): PlanningPicture {
  const { frame } = model
  const palette = useStore(viewStore, view => view.colours)
  const interaction = useStore(sessionStore, session => session.interaction)
  const { fix, route, keepOut, ghostId } = useStore(planningStore)
  const { activeId, byId } = useStore(scenarioStore)

  const ghosts = useMemo((): DrawnPath[] => {
    const proposals = activeId === null ? {} : (byId[activeId]?.document.proposals ?? {})
    const moved = new Map(fix?.outcome?.fixes.map(({ asset, after }) => [asset, after.axis]))
    const other = ghostId !== null && ghostId !== activeId ? byId[ghostId]?.document : undefined
    return [
      ...[...moved].flatMap(([id, axis]) => {
        const proposal = proposals[id]
        return proposal ? [{ axis: axis.map(point => crsToView(frame, point)), section: proposal.section, tint: { colour: colours.accent, strength: GHOST_STRENGTH } }] : []
      }),
      ...digPaths(other ?? null, model, colours.accent),
      ...Object.values(other?.proposals ?? {}).map(({ axis, section, kind }) => ({ axis: axis.map(point => crsToView(frame, point)), section, tint: { colour: other?.colour ?? kindColour(kind, palette), strength: 0.5 } })),
    ]
  }, [fix, ghostId, activeId, byId, model, frame, colours, palette])

  const routes = useMemo((): DrawnPath[] => (route?.answer?.routes ?? []).map(({ axis }, i) => ({
    axis: axis.map(point => crsToView(frame, point)), section: route!.line.section,
    tint: i === route!.chosen ? { colour: colours.accent, strength: 1 } : { colour: kindColour(route!.line.kind, palette), strength: 0.55 },
  })), [route, frame, colours, palette])

  const strings = useMemo((): DrawnPath[] => {
    const path = (points: readonly Vec3[]): DrawnPath[] => (points.length < 2 ? [] : [{ axis: points.map(point => localToView(frame, point)), section: STRING_LINE, tint: { colour: colours.accent, strength: 0.8 } }])
    const areas = keepOut.flatMap(ring => path([...ring, ring[0]!]).map(line => ({ ...line, tint: { colour: colours.mandatory, strength: 0.8 } })))
    if (interaction.type !== 'routing') return []
    const open = interaction.area ? path([...interaction.area, ...(interaction.cursor ? [interaction.cursor] : [])]) : []
    return [...areas, ...open, ...(route?.answer?.routes.length ? [] : path([...interaction.points, ...(interaction.cursor && !interaction.area && !route ? [interaction.cursor] : [])]))]
  }, [interaction, keepOut, route, frame, colours])

  const marks = useMemo((): Mark[] => {
    const answer = route?.answer
    const list: Mark[] = [
      ...(answer?.blocked ?? []).flatMap(({ at }) => (at ? [{ at: crsToView(frame, at), shape: 'square' as const, colour: colours.mandatory, sizePx: 20 }] : [])),
      ...(answer?.routes[route!.chosen]?.tightest ?? []).map(({ at }) => ({ at: crsToView(frame, at), shape: 'diamond' as const, colour: colours.advisory, sizePx: 14 })),
    ]
    if (interaction.type === 'routing') for (const point of interaction.points) list.push({ at: localToView(frame, point), shape: 'disc', colour: colours.accent, sizePx: 12 })
    return list
  }, [route, interaction, frame, colours])

  return { ghosts, routes, strings, marks }
}
