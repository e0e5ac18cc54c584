import { useEffect, useMemo } from 'react'
import { useFrame, useThree } from '@react-three/fiber'
import { useStore } from 'zustand'
import { kindColour } from '#renderer/state/view/kind-colours.ts'
import { planningStore } from '#renderer/state/scheme/planning-store.ts'
import { scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { digPaths } from './excavation/dig-paths.ts'
import { RENDER_ORDER } from './layers.ts'
import type { DrawnPath } from './paths/path-mesh.ts'
import { Paths } from './paths/paths.tsx'
import { removalPaths } from './removal-layer.tsx'
import { useScene } from './scene-context.ts'
import { crsToView } from './scene-frame.ts'

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
      <Paths isCut side="other" paths={lines} outline={colours.outline} outlinePx={1.6} hiddenStrength={0.45} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Paths isCut side="other" paths={digs} outline={colours.outline} outlinePx={1} hiddenStrength={0.6} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Paths isCut side="other" paths={removals} outline={colours.outline} outlinePx={0} hiddenStrength={0.7} renderOrder={RENDER_ORDER.highlight} throughOrder={RENDER_ORDER.highlightThrough} />
    </>
  )
}
