import { useTranslation } from 'react-i18next'
import { figure } from '../../i18n/format.ts'
import { LabelRoom, textWidth } from '../cut/chart.ts'
import type { Section } from './section-model.ts'

interface SpacingRowProps {
  readonly section: Section
  readonly x: (u: number) => number
  readonly y: (z: number) => number
  readonly top: number
  readonly left: number
  readonly right: number
}

/** Clear level distances between neighbours as a chain of dimensions under the picture; what the check requires stands below them. */
export function SpacingRow({ section, x, y, top, left, right }: SpacingRowProps) {
  const { t } = useTranslation('views')
  const at = top + 14
  const room = new LabelRoom({ x: left, y: top, width: right - left, height: 60 })
  const place = (text: string, middle: number, y0: number) => text !== '' && room.take([{ x: middle - textWidth(text) / 2 + 1, y: y0, width: textWidth(text) - 2, height: 12 }]) !== null
  return (
    <g pointerEvents="none">
      <text x={4} y={at} dominantBaseline="central">{t('section.spacing')}</text>
      {section.spacings.map(({ left: from, right: to, gapM, shortfall }, i) => {
        const [x0, x1] = [x(from.shape.maxU), x(to.shape.minU)]
        if (gapM <= 0 || x0 < left || x1 > right) return null
        const tone = shortfall ? `cut-short--${shortfall.mandatory ? 'mandatory' : 'advisory'}` : ''
        const text = figure(gapM, 2)
        const required = shortfall ? `≥ ${figure(shortfall.required, 2)}` : ''
        return (
          <g key={i}>
            {[[x0, from.shape.z] as const, [x1, to.shape.z] as const].map(([px, z]) => <line key={px} className="cut-lead" strokeDasharray="2 3" x1={px} x2={px} y1={y(z)} y2={at + 4} />)}
            <line className={`cut-dimension ${tone}`} x1={x0} x2={x1} y1={at} y2={at} />
            {[x0, x1].map(px => <line key={px} className={`cut-dimension ${tone}`} x1={px - 3} x2={px + 3} y1={at + 3} y2={at - 3} />)}
            {place(text, (x0 + x1) / 2, at + 4) && <text className={`cut-halo ${tone}`} x={(x0 + x1) / 2} y={at + 14} textAnchor="middle">{text}</text>}
            {place(required, (x0 + x1) / 2, at + 17) && <text className={`cut-halo ${tone}`} x={(x0 + x1) / 2} y={at + 27} textAnchor="middle">{required}</text>}
          </g>
        )
      })}
    </g>
  )
}
