import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { coverZones, surfaceUses } from '#shared/profile/cover-zones.ts'
import { isMandatory } from '#shared/rules/rule-pack.ts'
import { figure } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import type { Cut } from '../cut/use-cut.ts'

interface CoverBandsProps {
  readonly cut: Pick<Cut, 'limits' | 'line' | 'surface' | 'groundAt' | 'origin'>
  readonly x: (chainageM: number) => number
  readonly y: (levelM: number) => number
}

/** The least cover along the line, shaded below the ground; where the crown comes into it, the limit is broken. */
export function CoverBands({ cut: { limits, line, surface, groundAt, origin }, x, y }: CoverBandsProps) {
  const { t } = useTranslation(['views', 'kinds'])
  const features = useStore(projectStore, project => project.context?.surfaceFeatures)
  const uses = useMemo(() => features && surfaceUses(features, origin), [features, origin])
  const zones = useMemo(() => (limits && uses ? coverZones(line, surface, groundAt, uses, limits.cover) : []), [limits, uses, line, surface, groundAt])
  return zones.map(({ ground, limit, surface: use, isAssumed, isEntered }, i) => (
    <polygon
      key={i} className={`cut-cover ${isEntered ? `cut-cover--${isMandatory(limit.basis) ? 'mandatory' : 'advisory'}` : ''}`}
      points={[...ground.map(([s, z]) => `${x(s)},${y(z)}`), ...ground.toReversed().map(([s, z]) => `${x(s)},${y(z - limit.minM)}`)].join(' ')}
    >
      <title>{t(isAssumed ? 'profile.coverLimitAssumed' : 'profile.coverLimit', { minM: figure(limit.minM, 2), surface: t(`kinds:surface.${use}`), clause: limit.clause || '–' })}</title>
    </polygon>
  ))
}
