import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { graphicsSupport } from './graphics-support.ts'
import { sceneModelOf } from './scene-model.ts'
import { SceneStage } from './scene-stage.tsx'
import './scene-view.css'

/** The 3D view of the open project. */
export function SceneView() {
  const { t } = useTranslation('scene')
  const columns = useStore(projectStore, project => project.columns)
  const context = useStore(projectStore, project => project.context)
  const model = useMemo(() => (columns && context ? sceneModelOf(columns, context) : null), [columns, context])
  if (!graphicsSupport().hasWebGl2) {
    return (
      <div className="scene-view scene-message" role="status">
        <strong>{t('noWebGl.title')}</strong>
        <p>{t('noWebGl.body')}</p>
      </div>
    )
  }
  // Before there is anything to draw: the graphics start while the lines are on their way.
  return <div className="scene-view"><SceneStage model={model} /></div>
}
