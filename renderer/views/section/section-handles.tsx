import { useTranslation } from 'react-i18next'
import { canEdit } from '../../actions/scheme/scenario-actions.ts'
import { figure } from '../../i18n/format.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import type { VertexDrag } from '../../tools/edit-proposal/edit-steps.ts'
import type { Cut } from '../cut/use-cut.ts'
import { GUIDE_PX } from '../../tools/draw-guides.ts'
import { SnapGuides } from '../cut/snap-guides.tsx'
import { VertexGrip } from '../cut/vertex-grip.tsx'
import { stayOn } from './move-grip.ts'
import { ledInSection, leaderOf } from './led-in-section.ts'
import { movedInSection, type SectionGrip } from './section-grips.ts'
import type { sectionLeader } from './section-stops.ts'
import type { Section } from './section-model.ts'

interface SectionHandlesProps {
  readonly cut: Cut
  readonly section: Section
  readonly grips: readonly SectionGrip[]
  /** The vertex in hand, of one of the grips; null where none is. */
  readonly drag: VertexDrag | null
  /** How far to either side is seen. */
  readonly halfSpanM: number
  readonly pxPerM: number
  readonly x: (u: number) => number
  readonly y: (z: number) => number
  /** Where it is told how far the vertex in hand has come, pixels. */
  readonly words: readonly [number, number]
  readonly onHold: (grip: SectionGrip | null) => void
}

/** Handles of the proposed lines in the section, to be moved aside and in level; how far, while one is in hand. */
export function SectionHandles({ cut, section: { plane }, grips, drag, halfSpanM, pxPerM, x, y, words, onHold }: SectionHandlesProps) {
  const { t } = useTranslation('views')
  const { line, origin } = cut
  if (!canEdit()) return null
  return grips.map(grip => {
    const { proposalId, index, inserted, at, u, z, isOwn } = grip
    // A line may be cut more than once.
    const to = drag?.proposalId === proposalId && drag.index === index && drag.inserted === inserted ? drag.to : at
    const [right, up] = [(to[0] - at[0]) * plane.dirX + (to[1] - at[1]) * plane.dirY, to[2] - at[2]]
    return (
      <g key={`${proposalId} ${index} ${inserted} ${u}`}>
        <VertexGrip
          cx={x(u + right)} cy={y(z + up)} origin={origin} title={t('section.handle', { level: figure(z + origin[2], 3) })}
          drag={{ proposalId, index, inserted, way: 'section' }}
          grasp={() => {
            let lead: ReturnType<typeof sectionLeader> | null = null
            return (rightPx, downPx, { isFree, isStraight }) => {
              const to = movedInSection(grip, plane, rightPx / pxPerM, -downPx / pxPerM, isStraight, origin[2])
              if (isFree || isStraight) return { to, snap: null }
              lead ??= leaderOf(cut, plane, grip, halfSpanM)
              return ledInSection(grip, plane, to, lead(u + rightPx / pxPerM, z - downPx / pxPerM, GUIDE_PX / pxPerM))
            }
          }}
          onClick={() => sessionStore.setState({ selection: { type: 'proposal', id: proposalId, vertex: inserted ? null : index } })}
          onHold={isHeld => onHold(isHeld ? grip : null)}
          onMoved={moved => isOwn && stayOn(line, moved)}
        />
        {to !== at && <SnapGuides px={x(u + right)} py={y(z + up)} words={words} moved={t(right < 0 ? 'section.movedLeft' : 'section.movedRight', { aside: figure(Math.abs(right), 2), level: figure(to[2] + origin[2], 2), lift: `${up < 0 ? '' : '+'}${figure(up, 2)}` })} />}
      </g>
    )
  })
}
