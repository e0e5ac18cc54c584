import { Flame, Image, Maximize } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { setHeat } from '#renderer/actions/viewing/colour-actions.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { sceneModelOf, type SceneModel } from '#renderer/scene/scene-model.ts'
import { EmptyState } from '#renderer/ui/display.tsx'
import { IconButton } from '#renderer/ui/button.tsx'
import { Select } from '#renderer/ui/fields.tsx'
import { copyCanvas } from '../cut/copy-picture.ts'
import { UndockButton } from '../undock-button.tsx'
import { FlawCard } from './flaw-card.tsx'
import { HEATS } from './heat-grid.ts'
import { HeatLegend } from './heat-legend.tsx'
import { MapCanvas } from './map-canvas.tsx'
import { MapScale } from './map-scale.tsx'
import type { MapPose } from './map-pose.ts'
import { useMapHeat } from './use-map-heat.ts'
import './map.css'

/** The plan: everything on one map, north up, linked to the other views. */
export function MapView() {
  const { t } = useTranslation('plan')
  const columns = useStore(projectStore, project => project.columns)
  const context = useStore(projectStore, project => project.context)
  const model = useMemo(() => (columns && context ? sceneModelOf(columns, context) : null), [columns, context])
  if (!model?.frame.bounds) return <div className="map-view"><EmptyState icon={<Flame size={24} />} title={t('empty.title')} text={t('empty.text')} /></div>
  return <Map model={model} />
}

function Map({ model }: { readonly model: SceneModel }) {
  const { t } = useTranslation('plan')
  const heatName = useStore(viewStore, view => view.heat)
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const poseRef = useRef<MapPose | null>(null)
  const frames = useMemo(() => new Set<() => void>(), [])
  const extent = useMemo(() => {
    const { origin, network, bounds } = model.frame
    const box = (network ?? bounds)!
    return { minX: box.min[0] + origin[0], minY: box.min[1] + origin[1], maxX: box.max[0] + origin[0], maxY: box.max[1] + origin[1] }
  }, [model])
  const heat = useMapHeat(model, extent)
  const [fits, setFits] = useState(0)
  return (
    <div className="map-view">
      <div className="map-bar">
        <label className="map-heat"><span className="soft">{t('heat.title')}</span>
          <Select value={heatName} onChange={setHeat} options={HEATS.map(value => ({ value, label: t(`heat.${value}.name`) }))} />
        </label>
        <span className="map-space" />
        <IconButton label={t('whole')} icon={<Maximize size={14} />} size="small" onClick={() => setFits(fits + 1)} />
        <IconButton label={t('views:copyPicture')} icon={<Image size={14} />} size="small" onClick={() => canvasRef.current && void copyCanvas(canvasRef.current)} />
        <UndockButton id="plan" />
      </div>
      <div className="map-body">
        <MapCanvas model={model} extent={extent} fits={fits} heat={heat} poseRef={poseRef} frames={frames} canvasRef={canvasRef} />
        {heat && <HeatLegend shown={heat} />}
        <FlawCard />
        <MapScale poseRef={poseRef} frames={frames} />
      </div>
    </div>
  )
}
