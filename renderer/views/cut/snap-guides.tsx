import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { draftStore } from '../../tools/draft-store.ts'
import { snapWords } from '../../tools/snap-words.ts'

interface SnapGuidesProps {
  /** Of the vertex in hand, pixels. */
  readonly px: number
  readonly py: number
  /** Where it is told how far it has come, and in which words. */
  readonly words: readonly [x: number, y: number]
  readonly moved: string
}

/** Half of the square that marks what is tied, as in 3D. */
const HALF_PX = 8

/** How far a vertex in hand has come in a cut view, and what leads it there. */
export function SnapGuides({ px, py, words: [x, y], moved }: SnapGuidesProps) {
  const { t } = useTranslation('tools')
  const snap = useStore(draftStore, draft => draft.snap)
  return (
    <g pointerEvents="none">
      {snap && <rect className="cut-snap" x={px - HALF_PX} y={py - HALF_PX} width={2 * HALF_PX} height={2 * HALF_PX} />}
      <text className="cut-strong cut-halo" x={x} y={y}>{moved}</text>
      {snap && <text className="cut-snap-words cut-halo" x={x} y={y + 15}>{snapWords(t, snap)}</text>}
    </g>
  )
}
