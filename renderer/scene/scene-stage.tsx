import { useEffect, useMemo, useState } from 'react'
import { Canvas, extend } from '@react-three/fiber'
import { LineSegments, Mesh, NeutralToneMapping, Points } from 'three'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { pictureStore } from '#renderer/state/view/picture-store.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { followExcavations } from '#renderer/tools/excavate/follow-excavations.ts'
import { followLive } from '#renderer/tools/live-clearance/follow-live.ts'
import { sceneTools } from '#renderer/tools/tool-choice.ts'
import { Backdrop } from './backdrop.tsx'
import { CameraRig } from './camera/camera-rig.ts'
import { CutMask } from './excavation/cut-mask.ts'
import { ContextGuard } from './context-guard.tsx'
import { graphicsSupport } from './graphics-support.ts'
import { applyColours, sceneUniforms } from './materials/scene-uniforms.ts'
import { FrameSignal } from './overlay/frame-signal.ts'
import { ScenePicker } from './picking/scene-picker.ts'
import { SCENE_COLOURS } from './scene-colours.ts'
import { SceneContext, type SceneScope } from './scene-context.ts'
import { SceneLayers, SceneOverlays } from './scene-layers.tsx'
import type { SceneModel } from './scene-model.ts'
import { SurroundingsMaker } from './surroundings/surroundings-maker.ts'
import { useThemeName } from './theme-choice.ts'
import { WarmUp } from './warm-up.tsx'

/** User timing: from here on things can be pointed at. */
const PICK_READY = 'underplan:pick-ready'

// What layers write as elements, beside objects made elsewhere (<primitive>).
extend({ Mesh, LineSegments, Points })

/** The picture of one twin, with what is drawn over it in HTML; without a twin the canvas alone, its graphics ready. */
export function SceneStage({ model }: { readonly model: SceneModel | null }) {
  const { t } = useTranslation('scene')
  const { isSoftware } = graphicsSupport()
  const colours = SCENE_COLOURS[useThemeName()]
  const pack = useStore(projectStore, project => project.pack?.pack ?? null)
  const interaction = useStore(sessionStore, session => session.interaction.type)
  const [isLost, setLost] = useState(false)
  const [{ rig, uniforms, frames, cutMask }] = useState(() => ({
    rig: new CameraRig({ target: [0, 0, 0], distance: 300, azimuth: 0.5, elevation: 0.6 }), uniforms: sceneUniforms(), frames: new FrameSignal(), cutMask: new CutMask(),
  }))
  const picker = useMemo(() => model && new ScenePicker(model, rig, viewStore.getState), [model, rig])
  const [drawn, setDrawn] = useState<{ readonly model: SceneModel; readonly surroundings: SurroundingsMaker } | null>(null)
  const surroundings = drawn && drawn.model === model ? drawn.surroundings : null
  const isDrawn = surroundings !== null
  useEffect(() => () => drawn?.surroundings.dispose(), [drawn])
  const scope = useMemo<SceneScope | null>(
    () => model && picker && { model, rig, picker, surroundings, frames, uniforms, colours, cutMask }, [model, rig, picker, surroundings, frames, uniforms, colours, cutMask],
  )
  const tools = useMemo(() => picker && sceneTools({ picker, rig }), [picker, rig])
  useEffect(() => tools?.followKeys(), [tools])
  useEffect(() => (isDrawn && model ? followExcavations(model) : undefined), [model, isDrawn])
  useEffect(() => () => cutMask.dispose(), [cutMask])
  useEffect(() => (pack && isDrawn && model ? followLive(model, pack) : undefined), [model, pack, isDrawn])

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
          <WarmUp uniforms={uniforms} />
          <Backdrop colours={colours} />
          {scope && tools && (
            <SceneLayers tool={tools.current} onDrawn={() => {
              setDrawn({ model: scope.model, surroundings: new SurroundingsMaker(scope.model) })
              scope.model.picks()
              performance.mark(PICK_READY)
              pictureStore.setState({ stands: true })
            }} />
          )}
          <ContextGuard onChange={setLost} />
        </Canvas>
        {scope && <SceneOverlays />}
        {isLost && <div className="scene-lost scene-message" role="alert"><strong>{t('contextLost.title')}</strong><p>{t('contextLost.body')}</p></div>}
      </div>
    </SceneContext>
  )
}
