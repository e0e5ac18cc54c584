import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { count, dateTime } from '../../i18n/format.ts'
import { percent } from '../../ui/percent.ts'
import { useSize } from '../../views/cut/use-size.ts'
import { lookTime, scaleWords, trendPlot, type TrendRow } from './trend-rows.ts'

/** In a dock that is lower than this the chart is cut. */
const LEAST_PX = { width: 240, height: 96 } as const
/** More points than this carry no figure of their own; their tips do. */
const MOST_FIGURES = 12

/** Completeness as a line over bars of flaws, oldest at the left, as large as its place. The table beside it says the same in figures. */
export function TrendChart({ rows }: { readonly rows: readonly TrendRow[] }) {
  const { t, i18n } = useTranslation('quality')
  const ref = useRef<HTMLDivElement>(null)
  const size = useSize(ref)
  const { grid, points, left, right, base, barWidth, height } = trendPlot(rows, Math.max(LEAST_PX.width, size.width), Math.max(LEAST_PX.height, size.height))
  const tip = ({ at, after, score, flaws }: TrendRow) => [dateTime(at, i18n.language), after, percent(score), `${t('column.flaws')} ${count(flaws)}`].filter(part => part !== '').join(' · ')
  return (
    <div ref={ref} className="trend-chart">
      <svg width="100%" height={height} role="img" aria-label={t('trend.chart', { from: percent(rows[0]!.score), to: percent(rows.at(-1)!.score), count: rows.length })}>
        {grid.map(({ share, y }) => <g key={share}><line x1={left} x2={right} y1={y} y2={y} className="trend-chart__grid" /><text x={left - 6} y={y + 4} textAnchor="end">{scaleWords(share)}</text></g>)}
        {points.map(({ x, barY }, i) => <rect key={i} x={x - barWidth / 2} y={barY} width={barWidth} height={base - barY} className="trend-chart__flaws"><title>{tip(rows[i]!)}</title></rect>)}
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} className="trend-chart__line" />
        {points.map(({ x, y, isDated }, i) => (
          <g key={i}>
            <circle cx={x} cy={y} r={4} className="trend-chart__point"><title>{tip(rows[i]!)}</title></circle>
            {(rows.length <= MOST_FIGURES || i === rows.length - 1) && <text x={x} y={y - 8} textAnchor="middle" className="trend-chart__figure">{percent(rows[i]!.score)}</text>}
            {isDated && <text x={x} y={base + 15} textAnchor="middle">{lookTime(rows[i]!.at, i18n.language)}</text>}
          </g>
        ))}
      </svg>
    </div>
  )
}
