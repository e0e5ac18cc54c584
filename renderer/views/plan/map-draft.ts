import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Mark } from '#renderer/scene/marks/marks.tsx'
import type { DrawnPath } from '#renderer/scene/paths/path-mesh.ts'
import type { SceneColours } from '#renderer/scene/scene-colours.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { useDraftPicture } from '#renderer/tools/draft-picture.ts'
import { useDigPicture } from '#renderer/tools/excavate/dig-picture.ts'
import { usePlanningPicture } from '#renderer/tools/planning-picture.ts'
import type { Overlay } from './map-overlay.ts'
import { toPixels } from './map-pose.ts'
import { HANDLES_PX_PER_M, isLaying } from './map-tools.ts'

/** What is in hand and what is proposed but not yet taken, as the 3D view has it. View frame. */
export interface MapDraft {
  readonly paths: readonly DrawnPath[]
  readonly marks: readonly Mark[]
  /** Marks are shown at every scale, not only where they can be taken hold of. */
  readonly isLaying: boolean
  /** From the view frame to the local one, in plan. */
  readonly shift: readonly [number, number]
}

export function useMapDraft(model: SceneModel, colours: SceneColours): MapDraft {
  const draft = useDraftPicture(model, colours)
  const planning = usePlanningPicture(model, colours)
  const dig = useDigPicture(model, colours)
  const laying = useStore(sessionStore, isLaying)
  return useMemo(() => ({
    isLaying: laying,
    paths: [...planning.ghosts, ...planning.strings, ...planning.routes, ...dig.paths, ...draft.paths],
    // Levels are dragged where they are seen.
    marks: [...planning.marks, ...dig.marks, ...draft.marks].filter(({ shape }) => shape !== 'updown'),
    shift: [model.frame.origin[0], model.frame.origin[1]],
  }), [draft, planning, dig, model, laying])
}

const LINE_PX = 3.5

export function drawDraft(over: Overlay, { paths, marks, isLaying: isAlways, shift: [dx, dy] }: MapDraft): void {
  const { context, pose, size, colours } = over
  const place = (at: readonly number[]): [number, number] => toPixels(pose, size, at[0]! + dx, at[1]! + dy)
  context.lineCap = context.lineJoin = 'round'
  for (const { axis, tint } of paths) {
    const places = axis.map(place)
    context.beginPath()
    for (const [x, y] of places) context.lineTo(x, y)
    context.lineWidth = LINE_PX + 2
    context.strokeStyle = colours.outline
    context.stroke()
    // Segment by segment: what is too near is told where it is.
    context.lineWidth = LINE_PX
    for (let i = 1; i < places.length; i++) {
      const { colour, strength } = Array.isArray(tint) ? tint[i - 1]! : tint
      context.globalAlpha = strength
      context.strokeStyle = colour
      context.beginPath()
      context.moveTo(...places[i - 1]!)
      context.lineTo(...places[i]!)
      context.stroke()
    }
    context.globalAlpha = 1
  }
  if (isAlways || pose.pxPerM >= HANDLES_PX_PER_M) for (const mark of marks) drawMark(over, mark, ...place(mark.at))
}

function drawMark({ context, colours }: Overlay, { shape, colour, sizePx }: Mark, x: number, y: number): void {
  const r = sizePx / 2
  context.beginPath()
  if (shape === 'diamond') for (const [cx, cy] of [[0, -r], [r, 0], [0, r], [-r, 0]] as const) context.lineTo(x + cx, y + cy)
  else if (shape === 'square') context.rect(x - r, y - r, sizePx, sizePx)
  else context.arc(x, y, r, 0, 2 * Math.PI)
  context.closePath()
  const isHollow = shape === 'ring' || shape === 'square'
  if (!isHollow) {
    context.fillStyle = colour
    context.fill()
  }
  context.lineWidth = isHollow ? 2 : 1.2
  context.strokeStyle = isHollow ? colour : colours.outline
  context.stroke()
}
