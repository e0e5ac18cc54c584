import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { RENDER_ORDER } from '#renderer/scene/layers.ts'
import { Marks, type Mark } from '#renderer/scene/marks/marks.tsx'
import type { DrawnPath } from '#renderer/scene/paths/path-mesh.ts'
import { Paths } from '#renderer/scene/paths/paths.tsx'
import { useScene } from '#renderer/scene/scene-context.ts'
import { localToView } from '#renderer/scene/scene-frame.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { measure } from './measure-figures.ts'
import { clearMeasure, measureStore } from './measure-store.ts'

const LINE: OuterSection = { shape: 'circle', diameterM: 0.025 }

/** What is being measured, in the picture: the points, the line between them, and the nearest place of two lines. */
export function MeasureLayer() {
  const isMeasuring = useStore(sessionStore, session => session.interaction.type === 'measuring')
  return isMeasuring ? <Measurement /> : null
}

function Measurement() {
  const { model, colours } = useScene()
  const { first, second, cursor } = useStore(measureStore)
  // A measurement ends with the tool.
  useEffect(() => clearMeasure, [])
  const to = second ?? (first ? cursor : null)
  const paths = useMemo((): DrawnPath[] => {
    if (!first || !to) return []
    const { clear } = measure(model.columns, model.groundAt, first, to)
    const line = (a: Vec3, b: Vec3, strength: number): DrawnPath => ({ axis: [localToView(model.frame, a), localToView(model.frame, b)], section: LINE, tint: { colour: colours.accent, strength } })
    return clear && second ? [line(first.at, to.at, 0.4), line(clear.a, clear.b, 1)] : [line(first.at, to.at, 1)]
  }, [model, colours, first, second, to])
  const marks = useMemo((): Mark[] => [first, second, second ? null : cursor].flatMap((point, i): Mark[] =>
    point ? [{ at: localToView(model.frame, point.at), shape: point.asset === null ? 'ring' : 'diamond', colour: i === 2 ? colours.outline : colours.accent, sizePx: 12 }] : []), [model, colours, first, second, cursor])
  return (
    <>
      <Paths paths={paths} outline={colours.outline} outlinePx={1.5} hiddenStrength={1} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.marks} />
      <Marks marks={marks} />
    </>
  )
}
