import { ChartSpline, Image, Maximize } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { size } from '../../i18n/format.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState, Swatch } from '../../ui/display.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { copyPicture } from '../cut/copy-picture.ts'
import { useCut } from '../cut/use-cut.ts'
import { UndockButton } from '../undock-button.tsx'
import { ProfileChart } from './profile-chart.tsx'
import { EXAGGERATIONS, type Exaggeration, type Window } from './profile-frame.ts'
import '../cut/cut-views.css'

/** The long profile of the selected line, or of the run it belongs to. */
export function ProfileView() {
  const { t } = useTranslation('views')
  const cut = useCut()
  const palette = useStore(viewStore, view => view.colours)
  const [exaggeration, setExaggeration] = useState<Exaggeration>('fit')
  const [shown, setShown] = useState<{ readonly lineId: string; readonly window: Window } | null>(null)
  const svg = useRef<SVGSVGElement | null>(null)
  if (!cut) {
    return <div className="cut-view"><div className="cut-view__empty"><EmptyState icon={<ChartSpline size={24} />} title={t('empty.title')} text={t('profile.empty')} /></div></div>
  }
  const { item, ids } = cut.line
  return (
    <div className="cut-view">
      <div className="cut-view__bar">
        <div className="cut-view__title">
          <Swatch colour={kindColour(item.kind, palette)} />
          <strong className="truncate">{item.label}</strong>
          <span className="soft truncate">{t(`kinds:kind.${item.kind}`)} · {size(item.section)}{ids.size > 1 && ` · ${t('profile.run', { count: ids.size })}`}</span>
          {item.isLevelAssumed && <span className="cut-assumed" title={t('scene:assumed.why')}>{t('levelAssumed')}</span>}
        </div>
        <Segmented label={t('profile.exaggeration')} value={exaggeration} onChange={setExaggeration} options={EXAGGERATIONS.map(value => ({ value, label: value === 'fit' ? t('profile.fit') : `${value}×` }))} />
        <IconButton label={t('wholeLine')} icon={<Maximize size={14} />} size="small" onClick={() => setShown(null)} />
        <IconButton label={t('copyPicture')} icon={<Image size={14} />} size="small" onClick={() => svg.current && void copyPicture(svg.current)} />
        <UndockButton id="profile" />
      </div>
      <ProfileChart cut={cut} exaggeration={exaggeration} window={shown?.lineId === item.id ? shown.window : null} onWindow={window => setShown(window && { lineId: item.id, window })} svgRef={svg} />
    </div>
  )
}
