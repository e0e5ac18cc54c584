import { CircleDot, Image, Maximize, Rows3 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { metres } from '../../i18n/format.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { turnSlots } from '../../actions/scheme/slot-actions.ts'
import { slotStore } from '../../state/scheme/slot-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState, Swatch } from '../../ui/display.tsx'
import { copyPicture } from '../cut/copy-picture.ts'
import { setCursor, useCut } from '../cut/use-cut.ts'
import { UndockButton } from '../undock-button.tsx'
import { SectionChart, WHOLE_SECTION, type SectionWindow } from './section-chart.tsx'
import { SlotBar } from './slot-bar.tsx'
import '../cut/cut-views.css'

const SLIDER_STEP_M = 0.1

/** What is in the ground across the selected line, at the cursor. */
export function SectionView() {
  const { t } = useTranslation('views')
  const cut = useCut()
  const palette = useStore(viewStore, view => view.colours)
  const [window, setWindow] = useState<SectionWindow>(WHOLE_SECTION)
  const svg = useRef<SVGSVGElement | null>(null)
  const isSlotsOn = useStore(slotStore, state => state.isOn)
  const [slot, setSlot] = useState<number | null>(null)
  if (!cut) {
    return <div className="cut-view"><div className="cut-view__empty"><EmptyState icon={<CircleDot size={24} />} title={t('empty.title')} text={t('section.empty')} /></div></div>
  }
  const { line, chainageM } = cut
  return (
    <div className="cut-view">
      <div className="cut-view__bar">
        <Swatch colour={kindColour(line.item.kind, palette)} />
        <strong className="truncate">{line.item.label}</strong>
        {line.item.isLevelAssumed && <span className="cut-assumed" title={t('scene:assumed.why')}>{t('levelAssumed')}</span>}
        <input
          className="cut-view__slider" type="range" aria-label={t('section.chainage')} min={0} max={line.lengthM} step={SLIDER_STEP_M} value={chainageM}
          onChange={event => setCursor(line, event.target.valueAsNumber)}
        />
        <span className="figure">{metres(chainageM, 2)}</span>
        <IconButton label={t('planning:slots.title')} icon={<Rows3 size={14} />} size="small" pressed={isSlotsOn} onClick={() => turnSlots(!isSlotsOn)} />
        <IconButton label={t('wholeSection')} icon={<Maximize size={14} />} size="small" onClick={() => setWindow(WHOLE_SECTION)} />
        <IconButton label={t('copyPicture')} icon={<Image size={14} />} size="small" onClick={() => svg.current && void copyPicture(svg.current)} />
        <UndockButton id="section" />
      </div>
      <SectionChart cut={cut} window={window} onWindow={setWindow} svgRef={svg} chosenSlot={isSlotsOn ? slot : null} />
      {isSlotsOn && <SlotBar cut={cut} chosen={slot} onChoose={setSlot} />}
    </div>
  )
}
