import { useEffect, useMemo, useState } from 'react'
import { Canvas } from '@react-three/fiber'
import { NeutralToneMapping } from 'three'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { projectStore } from '#renderer/state/project-store.ts'
import { viewStore } from '#renderer/state/view-store.ts'
import { selectTool } from '#renderer/tools/select/select-tool.ts'
import { AssetLayer } from './asset-layer.tsx'
import { Backdrop } from './backdrop.tsx'
import { CameraLayer } from './camera/camera-layer.tsx'
import { CameraRig } from './camera/camera-rig.ts'
import { GroundLayer } from './ground/ground-layer.tsx'
import { InputLayer } from './input/input-layer.tsx'
import { applyColours, sceneUniforms } from './materials/scene-uniforms.ts'
import { ScenePicker } from './picking/scene-picker.ts'
import { SCENE_COLOURS } from './scene-colours.ts'
import { SceneContext, type SceneScope } from './scene-context.ts'
import { sceneModel, type SceneModel } from './scene-model.ts'
import { SurroundingsLayer } from './surroundings/surroundings-layer.tsx'
import { useThemeName } from './theme-choice.ts'
import { hasWebGl2 } from './webgl-support.ts'
import './scene-view.css'

/** The 3D view of the open project. */
export function SceneView() {
  const { t } = useTranslation('scene')
  const columns = useStore(projectStore, project => project.columns)
  const context = useStore(projectStore, project => project.context)
  const model = useMemo(() => (columns && context ? sceneModel(columns, context) : null), [columns, context])
  if (!hasWebGl2()) {
    return (
      <div className="scene-view scene-message" role="status">
        <strong>{t('noWebGl.title')}</strong>
        <p>{t('noWebGl.body')}</p>
      </div>
    )
  }
  return <div className="scene-view">{model && <Scene model={model} />}</div>
}

function Scene({ model }: { readonly model: SceneModel }) {
  const { t } = useTranslation('scene')
  const theme = useThemeName()
  const palette = useStore(viewStore, view => view.colours)
  const colours = SCENE_COLOURS[theme]
  const uniforms = useMemo(() => sceneUniforms(), [])
  const [rig] = useState(() => new CameraRig({ target: [0, 0, 0], distance: 300, azimuth: 0.5, elevation: 0.6 }))
  const picker = useMemo(() => new ScenePicker(model, rig, viewStore.getState), [model, rig])
  const scope = useMemo<SceneScope>(() => ({ model, rig, picker, uniforms, colours }), [model, rig, picker, uniforms, colours])
  const tool = useMemo(() => {
    const select = selectTool(picker)
    return () => select
  }, [picker])

  useEffect(() => {
    applyColours(uniforms, colours, palette)
    rig.requestFrame()
  }, [uniforms, colours, palette, rig])
  useEffect(() => () => uniforms.uPalette.value.dispose(), [uniforms])

  return (
    <Canvas
      className="scene-canvas"
      frameloop="demand"
      dpr={[1, 2]}
      gl={{ antialias: true, alpha: false, preserveDrawingBuffer: false, powerPreference: 'high-performance', toneMapping: NeutralToneMapping }}
      aria-label={t('canvasLabel')}
    >
      <SceneContext value={scope}>
        <CameraLayer />
        <Backdrop />
        <AssetLayer />
        <GroundLayer />
        <SurroundingsLayer />
        <InputLayer tool={tool} />
      </SceneContext>
    </Canvas>
  )
}
