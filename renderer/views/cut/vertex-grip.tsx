import { useRef } from 'react'
import type { Vec3 } from '#shared/twin/asset.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { clearDraft, draftStore, type DraftSnap } from '../../tools/draft-store.ts'
import type { VertexDrag } from '../../tools/edit-proposal/edit-steps.ts'
import { commitVertex, followed } from './commit-vertex.ts'

/** Pixels a pointer may tremble before a click becomes a drag. */
const TREMBLE_PX = 3

/** Shift: nothing leads the vertex. Alt: only aside or only in level. */
export interface GripKeys {
  readonly isFree: boolean
  readonly isStraight: boolean
}

export type Grasp = (rightPx: number, downPx: number, keys: GripKeys) => { readonly to: Vec3; readonly snap: DraftSnap | null }

interface VertexGripProps {
  readonly cx: number
  readonly cy: number
  readonly title: string
  readonly drag: Omit<VertexDrag, 'type' | 'to' | 'relaid'>
  /** Begins a gesture: where the vertex goes for a way of the pointer, and what leads it there. Local frame. */
  readonly grasp: () => Grasp
  /** From the local frame to the project CRS. */
  readonly origin: Vec3
  readonly onClick: () => void
  readonly onHold?: (isHeld: boolean) => void
  /** After the edit; local frame. */
  readonly onMoved?: (drag: VertexDrag) => void
}

/** A vertex of a proposal to be moved in a cut view: previewed in every view, one command on release, Escape puts it back. */
export function VertexGrip({ cx, cy, title, drag, grasp, origin, onClick, onHold, onMoved }: VertexGripProps) {
  const start = useRef<{ readonly px: number; readonly py: number; readonly drag: VertexGripProps['drag']; readonly place: Grasp; hasMoved: boolean } | null>(null)
  const inHand = () => {
    const { interaction } = sessionStore.getState()
    return interaction.type === 'draggingVertex' && interaction.proposalId === drag.proposalId ? interaction : null
  }
  const letGo = () => {
    const moved = start.current?.hasMoved ? inHand() : null
    start.current = null
    onHold?.(false)
    clearDraft()
    // Back to rest first: the command makes the committed axis the one on the screen.
    if (moved) sessionStore.setState({ interaction: { type: 'idle' }, live: null })
    return moved
  }
  return (
    <circle
      className={`cut-handle ${drag.way === 'section' ? 'cut-handle--free' : ''}`} cx={cx} cy={cy} r={5}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { px: event.clientX, py: event.clientY, drag, place: grasp(), hasMoved: false }
      }}
      onPointerMove={event => {
        event.stopPropagation()
        const from = start.current
        if (!from) return
        const [rightPx, downPx] = [event.clientX - from.px, event.clientY - from.py]
        // Escape has put the vertex back meanwhile: the rest of the gesture is idle.
        if (from.hasMoved ? !inHand() : Math.hypot(rightPx, downPx) < TREMBLE_PX) return
        if (!from.hasMoved) onHold?.(true)
        from.hasMoved = true
        const { to, snap } = from.place(rightPx, downPx, { isFree: event.shiftKey, isStraight: event.altKey })
        sessionStore.setState({ interaction: followed({ type: 'draggingVertex', ...from.drag, to }, origin) })
        draftStore.setState({ snap })
      }}
      onPointerUp={event => {
        event.stopPropagation()
        const wasClick = start.current?.hasMoved === false
        const moved = letGo()
        if (wasClick) onClick()
        else if (moved && commitVertex(moved, origin)) onMoved?.(moved)
      }}
      onPointerCancel={() => void letGo()}
    >
      <title>{title}</title>
    </circle>
  )
}
