import { useEffect, useMemo, useState } from 'react'
import { Canvas } from '@react-three/fiber'
import { NeutralToneMapping } from 'three'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { projectStore } from '#renderer/state/project-store.ts'
import { sessionStore } from '#renderer/state/session-store.ts'
import { viewStore } from '#renderer/state/view-store.ts'
import { DraftLayer } from '#renderer/tools/draft-layer.tsx'
import { DigDraftLayer } from '#renderer/tools/excavate/dig-draft-layer.tsx'
import { OutlineLayer } from '#renderer/tools/outline/outline-layer.tsx'
import { followExcavations } from '#renderer/tools/excavate/follow-excavations.ts'
import { followLive } from '#renderer/tools/live-clearance/follow-live.ts'
import { FindingMarks } from '#renderer/tools/finding-marks/finding-marks.tsx'
import { LiveLabels } from '#renderer/tools/live-labels.tsx'
import { MeasureCard } from '#renderer/tools/measure/measure-card.tsx'
import { MeasureLayer } from '#renderer/tools/measure/measure-layer.tsx'
import { PlanningLayer } from '#renderer/tools/planning-layer.tsx'
import { BoxLayer } from '#renderer/tools/select/box-layer.tsx'
import { sceneTools } from '#renderer/tools/tool-choice.ts'
import { ToolHint } from '#renderer/tools/tool-hint.tsx'
import { AfterPicture } from './after-picture.tsx'
import { AnalysisLayer } from './analysis-layer.tsx'
import { AssetLayer } from './asset-layer.tsx'
import { Backdrop } from './backdrop.tsx'
import { CameraLayer } from './camera/camera-layer.tsx'
import { CameraRig } from './camera/camera-rig.ts'
import { ClipLayer } from './clip/clip-layer.tsx'
import { CutLayer } from './cut-layer.tsx'
import { CutMask } from './excavation/cut-mask.ts'
import { ExcavationLayer } from './excavation/excavation-layer.tsx'
import { ContextGuard } from './context-guard.tsx'
import { FindingLayer } from './finding/finding-layer.tsx'
import { FrameCounting } from './frame-counters.tsx'
import { graphicsSupport } from './graphics-support.ts'
import { GroundLayer } from './ground/ground-layer.tsx'
import { HighlightLayer } from './highlight-layer.tsx'
import { InputLayer } from './input/input-layer.tsx'
import { applyColours, sceneUniforms } from './materials/scene-uniforms.ts'
import { AssumedNote } from './overlay/assumed-note.tsx'
import { CompassAndScale } from './overlay/compass-scale.tsx'
import { CountersPanel } from './overlay/counters-panel.tsx'
import { FrameSignal } from './overlay/frame-signal.ts'
import { ScenePicker } from './picking/scene-picker.ts'
import { ProposalLayer } from './proposal-layer.tsx'
import { RemovalLayer } from './removal-layer.tsx'
import { SCENE_COLOURS } from './scene-colours.ts'
import { SceneContext, type SceneScope } from './scene-context.ts'
import type { SceneModel } from './scene-model.ts'
import { SurroundingsMaker } from './surroundings/surroundings-maker.ts'
import { SwipeLayer } from './swipe-layer.tsx'
import { SurroundingsLayer } from './surroundings/surroundings-layer.tsx'
import { useThemeName } from './theme-choice.ts'
import { ViewPictureLayer } from './view-picture-layer.tsx'

/** The picture of one twin, with what is drawn over it in HTML. */
export function SceneStage({ model }: { readonly model: SceneModel }) {
  const { t } = useTranslation('scene')
  const { isSoftware } = graphicsSupport()
  const colours = SCENE_COLOURS[useThemeName()]
  const pack = useStore(projectStore, project => project.pack?.pack ?? null)
  const interaction = useStore(sessionStore, session => session.interaction.type)
  const showCounters = useStore(viewStore, view => view.showCounters)
  const [isLost, setLost] = useState(false)
  const [{ rig, uniforms, frames, cutMask }] = useState(() => ({
    rig: new CameraRig({ target: [0, 0, 0], distance: 300, azimuth: 0.5, elevation: 0.6 }), uniforms: sceneUniforms(), frames: new FrameSignal(), cutMask: new CutMask(),
  }))
  const picker = useMemo(() => new ScenePicker(model, rig, viewStore.getState), [model, rig])
  const [drawn, setDrawn] = useState<{ readonly model: SceneModel; readonly surroundings: SurroundingsMaker } | null>(null)
  const surroundings = drawn?.model === model ? drawn.surroundings : null
  const isDrawn = surroundings !== null
  useEffect(() => () => drawn?.surroundings.dispose(), [drawn])
  const scope = useMemo<SceneScope>(
    () => ({ model, rig, picker, surroundings, frames, uniforms, colours, cutMask }), [model, rig, picker, surroundings, frames, uniforms, colours, cutMask],
  )
  const tools = useMemo(() => sceneTools({ picker, rig }), [picker, rig])
  useEffect(() => tools.followKeys(), [tools])
  useEffect(() => (isDrawn ? followExcavations(model) : undefined), [model, isDrawn])
  useEffect(() => () => cutMask.dispose(), [cutMask])
  useEffect(() => (pack && isDrawn ? followLive(model, pack) : undefined), [model, pack, isDrawn])

  useEffect(() => {
    applyColours(uniforms, colours)
    rig.requestFrame()
  }, [uniforms, colours, rig])

  return (
    <SceneContext value={scope}>
      <div className="scene-stage" data-interaction={interaction}>
        <Canvas
          className="scene-canvas"
          frameloop="demand"
          dpr={isSoftware ? 1 : [1, 2]}
          gl={{ antialias: !isSoftware, alpha: false, stencil: true, preserveDrawingBuffer: false, powerPreference: 'high-performance', toneMapping: NeutralToneMapping }}
          role="application" aria-label={t('canvasLabel')}
        >
          <CameraLayer />
          <Backdrop />
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
          <InputLayer tool={tools.current} />
          <FrameCounting />
          <ViewPictureLayer />
          <AfterPicture onDrawn={() => {
            setDrawn({ model, surroundings: new SurroundingsMaker(model) })
            model.grid()
          }} />
          <ContextGuard onChange={setLost} />
        </Canvas>
        <BoxLayer />
        <FindingMarks />
        <LiveLabels />
        <AssumedNote />
        <CompassAndScale />
        <ToolHint />
        <MeasureCard />
        {showCounters && <CountersPanel />}
        {isLost && <div className="scene-lost scene-message" role="alert"><strong>{t('contextLost.title')}</strong><p>{t('contextLost.body')}</p></div>}
      </div>
    </SceneContext>
  )
}
