import { useTranslation } from 'react-i18next'
import { limitZone } from '#shared/profile/line-limits.ts'
import type { Profile } from '#shared/profile/profile-model.ts'
import { figure } from '../../i18n/format.ts'
import type { Cut } from '../cut/use-cut.ts'

interface LimitZonesProps {
  readonly profile: Profile
  readonly cut: Pick<Cut, 'limits' | 'line'>
  readonly x: (chainageM: number) => number
  readonly y: (levelM: number) => number
}

/** The least a crossing's zone is wide on the screen: a cable is a hair. */
const LEAST_PX = 10

/** What the pack keeps free between the line and each crossing, shaded from the other's surface towards the line; where the line reaches into it, the limit is broken. */
export function LimitZones({ profile, cut: { limits, line }, x, y }: LimitZonesProps) {
  const { t } = useTranslation('views')
  if (!limits) return null
  return profile.crossings.map(({ item, isAbove, isJoined, levelM, shape, shortfall, chainageM }, i) => {
    const limit = isJoined || item.isRemoved || shape.isAlong ? null : limits.crossing(line.item, item, isAbove)
    if (!limit || limit.minM <= 0) return null
    const [low, high] = limitZone(levelM, item.section, isAbove, limit.minM)
    const width = Math.max(LEAST_PX, x(shape.maxU) - x(shape.minU))
    return (
      <rect key={i} className={`cut-limit ${shortfall ? `cut-limit--${shortfall.mandatory ? 'mandatory' : 'advisory'}` : ''}`} x={x(chainageM) - width / 2} width={width} y={y(high)} height={Math.max(0, y(low) - y(high))}>
        <title>{t('profile.limit', { minM: figure(limit.minM, 2), clause: limit.clause || '–' })}</title>
      </rect>
    )
  })
}
