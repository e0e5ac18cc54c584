import { X } from 'lucide-react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { showAnalysis } from '../../actions/check/analysis-actions.ts'
import { analysisStore, shownAnalysis, TONE_COLOURS, TONE_SHAPES } from '../../state/findings/analysis-store.ts'
import { useDrawnCatchments } from '../../state/scheme/drawn-catchments.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { IN_PICTURE } from '../../ui/paint-overlay.ts'
import { Badge } from '../../ui/display.tsx'
import './analyses.css'

const SIGNS = { diamond: '◆', square: '■', ring: '○', disc: '●' } as const

/** What the marks in the picture mean, beside it. */
export function AnalysisLegend() {
  const { t } = useTranslation('analyses')
  const result = useStore(analysisStore, shownAnalysis)
  // While something is laid out the picture and its hint are needed whole.
  const isCovered = useStore(sessionStore, state => state.findingId !== null || state.interaction.type !== 'idle')
  const drawn = useDrawnCatchments()
  if (!result || isCovered) return null
  const { method, groups, isScreening } = result.outcome
  const seen = [...groups, ...drawn].filter(({ assets, points, areas = [], arrows = [] }) => assets.length + points.length + areas.length + arrows.length > 0)
  return (
    <aside className="analysis-legend" {...IN_PICTURE} aria-label={t('legend')}>
      <header>
        <span className="strong truncate">{t(`method.${method}.title`)}</span>
        {isScreening && <Badge tone="warning">{t('screening')}</Badge>}
        <IconButton size="small" label={t('close')} shortcut="Escape" icon={<X size={14} />} onClick={() => showAnalysis(null)} />
      </header>
      <ul>
        {[...seen].reverse().map(({ id, tone, assets, points, areas = [], arrows = [] }) => (
          <li key={id}>
            {arrows.length > 0 && <span className="analysis-legend__sign" style={{ color: TONE_COLOURS[tone] }}>➤</span>}
            {areas.length > 0 && <span className="analysis-legend__area" style={{ '--tone': TONE_COLOURS[tone] } as CSSProperties} />}
            {assets.length > 0 && <span className="analysis-legend__line" style={{ background: TONE_COLOURS[tone] }} />}
            {points.length > 0 && <span className="analysis-legend__sign" style={{ color: TONE_COLOURS[tone] }}>{SIGNS[TONE_SHAPES[tone]]}</span>}
            <span className="truncate">{t(`group.${id}`)}</span>
            <span className="faint">{assets.length + points.length > 0 ? assets.length + points.length : areas.length + arrows.length / 5}</span>
          </li>
        ))}
        {seen.length === 0 && <li className="faint">{t('noRows')}</li>}
      </ul>
    </aside>
  )
}
