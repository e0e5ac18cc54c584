import { useTranslation } from 'react-i18next'
import { canEdit } from '../../actions/scheme/scenario-actions.ts'
import { figure } from '../../i18n/format.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import type { Cut } from '../cut/use-cut.ts'
import { GUIDE_PX } from '../../tools/draw-guides.ts'
import { levelLeader } from '../../tools/edit-proposal/level-leader.ts'
import { VertexGrip } from '../cut/vertex-grip.tsx'
import type { ProfileFrame } from './profile-frame.ts'

/** Vertices of a proposal, to be raised and lowered. */
export function VertexHandles({ cut, frame, onHold }: { readonly cut: Cut; readonly frame: ProfileFrame; readonly onHold: (isHeld: boolean) => void }) {
  const { t } = useTranslation('views')
  const { line: { item, axis, chainages }, origin } = cut
  if (item.type !== 'proposal' || !canEdit()) return null
  const pxPerM = frame.pxPerM * frame.exaggeration
  return axis.map((at, index) => (
    <VertexGrip
      key={index} cx={frame.x(chainages[index]!)} cy={frame.y(at[2])} origin={origin} title={t('profile.vertex', { n: index + 1, level: figure(at[2] + origin[2], 3) })}
      drag={{ proposalId: item.id, index, inserted: false, way: 'level' }}
      grasp={() => {
        const lead = levelLeader(cut.world, cut.line, index)
        return (_, downPx, { isFree }) => lead(at[2] - downPx / pxPerM, GUIDE_PX / pxPerM, isFree)
      }}
      onHold={onHold}
      onClick={() => sessionStore.setState({ selection: { type: 'proposal', id: item.id, vertex: index } })}
    />
  ))
}
