import { useTranslation } from 'react-i18next'
import type { Rect } from './chart.ts'

const ROOM = { width: 270, height: 18 } as const

/** Where the note stands, kept free of labels. */
export const unlabelledRoom = (right: number, bottom: number): Rect => ({ x: right - ROOM.width, y: bottom - ROOM.height, ...ROOM })

/** Says that there are shapes without a label: a crowded street has more of them than room. */
export function Unlabelled({ count, area }: { readonly count: number; readonly area: Rect }) {
  const { t } = useTranslation('views')
  if (count === 0) return null
  return <text className="cut-halo" x={area.x + area.width - 6} y={area.y + area.height - 7} textAnchor="end">{t('unlabelled', { count })}</text>
}
