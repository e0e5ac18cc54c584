import { useMemo } from 'react'
import { useStore } from 'zustand'
import { assetKind, assetSection } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { assetIndexOf } from '#renderer/state/asset-facts.ts'
import { kindColour } from '#renderer/state/kind-colours.ts'
import { sessionStore } from '#renderer/state/session-store.ts'
import { viewStore } from '#renderer/state/view-store.ts'
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
  const palette = useStore(viewStore, view => view.colours)
  const selectedId = useStore(sessionStore, session => (session.selection?.type === 'asset' ? session.selection.id : null))
  const focus = useFocus(model)
  const selected = useMemo(() => {
    const index = selectedId === null ? null : assetIndexOf(model.columns, selectedId)
    return index === null ? [] : [assetPath(model, index, palette)]
  }, [model, selectedId, palette])
  const sides = useMemo(
    () => (focus ? [...focus.a, ...focus.b].slice(0, MOST_OUTLINED).map(index => assetPath(model, index, palette)) : []),
    [model, focus, palette],
  )
  return (
    <>
      <Paths paths={selected} outline={colours.accent} outlinePx={2} hiddenStrength={0.5} renderOrder={RENDER_ORDER.highlight} throughOrder={RENDER_ORDER.highlightThrough} />
      <Paths paths={sides} outline={colours.outline} outlinePx={0} hiddenStrength={0.6} renderOrder={RENDER_ORDER.highlight} throughOrder={RENDER_ORDER.highlightThrough} />
    </>
  )
}

function assetPath(model: SceneModel, index: number, palette: 'standard' | 'colour_blind'): DrawnPath {
  const { vertexStart, xyz } = model.columns
  const axis: Vec3[] = []
  for (let v = vertexStart[index]!; v < vertexStart[index + 1]!; v++) axis.push(localToView(model.frame, [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]))
  return { axis, section: assetSection(model.columns, index), tint: { colour: kindColour(assetKind(model.columns, index), palette), strength: 1 } }
}
