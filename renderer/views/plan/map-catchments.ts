import { reshapeCatchment } from '#renderer/actions/scheme/catchment-actions.ts'
import { canEdit } from '#renderer/actions/scheme/scenario-actions.ts'
import { analysisStore } from '#renderer/state/findings/analysis-store.ts'
import { drawnCatchments, showsCatchments } from '#renderer/state/scheme/drawn-catchments.ts'
import type { Overlay } from './map-overlay.ts'
import { toPixels } from './map-pose.ts'

/** What a drag on the map has taken hold of. Places in plan, local frame. */
export interface MapGrip {
  to(x: number, y: number): void
  drop(): void
  abandon(): void
}

type Corner = readonly [number, number]

/** A corner of a drawn catchment, or the middle of a side, which becomes a corner when it is pulled. Project CRS. */
interface CatchmentHandle {
  readonly id: string
  readonly ring: readonly Corner[]
  readonly index: number
  readonly isMiddle: boolean
  readonly at: Corner
}

const GRIP_PX = 9
const CORNER_PX = 4.5
const MIDDLE_PX = 3
/** Sides shorter than this on the screen have no handle in their middle: it would lie under those of the corners. */
const SIDE_PX = 40

/** Handles of every drawn catchment, corners last: they lie over the middles. */
export function catchmentHandles(pxPerM: number): CatchmentHandle[] {
  if (!canEdit() || !showsCatchments()) return []
  const all = drawnCatchments().flatMap(({ id, ring }) => ring.flatMap((at, index): CatchmentHandle[] => {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!
    const middle: CatchmentHandle = { id, ring, index, isMiddle: true, at: [(at[0] + nextX) / 2, (at[1] + nextY) / 2] }
    return [...(Math.hypot(nextX - at[0], nextY - at[1]) * pxPerM > SIDE_PX ? [middle] : []), { id, ring, index, isMiddle: false, at }]
  }))
  return [...all.filter(({ isMiddle }) => isMiddle), ...all.filter(({ isMiddle }) => !isMiddle)]
}

/** The outline with the handle pulled to a place. */
export const pulled = ({ ring, index, isMiddle }: Pick<CatchmentHandle, 'ring' | 'index' | 'isMiddle'>, to: Corner): readonly Corner[] =>
  isMiddle ? [...ring.slice(0, index + 1), to, ...ring.slice(index + 1)] : ring.map((corner, k) => (k === index ? to : corner))

/** Takes hold of the handle under a place; the catchment follows, and one step that can be taken back is kept when it is let go. */
export function gripCatchment(x: number, y: number, pxPerM: number, [ox, oy]: readonly number[]): MapGrip | null {
  const at: Corner = [x + ox!, y + oy!]
  const handle = catchmentHandles(pxPerM).findLast(one => Math.hypot(one.at[0] - at[0], one.at[1] - at[1]) * pxPerM <= GRIP_PX)
  if (!handle) return null
  const offset = [handle.at[0] - at[0], handle.at[1] - at[1]] as const
  let draft: NonNullable<ReturnType<typeof analysisStore.getState>['catchmentDraft']> | null = null
  // By the time it is kept another may have been taken hold of.
  const end = () => {
    if (analysisStore.getState().catchmentDraft === draft) analysisStore.setState({ catchmentDraft: null })
  }
  return {
    to: (toX, toY) => analysisStore.setState({ catchmentDraft: (draft = { id: handle.id, ring: pulled(handle, [toX + ox! + offset[0], toY + oy! + offset[1]]) }) }),
    // Shown where it was let go until it is kept there, so that it does not spring back in between.
    drop: () => void (draft && reshapeCatchment(draft.id, draft.ring).finally(end)),
    abandon: end,
  }
}

export function drawCatchmentHandles({ context, pose, size, colours }: Overlay, [ox, oy]: readonly number[]): void {
  for (const { at, isMiddle } of catchmentHandles(pose.pxPerM)) {
    const [x, y] = toPixels(pose, size, at[0] - ox!, at[1] - oy!)
    const r = isMiddle ? MIDDLE_PX : CORNER_PX
    context.beginPath()
    if (isMiddle) context.arc(x, y, r, 0, 2 * Math.PI)
    else context.rect(x - r, y - r, 2 * r, 2 * r)
    context.fillStyle = isMiddle ? colours.accent : colours.soil
    context.fill()
    context.strokeStyle = colours.accent
    context.lineWidth = 1.5
    context.stroke()
  }
}
