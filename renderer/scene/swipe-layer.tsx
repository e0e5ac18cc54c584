import { useEffect, useMemo } from 'react'
import { useFrame, useThree } from '@react-three/fiber'
import { useStore } from 'zustand'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import type { ExcavationShape, ScenarioDocument } from '#shared/scenario/document.ts'
import { kindColour } from '#renderer/state/kind-colours.ts'
import { planningStore } from '#renderer/state/planning-store.ts'
import { scenarioStore } from '#renderer/state/scenario-store.ts'
import { viewStore } from '#renderer/state/view-store.ts'
import { RENDER_ORDER } from './layers.ts'
import type { DrawnPath } from './paths/path-mesh.ts'
import { Paths } from './paths/paths.tsx'
import { removalPaths } from './removal-layer.tsx'
import { useScene } from './scene-context.ts'
import { crsToView } from './scene-frame.ts'
import type { SceneModel } from './scene-model.ts'

const RIM: OuterSection = { shape: 'circle', diameterM: 0.08 }

/** The scheme at the right of the swipe: its lines, what it takes out, the outlines of what it digs. */
export function SwipeLayer() {
  const { model, colours, cutMask } = useScene()
  const invalidate = useThree(three => three.invalidate)
  const palette = useStore(viewStore, view => view.colours)
  const swipe = useStore(planningStore, state => state.swipe)
  const other = useStore(scenarioStore, state => (swipe && swipe.otherId !== state.activeId ? (state.byId[swipe.otherId]?.document ?? null) : null))
  useEffect(() => invalidate(), [swipe, other, invalidate])
  useFrame(({ gl }) => {
    cutMask.uniforms.uCutSplit.value = swipe && other ? swipe.at * gl.domElement.width : 0
  })
  const lines = useMemo(() => Object.values(other?.proposals ?? {}).map((proposal): DrawnPath => ({
    axis: proposal.axis.map(point => crsToView(model.frame, point)), section: proposal.section, tint: { colour: kindColour(proposal.kind, palette), strength: 1 },
  })), [other, model, palette])
  const digs = useMemo(() => digPaths(other, model, colours.accent), [other, model, colours])
  const removals = useMemo(() => removalPaths(other, model, colours.mandatory), [other, model, colours])
  if (!other) return null
  return (
    <>
      <Paths side="other" paths={lines} outline={colours.outline} outlinePx={1.6} hiddenStrength={0.45} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Paths side="other" paths={digs} outline={colours.outline} outlinePx={1} hiddenStrength={0.6} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Paths side="other" paths={removals} outline={colours.outline} outlinePx={0} hiddenStrength={0.7} renderOrder={RENDER_ORDER.highlight} throughOrder={RENDER_ORDER.highlightThrough} />
    </>
  )
}

/** Outlines of excavations on the ground, bores as they run. */
function digPaths(document: ScenarioDocument | null, model: SceneModel, colour: string): DrawnPath[] {
  const { origin } = model.columns
  const onGround = ([x, y]: readonly [number, number]): Vec3 => [x, y, (model.groundAt?.(x - origin[0], y - origin[1]) ?? 0) + origin[2]]
  const axisOf = (shape: ExcavationShape): Vec3[] => {
    if (shape.type === 'bore') return [...shape.axis]
    const points = (shape.type === 'pit' ? [...shape.outline, shape.outline[0]!] : shape.line).map(([x, y]) => onGround([x, y]))
    return points
  }
  return Object.values(document?.excavations ?? {}).map(({ shape }): DrawnPath => ({
    axis: axisOf(shape).map(point => crsToView(model.frame, point)), section: shape.type === 'bore' ? { shape: 'circle', diameterM: shape.diameterM } : RIM, tint: { colour, strength: 1 },
  }))
}
