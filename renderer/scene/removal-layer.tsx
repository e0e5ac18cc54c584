import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { removalsOf } from '#renderer/state/scheme/removals.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { RENDER_ORDER } from './layers.ts'
import type { DrawnPath } from './paths/path-mesh.ts'
import { Paths } from './paths/paths.tsx'
import { useScene } from './scene-context.ts'
import { localToView } from './scene-frame.ts'
import type { SceneModel } from './scene-model.ts'

const STRIKE: OuterSection = { shape: 'circle', diameterM: 0.07 }

/** What the active scheme takes out of the ground, struck through along its axis; the network itself shows it as a ghost. */
export function RemovalLayer() {
  const { model, colours } = useScene()
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const paths = useMemo(() => removalPaths(document, model, colours.mandatory), [document, model, colours])
  return <Paths isCut side="active" paths={paths} outline={colours.outline} outlinePx={0} hiddenStrength={0.7} renderOrder={RENDER_ORDER.highlight} throughOrder={RENDER_ORDER.highlightThrough} />
}

/** Axes of what a scheme takes out, struck through. */
export const removalPaths = (document: ScenarioDocument | null, { columns, frame }: SceneModel, colour: string): DrawnPath[] => [...removalsOf(document).keys()].flatMap((id): DrawnPath[] => {
  const index = assetIndexOf(columns, id)
  if (index === null) return []
  const axis: Vec3[] = []
  for (let v = columns.vertexStart[index]!; v < columns.vertexStart[index + 1]!; v++) axis.push(localToView(frame, [columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!, columns.xyz[3 * v + 2]!]))
  return [{ axis, section: STRIKE, tint: { colour, strength: 0.85 } }]
})
