import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { figure } from '../../i18n/format.ts'
import { LabelRoom, shortName, textAt, textWidth, type Rect } from '../cut/chart.ts'
import { halfHeightM } from '#shared/profile/cut-world.ts'
import { Unlabelled, unlabelledRoom } from '../cut/unlabelled.tsx'
import { MARGIN, type ProfileFrame } from './profile-frame.ts'
import type { Profile, ProfileCrossing } from '#shared/profile/profile-model.ts'

const LINE = 13
const GAP = 5

/** What is between the line and what crosses it, in words; against what is required where the check says so. */
export function gapWords(t: TFunction, { gapM, shortfall, item, isJoined }: ProfileCrossing): string {
  if (isJoined && !shortfall) return t('views:profile.joined')
  const words = figureWords(t, gapM, shortfall)
  return item.isLevelAssumed ? `${words} · ${t('views:levelAssumed')}` : words
}

function figureWords(t: TFunction, gapM: number, shortfall: ProfileCrossing['shortfall']): string {
  if (shortfall?.rule === 'hard') return t('views:profile.hard', { gap: figure(shortfall.found, 3) })
  const gap = gapM < 0 ? t('views:profile.hard', { gap: figure(gapM, 3) }) : t('views:profile.gap', { gap: figure(gapM, 3) })
  if (!shortfall || shortfall.required <= 0 || gapM < 0) return gap
  // Enough as drawn, short within the survey's uncertainty: "0.257 < 0.25" would be read as a mistake.
  return t(gapM < shortfall.required ? 'views:profile.gapShort' : 'views:profile.gapPossible', { gap: figure(gapM, 3), required: figure(shortfall.required, 2) })
}

/** Names and gaps of the crossings, those with a shortfall first; what finds no room is left to the tip, and counted. @param spared Kept free at the top, pixels. */
export function CrossingLabels({ profile, frame, width, spared }: { readonly profile: Profile; readonly frame: ProfileFrame; readonly width: number; readonly spared: number }) {
  const { t } = useTranslation('views')
  const { x, y, plotBottom } = frame
  const room = new LabelRoom({ x: MARGIN.left, y: MARGIN.top + spared, width: width - MARGIN.left - MARGIN.right, height: plotBottom - MARGIN.top - spared })
  room.block(unlabelledRoom(width - MARGIN.right, plotBottom))
  const seen = profile.crossings.filter(({ item, chainageM }) => !item.isRemoved && chainageM >= frame.window.fromM && chainageM <= frame.window.toM)
  for (const { shape } of seen) room.block(bounds(shape.outline.map(([u, z]) => [x(u), y(z)])))
  room.blockLine(profile.line.axis.map((p, i) => [x(profile.line.chainages[i]!), y(p[2])]))
  for (const stretch of profile.ground) room.blockLine(stretch.map(([s, z]) => [x(s), y(z)]))
  const order = [...seen].sort((p, q) => Number(q.shortfall !== null) - Number(p.shortfall !== null) || p.gapM - q.gapM)
  let hidden = 0
  const labels = order.map((crossing, i) => {
    const [name, gap] = [shortName(crossing.item.label), gapWords(t, crossing)]
    const at = bounds(crossing.shape.outline.map(([u, z]) => [x(u), y(z)]))
    const [w, h] = [Math.max(textWidth(name), textWidth(gap)) + 4, 2 * LINE]
    const middle = at.y + at.height / 2 - h / 2
    const place = room.take([
      { x: at.x + at.width + GAP, y: middle, width: w, height: h }, { x: at.x - GAP - w, y: middle, width: w, height: h },
      ...[0, 1, 2, 3, 4, 5].flatMap(step => [at.x + at.width / 2 - w / 2, at.x + at.width / 2 - 6, at.x + at.width / 2 - w + 6].flatMap(left => [-1, 1].map(side => (
        { x: left, y: side < 0 ? at.y - GAP - h - 14 * step : at.y + at.height + GAP + 14 * step, width: w, height: h }
      )))),
    ])
    if (!place) hidden++
    const tone = crossing.shortfall ? `cut-short--${crossing.shortfall.mandatory ? 'mandatory' : 'advisory'}` : ''
    const [from, to] = gapEnds(profile, crossing)
    return { key: i, lines: (
      <>
        {crossing.gapM > 0 && !crossing.isJoined && <line className={`cut-dimension ${tone}`} x1={x(crossing.chainageM)} x2={x(crossing.chainageM)} y1={y(from)} y2={y(to)} />}
        {place && Math.abs(place.y + h / 2 - (at.y + at.height / 2)) > h && <line className="cut-lead" x1={at.x + at.width / 2} x2={at.x + at.width / 2} y1={place.y < at.y ? place.y + h : at.y + at.height} y2={place.y < at.y ? at.y : place.y} />}
      </>
    ), words: place && (
      <>
        <rect className="cut-plate" {...place} />
        <text className="cut-halo cut-strong" {...textAt(place, at)} y={place.y + 10}>{name}</text>
        <text className={`cut-halo ${tone}`} {...textAt(place, at)} y={place.y + 10 + LINE}>{gap}</text>
      </>
    ) }
  })
  // All lines before all words: a lead may pass behind another label, not through it.
  return <g pointerEvents="none">{labels.map(({ key, lines }) => <g key={key}>{lines}</g>)}{labels.map(({ key, words }) => <g key={key}>{words}</g>)}<Unlabelled count={hidden} area={{ x: MARGIN.left, y: MARGIN.top, width: width - MARGIN.left - MARGIN.right, height: plotBottom - MARGIN.top }} /></g>
}

/** From the line's surface to the other's, plumb. */
function gapEnds({ stations }: Profile, { chainageM, isAbove, levelM, item }: ProfileCrossing): [number, number] {
  const station = stations.find(candidate => candidate.chainageM === chainageM)!
  return isAbove ? [station.crownM, levelM - halfHeightM(item.section)] : [station.bottomM, levelM + halfHeightM(item.section)]
}

function bounds(points: readonly (readonly [number, number])[]): Rect {
  const [xs, ys] = [points.map(p => p[0]), points.map(p => p[1])]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}
