import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Vec3 } from '#shared/twin/asset.ts'
import { canEdit, executeCommand } from '../../actions/scenario-actions.ts'
import { figure } from '../../i18n/format.ts'
import { sessionStore } from '../../state/session-store.ts'
import type { Cut } from '../cut/use-cut.ts'
import type { ProfileFrame } from './profile-frame.ts'

/** Vertices of a proposal, to be raised and lowered: previewed in every view, one command on release, Escape puts it back. */
export function VertexHandles({ cut, frame }: { readonly cut: Cut; readonly frame: ProfileFrame }) {
  const { t } = useTranslation('views')
  const { line, origin } = cut
  const start = useRef<{ readonly pointerY: number; readonly at: Vec3; readonly pxPerM: number; hasMoved: boolean } | null>(null)
  if (line.item.type !== 'proposal' || !canEdit()) return null
  const held = () => {
    const { interaction } = sessionStore.getState()
    return interaction.type === 'draggingVertex' && interaction.proposalId === line.item.id ? interaction : null
  }
  const letGo = () => {
    start.current = null
    const drag = held()
    if (drag) sessionStore.setState({ interaction: { type: 'idle' }, live: null })
    return drag
  }
  return line.axis.map((at, index) => (
    <circle
      key={index} className="cut-handle" cx={frame.x(line.chainages[index]!)} cy={frame.y(at[2])} r={5}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { pointerY: event.clientY, at, pxPerM: frame.pxPerM * frame.exaggeration, hasMoved: false }
      }}
      onPointerMove={event => {
        event.stopPropagation()
        const from = start.current
        if (!from) return
        // Escape has put the vertex back meanwhile: the rest of the gesture is idle.
        if (from.hasMoved ? !held() : Math.abs(event.clientY - from.pointerY) < 3) return
        from.hasMoved = true
        const to: Vec3 = [from.at[0], from.at[1], from.at[2] + (from.pointerY - event.clientY) / from.pxPerM]
        sessionStore.setState({ interaction: { type: 'draggingVertex', proposalId: line.item.id, index, inserted: false, vertical: true, to } })
      }}
      onPointerUp={event => {
        event.stopPropagation()
        const wasClick = start.current?.hasMoved === false
        const drag = letGo()
        if (drag) executeCommand({ op: 'proposal.moveVertex', id: drag.proposalId, index: drag.index, to: [drag.to[0] + origin[0], drag.to[1] + origin[1], drag.to[2] + origin[2]] })
        else if (wasClick) sessionStore.setState({ selection: { type: 'proposal', id: line.item.id, vertex: index } })
      }}
      onPointerCancel={() => void letGo()}
    >
      <title>{t('profile.vertex', { n: index + 1, level: figure(at[2] + origin[2], 3) })}</title>
    </circle>
  ))
}
