import { Crosshair } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { AssetKind } from '#shared/twin/kinds.ts'
import { selectAndFly } from '../../actions/viewing/selection-actions.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Swatch } from '../../ui/display.tsx'

interface TitleProps {
  readonly kind: AssetKind
  readonly title: string
  readonly subtitle: string
  /** Id of the line the camera can go to; absent for points. */
  readonly flyTo?: string
  readonly badge?: ReactNode
}

/** Heads what the inspector shows: its colour, its name, what it is. */
export function Title({ kind, title, subtitle, flyTo, badge }: TitleProps) {
  const { t } = useTranslation('app')
  const palette = useStore(viewStore, state => state.colours)
  return (
    <div className="inspector__title">
      <h2 className="selectable">{title}<span className="inspector__subtitle"><Swatch colour={kindColour(kind, palette)} /> {subtitle}</span></h2>
      {badge}
      {flyTo !== undefined && <IconButton label={t('inspector.flyTo')} icon={<Crosshair size={16} />} onClick={() => selectAndFly(flyTo)} />}
    </div>
  )
}
