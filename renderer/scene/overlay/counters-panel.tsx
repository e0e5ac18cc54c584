import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { count, figure } from '#renderer/i18n/format.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { countersStore } from '../frame-counters.tsx'

/** Draw calls, triangles and times, for developers. */
export function CountersPanel() {
  const { t } = useTranslation('scene')
  const counters = useStore(countersStore)
  const dragMs = useStore(sessionStore, session => session.live?.computeMs ?? null)
  const rows = [
    ['drawCalls', count(counters.drawCalls)], ['triangles', count(counters.triangles)], ['frame', `${figure(counters.frameMs, 1)} ms`],
    ['drag', dragMs === null ? '–' : `${figure(dragMs, 2)} ms`], ['geometries', count(counters.geometries)], ['textures', count(counters.textures)],
  ] as const
  return (
    <dl
      className="scene-counters small" data-draw-calls={counters.drawCalls} data-triangles={counters.triangles} data-frames={counters.frames} data-frame-ms={counters.frameMs}
    >
      {rows.map(([key, value]) => <div key={key}><dt>{t(`counters.${key}`)}</dt><dd>{value}</dd></div>)}
    </dl>
  )
}
