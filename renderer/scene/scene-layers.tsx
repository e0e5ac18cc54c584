import { useStore } from 'zustand'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { DraftLayer } from '#renderer/tools/draft-layer.tsx'
import { DigDraftLayer } from '#renderer/tools/excavate/dig-draft-layer.tsx'
import { OutlineLayer } from '#renderer/tools/outline/outline-layer.tsx'
import { FindingMarks } from '#renderer/tools/finding-marks/finding-marks.tsx'
import { LiveLabels } from '#renderer/tools/live-labels.tsx'
import { MeasureCard } from '#renderer/tools/measure/measure-card.tsx'
import { MeasureLayer } from '#renderer/tools/measure/measure-layer.tsx'
import { PlanningLayer } from '#renderer/tools/planning-layer.tsx'
import { BoxLayer } from '#renderer/tools/select/box-layer.tsx'
import { ToolHint } from '#renderer/tools/tool-hint.tsx'
import { AfterPicture } from './after-picture.tsx'
import { AnalysisLayer } from './analysis-layer.tsx'
import { AssetLayer } from './asset-layer.tsx'
import { CameraLayer } from './camera/camera-layer.tsx'
import { ClipLayer } from './clip/clip-layer.tsx'
import { CutLayer } from './cut-layer.tsx'
import { ExcavationLayer } from './excavation/excavation-layer.tsx'
import { FindingLayer } from './finding/finding-layer.tsx'
import { FrameCounting } from './frame-counters.tsx'
import { GroundLayer } from './ground/ground-layer.tsx'
import { HighlightLayer } from './highlight-layer.tsx'
import { InputLayer } from './input/input-layer.tsx'
import { AssumedNote } from './overlay/assumed-note.tsx'
import { CompassAndScale } from './overlay/compass-scale.tsx'
import { CountersPanel } from './overlay/counters-panel.tsx'
import { NothingSeen } from './overlay/nothing-seen.tsx'
import { ProposalLayer } from './proposal-layer.tsx'
import { RemovalLayer } from './removal-layer.tsx'
import { ShadeLayer } from './shade/shade-layer.tsx'
import { SwipeLayer } from './swipe-layer.tsx'
import { SurroundingsLayer } from './surroundings/surroundings-layer.tsx'
import { ViewPictureLayer } from './view-picture-layer.tsx'
import type { PointerTool } from './input/pointer-sample.ts'

/** What is drawn of a twin. @param tool The tool in use now. @param onDrawn Told once that the network is on the screen. */
export function SceneLayers({ tool, onDrawn }: { readonly tool: () => PointerTool; readonly onDrawn: () => void }) {
  return (
    <>
      <CameraLayer />
      <AssetLayer />
      <GroundLayer />
      <SurroundingsLayer />
      <HighlightLayer />
      <AnalysisLayer />
      <FindingLayer />
      <ProposalLayer />
      <RemovalLayer />
      <SwipeLayer />
      <ExcavationLayer />
      <CutLayer />
      <ClipLayer />
      <DraftLayer />
      <PlanningLayer />
      <DigDraftLayer />
      <OutlineLayer />
      <MeasureLayer />
      <InputLayer tool={tool} />
      <FrameCounting />
      <ShadeLayer />
      <ViewPictureLayer />
      <AfterPicture onDrawn={onDrawn} />
    </>
  )
}

/** What lies over the picture in HTML. */
export function SceneOverlays() {
  const showCounters = useStore(viewStore, view => view.showCounters)
  return (
    <>
      <BoxLayer />
      <FindingMarks />
      <LiveLabels />
      <AssumedNote />
      <CompassAndScale />
      <NothingSeen />
      <ToolHint />
      <MeasureCard />
      {showCounters && <CountersPanel />}
    </>
  )
}
