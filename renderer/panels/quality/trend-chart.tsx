import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { count, dateTime } from '../../i18n/format.ts'
import { percent } from '../../ui/percent.ts'
import { useSize } from '../../views/cut/use-size.ts'
import { trendPlot, type TrendRow } from './trend-rows.ts'

const HEIGHT_PX = 168
/** More points than this carry no figure of their own; their tips do. */
const MOST_FIGURES = 12

/** Completeness as a line over bars of flaws, oldest at the left. The table below says the same in figures. */
export function TrendChart({ rows }: { readonly rows: readonly TrendRow[] }) {
  const { t, i18n } = useTranslation('quality')
  const ref = useRef<HTMLDivElement>(null)
  const { width } = useSize(ref)
  const { grid, points, left, right, base, barWidth, height } = trendPlot(rows, Math.max(240, width), HEIGHT_PX)
  const tip = ({ at, after, score, flaws }: TrendRow) => [dateTime(at, i18n.language), after, percent(score), `${t('column.flaws')} ${count(flaws)}`].filter(part => part !== '').join(' · ')
  return (
    <div ref={ref} className="trend-chart">
      <svg width="100%" height={height} role="img" aria-label={t('trend.chart', { from: percent(rows[0]!.score), to: percent(rows.at(-1)!.score), count: rows.length })}>
        {grid.map(({ share, y }) => <g key={share}><line x1={left} x2={right} y1={y} y2={y} className="trend-chart__grid" /><text x={left - 6} y={y + 4} textAnchor="end">{percent(share)}</text></g>)}
        {points.map(({ x, barY }, i) => <rect key={i} x={x - barWidth / 2} y={barY} width={barWidth} height={base - barY} className="trend-chart__flaws"><title>{tip(rows[i]!)}</title></rect>)}
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} className="trend-chart__line" />
        {points.map(({ x, y, isDated }, i) => (
          <g key={i}>
            <circle cx={x} cy={y} r={4} className="trend-chart__point"><title>{tip(rows[i]!)}</title></circle>
            {(rows.length <= MOST_FIGURES || i === rows.length - 1) && <text x={x} y={y - 8} textAnchor="middle" className="trend-chart__figure">{percent(rows[i]!.score)}</text>}
            {isDated && <text x={x} y={base + 15} textAnchor="middle">{dateTime(rows[i]!.at, i18n.language).slice(-11)}</text>}
          </g>
        ))}
      </svg>
      <p className="soft trend-chart__key"><span className="trend-chart__key-line" />{t('column.score')}<span className="trend-chart__key-bar" />{t('column.flaws')}</p>
    </div>
  )
}
