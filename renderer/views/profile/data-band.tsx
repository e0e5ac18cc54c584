import { useTranslation } from 'react-i18next'
import { figure, sizeFigure } from '../../i18n/format.ts'
import { textWidth } from '../cut/chart.ts'
import { useMaterials } from './use-materials.ts'
import { BAND_ROW, BAND_ROWS, MARGIN, type ProfileFrame } from './profile-frame.ts'
import type { Profile, ProfileStation } from '#shared/profile/profile-model.ts'

const COLUMN = 54
const SLOPE_ROW = BAND_ROWS.indexOf('slope')
const SIZE_ROW = BAND_ROWS.indexOf('size')
const MATERIAL_ROW = BAND_ROWS.indexOf('material')

/** The drawing's table under the profile: figures stand under their place; where there is no room, crossings go first, then vertices. */
export function DataBand({ profile, frame, width, levelOriginM }: { readonly profile: Profile; readonly frame: ProfileFrame; readonly width: number; readonly levelOriginM: number }) {
  const { t } = useTranslation('views')
  const { x, plotBottom } = frame
  const right = width - MARGIN.right
  const row = (i: number) => plotBottom + (i + 0.5) * BAND_ROW
  const materialOf = useMaterials()
  const stations = chosen(profile, frame, right)
  const values = (station: ProfileStation) => [
    figure(station.chainageM, 2), figure(station.groundM === null ? null : station.groundM + levelOriginM, 2), figure(station.crownM + levelOriginM, 2),
    figure(station.bottomM + levelOriginM, 2), figure(station.groundM === null ? null : station.groundM - station.crownM, 2),
  ]
  const { line } = profile
  const inRows = [
    ...stretchesOf(line, i => slopeText(line, i)).map(stretch => ({ ...stretch, at: SLOPE_ROW })),
    ...stretchesOf(line, i => sizeFigure(line.parts[i]!.section)).map(stretch => ({ ...stretch, at: SIZE_ROW })),
    ...stretchesOf(line, i => materialOf(line.parts[i]!)).map(stretch => ({ ...stretch, at: MATERIAL_ROW })),
  ]
  const bottom = plotBottom + BAND_ROWS.length * BAND_ROW
  return (
    <g pointerEvents="none">
      <rect className="cut-band" x={0} y={plotBottom} width={width} height={bottom - plotBottom} />
      {BAND_ROWS.map((name, i) => (
        <g key={name}>
          <text x={6} y={row(i)} dominantBaseline="central">{t(`band.${name}`)}</text>
          <line className="cut-grid" x1={0} x2={right} y1={plotBottom + (i + 1) * BAND_ROW} y2={plotBottom + (i + 1) * BAND_ROW} />
        </g>
      ))}
      {stations.map((station, k) => (
        <g key={k}>
          <line className="cut-lead" x1={x(station.chainageM)} x2={x(station.chainageM)} y1={plotBottom - 5} y2={plotBottom + 2} />
          {values(station).map((value, i) => <text key={i} className={station.type === 'crossing' ? '' : 'cut-strong'} x={x(station.chainageM)} y={row(i)} textAnchor="middle" dominantBaseline="central">{value}</text>)}
        </g>
      ))}
      {inRows.map(({ fromM, toM, text, at }) => {
        const [from, to] = [Math.max(x(fromM), MARGIN.left), Math.min(x(toM), right)]
        if (to <= from) return null
        return (
          <g key={`${at}:${fromM}`}>
            <line className="cut-lead" x1={to} x2={to} y1={plotBottom + at * BAND_ROW} y2={plotBottom + (at + 1) * BAND_ROW} />
            {to - from > textWidth(text) + 8 && <text x={(from + to) / 2} y={row(at)} textAnchor="middle" dominantBaseline="central">{text}</text>}
          </g>
        )
      })}
      <line className="cut-frame" x1={MARGIN.left} x2={MARGIN.left} y1={plotBottom} y2={bottom} />
    </g>
  )
}

/** Slope of a leg in per mille; nothing for one without length. */
function slopeText({ axis, chainages }: Profile['line'], leg: number): string {
  const lengthM = chainages[leg + 1]! - chainages[leg]!
  return lengthM < 1e-6 ? '' : figure((1000 * (axis[leg + 1]![2] - axis[leg]![2])) / lengthM, 1)
}

/** Stretches along which a text stays the same, as a drawing writes slope, size and material once for each. @param textOf Of the leg after a vertex. */
function stretchesOf({ parts, chainages }: Profile['line'], textOf: (leg: number) => string): { readonly fromM: number; readonly toM: number; readonly text: string }[] {
  const stretches: { fromM: number; toM: number; text: string }[] = []
  parts.forEach((_, i) => {
    const text = textOf(i)
    const last = stretches.at(-1)
    if (last?.text === text) last.toM = chainages[i + 1]!
    else stretches.push({ fromM: chainages[i]!, toM: chainages[i + 1]!, text })
  })
  return stretches
}

/** Stations whose figures have room; ends before vertices before crossings. */
function chosen({ stations }: Profile, { x }: ProfileFrame, right: number): ProfileStation[] {
  const rank = { end: 0, vertex: 1, crossing: 2 }
  const kept: ProfileStation[] = []
  for (const station of [...stations].sort((p, q) => rank[p.type] - rank[q.type] || p.chainageM - q.chainageM)) {
    const at = x(station.chainageM)
    if (at < MARGIN.left + COLUMN / 2 - 8 || at > right - COLUMN / 2 + 20) continue
    if (kept.every(other => Math.abs(x(other.chainageM) - at) >= COLUMN)) kept.push(station)
  }
  return kept
}
