import { Activity, Box, Building2, ChartSpline, CircleDot, Download, Grid2x2, Image, Map as MapIcon, Maximize, Mountain, MoveVertical, PanelTop, PenLine, Ruler, ScanEye, View } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ActionButton } from '../panels/action-button.tsx'
import { AnalysisLegend } from '../panels/analyses/analysis-legend.tsx'
import { ColourLegend } from '../panels/colour-legend.tsx'
import { FindingCard } from '../panels/findings/finding-card.tsx'
import { DigOptions } from '../panels/excavation/dig-options.tsx'
import { FixCard } from '../panels/planning/fix-card.tsx'
import { RouteCard } from '../panels/planning/route-card.tsx'
import { RouteOptions } from '../panels/planning/route-options.tsx'
import { SwipeBar } from '../panels/planning/swipe-bar.tsx'
import { WhyCard } from '../panels/planning/why-card.tsx'
import { NumericEntry } from '../panels/numeric-entry.tsx'
import { PipelineOptions } from '../panels/pipeline-options.tsx'
import { SavedViews } from '../panels/saved-views.tsx'
import { SectionTools } from '../panels/section-tools.tsx'
import { SceneView } from '../scene/scene-view.tsx'
import { projectStore } from '../state/twin/project-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { viewStore } from '../state/view/view-store.ts'
import { EmptyState } from '../ui/display.tsx'
import './scene-panel.css'

/** The 3D view with what lies on it: the tool's options above, views at the side, the open finding below. */
export function ScenePanel() {
  const { t } = useTranslation('app')
  const isEmpty = useStore(projectStore, state => state.columns?.count === 0 && state.context?.ground === null)
  const isDrawing = useStore(sessionStore, state => state.interaction.type === 'drawing')
  const isMeasuring = useStore(sessionStore, state => state.interaction.type === 'measuring')
  const { showGround, showBuildings, isXray, heightScale } = useStore(viewStore)
  return (
    <div className="scene-panel">
      <SceneView />
      <SwipeBar />
      <div className="scene-panel__top"><PipelineOptions /><DigOptions /><RouteOptions /><NumericEntry /><ColourLegend /><WhyCard /></div>
      <div className="scene-panel__views" role="toolbar" aria-label={t('viewBar')}>
        <ActionButton id="view.fit" icon={<Maximize size={16} />} iconOnly />
        <ActionButton id="view.top" icon={<PanelTop size={16} />} iconOnly />
        <ActionButton id="view.oblique" icon={<Box size={16} />} iconOnly />
        <ActionButton id="view.below" icon={<View size={16} />} iconOnly />
        <hr />
        <ActionButton id="view.toggleGround" icon={<Mountain size={16} />} iconOnly pressed={showGround} />
        <ActionButton id="view.toggleBuildings" icon={<Building2 size={16} />} iconOnly pressed={showBuildings} />
        <ActionButton id="view.xray" icon={<ScanEye size={16} />} iconOnly pressed={isXray} />
        <ActionButton id="view.heights" icon={<MoveVertical size={16} />} iconOnly pressed={heightScale !== 1} />
        <ActionButton id="tools.measure" icon={<Ruler size={16} />} iconOnly pressed={isMeasuring} />
        <SectionTools />
        <SavedViews />
        <ActionButton id="view.copyPicture" icon={<Image size={16} />} iconOnly />
        <hr />
        <ActionButton id="view.plan" icon={<MapIcon size={16} />} iconOnly />
        <ActionButton id="view.profile" icon={<ChartSpline size={16} />} iconOnly />
        <ActionButton id="view.section" icon={<CircleDot size={16} />} iconOnly />
        <ActionButton id="view.analyses" icon={<Activity size={16} />} iconOnly />
      </div>
      <div className="scene-panel__bottom"><div className="scene-panel__stack"><FixCard /><RouteCard /><FindingCard /></div><AnalysisLegend /></div>
      {isEmpty && !isDrawing && (
        <div className="scene-panel__empty">
          <EmptyState icon={<Grid2x2 size={24} />} title={t('emptyProject.title')} text={t('emptyProject.text')}>
            <ActionButton id="file.import" icon={<Download size={14} />} look="primary" />
            <ActionButton id="tools.newPipeline" icon={<PenLine size={14} />} look="plain" />
          </EmptyState>
        </div>
      )}
    </div>
  )
}
