import { useMemo } from 'react'
import { useStore } from 'zustand'
import { assetSection } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { ColourClasses } from '#renderer/state/colouring/colour-classes.ts'
import { useColouring } from '#renderer/state/colouring/use-colouring.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { useFocus } from './focus.ts'
import { RENDER_ORDER } from './layers.ts'
import type { DrawnPath } from './paths/path-mesh.ts'
import { Paths } from './paths/paths.tsx'
import { useScene } from './scene-context.ts'
import { localToView } from './scene-frame.ts'
import type { SceneModel } from './scene-model.ts'

/** A run may be several hundred assets long: more than this many are not outlined one by one. */
const MOST_OUTLINED = 200

/** What is selected, and both sides of the open finding, drawn again so that they show through ground and buildings. */
export function HighlightLayer() {
  const { model, colours } = useScene()
  const colouring = useColouring()
  const selection = useStore(sessionStore, session => session.selection)
  const also = useStore(sessionStore, session => session.alsoSelected)
  const focus = useFocus(model)
  const selected = useMemo(
    () => [selection, ...also].slice(0, MOST_OUTLINED).flatMap(ref => {
      const index = ref?.type === 'asset' ? assetIndexOf(model.columns, ref.id) : null
      return index === null ? [] : [assetPath(model, index, colouring)]
    }),
    [model, selection, also, colouring],
  )
  const sides = useMemo(
    () => (focus ? [...focus.a, ...focus.b].slice(0, MOST_OUTLINED).map(index => assetPath(model, index, colouring)) : []),
    [model, focus, colouring],
  )
  return (
    <>
      <Paths isCut paths={selected} outline={colours.accent} outlinePx={2} rim="whole" hiddenStrength={0.5} renderOrder={RENDER_ORDER.highlight} throughOrder={RENDER_ORDER.highlightThrough} />
      <Paths isCut paths={sides} outline={colours.outline} outlinePx={0} hiddenStrength={0.6} renderOrder={RENDER_ORDER.highlight} throughOrder={RENDER_ORDER.highlightThrough} />
    </>
  )
}

function assetPath(model: SceneModel, index: number, colouring: ColourClasses | null): DrawnPath {
  const { vertexStart, xyz } = model.columns
  const axis: Vec3[] = []
  for (let v = vertexStart[index]!; v < vertexStart[index + 1]!; v++) axis.push(localToView(model.frame, [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]))
  return { axis, section: assetSection(model.columns, index), tint: { colour: colouring?.classes[colouring.codes[index]!]?.colour ?? '#888888', strength: 1 } }
}
